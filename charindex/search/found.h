/* found.h - the rows of an answer that is not the seed's, in the order in which they are
 * given. */
#ifndef CHARINDEX_FOUND_H
#define CHARINDEX_FOUND_H

#include "evaluate.h"

/* Rows of one answer are kept as 32 bits each: the source in the upper 8, the number of the row
 * below them; or, for code points without a row, FOUND_CODE and the code point. */
#define FOUND_CODE 0xFFu

struct charindex_found {
	const struct charindex *ci;
	char *words;       /* owned; the query without its settings, or NULL */
	uint32_t *items;   /* owned; all pages */
	uint32_t count;
	uint32_t capacity;
	uint32_t next;     /* of `items`, to be given */
	uint32_t first, end; /* of `items`, the page */
	enum charindex_source source; /* of the tier that answered; COUNT if none is to be told */
	uint64_t work;     /* what has been looked at, charindex_summary.work */
	unsigned column;   /* what is wrong with the query; 0: nothing */
	char error[160];
	char corrected[256]; /* the query that was answered instead */
	size_t corrected_length;
	char code_row[64]; /* a rendered row of a code point that has none in the index */
};

/* A new one without rows; NULL if there is no memory. */
struct charindex_found *found_new(const struct charindex *ci);
void found_free(struct charindex_found *found);

/* Makes room for `count` rows and no more: false if there is no memory. */
bool found_reserve(struct charindex_found *found, uint32_t count);

/* Adds a row, or a code point that may have one: false if there is no memory. */
bool found_add_row(struct charindex_found *found, uint32_t row, enum charindex_source source);
bool found_add_code(struct charindex_found *found, uint32_t code_point,
    enum charindex_source source);

/* Takes the rows that an evaluator has scored, `count` of them, in the order of their code
 * points, or the best first: then by the number of words of their names, then by rarity. The
 * evaluator is released. False if there is no memory. */
bool found_take(struct charindex_found *found, struct evaluator *evaluator, uint32_t count,
    bool ranked);

/* Says which rows are the page: from number `from` on, counted from 1, at most `limit`, or all
 * if that is 0. */
void found_page(struct charindex_found *found, uint32_t from, uint32_t limit);

/* Says what is wrong with a piece of the query at `text`, instead of having rows. `what` goes
 * on after the piece in quotes. */
void found_say_wrong(struct charindex_found *found, const char *text, const char *piece,
    size_t length, const char *what);

/* The row, or CHARINDEX_NO_ROW, the code point and the source of an item. */
struct charindex_hit found_hit(const struct charindex_found *found, uint32_t n);

/* The next rows of the page that are neighbours in the index, as charindex_answer_next(). */
bool found_next(struct charindex_found *found, uint32_t max_rows, struct charindex_run *run);

#endif
