/* test_stream.c - streams on real sockets and a real loop. */
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "coro.h"
#include "seeded.h"
#include "stream.h"
#include "unit.h"
#include "wire.h"

/* What stream.c and turn.c allow: bytes queued for a slow reader before the handler has to wait,
 * those that gather before a system call, those in one turn, and in a round of few. */
#define QUEUE_LIMIT (256u * 1024u)
#define OUTBOX_SIZE (64u * 1024u)
#define TURN_LIMIT (256u * 1024u)
#define ROUND_LIMIT (1856u * 1024u)

#define MAX_CLIENTS 40

/* A connection: the handler's side and the other. */
struct client {
	struct stream stream;
	struct wire wire;
	struct coro coro;
	enum coro_status (*handler)(struct client *client);
	bool open; /* the stream has not been released */
	bool done; /* the handler has run to its end */
	unsigned turns;
	size_t queued_before; /* bytes, at the beginning of the last turn */
	size_t most_queued;   /* after any turn */
	/* the handlers' */
	enum line_status got;
	struct line line;
	struct bytes lines; /* each with a comma after it */
	size_t written, to_write;
	char *lent; /* a piece that must live until the turn ends, and not longer */
	struct seeded seeded;
	void *other;
};

static struct traffic traffic;
static struct stream_pool *pool;
static struct client clients[MAX_CLIENTS];

/* The turns that have been given, as numbers of clients. */
static unsigned turns[10000], turn_count;

static size_t
queued(const struct client *client)
{
	struct bufferevent *bev = client->stream.bev;

	return bev != NULL ? evbuffer_get_length(bufferevent_get_output(bev)) : 0;
}

static void
end_turn(struct client *client)
{
	stream_end_turn(&client->stream);
	free(client->lent);
	client->lent = NULL;
	if (queued(client) > client->most_queued)
		client->most_queued = queued(client);
}

/* As a connection does it. */
static void
on_turn(void *owner)
{
	struct client *client = owner;

	UNIT_HOLDS(client->open);
	client->turns++;
	client->queued_before = queued(client);
	if (turn_count < UNIT_COUNT(turns))
		turns[turn_count++] = (unsigned)(client - clients);
	if (client->done || stream_broken(&client->stream))
		return;
	stream_begin_turn(&client->stream);
	client->done = client->handler(client) == CORO_DONE;
	if (client->open)
		end_turn(client);
}

static struct throttle *throttle;

static void
make_pool(void)
{
	wire_make_loop();
	signal(SIGPIPE, SIG_IGN); /* as the server does */
	throttle = throttle_new(wire_base, 0);
	pool = stream_pool_new(wire_base, on_turn, throttle);
	ck_assert_ptr_nonnull(pool);
}

static void
disconnect(struct client *client)
{
	if (client->open)
		stream_release(&client->stream);
	client->open = false;
	wire_release(&client->wire);
	bytes_release(&client->lines);
	free(client->lent);
}

static void
free_pool(void)
{
	for (size_t i = 0; i < MAX_CLIENTS; i++)
		if (clients[i].handler != NULL)
			disconnect(&clients[i]);
	stream_pool_free(pool);
	throttle_free(throttle);
	wire_free_loop();
}

/* Makes client number `n` and gives its handler the first turn. */
static struct client *
connect_client(unsigned n, enum coro_status (*handler)(struct client *client), bool small,
    size_t to_write)
{
	struct client *client = &clients[n];

	*client = (struct client){ .handler = handler, .to_write = to_write, .seeded = { n + 1 } };
	ck_assert(
	    stream_init(&client->stream, pool, &traffic, wire_make(&client->wire, small), client));
	client->open = true;
	on_turn(client);
	return client;
}

static bool
is_done(void *client)
{
	return ((struct client *)client)->done;
}

static bool
is_broken(void *client)
{
	return stream_broken(&((struct client *)client)->stream);
}

/* ---- lines ----------------------------------------------------------------------- */

