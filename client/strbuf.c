/* strbuf.c - text that grows, to twice its room at a time. */
#include "strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_ROOM 256

void
strbuf_release(struct strbuf *buf)
{
	free(buf->text);
	*buf = (struct strbuf){ 0 };
}

void
strbuf_clear(struct strbuf *buf, size_t most)
{
	if (buf->room > most)
		strbuf_release(buf);
	buf->length = 0;
	buf->failed = false;
}

char *
strbuf_reserve(struct strbuf *buf, size_t length)
{
	size_t room = buf->room > 0 ? buf->room : FIRST_ROOM;
	char *text;

	if (length <= buf->room - buf->length)
		return buf->text + buf->length;
	while (room - buf->length < length)
		room *= 2;
	text = realloc(buf->text, room);
	if (text == NULL) {
		buf->failed = true;
		return NULL;
	}
	buf->text = text;
	buf->room = room;
	return text + buf->length;
}

void
strbuf_put_slow(struct strbuf *buf, const char *text, size_t length)
{
	if (!buf->failed && strbuf_reserve(buf, length) != NULL)
		strbuf_put(buf, text, length);
}

void
strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	enum { ENOUGH = 1024 };
	char *out = buf->failed ? NULL : strbuf_reserve(buf, ENOUGH);
	va_list args;
	int length;

	if (out == NULL)
		return;
	va_start(args, format);
	length = vsnprintf(out, ENOUGH, format, args);
	va_end(args);
	if (length > 0)
		buf->length += length < ENOUGH ? (size_t)length : ENOUGH - 1;
}
