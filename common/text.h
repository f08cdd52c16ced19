/* text.h - text that grows while it is written: the bodies of HTTP answers, what is known of a
 * character. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero is the empty text. */
struct text {
	char *bytes; /* owned; not NUL-terminated */
	size_t length, room;
	bool failed; /* memory ran out; what was to be added since is missing */
};

/* Frees the bytes; the text is empty and may be used again. */
void text_release(struct text *text);

/* Makes the text empty and keeps its memory. */
void text_clear(struct text *text);

/* Where `size` bytes may be written, to be added with text_fill(): NULL without memory. Valid
 * until the next call. */
char *text_room(struct text *text, size_t size);
void text_fill(struct text *text, size_t length);

void text_add(struct text *text, const void *bytes, size_t length);
void text_puts(struct text *text, const char *string);
void text_number(struct text *text, uint64_t number);
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds UTF-8 as a JSON string with its quotes. What is empty may be NULL, here and in text_html(). */
void text_json(struct text *text, const char *bytes, size_t length);

/* text_json() of a string. */
void text_json_puts(struct text *text, const char *string);

/* charform_json_string(), fast for what needs no escapes. */
size_t text_json_string(const char *bytes, size_t length, char *out);

/* Writes a number in 16 hexadecimal digits, or in as few decimal ones as it has: how many. */
void text_hex(uint64_t number, char out[16]);
size_t text_decimal(uint64_t number, char out[20]);

/* Adds what shows as these bytes in HTML, between tags and in quoted attributes. */
void text_html(struct text *text, const char *bytes, size_t length);

/* Adds the bytes as a part of a URL: all but unreserved characters (RFC 3986) escaped. */
void text_url(struct text *text, const char *bytes, size_t length);

#endif