static enum coro_status
take_lines(struct client *client)
{
	CORO_BEGIN(&client->coro);
	for (;;) {
		CORO_AWAIT(&client->coro,
		    (client->got = stream_take_line(&client->stream, &client->line)) != LINE_PARTIAL);
		if (client->got == LINE_END)
			break;
		if (client->got == LINE_READY)
			bytes_add(&client->lines, client->line.text, client->line.length);
		else
			bytes_add_string(&client->lines, client->got == LINE_TOO_LONG ? "too long" : "bad");
		bytes_add_string(&client->lines, ",");
	}
	CORO_END(&client->coro);
}

static void
lines_must_be(const struct client *client, const char *expected)
{
	bytes_must_be("lines", client->lines.data, client->lines.length, expected, strlen(expected));
}

START_TEST(hands_out_lines_as_they_come)
{
	struct client *client = connect_client(0, take_lines, false, 0);

	wire_send(&client->wire, "rook\r\nki");
	wire_run_on();
	lines_must_be(client, "rook,");
	wire_send(&client->wire, "ng\n\n\x80\nqueen");
	wire_run_on();
	lines_must_be(client, "rook,king,,bad,");
	ck_assert(!client->done);
}
END_TEST

START_TEST(the_end_of_input_ends_the_last_line)
{
	struct client *client = connect_client(0, take_lines, false, 0);

	wire_send(&client->wire, "rook\nking");
	wire_half_close(&client->wire);
	wire_run_until(is_done, client);
	lines_must_be(client, "rook,king,");
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_END_OF_INPUT);
	ck_assert(!stream_broken(&client->stream));
}
END_TEST

START_TEST(the_interrupt_is_the_end_with_its_reason)
{
	struct client *client = connect_client(0, take_lines, false, 0);

	wire_send(&client->wire, "rook\nki\xFF\xF4\xFF\xFD\x06ng\n");
	wire_run_until(is_done, client);
	lines_must_be(client, "rook,");
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_INTERRUPT);
	/* whatever the client does then */
	wire_half_close(&client->wire);
	wire_run_on();
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_INTERRUPT);
}
END_TEST

START_TEST(input_without_a_line_end_is_the_end_with_its_reason)
{
	struct client *client = connect_client(0, take_lines, false, 0);
	static char piece[4096];

	memset(piece, 'a', sizeof(piece));
	while (!client->done) {
		wire_send_some(&client->wire, piece, sizeof(piece));
		wire_run_once();
	}
	lines_must_be(client, "too long,");
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_NO_LINE_END);
}
END_TEST

START_TEST(a_line_that_is_longer_than_a_read_is_one_line)
{
	struct client *client = connect_client(0, take_lines, false, 0);
	struct bytes line = { 0 };

	bytes_repeat(&line, "\u00E9", 2048);
	bytes_add_string(&line, "\n");
	wire_send(&client->wire, line.data);
	wire_send(&client->wire, line.data);
	wire_half_close(&client->wire);
	wire_run_until(is_done, client);
	ck_assert_uint_eq(client->lines.length, 2 * line.length);
	ck_assert_mem_eq(client->lines.data, line.data, line.length - 1);
	bytes_release(&line);
}
END_TEST

/* ---- output ---------------------------------------------------------------------- */

/* The byte at a place of the output, so that each that is lost, doubled or out of order
 * shows. */
static char
byte_at(size_t at)
{
	return (char)(at * 31 + (at >> 8) * 7 + (at >> 16));
}

static void
fill(struct client *client, const char *piece, size_t length)
{
	while (length > 0) {
		size_t room;
		char *out = stream_room(&client->stream, STREAM_ROOM, &room);

		UNIT_HOLDS(room >= STREAM_ROOM);
		if (room > length)
			room = length;
		memcpy(out, piece, room);
		stream_fill(&client->stream, room);
		piece += room;
		length -= room;
	}
}

