/* rarity.h - how everyday each row is, from what the tables say of it: what people look for
 * first among rows that match a query equally well (FORMAT.md, RANK). */
#ifndef CHARINDEX_RARITY_H
#define CHARINDEX_RARITY_H

#include "builder.h"
#include "extras.h"

struct rarity {
	struct builder *builder;
	struct rarity_facts *facts; /* of each row; owned */
	uint32_t row_count;
};

/* Begins when all rows are there. Ends the program if memory runs out. */
void rarity_begin(struct rarity *rarity, struct builder *builder, const struct extras *extras);

/* What is known of a row: it has an HTML entity, an English keyword, is an emoji (by default,
 * or with a variation selector only). */
void rarity_entity(struct rarity *rarity, uint32_t row);
void rarity_keyword(struct rarity *rarity, uint32_t row);
void rarity_emoji(struct rarity *rarity, uint32_t row, bool by_default);

/* Writes the section and frees what is held. */
void rarity_finish(struct rarity *rarity);

#endif
