/* substring.h - a word looked for in the text of all words. */
#ifndef CHARINDEX_SUBSTRING_H
#define CHARINDEX_SUBSTRING_H

#include <stddef.h>

/* The first place of `length` bytes of `word`, 1 or more, in the text that begins at `at` and ends at
 * `end`: NULL if there is none. As memmem() is, but made for short words in long texts. */
const char *substring_find(const char *at, const char *end, const char *word, size_t length);

/* The same without vectors, for the machines that have others, and for tests. */
const char *substring_find_plain(const char *at, const char *end, const char *word, size_t length);

/* The same, of a word in small letters and digits of ASCII, whose letters may be capitals in the
 * text. */
const char *substring_find_any_case(const char *at, const char *end, const char *word,
    size_t length);
const char *substring_find_any_case_plain(const char *at, const char *end, const char *word,
    size_t length);

#endif