static void
write_piece(struct client *client, size_t length)
{
	char *piece = malloc(length + 1);

	UNIT_HOLDS(piece != NULL);
	for (size_t i = 0; i < length; i++)
		piece[i] = byte_at(client->written + i);
	UNIT_HOLDS(queued(client) < 100 * 1000 * 1000); /* fail before memory runs out */
	client->written += length;
	switch (seeded_below(&client->seeded, 3)) {
	case 0:
		stream_write(&client->stream, piece, length);
		break;
	case 1:
		fill(client, piece, length);
		break;
	case 2:
		stream_settle(&client->stream);
		free(client->lent);
		client->lent = piece;
		stream_lend(&client->stream, piece, length);
		return;
	}
	free(piece);
}

#define MAX_PIECE 100000u

/* Writes pieces of random sizes, as long as it is let, and sees that all is sent. */
static enum coro_status
write_much(struct client *client)
{
	static const uint32_t limits[] = { 10, 1000, 50000, MAX_PIECE };

	CORO_BEGIN(&client->coro);
	while (client->written < client->to_write) {
		write_piece(client,
		    seeded_below(&client->seeded,
		        limits[seeded_below(&client->seeded, UNIT_COUNT(limits))]));
		CORO_AWAIT(&client->coro, stream_drained(&client->stream));
	}
	CORO_AWAIT(&client->coro, stream_flushed(&client->stream));
	stream_shut_down(&client->stream);
	CORO_END(&client->coro);
}

static void
all_must_have_come(const struct client *client)
{
	UNIT_HOLDS(client->wire.ended);
	UNIT_HOLDS(client->wire.received.length == client->written);
	for (size_t i = 0; i < client->written; i++)
		if (client->wire.received.data[i] != byte_at(i))
			ck_abort_msg("byte %zu of %zu is wrong", i, client->written);
}

/* Reads a little and seldom. */
static bool
has_all_read_slowly(void *arg)
{
	struct client *client = arg;

	if (seeded_below(&client->seeded, 3) == 0)
		wire_receive(&client->wire, 1 + seeded_below(&client->seeded, 20000));
	return client->wire.ended;
}

START_TEST(bytes_keep_their_order_whatever_the_socket_takes)
{
	struct client *client = connect_client(0, write_much, true, 4000000);

	wire_run_until(has_all_read_slowly, client);
	ck_assert(client->done);
	all_must_have_come(client);
}
END_TEST

START_TEST(bytes_keep_their_order_for_a_fast_reader)
{
	struct client *client = connect_client(0, write_much, false, 20000000);

	wire_run_until(wire_has_ended, &client->wire);
	ck_assert(client->done);
	all_must_have_come(client);
}
END_TEST

START_TEST(no_more_is_queued_than_the_limit_and_what_was_being_written)
{
	struct client *client = connect_client(0, write_much, true, 4000000);

	wire_run_on();
	ck_assert(!client->done);
	ck_assert_uint_gt(client->most_queued, QUEUE_LIMIT);
	wire_run_until(has_all_read_slowly, client);
	ck_assert_uint_le(client->most_queued, QUEUE_LIMIT + OUTBOX_SIZE + MAX_PIECE);
}
END_TEST

START_TEST(a_handler_that_waits_for_a_slow_reader_is_left_alone)
{
	struct client *client = connect_client(0, write_much, true, 4000000);
	unsigned before;

	wire_run_on();
	before = client->turns;
	wire_run_on();
	ck_assert_uint_eq(client->turns, before);
}
END_TEST

START_TEST(a_handler_goes_on_when_half_of_what_was_queued_is_gone)
{
	struct client *client = connect_client(0, write_much, true, 4000000);
	unsigned before;

	wire_run_on();
	before = client->turns;
	while (client->turns == before) {
		ck_assert_uint_gt(queued(client), QUEUE_LIMIT / 2);
		wire_receive(&client->wire, 1000);
		wire_run_once();
	}
	ck_assert_uint_gt(client->queued_before, QUEUE_LIMIT / 4);
	ck_assert_uint_le(client->queued_before, QUEUE_LIMIT / 2);
}
END_TEST

