/* status.c - hides how an answer is summed up: the stripped query, and the status line
 * with the query quoted as Python's repr() quotes it. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "index.h"

static bool
is_strippable(UChar32 c)
{
	if (c > 0x20 && c < 0x7F)
		return false;
	return (c >= 0x1C && c <= 0x1F) || u_isUWhiteSpace(c);
}

static bool
is_graphic_ascii(char c)
{
	return c > 0x20 && c < 0x7F;
}

const char *
charindex_strip(const char *text, size_t *length)
{
	const uint8_t *s = (const uint8_t *)text;
	int32_t begin = 0, end = (int32_t)*length, next;
	UChar32 c;

	/* the usual cases, at little cost; the text of no bytes may be NULL */
	if (end == 0 || (is_graphic_ascii(text[0]) && is_graphic_ascii(text[end - 1])))
		return text;
	for (next = begin; next < end; begin = next) {
		U8_NEXT(s, next, end, c);
		if (!is_strippable(c))
			break;
	}
	for (next = end; next > begin; end = next) {
		U8_PREV(s, begin, next, c);
		if (!is_strippable(c))
			break;
	}
	*length = (size_t)(end - begin);
	return text + begin;
}

/* `value` in lower-case hexadecimal of `digits` digits after a backslash and `kind`. */
static char *
put_escape(char *out, char kind, uint32_t value, int digits)
{
	*out++ = '\\';
	*out++ = kind;
	for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
		*out++ = "0123456789abcdef"[(value >> shift) & 15];
	return out;
}

static char *
put_unprintable(char *out, uint32_t c)
{
	static const char *const short_escapes[] = { ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t" };

	if (c == '\n' || c == '\r' || c == '\t')
		return stpcpy(out, short_escapes[c]);
	if (c < 0x100)
		return put_escape(out, 'x', c, 2);
	if (c < 0x10000)
		return put_escape(out, 'u', c, 4);
	return put_escape(out, 'U', c, 8);
}

/* How many bytes at the beginning of `text`, in most queries all, are quoted by what they are. */
static size_t
plain_length(const char *text, size_t length)
{
	/* printable ASCII but for quotes and backslash */
	static const bool plain[256] = {
		[' ' ... '!'] = true,
		['#' ... '&'] = true,
		['(' ... '['] = true,
		[']' ... '~'] = true,
	};
	size_t i = 0;

	while (i < length && plain[(unsigned char)text[i]])
		i++;
	return i;
}

char *
status_put_repr(const struct charindex *ci, const char *text, size_t length, char *out)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t i = plain_length(text, length), begin;
	char quote = '\'';
	UChar32 c;

	if (i < length && memchr(text, '\'', length) != NULL && memchr(text, '"', length) == NULL)
		quote = '"';
	*out++ = quote;
	out = mempcpy(out, text, i);
	while (i < length) {
		begin = i;
		U8_NEXT_OR_FFFD(s, i, length, c);
		if (c == quote || c == '\\') {
			*out++ = '\\';
			*out++ = (char)c;
		} else if (index_is_printable(ci, c)) {
			memcpy(out, text + begin, i - begin);
			out += i - begin;
		} else {
			out = put_unprintable(out, (uint32_t)c);
		}
	}
	*out++ = quote;
	return out;
}

static char *
put_number(char *out, uint64_t number)
{
	char digits[20], *begin = digits + sizeof(digits);

	do
		*--begin = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	return mempcpy(out, begin, (size_t)(digits + sizeof(digits) - begin));
}

size_t
charindex_status(const struct charindex *ci, uint64_t matches, const char *query, size_t length,
    char *out)
{
	char *p = out;

	if (matches == 0)
		p = stpcpy(p, "No match for ");
	else if (matches == 1)
		p = stpcpy(p, "1 match for ");
	else
		p = stpcpy(put_number(p, matches), " matches for ");
	return (size_t)(status_put_repr(ci, query, length, p) - out);
}
