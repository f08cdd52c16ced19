/* settings.c - what clients choose, read from text: one grammar of each, wherever it is said. */
#include <string.h>
#include <strings.h>

#include "ascii.h"
#include "dictionary.h"
#include "index.h"
#include "language_list.h"

static bool
is(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && strncasecmp(word, text, length) == 0;
}

bool
charindex_read_mode(const char *text, size_t length, enum charindex_mode *mode)
{
	for (unsigned n = 0; n < CHARINDEX_MODE_COUNT; n++)
		if (is(text, length, charindex_mode_name((enum charindex_mode)n))) {
			*mode = (enum charindex_mode)n;
			return true;
		}
	return false;
}

bool
charindex_read_format(const char *text, size_t length, enum charindex_format *format)
{
	for (unsigned n = 0; n < CHARINDEX_FORMAT_COUNT; n++)
		if (is(text, length, charindex_format_name((enum charindex_format)n))) {
			*format = (enum charindex_format)n;
			return true;
		}
	return false;
}

/* Digits, and not more than the greatest number has. */
static bool
read_number(const char *text, size_t length, uint32_t *number)
{
	enum { MOST_DIGITS = sizeof("9999999") - 1 };
	uint32_t n = 0;

	if (length < 1 || length > MOST_DIGITS)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		n = n * 10 + (uint32_t)(text[i] - '0');
	}
	*number = n;
	return true;
}

bool
charindex_read_limit(const char *text, size_t length, struct charindex_settings *settings)
{
	uint32_t number = 0;

	if (!is(text, length, "all") && !read_number(text, length, &number))
		return false;
	settings->limit = number;
	settings->all = number == 0;
	return true;
}

bool
charindex_read_from(const char *text, size_t length, struct charindex_settings *settings)
{
	uint32_t number;

	if (!read_number(text, length, &number) || number == 0)
		return false;
	settings->from = number;
	return true;
}

/* ---- languages ------------------------------------------------------------------------------ */

static char
folded(char c)
{
	if (c == '_')
		return '-';
	return ascii_lower(c);
}

/* The language of the index that is named so, `zh_Hant` being `zh-hant`: NULL if there is none. */
static const char *
find_language(const struct charindex *ci, const char *tag, size_t length)
{
	struct dictionary dictionary;

	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++) {
		const char *language = dictionary.language;
		size_t i = 0;

		if (dictionary.kind != DICTIONARY_KEYWORDS)
			continue;
		while (i < length && language[i] != '\0' && folded(language[i]) == folded(tag[i]))
			i++;
		if (i == length && language[i] == '\0')
			return language;
	}
	return NULL;
}

/* Subtags of letters and digits, of 1 to 8 each, between hyphens or underscores. */
static bool
is_tag(const char *text, size_t length)
{
	enum { MOST = 8 };
	size_t subtag = 0;

	for (size_t i = 0; i < length; i++) {
		char c = folded(text[i]);

		if (c == '-' ? subtag == 0
		             : ((c < 'a' || c > 'z') && (c < '0' || c > '9')) || subtag == MOST)
			return false;
		subtag = c == '-' ? 0 : subtag + 1;
	}
	return subtag > 0;
}

/* Where Chinese is written in traditional characters, which the tag need not say. */
static bool
is_traditional_chinese(const char *text, size_t length)
{
	static const char *const tags[] = { "zh-TW", "zh-HK", "zh-MO" };

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (length == strlen(tags[i]) && folded(text[2]) == '-' &&
		    strncasecmp(text, tags[i], 2) == 0 && strncasecmp(text + 3, tags[i] + 3, 2) == 0)
			return true;
	return false;
}

/* RFC 4647, 3.4: what is more special than the index is left out, from the end on. */
static const char *
nearest_language(const struct charindex *ci, const char *text, size_t length)
{
	const char *language = NULL;

	if (!is_tag(text, length))
		return NULL;
	if (is_traditional_chinese(text, length))
		language = find_language(ci, "zh_Hant", strlen("zh_Hant"));
	while (language == NULL && length > 0) {
		language = find_language(ci, text, length);
		while (length > 0 && folded(text[--length]) != '-')
			;
	}
	return language;
}

/* Adds it, if it is not there. */
static bool
add_language(char list[CHARINDEX_LANGUAGES_SIZE], const char *language)
{
	size_t used = strlen(list), length;
	const char *rest = list;
	unsigned count = 0;

	if (language_list_has(list, language))
		return true;
	while (language_list_next(&rest, &length) != NULL)
		count++;
	if (count == CHARINDEX_MAX_LANGUAGES || strlen(language) >= CHARINDEX_LANGUAGE_SIZE)
		return false;
	if (used > 0)
		list[used++] = ',';
	strcpy(list + used, language);
	return true;
}

bool
charindex_read_language(const struct charindex *ci, const char *text, size_t length,
    struct charindex_settings *settings)
{
	char list[CHARINDEX_LANGUAGES_SIZE] = "";
	const char *end = text + length;

	for (;;) {
		const char *comma = memchr(text, ',', (size_t)(end - text));
		const char *stop = comma != NULL ? comma : end;
		const char *language = nearest_language(ci, text, (size_t)(stop - text));

		if (language == NULL || !add_language(list, language))
			return false;
		if (comma == NULL)
			break;
		text = comma + 1;
	}
	strcpy(settings->language, list);
	return true;
}