START_TEST(small_writes_of_a_turn_arrive_at_its_end)
{
	struct client *client = connect_client(0, write_much, false, 5);

	ck_assert_uint_lt(client->written, 100000);
	wire_receive(&client->wire, SIZE_MAX);
	all_must_have_come(client);
}
END_TEST

/* Writes and lends, in one turn, more pieces than are sent at a time. */
static enum coro_status
write_many_pieces(struct client *client)
{
	size_t length;

	CORO_BEGIN(&client->coro);
	client->lent = malloc(client->to_write);
	UNIT_HOLDS(client->lent != NULL);
	for (size_t i = 0; i < client->to_write; i++)
		client->lent[i] = byte_at(i);
	for (; client->written < client->to_write; client->written += length) {
		length = 1 + seeded_below(&client->seeded, 50);
		if (length > client->to_write - client->written)
			length = client->to_write - client->written;
		if (seeded_below(&client->seeded, 2) == 0)
			stream_lend(&client->stream, client->lent + client->written, length);
		else
			stream_write(&client->stream, client->lent + client->written, length);
	}
	CORO_AWAIT(&client->coro, stream_flushed(&client->stream));
	stream_shut_down(&client->stream);
	CORO_END(&client->coro);
}

START_TEST(many_pieces_keep_their_order_in_a_turn)
{
	struct client *client = connect_client(0, write_many_pieces, false, 200000);

	wire_run_until(wire_has_ended, &client->wire);
	ck_assert(client->done);
	all_must_have_come(client);
}
END_TEST

/* ---- both ------------------------------------------------------------------------- */

#define REPLY_SIZE 100000u

/* Answers each line with many bytes, and the line again at the end. */
static enum coro_status
answer_lines(struct client *client)
{
	CORO_BEGIN(&client->coro);
	for (;;) {
		CORO_AWAIT(&client->coro,
		    (client->got = stream_take_line(&client->stream, &client->line)) != LINE_PARTIAL);
		if (client->got == LINE_END)
			break;
		for (client->written = 0; client->written < REPLY_SIZE; client->written += 1000) {
			char piece[1000];

			memset(piece, '.', sizeof(piece));
			stream_write(&client->stream, piece, sizeof(piece));
			CORO_AWAIT(&client->coro, stream_drained(&client->stream));
		}
		/* it must still be there */
		stream_write(&client->stream, client->line.text, client->line.length);
		stream_puts(&client->stream, "\n");
		CORO_AWAIT(&client->coro, stream_drained(&client->stream));
	}
	CORO_AWAIT(&client->coro, stream_flushed(&client->stream));
	stream_shut_down(&client->stream);
	CORO_END(&client->coro);
}

/* Sends line 0, line 1, and so on, until the system takes no more for a while: returns
 * how many were sent. */
static unsigned
send_lines_until_they_are_not_read(struct client *client)
{
	unsigned lines = 0, idle = 0;

	while (idle < 200) {
		char line[32];
		size_t length = (size_t)snprintf(line, sizeof(line), "line %09u\n", lines);
		size_t sent = wire_send_some(&client->wire, line, length);

		UNIT_HOLDS(sent == 0 || sent == length);
		lines += sent > 0;
		idle = sent > 0 ? 0 : idle + 1;
		UNIT_HOLDS(lines < 10000000);
		if (idle > 0 || lines % 100 == 0)
			wire_run_once();
	}
	return lines;
}

static void
answers_must_be(const struct client *client, unsigned lines)
{
	const char *at = client->wire.received.data;

	UNIT_HOLDS(client->wire.received.length == lines * (REPLY_SIZE + 15));
	for (unsigned n = 0; n < lines; n++, at += REPLY_SIZE + 15) {
		char line[32];

		snprintf(line, sizeof(line), ".line %09u\n", n);
		if (memcmp(at + REPLY_SIZE - 1, line, 16) != 0)
			ck_abort_msg("answer %u is wrong", n);
	}
}

