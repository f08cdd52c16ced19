/* index.h - an open index, for the files of the library. Every accessor relies on
 * what charindex_open() has checked (FORMAT.md, "What is checked when"). */
#ifndef CHARINDEX_INDEX_H
#define CHARINDEX_INDEX_H

#include <unicode/ucasemap.h>

#include "charindex.h"
#include "format.h"

struct charindex {
	const unsigned char *map;
	size_t size;
	uint32_t row_count;
	uint32_t term_count;
	uint32_t run_count;
	uint32_t slot_mask; /* slots - 1 */
	uint32_t category_count;
	uint32_t set_spans; /* nodes that each set has at its first level */
	uint32_t set_words; /* in SETS, the first one too */
	const uint32_t *slots;
	const struct format_term *terms;
	const char *words;
	size_t words_length;
	const struct format_run *runs;
	const uint64_t *sets;
	const struct format_category *categories;
	const uint32_t *row_offsets; /* row_count + 1 of them */
	const uint32_t *codes;
	const char *text;
	/* what goes beyond the names, by extra.h only */
	uint32_t extra_count; /* rows from row_count on */
	struct {
		const unsigned char *bytes;
		uint32_t entries;
	} extra[SECTION_COUNT - SECTION_NEEDED];
	UCaseMap *casemap; /* root locale; read-only, shared by threads */
	struct lazy *lazy; /* owned; shared by threads, which fill it */
};

static inline struct format_run
index_run(const struct charindex *ci, uint32_t n)
{
	return (struct format_run){ le32toh(ci->runs[n].first), le32toh(ci->runs[n].end) };
}

/* The runs of a term: from the first to before the end. */
static inline uint32_t
index_first_run(const struct charindex *ci, uint32_t term)
{
	return le32toh(ci->terms[term].first_run);
}

static inline uint32_t
index_end_run(const struct charindex *ci, uint32_t term)
{
	return term + 1 < ci->term_count ? index_first_run(ci, term + 1) : ci->run_count;
}

static inline const struct format_set_node *
index_set_node(const struct charindex *ci, uint32_t place)
{
	return (const struct format_set_node *)(ci->sets + place);
}

static inline uint32_t
index_row_offset(const struct charindex *ci, uint32_t row)
{
	return le32toh(ci->row_offsets[row]);
}

/* The term, from number `low` on, that the byte at `offset` of the words belongs to; there must be
 * such a one. */
uint32_t index_term_at(const struct charindex *ci, uint32_t low, uint32_t offset);

/* What Python's str.isprintable() says: all but categories C* and Z*, and the space. */
bool index_is_printable(const struct charindex *ci, uint32_t code_point);

/* `text` quoted as Python's repr() does, to `out`, which has room for CHARINDEX_STATUS_SIZE of
 * it: returns where it ends. */
char *status_put_repr(const struct charindex *ci, const char *text, size_t length, char *out);

/* Finds the term with these `length` bytes, which NULs follow up to FORMAT_PREFIX, and this hash
 * (format_hash_end): true and *term. */
bool index_find_term(const struct charindex *ci, const char *word, size_t length, uint32_t hash,
    uint32_t *term);

#endif
