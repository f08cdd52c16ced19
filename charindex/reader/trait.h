/* trait.h - traits of code points in an open index (FORMAT.md, TDIR), for the files of the library. */
#ifndef CHARINDEX_TRAIT_H
#define CHARINDEX_TRAIT_H

#include "extra.h"

/* The runs of a trait: those from `begin` to before `end`, which are all there. */
struct trait_runs {
	const uint32_t *runs;
	uint32_t begin, end;
};

struct trait_runs trait_runs(const struct charindex *ci, enum charindex_trait trait);

static inline uint32_t
trait_run_first(const struct trait_runs *runs, uint32_t n)
{
	return n < runs->end ? le32toh(runs->runs[n]) & ((1u << TRAIT_CODE_BITS) - 1) : 0x110000;
}

static inline uint32_t
trait_run_value(const struct trait_runs *runs, uint32_t n)
{
	return le32toh(runs->runs[n]) >> TRAIT_CODE_BITS;
}

/* A set of values of a trait. */
struct trait_values {
	uint64_t bits[(TRAIT_MAX_VALUE + 64) / 64];
};

static inline bool
trait_values_have(const struct trait_values *values, uint32_t value)
{
	return (values->bits[value / 64] >> value % 64 & 1) != 0;
}

/* The values that are called so: by a name or short name, one of those of a list, or, of numbers,
 * ">=10" too. False if there are none. */
bool trait_find(const struct charindex *ci, enum charindex_trait trait, const char *text,
    size_t length, struct trait_values *values);

#endif