START_TEST(reading_pauses_while_output_is_queued_and_then_goes_on)
{
	struct client *client = connect_client(0, answer_lines, true, 0);
	/* a small buffer of the client, so that it does not take many lines either */
	int size = 1;
	unsigned lines;

	ck_assert_int_eq(setsockopt(client->wire.fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)), 0);
	lines = send_lines_until_they_are_not_read(client);
	ck_assert_uint_gt(lines, 3);
	ck_assert_uint_le(client->stream.input_left, 64 * 1024);
	wire_half_close(&client->wire);
	wire_run_until(wire_has_ended, &client->wire);
	answers_must_be(client, lines);
}
END_TEST

/* ---- turns ------------------------------------------------------------------------ */

/* Writes more than a turn's share, again and again. */
static enum coro_status
write_for_ever(struct client *client)
{
	CORO_BEGIN(&client->coro);
	for (;;) {
		write_piece(client, 10000);
		CORO_AWAIT(&client->coro, stream_drained(&client->stream));
	}
	CORO_END(&client->coro);
}

static void
read_all(unsigned count)
{
	for (unsigned n = 0; n < count; n++) {
		wire_receive(&clients[n].wire, SIZE_MAX);
		clients[n].wire.received.length = 0;
	}
}

START_TEST(a_turn_has_its_share_and_no_more)
{
	struct client *client = connect_client(0, write_for_ever, false, 0);

	for (unsigned round = 0; round < 200; round++) {
		size_t before = client->written;
		unsigned turns_before = client->turns;

		read_all(1);
		wire_run_once();
		ck_assert_uint_le(client->written - before,
		    (client->turns - turns_before) * (ROUND_LIMIT + 10000));
	}
	ck_assert_uint_gt(client->turns, 10);
}
END_TEST

/* As above, but what it writes is read at once, so that only its share ends a turn. */
static enum coro_status
write_for_ever_to_a_fast_reader(struct client *client)
{
	CORO_BEGIN(&client->coro);
	for (;;) {
		write_piece(client, 10000);
		wire_receive(&client->wire, SIZE_MAX);
		client->wire.received.length = 0;
		CORO_AWAIT(&client->coro, stream_drained(&client->stream));
	}
	CORO_END(&client->coro);
}

START_TEST(streams_that_are_ready_have_one_turn_each_in_a_round)
{
	for (unsigned n = 0; n < MAX_CLIENTS; n++)
		connect_client(n, write_for_ever_to_a_fast_reader, false, 0);
	for (unsigned round = 0; round < 10; round++) {
		turn_count = 0;
		wire_run_once();
		ck_assert_uint_eq(turn_count, MAX_CLIENTS);
		for (unsigned n = 0; n < MAX_CLIENTS; n++)
			ck_assert_uint_eq(turns[n], n);
	}
}
END_TEST

/* What client number 0 writes in its next turn, in a round of `count` streams. */
static size_t
written_in_a_round_of(unsigned count)
{
	size_t before;

	for (unsigned n = 0; n < count; n++)
		connect_client(n, write_for_ever_to_a_fast_reader, false, 0);
	wire_run_once();
	before = clients[0].written;
	wire_run_once();
	return clients[0].written - before;
}

START_TEST(a_turn_is_longer_while_nobody_else_has_any)
{
	size_t written = written_in_a_round_of(1);

	ck_assert_uint_gt(written, TURN_LIMIT + TURN_LIMIT / 4);
	ck_assert_uint_le(written, ROUND_LIMIT + 10000);
}
END_TEST

START_TEST(turns_are_no_longer_than_the_limit_while_many_have_them)
{
	ck_assert_uint_le(written_in_a_round_of(8), TURN_LIMIT + 10000);
}
END_TEST

