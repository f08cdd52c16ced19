/* lazy.h - tables about an open index that are made when they are first needed, and then shared by all
 * threads: a server whose clients do not need them never has them. */
#ifndef CHARINDEX_LAZY_H
#define CHARINDEX_LAZY_H

#include <stdint.h>

struct lazy;

/* Kinds of tables; there may be one of each about the names, and about each dictionary. What is about
 * the whole index is kept with the names. */
enum lazy_kind {
	LAZY_DICTIONARIES,
	LAZY_OUTLINES,
	LAZY_OUTLINES_IN_ORDER,
	LAZY_TRIGRAMS,
	LAZY_WORD_SETS,
	LAZY_VALUE_NAMES,
	LAZY_KINDS
};

/* The texts that tables are about. */
enum { LAZY_NAMES };
#define LAZY_DICTIONARY(n) ((n) + 1)

/* Where tables are kept, about the names and so many dictionaries: NULL if there is no memory. */
struct lazy *lazy_new(uint32_t dictionaries);
void lazy_free(struct lazy *lazy);

/* The table of a kind about a text, which `make` makes, with malloc(), from `arg`, once it has been asked
 * for more than `patience` times. It lives as long as the index. NULL until then, and if there is no
 * memory: then there is none. */
void *lazy_get(struct lazy *lazy, enum lazy_kind kind, uint32_t text, uint32_t patience,
    void *(*make)(const void *arg), const void *arg);

#endif
