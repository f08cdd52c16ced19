/* word_list.h - the words of names, or of a dictionary, for who makes a table about either. */
#ifndef CHARINDEX_WORD_LIST_H
#define CHARINDEX_WORD_LIST_H

#include "dictionary.h"
#include "lazy.h"

struct word_list {
	const struct charindex *ci;
	const struct dictionary *dictionary; /* NULL: the names' */
	uint32_t count;
};

static inline struct word_list
word_list_of_names(const struct charindex *ci)
{
	return (struct word_list){ ci, NULL, ci->term_count };
}

static inline struct word_list
word_list_of_dictionary(const struct dictionary *dictionary)
{
	return (struct word_list){ dictionary->ci, dictionary, dictionary->term_count };
}

static inline struct charindex_text
word_list_at(const struct word_list *words, uint32_t n)
{
	struct charindex_word word;

	if (words->dictionary != NULL)
		return dictionary_word(words->dictionary, n);
	word = charindex_word(words->ci, n);
	return (struct charindex_text){ word.text, word.length };
}

/* lazy_get() for a table about them, which `make` makes from the list. */
static inline void *
word_list_table(const struct word_list *words, enum lazy_kind kind, uint32_t patience,
    void *(*make)(const void *words))
{
	uint32_t text = words->dictionary != NULL ? LAZY_DICTIONARY(words->dictionary->number)
	                                          : LAZY_NAMES;

	return lazy_get(words->ci->lazy, kind, text, patience, make, words);
}

#endif
