/* near_outlines.h - which of many outlines (outlines.h) are near to one. */
#ifndef CHARINDEX_NEAR_OUTLINES_H
#define CHARINDEX_NEAR_OUTLINES_H

#include <stdbool.h>
#include <stdint.h>

/* Has the set at most so many members, which are few? */
static inline bool
is_set_at_most(uint64_t set, unsigned most)
{
	for (; most > 0; most--)
		set &= set - 1;
	return set == 0;
}

/* Has either set at most so many members that the other has not? Words with these letters can be `most`
 * edits from each other; hardly any can. */
static inline bool
are_sets_near(uint64_t a, uint64_t b, unsigned most)
{
	return is_set_at_most(a & ~b, most) && is_set_at_most(b & ~a, most);
}

/* The first place from `at` on, and before `end`, where there is an outline that is near to this one, as
 * are_sets_near() says; `end` if there is none. */
uint32_t near_outline(const uint32_t *outlines, uint32_t at, uint32_t end, uint32_t outline,
    unsigned most);

/* The same one by one, on every machine. */
uint32_t near_outline_plain(const uint32_t *outlines, uint32_t at, uint32_t end, uint32_t outline,
    unsigned most);

#endif
