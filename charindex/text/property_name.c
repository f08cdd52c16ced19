/* property_name.c - UAX #44's loose matching (UAX44-LM3). */
#include "property_name.h"

#include "ascii.h"
#include "hash.h"

static bool
is_ignored(char c)
{
	return c == ' ' || c == '_' || c == '-';
}

bool
property_names_match(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a_length && is_ignored(a[i]))
			i++;
		while (j < b_length && is_ignored(b[j]))
			j++;
		if (i == a_length || j == b_length)
			return i == a_length && j == b_length;
		if (ascii_lower(a[i++]) != ascii_lower(b[j++]))
			return false;
	}
}

uint64_t
property_name_hash(const char *text, size_t length)
{
	uint64_t hash = HASH_BEGIN;

	for (size_t i = 0; i < length; i++) {
		char c = ascii_lower(text[i]);

		if (!is_ignored(c))
			hash = hash_bytes(hash, &c, 1);
	}
	return hash;
}
