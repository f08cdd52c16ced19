/* codeform.h - the forms in which people write down code points: U+20AC, 0x20AC, \u20ac,
 * &euro;, &#8364;, %E2%82%AC, \xe2\x82\xac, \infty and :wave: by name, and 20AC..20CF for a range. */
#ifndef CHARINDEX_CODEFORM_H
#define CHARINDEX_CODEFORM_H

#include "code_points.h"
#include "index.h"

enum codeform {
	CODEFORM_NONE,   /* it is not written like one */
	CODEFORM_POINTS, /* one or more code points */
	CODEFORM_RANGE,  /* first and last */
	CODEFORM_BEYOND, /* written like one, but above U+10FFFF */
	CODEFORM_ENTITY, /* written like an entity of HTML, but there is none of that name */
	CODEFORM_MANY,   /* more than there is room for */
};

/* Reads a word of a query. CODEFORM_POINTS: the code points have been appended to *points.
 * CODEFORM_RANGE: *first and *last are set, *first not above *last. */
enum codeform codeform_read(const struct charindex *ci, const char *text, size_t length,
    struct code_points *points, uint32_t *first, uint32_t *last);

/* Reads a query that is bytes of UTF-8, which are not all ASCII: e2 82 ac, 0xE2, 0x82, 0xAC. One of
 * their digits at least is no letter, as in codeform_is_bare(). */
bool codeform_read_bytes(const char *text, size_t length, struct code_points *points);

/* Is the word four to six hexadecimal digits, of a code point? `with_digit`: one of them at
 * least must be no letter, so that it cannot be a word of a language. */
bool codeform_is_bare(const char *text, size_t length, bool with_digit, uint32_t *code_point);

/* Is it four to seven decimal digits, of a code point? */
bool codeform_is_decimal(const char *text, size_t length, uint32_t *code_point);

/* Is what stands before a comma a code point, so that the comma is between two of a list? */
bool codeform_ends_with_comma(const char *word, const char *comma);

#endif
