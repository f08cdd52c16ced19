/* unit_service.c - hides the lease, which outlives every test. */
#include "unit_service.h"

#include <string.h>

#include "generation.h"
#include "unit.h"
#include "unit_index.h"

struct prompt_service unit_service;
struct counters unit_counters;

static struct lease lease;

void
unit_service_make(prompt_log *log)
{
	memset(&unit_counters, 0, sizeof(unit_counters));
	lease = (struct lease){ .ci = unit_index, .current = true };
	unit_service = (struct prompt_service){ &lease, &unit_counters, log, CHARINDEX_CLASSIC };
}

void
unit_service_must_be_idle(void)
{
	ck_assert_uint_eq(lease.answers, 0);
}
