/* allocations.c - hides how an allocation is made to fail. */
#include "allocations.h"

#include <stddef.h>

static unsigned left;
static bool failed;

/* What the linker makes of calls to malloc() and its like, and what it leaves of them. */
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);

void
allocations_fail_at(unsigned n)
{
	left = n;
	failed = false;
}

bool
allocations_have_failed(void)
{
	left = 0;
	return failed;
}

static bool
fails_now(void)
{
	if (left == 0 || --left > 0)
		return false;
	failed = true;
	return true;
}

void *
__wrap_malloc(size_t size)
{
	return fails_now() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fails_now() ? NULL : __real_calloc(count, size);
}

void *
__wrap_realloc(void *memory, size_t size)
{
	return fails_now() ? NULL : __real_realloc(memory, size);
}
