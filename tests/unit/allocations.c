/* allocations.c - hides how an allocation is made to fail, and is counted. */
#include "allocations.h"

#include <malloc.h>
#include <stdlib.h>
#include <unicode/uclean.h>

static unsigned left;
static bool failed;

static bool counting;
static struct allocations counted;

/* What the linker makes of calls to malloc() and its like, and what it leaves of them. */
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);

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

void
allocations_count(void)
{
	counted = (struct allocations){ 0 };
	counting = true;
}

struct allocations
allocations_counted(void)
{
	counting = false;
	return counted;
}

static void *
count(void *memory)
{
	if (!counting || memory == NULL)
		return memory;
	counted.calls++;
	counted.held += malloc_usable_size(memory);
	if (counted.held > counted.most)
		counted.most = counted.held;
	return memory;
}

void *
__wrap_malloc(size_t size)
{
	return fails_now() ? NULL : count(__real_malloc(size));
}

void *
__wrap_calloc(size_t number, size_t size)
{
	return fails_now() ? NULL : count(__real_calloc(number, size));
}

/* Old and new are not held at once: what is large is moved by its pages. */
void *
__wrap_realloc(void *memory, size_t size)
{
	size_t before = counting && memory != NULL ? malloc_usable_size(memory) : 0;
	void *moved;

	if (fails_now())
		return NULL;
	moved = __real_realloc(memory, size);
	if (moved != NULL)
		counted.held -= before;
	return count(moved);
}

void
__wrap_free(void *memory)
{
	if (counting && memory != NULL)
		counted.held -= malloc_usable_size(memory);
	__real_free(memory);
}

/* ---- ICU ------------------------------------------------------------------------------- */

static void *U_CALLCONV
icu_malloc(const void *context, size_t size)
{
	(void)context;
	return __wrap_malloc(size);
}

static void *U_CALLCONV
icu_realloc(const void *context, void *memory, size_t size)
{
	(void)context;
	return __wrap_realloc(memory, size);
}

static void U_CALLCONV
icu_free(const void *context, void *memory)
{
	(void)context;
	__wrap_free(memory);
}

void
allocations_of_icu(void)
{
	UErrorCode status = U_ZERO_ERROR;

	u_setMemoryFunctions(NULL, icu_malloc, icu_realloc, icu_free, &status);
	if (U_FAILURE(status))
		abort();
}