START_TEST(few_share_a_round)
{
	size_t written = written_in_a_round_of(4);

	ck_assert_uint_gt(written, ROUND_LIMIT / 4 - 10000);
	ck_assert_uint_le(written, ROUND_LIMIT / 4 + 10000);
}
END_TEST

#define LENT_SIZE 50000u

/* Lends the same bytes, as long as it is let. */
static enum coro_status
lend_for_ever(struct client *client)
{
	static const char bytes[LENT_SIZE];

	CORO_BEGIN(&client->coro);
	for (;;) {
		stream_lend(&client->stream, bytes, sizeof(bytes));
		CORO_AWAIT(&client->coro, stream_drained(&client->stream));
	}
	CORO_END(&client->coro);
}

START_TEST(no_turn_is_so_long_that_more_is_queued)
{
	struct client *client = connect_client(0, lend_for_ever, false, 0);

	for (unsigned round = 0; round < 100; round++) {
		wire_receive(&client->wire, seeded_below(&client->seeded, 500000));
		client->wire.received.length = 0;
		wire_run_on();
	}
	ck_assert_uint_gt(client->most_queued, QUEUE_LIMIT / 2);
	ck_assert_uint_le(client->most_queued, QUEUE_LIMIT + LENT_SIZE);
}
END_TEST

START_TEST(a_big_answer_does_not_hold_up_a_small_one)
{
	struct client *small = connect_client(0, take_lines, false, 0);
	unsigned before;

	for (unsigned n = 1; n < 5; n++)
		connect_client(n, write_for_ever, false, 0);
	for (unsigned round = 0; round < 20; round++) {
		read_all(5);
		wire_run_once();
	}
	wire_send(&small->wire, "rook\n");
	before = turn_count;
	for (unsigned round = 0; round < 2; round++) {
		read_all(5);
		wire_run_once();
	}
	lines_must_be(small, "rook,");
	ck_assert_uint_le(turn_count - before, 2 * 2 * 5);
}
END_TEST

/* A handler that, in its second turn, releases another stream. */
static enum coro_status
release_the_other(struct client *client)
{
	struct client *other = client->other;

	CORO_BEGIN(&client->coro);
	stream_yield(&client->stream);
	CORO_AWAIT(&client->coro, stream_drained(&client->stream));
	stream_release(&other->stream);
	other->open = false;
	CORO_END(&client->coro);
}

START_TEST(a_stream_that_was_released_has_no_turn)
{
	struct client *first = connect_client(0, release_the_other, false, 0);
	struct client *second;

	first->other = &clients[1];
	second = connect_client(1, write_for_ever_to_a_fast_reader, false, 0);
	/* on_turn() sees to it */
	wire_run_on();
	ck_assert(first->done);
	ck_assert(!second->open);
	ck_assert_uint_eq(second->turns, 1);
}
END_TEST

/* ---- the end ---------------------------------------------------------------------- */

START_TEST(a_reset_breaks_the_stream)
{
	struct client *client = connect_client(0, take_lines, false, 0);

	stream_begin_turn(&client->stream);
	stream_puts(&client->stream, "never read");
	stream_end_turn(&client->stream);
	wire_close(&client->wire);
	wire_run_until(is_broken, client);
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_RESET);
	ck_assert(!client->done);
}
END_TEST

START_TEST(a_reset_breaks_a_stream_that_waits_to_write)
{
	struct client *client = connect_client(0, write_much, true, 4000000);

	wire_run_on();
	ck_assert(!client->done);
	wire_close(&client->wire);
	wire_run_until(is_broken, client);
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_RESET);
}
END_TEST

START_TEST(writing_to_a_client_that_is_gone_goes_nowhere)
{
	struct client *client = connect_client(0, take_lines, false, 0);

	wire_close(&client->wire);
	stream_begin_turn(&client->stream);
	for (int i = 0; i < 100; i++)
		write_piece(client, MAX_PIECE);
	stream_end_turn(&client->stream);
	ck_assert(stream_broken(&client->stream));
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_RESET);
	ck_assert(!stream_drained(&client->stream));
}
END_TEST

