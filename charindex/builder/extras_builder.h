/* extras_builder.h - the extra rows of an index (FORMAT.md, "Extra rows"), gathered in any order, and
 * found again by their code points. */
#ifndef CHARINDEX_EXTRAS_BUILDER_H
#define CHARINDEX_EXTRAS_BUILDER_H

#include "builder.h"
#include "charindex.h"

struct extra {
	uint32_t codes[CHARINDEX_MAX_CODES];
	uint32_t code_count;
	uint32_t row;   /* after extras_builder_finish() */
	unsigned flags; /* CHARINDEX_IS_… */
	bool is_pair;   /* none but an entity makes a sequence of it */
	char *name;     /* owned */
};

/* Beside flags: it is an entity's pair of characters. */
#define EXTRAS_PAIR 0x100

/* All zero is empty. */
struct extras_builder {
	struct extra *list; /* owned */
	uint32_t count, capacity;
};

void extras_builder_release(struct extras_builder *extras);

/* Adds a row, unless there is one with these code points: then only the flags are added. Ends
 * the program if memory runs out. */
void extras_builder_add(struct extras_builder *extras, const uint32_t *codes, uint32_t code_count,
    const char *name, unsigned flags);

/* Sorts the rows and adds them to `builder`, which has all its named ones. */
void extras_builder_finish(struct extras_builder *extras, struct builder *builder);

/* The row of some code points, a named character's if it is one: UINT32_MAX if there is none.
 * After extras_builder_finish(). */
uint32_t extras_builder_find(const struct extras_builder *extras, const struct builder *builder,
    const uint32_t *codes, uint32_t code_count);

#endif
