/* term_table.h - which distinct words stand in which documents, gathered document by
 * document: rows for the names, records for the dictionaries. */
#ifndef CHARINDEX_TERM_TABLE_H
#define CHARINDEX_TERM_TABLE_H

#include "buffer.h"

struct term {
	uint32_t word_offset; /* in words */
	uint32_t word_length;
	uint32_t hash;
	uint32_t rank;           /* number in byte order; set by term_table_finish(), as is: */
	uint32_t first_document; /* where its list begins in documents */
	uint32_t last_document;  /* 1 + the document that had it last */
	uint32_t document_count;
};

/* All zero is an empty table. */
struct term_table {
	uint32_t term_count;
	struct buffer words; /* the terms' bytes */
	/* the table's own */
	struct buffer terms;    /* struct term, in order of appearance */
	struct buffer postings; /* term and document, in order of documents */
	uint32_t *slots;        /* 1 + index in terms, 0 = free; owned */
	uint32_t slot_count;
	/* after term_table_finish() */
	uint32_t *order;     /* the terms' indexes in byte order; owned */
	uint32_t *documents; /* all posting lists, in that order; owned */
};

void term_table_release(struct term_table *table);

enum term_added {
	TERM_ADDED,
	TERM_KNOWN, /* the document had it already */
	TERM_NO_MEMORY,
};

/* Says that `document`, which is not below any before it, has the word. */
enum term_added term_table_add(struct term_table *table, const char *word, size_t length,
    uint32_t hash, uint32_t document);

/* Brings terms and posting lists into order: false if memory runs out. */
bool term_table_finish(struct term_table *table);

/* The term with number `rank` in byte order, after term_table_finish(). */
const struct term *term_table_ranked(const struct term_table *table, uint32_t rank);

/* The term with these bytes and this hash; NULL if there is none. */
const struct term *term_table_find(const struct term_table *table, const char *word, size_t length,
    uint32_t hash);

/* The documents of the term with these bytes and this hash, ascending: sets *count, to 0 if
 * there is no such term. After term_table_finish(). */
const uint32_t *term_table_documents(const struct term_table *table, const char *word,
    size_t length, uint32_t hash, uint32_t *count);

/* A hash table of 2^k slots, at most half of them taken, with 1 + the rank of each term in
 * the first free slot from its hash on (FORMAT.md, HASH): sets *slot_count. The caller frees
 * it; NULL if memory runs out. After term_table_finish(). */
uint32_t *term_table_slots(const struct term_table *table, uint32_t *slot_count);

#endif
