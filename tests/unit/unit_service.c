/* unit_service.c - a service whose snapshot outlives every test. */
#include "unit_service.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "log.h"
#include "snapshot.h"
#include "unit.h"
#include "unit_index.h"

struct service unit_service;
struct bytes unit_log;

static struct snapshot snapshot;

void
log_line(enum log_level level, const char *format, ...)
{
	static char line[20000];
	va_list arguments;

	(void)level;
	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	bytes_printf(&unit_log, "%s\n", line);
}

void
unit_service_make(void)
{
	bytes_release(&unit_log);
	snapshot = (struct snapshot){ .ci = unit_index, .current = true };
	unit_service = (struct service){
		.snapshot = &snapshot,
		.mode = CHARINDEX_CLASSIC,
		.http_base = "",
		.next_connection = 1,
		.connection_step = 2,
	};
	deadlines_init(&unit_service.deadlines, &(struct wait_limits){ 0 });
}

void
unit_service_must_be_idle(void)
{
	ck_assert_uint_eq(snapshot.answers, 0);
	bytes_release(&unit_log);
}
