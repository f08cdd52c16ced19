/* line_reader.c - hides how bytes become lines: a line of printable ASCII that lies whole in the
 * input is given out where it lies; all others are put together in a buffer, byte by byte. */
#include "line_reader.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "charindex.h"

/* RFC 854: what follows IAC. */
enum telnet_command {
	TELNET_SE = 240, /* end of a subnegotiation; the lowest command */
	TELNET_IP = 244, /* interrupt process */
	TELNET_SB = 250, /* begin of a subnegotiation */
	TELNET_WILL = 251,
	TELNET_DONT = 254,
	TELNET_IAC = 255,
};

enum telnet_state {
	TELNET_DATA,       /* no command */
	TELNET_COMMAND,    /* after IAC */
	TELNET_OPTION,     /* after IAC and WILL, WONT, DO or DONT */
	TELNET_SUB,        /* after IAC SB */
	TELNET_SUB_COMMAND /* after IAC in a subnegotiation */
};

void
line_reader_release(struct line_reader *reader)
{
	free(reader->buffer);
	*reader = (struct line_reader){ .reason = reader->reason, .raw = reader->raw };
}

enum close_reason
line_reader_reason(const struct line_reader *reader)
{
	return (enum close_reason)reader->reason;
}

bool
line_reader_in_line(const struct line_reader *reader)
{
	return reader->skipping || (reader->length > 0 && !reader->delivered);
}

/* A control character that is no white space: it ends the conversation when it begins a
 * query. */
static bool
is_quit(unsigned char byte)
{
	return byte < '\t' || (byte > '\r' && byte < 0x1C);
}

static size_t
leading_white_space(const char *text, size_t length)
{
	size_t stripped = length;

	return (size_t)(charindex_strip(text, &stripped) - text);
}

static bool
is_utf8(const char *text, size_t length)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t i = 0;
	UChar32 c;

	while (i < length) {
		U8_NEXT(s, i, length, c);
		if (c < 0)
			return false;
	}
	return true;
}

/* What a line, now complete, is. */
static enum line_status
judge(const struct line_reader *reader, const char *text, size_t length, struct line *line)
{
	if (length > LINE_MAX_LENGTH)
		return LINE_TOO_LONG;
	if (!reader->raw && !is_utf8(text, length))
		return LINE_BAD_UTF8;
	*line = (struct line){ text, length };
	return LINE_READY;
}

/* A line of printable ASCII, as most are, that is all there: the bytes it takes, or 0 if there is no
 * such line. It has no telnet commands and nothing else that needs another look. */
static size_t
read_plain_line(const char *data, size_t length, struct line *line)
{
	static const bool plain[256] = { [' ' ... '~'] = true };
	size_t most = length < LINE_MAX_LENGTH ? length : LINE_MAX_LENGTH, end = 0, next;

	while (end < most && plain[(unsigned char)data[end]])
		end++;
	next = end < length && data[end] == '\r' ? end + 1 : end;
	if (next == length || data[next] != '\n')
		return 0;
	*line = (struct line){ data, end };
	return next + 1;
}

static bool
reserve_byte(struct line_reader *reader)
{
	uint16_t capacity = reader->capacity > 0 ? (uint16_t)(2 * reader->capacity) : 128;
	char *buffer;

	if (reader->length < reader->capacity)
		return true;
	buffer = realloc(reader->buffer, capacity);
	if (buffer == NULL)
		return false;
	reader->buffer = buffer;
	reader->capacity = capacity;
	return true;
}

/* The line has ended: gives it out, or says that its skipped rest has. */
static enum line_status
end_line(struct line_reader *reader, struct line *line)
{
	size_t length = reader->length;

	reader->unended = 0;
	if (reader->skipping) {
		reader->skipping = false;
		return LINE_PARTIAL;
	}
	if (length > 0 && reader->buffer[length - 1] == '\r')
		length--;
	reader->delivered = true;
	return judge(reader, reader->buffer, length, line);
}

