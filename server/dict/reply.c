/* reply.c - bytes into the room that the stream has, and lines that are not too long. */
#include "reply.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "stream.h"

/* Columns of a line of a definition, in bytes, and what lines begin with that go on with another. */
#define LINE_WIDTH 78
#define CONTINUED "    "

void
reply_begin(struct reply *reply, struct stream *stream)
{
	*reply = (struct reply){ .stream = stream };
	reply->room = stream_room(stream, STREAM_ROOM, &reply->size);
}

void
reply_end(struct reply *reply)
{
	stream_fill(reply->stream, reply->used);
	reply->used = reply->size = 0;
}

void
reply_bytes(struct reply *reply, const char *bytes, size_t length)
{
	reply->column += length;
	while (length > 0) {
		size_t piece = reply->size - reply->used;

		if (piece == 0) {
			reply_end(reply);
			reply->room = stream_room(reply->stream, STREAM_ROOM, &reply->size);
			continue;
		}
		if (piece > length)
			piece = length;
		memcpy(reply->room + reply->used, bytes, piece);
		reply->used += piece;
		bytes += piece;
		length -= piece;
	}
}

void
reply_puts(struct reply *reply, const char *string)
{
	reply_bytes(reply, string, strlen(string));
}

void
reply_text(struct reply *reply, struct charindex_text text)
{
	reply_bytes(reply, text.bytes, text.length);
}

void
reply_format(struct reply *reply, const char *format, ...)
{
	char text[512];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (length > 0)
		reply_bytes(reply, text, (size_t)length < sizeof(text) ? (size_t)length : sizeof(text) - 1);
}

void
reply_end_line(struct reply *reply)
{
	reply_puts(reply, REPLY_CRLF);
	reply->column = 0;
}

/* Is it a byte that no client reads as anything but itself between quotes? */
static bool
is_harmless(char c)
{
	return c != '"' && c != '\\' && (unsigned char)c >= 0x20 && c != 0x7F;
}

void
reply_quoted(struct reply *reply, struct charindex_text text)
{
	size_t begin = 0;

	reply_puts(reply, "\"");
	for (size_t i = 0; i < text.length; i++) {
		char c = text.bytes[i];

		if (is_harmless(c))
			continue;
		reply_bytes(reply, text.bytes + begin, i - begin);
		if (c != '"' && c != '\\')
			reply_puts(reply, " ");
		begin = i + 1;
	}
	reply_bytes(reply, text.bytes + begin, text.length - begin);
	reply_puts(reply, "\"");
}

void
reply_piece(struct reply *reply, const char *before, struct charindex_text text, const char *after)
{
	size_t length = strlen(before) + text.length + strlen(after);

	if (reply->column + 1 + length > LINE_WIDTH) {
		reply_end_line(reply);
		reply_puts(reply, CONTINUED);
	} else {
		reply_puts(reply, " ");
	}
	reply_puts(reply, before);
	reply_text(reply, text);
	reply_puts(reply, after);
}

void
reply_wrapped(struct reply *reply, struct charindex_text text)
{
	const char *at = text.bytes, *end = at + text.length;

	while (at < end) {
		const char *blank = memchr(at, ' ', (size_t)(end - at));
		struct charindex_text word = { at, (size_t)((blank != NULL ? blank : end) - at) };

		if (word.length > 0)
			reply_piece(reply, "", word, "");
		at += word.length + 1;
	}
}
