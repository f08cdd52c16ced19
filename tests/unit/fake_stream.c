/* fake_stream.c - a stream that a script plays. */
#include "fake_stream.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "unit_service.h"

/* The one whose calls come in. */
static struct fake_stream *current;

void
fake_stream_init(struct fake_stream *fake, const struct fake_line *input, enum close_reason reason,
    uint64_t number)
{
	*fake = (struct fake_stream){ .input = input, .reason = reason };
	fake->connection = calloc(1, sizeof(*fake->connection));
	ck_assert_ptr_nonnull(fake->connection);
	fake->connection->service = &unit_service;
	fake->connection->number = number;
	current = fake;
}

void
fake_stream_release(struct fake_stream *fake)
{
	bytes_release(&fake->output);
	free(fake->line);
	free(fake->connection);
	current = NULL;
}

static struct fake_stream *
of(const struct stream *stream)
{
	UNIT_HOLDS(stream == &current->connection->stream);
	return current;
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
	struct fake_stream *fake = of(stream);

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
stream_take_raw_lines(struct stream *stream)
{
	of(stream);
}

void
stream_write(struct stream *stream, const void *bytes, size_t length)
{
	struct fake_stream *fake = of(stream);

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
stream_room(struct stream *stream, size_t least, size_t *room)
{
	struct fake_stream *fake = of(stream);

	UNIT_HOLDS(least <= sizeof(fake->room));
	*room = sizeof(fake->room);
	return fake->room;
}

void
stream_fill(struct stream *stream, size_t length)
{
	stream_write(stream, of(stream)->room, length);
}

void
stream_puts(struct stream *stream, const char *string)
{
	stream_write(stream, string, strlen(string));
}

bool
stream_let_through(struct stream *stream)
{
	return may_go_on(of(stream));
}

void
stream_charge(struct stream *stream, size_t bytes)
{
	(void)stream, (void)bytes;
}

void
stream_hold(struct stream *stream, size_t bytes)
{
	(void)stream, (void)bytes;
}

void
stream_yield(struct stream *stream)
{
	(void)stream;
}

bool
stream_drained(struct stream *stream)
{
	return may_go_on(of(stream));
}

enum close_reason
stream_reason(const struct stream *stream)
{
	return of(stream)->reason;
}
