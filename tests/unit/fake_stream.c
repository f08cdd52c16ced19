/* fake_stream.c - hides that there is no socket. */
#include "fake_stream.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

void
fake_stream_init(struct fake_stream *fake, const struct fake_line *input, enum close_reason reason)
{
	*fake = (struct fake_stream){ .input = input, .reason = reason };
}

void
fake_stream_release(struct fake_stream *fake)
{
	bytes_release(&fake->output);
	free(fake->line);
}

/* May the await that is asked for end now? */
static bool
may_go_on(struct fake_stream *fake)
{
	if (fake->refused == 0) {
		fake->asked++;
		fake->output_before = fake->output.length;
	}
	UNIT_HOLDS(fake->output.length == fake->output_before);
	if ((fake->wait_at == 0 || fake->wait_at == fake->asked) && fake->refused < fake->patience) {
		fake->refused++;
		return false;
	}
	fake->refused = 0;
	return true;
}

enum line_status
stream_take_line(struct stream *stream, struct line *line)
{
	struct fake_stream *fake = (struct fake_stream *)stream;

	free(fake->line);
	fake->line = NULL;
	if (!may_go_on(fake))
		return LINE_PARTIAL;
	if (fake->input->status == LINE_END)
		return LINE_END;
	if (fake->input->status == LINE_READY) {
		fake->lines_taken++;
		line->length = strlen(fake->input->text);
		line->text = fake->line = bytes_exact_copy(fake->input->text, line->length);
	}
	return fake->input++->status;
}

void
stream_write(struct stream *stream, const void *bytes, size_t length)
{
	struct fake_stream *fake = (struct fake_stream *)stream;

	bytes_add(&fake->output, bytes, length);
	fake->writes++;
	if (length > fake->most)
		fake->most = length;
}

void
stream_lend(struct stream *stream, const void *bytes, size_t length)
{
	stream_write(stream, bytes, length);
}

void
stream_settle(struct stream *stream)
{
	(void)stream;
}

char *
stream_room(struct stream *stream, size_t *room)
{
	struct fake_stream *fake = (struct fake_stream *)stream;

	*room = sizeof(fake->room);
	return fake->room;
}

void
stream_fill(struct stream *stream, size_t length)
{
	stream_write(stream, ((struct fake_stream *)stream)->room, length);
}

void
stream_puts(struct stream *stream, const char *string)
{
	stream_write(stream, string, strlen(string));
}

bool
stream_alone(struct stream *stream)
{
	return may_go_on((struct fake_stream *)stream);
}

void
stream_yield(struct stream *stream)
{
	(void)stream;
}

bool
stream_drained(struct stream *stream)
{
	return may_go_on((struct fake_stream *)stream);
}

enum close_reason
stream_reason(const struct stream *stream)
{
	return ((const struct fake_stream *)stream)->reason;
}
