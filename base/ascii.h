/* ascii.h - ASCII letters and digits, whatever the locale is. Bytes beyond ASCII are none of them. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline bool
ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline char
ascii_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

/* Is all of the text ASCII? Looks at eight bytes at a time, for texts are many. */
static inline bool
ascii_is_text(const char *text, size_t length)
{
	uint64_t all = 0, eight;
	size_t i = 0;

	for (; length - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, text + i, sizeof(eight));
		all |= eight;
	}
	for (; i < length; i++)
		all |= (unsigned char)text[i];
	return (all & 0x8080808080808080u) == 0;
}

/* What a hexadecimal digit is worth; -1 if it is not one. */
static inline int
ascii_hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
