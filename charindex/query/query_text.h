/* query_text.h - the characters of a query: what separates its words, and what begins one. */
#ifndef CHARINDEX_QUERY_TEXT_H
#define CHARINDEX_QUERY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct charindex;

/* Is the character at `at`, which is before `end`, white space? Its bytes are *size in any case. */
bool query_is_space(const char *at, const char *end, size_t *size);

/* Could a word of a name begin with the character at `at`? Not at the end. */
bool query_begins_word(const struct charindex *ci, const char *at, const char *end);

/* Is it a mark, which belongs to the character before it, as in a keycap? Not at the end. */
bool query_begins_mark(const struct charindex *ci, const char *at, const char *end);

/* Is there anything in the text that a word could begin with? */
bool query_has_word(const struct charindex *ci, const char *text, size_t length);

#endif