START_TEST(ending_the_input_of_an_idle_stream_gives_it_a_turn)
{
	struct client *client = connect_client(0, take_lines, false, 0);

	wire_run_on();
	stream_end_input(&client->stream, CLOSE_SHUTDOWN);
	wire_run_until(is_done, client);
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_SHUTDOWN);
	lines_must_be(client, "");
	/* and again */
	stream_end_input(&client->stream, CLOSE_SHUTDOWN);
	wire_run_on();
}
END_TEST

START_TEST(a_line_that_has_come_is_handed_out_before_the_input_ends)
{
	struct client *client = connect_client(0, take_lines, false, 0);

	wire_run_on();
	wire_send(&client->wire, "rook\nking\nque");
	stream_end_input(&client->stream, CLOSE_SHUTDOWN);
	wire_run_until(is_done, client);
	lines_must_be(client, "rook,king,");
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_SHUTDOWN);
}
END_TEST

/* More than one read takes. */
START_TEST(all_lines_that_have_come_are_handed_out_before_the_input_ends)
{
	struct client *client = connect_client(0, take_lines, false, 0);
	struct bytes lines = { 0 };

	wire_run_on();
	bytes_repeat(&lines, "rook\n", 10000);
	wire_send(&client->wire, lines.data);
	stream_end_input(&client->stream, CLOSE_SHUTDOWN);
	wire_run_until(is_done, client);
	ck_assert_uint_eq(client->lines.length, lines.length);
	bytes_release(&lines);
}
END_TEST

/* Reading is paused when the input ends. */
START_TEST(all_lines_that_have_come_are_answered_before_the_input_ends)
{
	struct client *client = connect_client(0, answer_lines, true, 0);
	unsigned lines = 40;

	for (unsigned n = 0; n < lines; n++) {
		char line[32];

		snprintf(line, sizeof(line), "line %09u\n", n);
		wire_send(&client->wire, line);
		wire_run_on();
	}
	stream_end_input(&client->stream, CLOSE_SHUTDOWN);
	wire_run_until(wire_has_ended, &client->wire);
	answers_must_be(client, lines);
}
END_TEST

START_TEST(a_line_in_the_middle_of_its_answer_stays_when_the_input_ends)
{
	struct client *client = connect_client(0, answer_lines, true, 0);

	wire_send(&client->wire,
	    "line 000000000\nline 000000001\nline 000000002\nline 000000003\n"
	    "line 000000004\nline 000000005\n");
	wire_run_on();
	ck_assert(!client->done);
	stream_end_input(&client->stream, CLOSE_SHUTDOWN);
	wire_run_until(wire_has_ended, &client->wire);
	answers_must_be(client, 6);
	ck_assert_int_eq(stream_reason(&client->stream), CLOSE_SHUTDOWN);
}
END_TEST

START_TEST(input_after_shutting_down_is_thrown_away)
{
	struct client *client = connect_client(0, write_much, false, 1000);
	unsigned before = client->turns;

	ck_assert(client->done);
	ck_assert(!stream_client_gone(&client->stream));
	for (int i = 0; i < 1000; i++) {
		static const char junk[1000];

		wire_send_some(&client->wire, junk, sizeof(junk));
		wire_run_once();
		ck_assert_uint_eq(client->stream.input_left, 0);
		ck_assert_ptr_null(client->stream.inbox);
	}
	ck_assert_uint_eq(client->turns, before);
	ck_assert(!stream_client_gone(&client->stream));
	wire_close(&client->wire);
	wire_run_on();
	ck_assert_uint_gt(client->turns, before);
	ck_assert(stream_client_gone(&client->stream) || stream_broken(&client->stream));
}
END_TEST

