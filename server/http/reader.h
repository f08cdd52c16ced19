/* reader.h - for whom a page is written: in which languages, and where its links lead. */
#ifndef READER_H
#define READER_H

#include <stdint.h>

#include "charindex.h"
#include "texts.h"

struct exchange;
struct text;

struct reader {
	const struct exchange *exchange;
	const struct charindex *ci;
	const struct texts *texts;
	const char *languages; /* of keywords, besides English: a list */
	const char *glyphs;    /* whose forms ideographs have, as a tag; NULL: not said */
};

/* After the parameters of the exchange have been read as those of a page. */
struct reader reader_of(const struct exchange *exchange);

/* Adds a text, which has no places to be filled. */
void reader_put(struct text *out, const struct reader *reader, enum page_text text);

/* Adds the heading of a part of a section. */
void reader_put_heading(struct text *out, const struct reader *reader, enum page_text text);

/* A place of a text, "{total}", and what it is filled with: a text, or a number if that is NULL. */
struct reader_place {
	const char *name; /* without the braces */
	const char *bytes;
	size_t length;
	uint64_t number;
};

/* Adds a text with its places filled, up to one without a name. */
void reader_fill(struct text *out, const struct reader *reader, enum page_text text,
    const struct reader_place *places);

/* Adds what a link to a path needs to stay in the same languages: "?lang=fr", or, with
 * `and`, "&amp;lang=fr"; or nothing. */
void reader_put_kept(struct text *out, const struct reader *reader, const char *and);

/* Adds the path of the page about the characters of a row, for links. */
void reader_put_char(struct text *out, const struct reader *reader,
    const struct charindex_row *row);

/* Adds what stands for a character (about/glyph.h). `row` is of `facts`. */
void reader_put_glyph(struct text *out, const struct reader *reader, uint32_t row,
    const struct charindex_row *facts);

/* Adds an item of a list that leads to a character, with glyph, code and name. `rel` is what it is to
 * those of the page, as "next", or NULL. */
void reader_put_item(struct text *out, const struct reader *reader, uint32_t row,
    uint32_t code_point, const char *rel);

#endif
