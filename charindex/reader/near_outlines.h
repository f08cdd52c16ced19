/* near_outlines.h - which of many outlines (outlines.h) are near to one. */
#ifndef CHARINDEX_NEAR_OUTLINES_H
#define CHARINDEX_NEAR_OUTLINES_H

#include <stdint.h>

/* The first place from `at` on, and before `end`, where there is an outline that has at most so many bits
 * that `outline` has not, and lacks at most so many that it has; `end` if there is none. Words that are
 * `most` edits from each other have such ones. */
uint32_t near_outline(const uint32_t *outlines, uint32_t at, uint32_t end, uint32_t outline,
    unsigned most);

/* The same one by one, on every machine. */
uint32_t near_outline_plain(const uint32_t *outlines, uint32_t at, uint32_t end, uint32_t outline,
    unsigned most);

#endif