START_TEST(a_client_that_closes_its_side_is_gone)
{
	struct client *client = connect_client(0, write_much, false, 1000);

	wire_half_close(&client->wire);
	wire_run_on();
	ck_assert(stream_client_gone(&client->stream));
	ck_assert(!stream_broken(&client->stream));
	wire_receive(&client->wire, SIZE_MAX);
	all_must_have_come(client);
}
END_TEST

START_TEST(a_client_that_has_closed_its_side_first_is_gone_at_once)
{
	struct client *client = connect_client(0, answer_lines, false, 0);

	wire_send(&client->wire, "line 000000000\n");
	wire_half_close(&client->wire);
	wire_run_until(is_done, client);
	ck_assert(stream_client_gone(&client->stream));
	wire_run_until(wire_has_ended, &client->wire);
	answers_must_be(client, 1);
}
END_TEST

START_TEST(a_pool_can_be_nothing)
{
	stream_pool_free(NULL);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make_pool, free_pool);
	tcase_add_test(tests, hands_out_lines_as_they_come);
	tcase_add_test(tests, the_end_of_input_ends_the_last_line);
	tcase_add_test(tests, the_interrupt_is_the_end_with_its_reason);
	tcase_add_test(tests, input_without_a_line_end_is_the_end_with_its_reason);
	tcase_add_test(tests, a_line_that_is_longer_than_a_read_is_one_line);
	tcase_add_test(tests, bytes_keep_their_order_whatever_the_socket_takes);
	tcase_add_test(tests, bytes_keep_their_order_for_a_fast_reader);
	tcase_add_test(tests, no_more_is_queued_than_the_limit_and_what_was_being_written);
	tcase_add_test(tests, a_handler_that_waits_for_a_slow_reader_is_left_alone);
	tcase_add_test(tests, a_handler_goes_on_when_half_of_what_was_queued_is_gone);
	tcase_add_test(tests, small_writes_of_a_turn_arrive_at_its_end);
	tcase_add_test(tests, many_pieces_keep_their_order_in_a_turn);
	tcase_add_test(tests, reading_pauses_while_output_is_queued_and_then_goes_on);
	tcase_add_test(tests, a_turn_has_its_share_and_no_more);
	tcase_add_test(tests, streams_that_are_ready_have_one_turn_each_in_a_round);
	tcase_add_test(tests, a_turn_is_longer_while_nobody_else_has_any);
	tcase_add_test(tests, turns_are_no_longer_than_the_limit_while_many_have_them);
	tcase_add_test(tests, few_share_a_round);
	tcase_add_test(tests, no_turn_is_so_long_that_more_is_queued);
	tcase_add_test(tests, a_big_answer_does_not_hold_up_a_small_one);
	tcase_add_test(tests, a_stream_that_was_released_has_no_turn);
	tcase_add_test(tests, a_reset_breaks_the_stream);
	tcase_add_test(tests, a_reset_breaks_a_stream_that_waits_to_write);
	tcase_add_test(tests, writing_to_a_client_that_is_gone_goes_nowhere);
	tcase_add_test(tests, ending_the_input_of_an_idle_stream_gives_it_a_turn);
	tcase_add_test(tests, a_line_that_has_come_is_handed_out_before_the_input_ends);
	tcase_add_test(tests, all_lines_that_have_come_are_handed_out_before_the_input_ends);
	tcase_add_test(tests, all_lines_that_have_come_are_answered_before_the_input_ends);
	tcase_add_test(tests, a_line_in_the_middle_of_its_answer_stays_when_the_input_ends);
	tcase_add_test(tests, input_after_shutting_down_is_thrown_away);
	tcase_add_test(tests, a_client_that_closes_its_side_is_gone);
	tcase_add_test(tests, a_client_that_has_closed_its_side_first_is_gone_at_once);
	tcase_add_test(tests, a_pool_can_be_nothing);
}

UNIT_MAIN("stream", add_tests)
