/* line_model.c - hides a second reading of the protocol. */
#include "line_model.h"

#include "fuzz.h"
#include "naive.h"

#define MAX_LINE 4096
#define MAX_WITHOUT_LINE_END 1048576

enum { SE = 240, IP = 244, SB = 250, WILL = 251, IAC = 255 };

struct model {
	struct buffer *events;
	char line[MAX_LINE + 2];
	size_t length;
	size_t blanks;         /* bytes of white space at its beginning, as far as is known */
	size_t since_line_end; /* bytes, telnet's included */
	bool skipping;         /* the rest of a line that was too long */
	bool over;
};

static void
add_event(struct buffer *events, enum line_event event)
{
	char byte = (char)event;

	FUZZ_HOLDS(buffer_append(events, &byte, 1) != NULL);
}

bool
line_model_add(struct buffer *events, const char *line, size_t length)
{
	if (length == 0)
		return true;
	if (length > MAX_LINE) {
		add_event(events, EVENT_TOO_LONG);
		return true;
	}
	if (!naive_is_utf8(line, length)) {
		add_event(events, EVENT_BAD_UTF8);
		return true;
	}
	line = naive_strip(line, &length);
	if (length == 0)
		return true;
	if ((unsigned char)line[0] < 0x20) {
		add_event(events, EVENT_END);
		return false;
	}
	add_event(events, EVENT_QUERY);
	buffer_append_u32(events, (uint32_t)length);
	FUZZ_HOLDS(buffer_append(events, line, length) != NULL);
	return true;
}

static void
end_line(struct model *model)
{
	if (model->length > 0 && model->line[model->length - 1] == '\r')
		model->length--;
	if (!model->skipping)
		model->over = !line_model_add(model->events, model->line, model->length);
	model->skipping = false;
	model->length = model->blanks = model->since_line_end = 0;
}

/* Does the line begin with a control character, after white space? */
static bool
begins_with_control(struct model *model)
{
	const char *end = model->line + model->length;
	size_t size;

	while (model->blanks < model->length) {
		uint32_t c = naive_character(model->line + model->blanks, end, &size);

		if (!naive_is_space(c))
			return c < 0x20 && model->blanks < MAX_LINE;
		model->blanks += size;
	}
	return false;
}

static void
add_data(struct model *model, char byte)
{
	if (model->skipping)
		return;
	model->line[model->length++] = byte;
	if (begins_with_control(model)) {
		add_event(model->events, EVENT_END);
		model->over = true;
	} else if (model->length > MAX_LINE + 1 || (model->length > MAX_LINE && byte != '\r')) {
		add_event(model->events, EVENT_TOO_LONG);
		model->skipping = true;
		model->length = model->blanks = 0;
	}
}

/* The bytes of the subnegotiation that begins at `data`: up to IAC SE, or all. */
static size_t
subnegotiation(const unsigned char *data, size_t length)
{
	size_t i = 2;

	while (i + 1 < length) {
		if (data[i] != IAC) {
			i++;
			continue;
		}
		if (data[i + 1] == SE)
			return i + 2;
		i += 2;
	}
	return length;
}

/* Reads what begins with IAC: returns its bytes, 0 if it is the interrupt. */
static size_t
read_telnet(struct model *model, const unsigned char *data, size_t length)
{
	if (length == 1 || data[1] < SE) {
		add_data(model, (char)IAC);
		return 1;
	}
	if (data[1] == IAC) {
		add_data(model, (char)IAC);
		return 2;
	}
	if (data[1] == IP)
		return 0;
	if (data[1] == SB)
		return subnegotiation(data, length);
	return data[1] < WILL || length == 2 ? 2 : 3;
}

/* How many bytes have to be seen for the token at `data` to mean something. */
static size_t
bytes_to_see(const unsigned char *data, size_t length)
{
	return data[0] == IAC && length > 1 && data[1] != '\n' ? 2 : 1;
}

void
line_model_run(struct buffer *events, size_t before, const char *data, size_t length)
{
	const unsigned char *at = (const unsigned char *)data, *end = at + length;
	struct model model = { .events = events, .since_line_end = before };
	size_t size;

	while (at < end && !model.over) {
		if (*at == '\n') {
			end_line(&model);
			at++;
			continue;
		}
		if (model.since_line_end + bytes_to_see(at, (size_t)(end - at)) >= MAX_WITHOUT_LINE_END)
			break;
		size = 1;
		if (*at == IAC)
			size = read_telnet(&model, at, (size_t)(end - at));
		else
			add_data(&model, (char)*at);
		model.since_line_end += size;
		if (size == 0 || model.since_line_end >= MAX_WITHOUT_LINE_END)
			break;
		at += size;
	}
	if (at == end && !model.over && !model.skipping && model.length > 0)
		model.over = !line_model_add(events, model.line, model.length);
	if (!model.over)
		add_event(events, EVENT_END);
}
