/* relation.h - which characters belong to a character (FORMAT.md, RELA), for the files of the
 * library. */
#ifndef CHARINDEX_RELATION_H
#define CHARINDEX_RELATION_H

#include "extra.h"

/* Code points that a single one can be related to, at most. */
#define RELATION_MAX_CODES 32

/* The entries of a kind: from *begin to before *end. */
void relation_entries(const struct charindex *ci, enum charindex_relation relation, uint32_t *begin,
    uint32_t *end);

/* The code point of an entry, which there is. */
uint32_t relation_from(const struct charindex *ci, uint32_t entry);

/* What it is related to: writes at most `most` code points and returns how many there are. */
size_t relation_to(const struct charindex *ci, uint32_t entry, uint32_t *code_points, size_t most);

/* A text as it looks (UTS #39, 4): two that look alike have the same skeleton. */
struct skeleton {
	uint32_t count;
	uint32_t codes[RELATION_MAX_CODES];
};

/* The skeleton of UTF-8: false if it is longer than a single character's can be, or no UTF-8. What
 * combines is not sorted over the bounds of its characters. */
bool skeleton_of_text(const struct charindex *ci, const char *text, size_t length,
    struct skeleton *skeleton);

bool skeleton_same(const struct skeleton *a, const struct skeleton *b);

/* The skeleton of an entry of CHARINDEX_RELATION_LOOKS. */
struct skeleton skeleton_of_entry(const struct charindex *ci, uint32_t entry);

#endif
