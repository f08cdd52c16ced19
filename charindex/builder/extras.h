/* extras.h - the extra rows of an index (FORMAT.md, "Extra rows"), gathered in any order, and
 * found again by their code points. */
#ifndef CHARINDEX_EXTRAS_H
#define CHARINDEX_EXTRAS_H

#include "builder.h"
#include "charindex.h"

struct extra {
	uint32_t codes[CHARINDEX_MAX_CODES];
	uint32_t code_count;
	uint32_t row;   /* after extras_finish() */
	unsigned flags; /* CHARINDEX_IS_… */
	bool is_pair;   /* none but an entity makes a sequence of it */
	char *name;     /* owned */
};

/* Beside flags: it is an entity's pair of characters. */
#define EXTRAS_PAIR 0x100

/* All zero is empty. */
struct extras {
	struct extra *list; /* owned */
	uint32_t count, capacity;
};

void extras_release(struct extras *extras);

/* Adds a row, unless there is one with these code points: then only the flags are added. Ends
 * the program if memory runs out. */
void extras_add(struct extras *extras, const uint32_t *codes, uint32_t code_count, const char *name,
    unsigned flags);

/* Sorts the rows and adds them to `builder`, which has all its named ones. */
void extras_finish(struct extras *extras, struct builder *builder);

/* The row of some code points, a named character's if it is one: UINT32_MAX if there is none.
 * After extras_finish(). */
uint32_t extras_find(const struct extras *extras, const struct builder *builder,
    const uint32_t *codes, uint32_t code_count);

#endif
