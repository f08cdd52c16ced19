/* builder.h - the sections of an index, made in memory from names in code point order.
 * mkcharindex writes them; charindex_verify() compares them with a file's. */
#ifndef CHARINDEX_BUILDER_H
#define CHARINDEX_BUILDER_H

#include "buffer.h"
#include "format.h"
#include "term_table.h"

enum builder_err {
	BUILDER_OK,
	BUILDER_NAME,      /* a name is empty, longer than BUILDER_MAX_NAME, or not ASCII */
	BUILDER_ORDER,     /* not in ascending order of code point */
	BUILDER_WORDS,     /* a name has more than CHARINDEX_MAX_WORDS distinct words */
	BUILDER_TOO_LARGE, /* the text, or the sets, are more than their offsets reach */
	BUILDER_MEMORY,
};

#define BUILDER_MAX_NAME FORMAT_MAX_WORD

/* As the end of a sentence: "the name is too long". Constant. */
const char *builder_strerror(enum builder_err err);

struct builder {
	/* complete after builder_finish(); GCAT is whatever builder_category() gave */
	struct buffer section[SECTION_COUNT];
	uint32_t row_count, term_count;
	uint32_t extra_count;    /* rows from row_count on */
	struct term_table names; /* the words of the names */
};

/* All zero is an empty builder. */
void builder_release(struct builder *builder);

/* Adds the row of a named character and its words. */
enum builder_err builder_add(struct builder *builder, uint32_t code_point, const char *name,
    size_t length);

/* A row that is no named character, after all that are: of several code points, or of one
 * control character, whose name is an alias. */
struct builder_extra {
	const uint32_t *codes;
	uint32_t code_count;
	const char *name; /* UTF-8 without control characters, at most BUILDER_MAX_NAME bytes */
	size_t name_length;
};

/* Adds an extra row, after all named ones; in ascending order of their first code point, then
 * of their text in UTF-8. */
enum builder_err builder_add_extra(struct builder *builder, const struct builder_extra *extra);

/* The row of a named character; UINT32_MAX if there is none. */
uint32_t builder_find(const struct builder *builder, uint32_t code_point);

/* The named rows that have all the words of `text`, which is ASCII: an array that the caller
 * frees, with *count entries; NULL without memory. After builder_finish(). */
uint32_t *builder_rows_with(const struct builder *builder, const char *text, size_t length,
    uint32_t *count);

/* The text of a row, as the prompt sends it: sets *length. */
const char *builder_row(const struct builder *builder, uint32_t row, size_t *length);

/* Says that code points from `first` on have the general category `category`; for
 * ascending `first`, beginning with 0. */
void builder_category(struct builder *builder, uint32_t first, uint32_t category);

/* Completes the sections. */
enum builder_err builder_finish(struct builder *builder);

#endif
