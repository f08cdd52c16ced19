/* dict_words.c - quotes and backslashes, read byte by byte: curl puts a backslash before each byte
 * of a character. */
#include "dict_words.h"

#include <stdbool.h>

struct reader {
	const char *at, *end;
	char *out;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* Is the byte at `at` a backslash that stands before another byte, inside a quote `quote` or
 * outside (0)? Not if it and the quote that is open are all that is left: then whoever sent it
 * escapes nothing. */
static bool
is_escape(const char *at, const char *end, char quote)
{
	return *at == '\\' && end - at > 1 && !(quote != 0 && end - at == 2 && at[1] == quote);
}

/* Where the quote that opens at `at` is closed; NULL if it stays open. */
static const char *
closing_quote(const char *at, const char *end)
{
	char quote = *at++;

	while (at < end && *at != quote)
		at += is_escape(at, end, quote) ? 2 : 1;
	return at < end ? at : NULL;
}

/* NUL bytes, which old clients send, are nothing. */
static void
put(struct reader *reader, char c)
{
	if (c != '\0')
		*reader->out++ = c;
}

/* Writes what is in the quote that opens here and is closed at `closing`. */
static void
read_quoted(struct reader *reader, const char *closing)
{
	char quote = *reader->at++;

	while (reader->at < closing) {
		if (is_escape(reader->at, reader->end, quote))
			reader->at++;
		put(reader, *reader->at++);
	}
	reader->at = closing + 1;
}

/* Writes a word: pieces of it may be quoted. True if there is one, be it empty. */
static bool
read_word(struct reader *reader)
{
	const char *begin = reader->out;
	bool quoted = false;

	while (reader->at < reader->end && !is_blank(*reader->at)) {
		const char *closing = is_quote(*reader->at) ? closing_quote(reader->at, reader->end) : NULL;

		if (closing != NULL) {
			read_quoted(reader, closing);
			quoted = true;
			continue;
		}
		if (is_escape(reader->at, reader->end, 0))
			reader->at++;
		put(reader, *reader->at++);
	}
	return quoted || reader->out > begin;
}

void
dict_words_read(struct dict_words *words, const char *line, size_t length, char *out)
{
	struct reader reader = { line, line + length, out };

	words->count = 0;
	while (reader.at < reader.end) {
		const char *begin = reader.out;

		if (is_blank(*reader.at)) {
			reader.at++;
			continue;
		}
		if (!read_word(&reader))
			continue;
		if (words->count < DICT_WORDS_KEPT)
			words->word[words->count] =
			    (struct charindex_text){ begin, (size_t)(reader.out - begin) };
		words->count++;
	}
}
