/* fuzz.h - what a fuzz target is, and what all of them share. A target is given bytes and
 * aborts if what the code under test makes of them is wrong. libFuzzer calls it with bytes
 * of its making (tests/fuzz/run), replay.c with those of the kept corpus (make check). */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The target's name: its corpus is tests/fuzz/corpus/NAME. */
extern const char fuzz_name[];

/* libFuzzer's name for the target. Returns 0. The empty input comes first: what is to be
 * made once can be made then. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_HOLDS(condition) \
	do { \
		if (!(condition)) \
			fuzz_fail(__FILE__, __LINE__, #condition); \
	} while (0)

static inline _Noreturn void
fuzz_fail(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, condition);
	abort();
}

/* Some bytes in memory of their own, no longer than they are, so that a sanitizer sees who
 * reads beyond them; ended with free(). */
static inline char *
fuzz_copy(const void *bytes, size_t length)
{
	char *copy = malloc(length > 0 ? length : 1);

	FUZZ_HOLDS(copy != NULL);
	if (length > 0)
		memcpy(copy, bytes, length);
	return copy;
}

#endif