static enum line_status
read_data(struct line_reader *reader, unsigned char byte, struct line *line)
{
	if (byte == '\n')
		return end_line(reader, line);
	if (reader->skipping)
		return LINE_PARTIAL;
	/* one byte over the limit may yet turn out to be the CR of the line end */
	if (reader->length >= LINE_MAX_LENGTH && (reader->length > LINE_MAX_LENGTH || byte != '\r')) {
		reader->length = 0;
		reader->skipping = true;
		return LINE_TOO_LONG;
	}
	if (!reserve_byte(reader)) {
		reader->reason = CLOSE_NO_MEMORY;
		return LINE_NO_MEMORY;
	}
	reader->buffer[reader->length++] = (char)byte;
	if (reader->raw || !is_quit(byte) ||
	    leading_white_space(reader->buffer, reader->length) < reader->length - 1u)
		return LINE_PARTIAL;
	reader->delivered = true;
	return judge(reader, reader->buffer, reader->length, line);
}

/* IAC and a byte that is no command: both are data. */
static enum line_status
read_lone_iac(struct line_reader *reader, unsigned char byte, struct line *line)
{
	enum line_status status = read_data(reader, TELNET_IAC, line);

	if (status == LINE_PARTIAL)
		return read_data(reader, byte, line);
	/* the first made the line too long; the second is skipped, unless it ends it */
	if (byte == '\n')
		end_line(reader, line);
	return status;
}

/* A byte after IAC. */
static enum line_status
read_command(struct line_reader *reader, unsigned char byte, struct line *line)
{
	reader->telnet = TELNET_DATA;
	if (byte == TELNET_IP) {
		reader->reason = CLOSE_INTERRUPT;
		return LINE_END;
	}
	if (byte == TELNET_IAC)
		return read_data(reader, byte, line);
	if (byte < TELNET_SE)
		return read_lone_iac(reader, byte, line);
	if (byte == TELNET_SB)
		reader->telnet = TELNET_SUB;
	else if (byte >= TELNET_WILL && byte <= TELNET_DONT)
		reader->telnet = TELNET_OPTION;
	return LINE_PARTIAL;
}

static enum line_status
read_byte(struct line_reader *reader, unsigned char byte, struct line *line)
{
	switch ((enum telnet_state)reader->telnet) {
	case TELNET_DATA:
		if (byte != TELNET_IAC)
			return read_data(reader, byte, line);
		reader->telnet = TELNET_COMMAND;
		return LINE_PARTIAL;
	case TELNET_COMMAND:
		return read_command(reader, byte, line);
	case TELNET_OPTION:
		reader->telnet = TELNET_DATA;
		return LINE_PARTIAL;
	case TELNET_SUB:
		if (byte == TELNET_IAC)
			reader->telnet = TELNET_SUB_COMMAND;
		return LINE_PARTIAL;
	case TELNET_SUB_COMMAND:
		reader->telnet = byte == TELNET_SE ? TELNET_DATA : TELNET_SUB;
		return LINE_PARTIAL;
	}
	return LINE_PARTIAL;
}

/* Forgets the line that was given out last. */
static void
begin_line(struct line_reader *reader)
{
	if (!reader->delivered)
		return;
	free(reader->buffer);
	reader->buffer = NULL;
	reader->length = reader->capacity = 0;
	reader->delivered = false;
}

size_t
line_reader_read(struct line_reader *reader, const char *data, size_t length, struct line *line,
    enum line_status *status)
{
	size_t taken = 0;

	begin_line(reader);
	if (reader->unended == 0 && (taken = read_plain_line(data, length, line)) > 0) {
		*status = LINE_READY;
		return taken;
	}
	*status = LINE_PARTIAL;
	while (taken < length && *status == LINE_PARTIAL) {
		reader->unended++;
		*status = read_byte(reader, (unsigned char)data[taken++], line);
		if (*status == LINE_PARTIAL && reader->unended >= LINE_MAX_UNENDED) {
			reader->reason = CLOSE_NO_LINE_END;
			*status = LINE_END;
		}
	}
	return taken;
}

enum line_status
line_reader_finish(struct line_reader *reader, struct line *line)
{
	begin_line(reader);
	if (reader->telnet == TELNET_COMMAND) {
		enum line_status status;

		reader->telnet = TELNET_DATA;
		status = read_data(reader, TELNET_IAC, line);
		if (status != LINE_PARTIAL)
			return status;
	}
	if (reader->skipping || reader->length == 0) {
		reader->skipping = false;
		reader->reason = CLOSE_END_OF_INPUT;
		return LINE_END;
	}
	reader->delivered = true;
	return judge(reader, reader->buffer, reader->length, line);
}
