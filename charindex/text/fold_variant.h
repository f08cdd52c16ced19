/* fold_variant.h - other ways in which people write a folded word. */
#ifndef CHARINDEX_FOLD_VARIANT_H
#define CHARINDEX_FOLD_VARIANT_H

#include <stddef.h>

/* The word without its accents, with l for ł, ae for æ and so on, to `out`, which has room for
 * FOLD_MAX_WORD bytes: returns its length; 0 if it has none, or too many. Accents are the marks of
 * scripts that are also written without: those of Devanagari or Thai are vowels, and stay. */
size_t fold_plain(const char *word, size_t length, char *out);

/* The word with its umlauts, and the letters of Danish and Norwegian, written out as two letters,
 * "gruen" for "grün", to `out`, which has room for `length` bytes: returns the length; 0 if it has
 * none. */
size_t fold_written_out(const char *word, size_t length, char *out);

#endif
