/* rarity_builder.h - how everyday each row is, from what the tables say of it: what people look for
 * first among rows that match a query equally well (FORMAT.md, RANK). */
#ifndef CHARINDEX_RARITY_BUILDER_H
#define CHARINDEX_RARITY_BUILDER_H

#include "builder.h"
#include "extras_builder.h"

struct rarity_builder {
	struct builder *builder;
	struct rarity_facts *facts; /* of each row; owned */
	uint32_t row_count;
};

/* Begins when all rows are there. Ends the program if memory runs out. */
void rarity_builder_begin(struct rarity_builder *rarity, struct builder *builder,
    const struct extras_builder *extras);

/* A text of everyday words in Chinese or Japanese, UTF-8 that ends with NUL: the characters
 * that stand in it are everyday ones. */
void rarity_builder_written(struct rarity_builder *rarity, const char *text);

/* It is another character in a certain form: a mathematical letter, one in a circle, of the width of
 * an ideograph. */
void rarity_builder_form(struct rarity_builder *rarity, uint32_t row);

/* What is known of a row: it is one of the most used, has an HTML entity, an English keyword, is an emoji (by default,
 * or with a variation selector only). */
void rarity_builder_popular(struct rarity_builder *rarity, uint32_t row);
void rarity_builder_entity(struct rarity_builder *rarity, uint32_t row);
void rarity_builder_keyword(struct rarity_builder *rarity, uint32_t row);
void rarity_builder_emoji(struct rarity_builder *rarity, uint32_t row, bool by_default);

/* Writes the section and frees what is held. */
void rarity_builder_finish(struct rarity_builder *rarity);

#endif
