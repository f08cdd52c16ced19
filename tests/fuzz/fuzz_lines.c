/* fuzz_lines.c - the line reader. The input: a byte that says how many sizes of pieces follow
 * and how much has come before (see bytes_before()), the sizes, and then what a client sends,
 * with runs of one byte written short (see unpack()).
 * Holds: it makes no difference in what pieces the bytes come, and the conversation is that
 * of line_model.h. */
#include "fuzz.h"
#include "line_model.h"
#include "line_reader.h"

const char fuzz_name[] = "lines";

enum { MAX_SIZES = 15, REPEAT = 0xFE, MAX_STREAM = 65536 };

/* What the reader has told. */
struct told {
	struct buffer lines;        /* status and text of each line */
	struct buffer conversation; /* as in line_model.h */
	bool over;
};

static void
append(struct buffer *buffer, const void *bytes, size_t length)
{
	FUZZ_HOLDS(length == 0 || buffer_append(buffer, bytes, length) != NULL);
}

/* The bytes without a line end that have come before, all of them telnet's: none, or so many
 * that LINE_MAX_UNENDED is near. It would take too long to send them. */
static uint32_t
bytes_before(uint8_t first)
{
	return first < 0x80 ? 0 : LINE_MAX_UNENDED - (1u << 2 * (first >> 4 & 7));
}

/* FE and a byte n below 80 stand for 2^(n mod 14) of the byte that follows; in other places
 * FE is itself. */
static void
unpack(struct buffer *stream, const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < size && stream->length < MAX_STREAM; i++) {
		size_t times, room = MAX_STREAM - stream->length;

		if (data[i] != REPEAT || size - i < 3 || data[i + 1] >= 0x80) {
			append(stream, data + i, 1);
			continue;
		}
		times = (size_t)1 << data[i + 1] % 14;
		times = times < room ? times : room;
		memset(buffer_append(stream, NULL, times), data[i + 2], times);
		i += 2;
	}
}

/* As prompt.c deals with a line. */
static void
converse(struct told *told, enum line_status status, const struct line *line)
{
	char event = 0;

	if (status == LINE_READY)
		told->over = !line_model_add(&told->conversation, line->text, line->length);
	else if (status == LINE_TOO_LONG)
		event = EVENT_TOO_LONG;
	else if (status == LINE_BAD_UTF8)
		event = EVENT_BAD_UTF8;
	else if (status == LINE_END)
		event = EVENT_END;
	if (event != 0)
		append(&told->conversation, &event, 1);
	told->over |= status == LINE_END;
}

static void
tell(struct told *told, enum line_status status, const struct line *line)
{
	uint32_t length = status == LINE_READY ? (uint32_t)line->length : 0;

	FUZZ_HOLDS(status != LINE_PARTIAL && status != LINE_NO_MEMORY);
	FUZZ_HOLDS(length <= LINE_MAX_LENGTH);
	FUZZ_HOLDS(length == 0 || memchr(line->text, '\n', length) == NULL);
	append(&told->lines, &status, sizeof(status));
	append(&told->lines, &length, sizeof(length));
	append(&told->lines, line->text, length);
	converse(told, status, line);
}

/* Reads one piece, which is then gone. */
static void
read_piece(struct told *told, struct line_reader *reader, const unsigned char *bytes, size_t length)
{
	char *piece = fuzz_copy(bytes, length);
	struct line line = { 0 };
	enum line_status status;
	size_t at = 0;

	while (at < length && !told->over) {
		size_t taken = line_reader_read(reader, piece + at, length - at, &line, &status);

		FUZZ_HOLDS(taken <= length - at);
		FUZZ_HOLDS(status != LINE_PARTIAL || taken == length - at);
		FUZZ_HOLDS(status == LINE_PARTIAL || status == LINE_END || taken > 0);
		at += taken;
		if (status != LINE_PARTIAL)
			tell(told, status, &line);
	}
	free(piece);
}

static void
finish(struct told *told, struct line_reader *reader)
{
	struct line line = { 0 };
	bool in_line = line_reader_in_line(reader);

	append(&told->lines, &in_line, sizeof(in_line));
	while (!told->over)
		tell(told, line_reader_finish(reader, &line), &line);
}

/* Reads the stream in pieces of these sizes, again and again; all at once, if there are
 * none. */
static void
read_stream(struct told *told, const struct buffer *stream, uint32_t before, const uint8_t *sizes,
    size_t count)
{
	struct line_reader reader = { .unended = before };
	size_t at = 0;

	for (size_t n = 0; at < stream->length && !told->over; n++) {
		size_t left = stream->length - at;
		size_t piece = count > 0 ? (size_t)sizes[n % count] * sizes[n % count] / 4 + 1 : left;

		piece = piece < left ? piece : left;
		read_piece(told, &reader, stream->bytes + at, piece);
		at += piece;
	}
	if (!told->over)
		finish(told, &reader);
	line_reader_release(&reader);
}

static bool
same(const struct buffer *a, const struct buffer *b)
{
	return a->length == b->length && (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct told whole = { 0 }, split = { 0 };
	struct buffer stream = { 0 }, model = { 0 };
	size_t sizes;
	uint32_t before;

	if (size == 0)
		return 0;
	sizes = data[0] & MAX_SIZES;
	before = bytes_before(data[0]);
	if (size <= 1 + sizes)
		return 0;
	unpack(&stream, data + 1 + sizes, size - 1 - sizes);
	read_stream(&whole, &stream, before, NULL, 0);
	read_stream(&split, &stream, before, data + 1, sizes);
	line_model_run(&model, before, (const char *)stream.bytes, stream.length);
	FUZZ_HOLDS(same(&whole.lines, &split.lines));
	FUZZ_HOLDS(same(&whole.conversation, &split.conversation));
	FUZZ_HOLDS(same(&whole.conversation, &model));
	buffer_release(&stream);
	buffer_release(&model);
	buffer_release(&whole.lines);
	buffer_release(&whole.conversation);
	buffer_release(&split.lines);
	buffer_release(&split.conversation);
	return 0;
}
