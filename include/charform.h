/* charform.h - text in the forms that programming languages and protocols give it: escapes
 * of UTF-8, UTF-16, HTML, URL, C and JSON, UTF-32, and numbers. Knows nothing of indexes. */
#ifndef CHARFORM_H
#define CHARFORM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

enum charform {
	CHARFORM_UTF8,  /* E2 99 97 */
	CHARFORM_UTF16, /* D83D DE00, big-endian code units */
	CHARFORM_HTML, /* &#x2657;, and nothing for U+0000 and U+0080 to U+009F, which HTML cannot name */
	CHARFORM_URL,     /* %E2%99%97 (RFC 3986) */
	CHARFORM_C,       /* \u2657, \U0001F600; \x0a for what C does not let be written so */
	CHARFORM_JSON,    /* \u2657, \ud83d\ude00 (RFC 8259) */
	CHARFORM_UTF32,   /* 0001F600, big-endian code units */
	CHARFORM_DECIMAL, /* 128512, code points as decimal numbers */
	CHARFORM_COUNT,
};

/* "utf-8", "html" …: the name of a form, a constant. */
const char *charform_name(enum charform form);

/* Bytes of `out` that charform_write() needs for `length` bytes of text. */
#define CHARFORM_SIZE(length) (10 * (length))

/* Writes `text`, `length` bytes of valid UTF-8, in the form to `out`. Returns how many bytes;
 * no NUL is added. */
size_t charform_write(enum charform form, const char *text, size_t length, char *out);

/* Bytes of `out` that charform_json_string() needs for `length` bytes of text. */
#define CHARFORM_JSON_STRING_SIZE(length) (6 * (length) + 2)

/* Writes `text`, `length` bytes of UTF-8, as a JSON string with its quotes (RFC 8259, section
 * 7): only what must be escaped is, and U+007F to U+009F, U+2028 and U+2029; bytes that are
 * not UTF-8 are sent as U+FFFD. Returns how many bytes; no NUL is added. */
size_t charform_json_string(const char *text, size_t length, char *out);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#endif
