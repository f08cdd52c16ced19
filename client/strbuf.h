/* strbuf.h - a piece of text that grows: rows of an answer, lines to be sent. */
#ifndef STRBUF_H
#define STRBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* All zero is empty. Once memory has run out, it takes no more, and stays `failed`. */
struct strbuf {
	char *text;
	size_t length, room;
	bool failed;
};

/* Frees the text: it is empty again. */
void strbuf_release(struct strbuf *buf);

/* Empty, with its room kept, unless that is more than `most`. */
void strbuf_clear(struct strbuf *buf, size_t most);

/* At least `length` bytes to be filled at the end: NULL if there is no memory. What has been
 * filled is then added to `length`. */
char *strbuf_reserve(struct strbuf *buf, size_t length) __attribute__((warn_unused_result));

void strbuf_put_slow(struct strbuf *buf, const char *text, size_t length);
void strbuf_printf(struct strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void
strbuf_put(struct strbuf *buf, const char *text, size_t length)
{
	if (length > buf->room - buf->length) {
		strbuf_put_slow(buf, text, length);
		return;
	}
	if (length > 0)
		memcpy(buf->text + buf->length, text, length);
	buf->length += length;
}

static inline void
strbuf_putc(struct strbuf *buf, char c)
{
	strbuf_put(buf, &c, 1);
}

static inline void
strbuf_puts(struct strbuf *buf, const char *string)
{
	strbuf_put(buf, string, strlen(string));
}

#endif
