/* stream.c - hides the bufferevent. Input is read by it; output is first tried on the
 * socket directly, a turn's worth in one system call, and only what the socket does not
 * take goes through the bufferevent's queue:
 *
 *	stream_write ─► outbox (one per pool, filled in one turn) ─► socket
 *	                                  └─ what is left ─► bufferevent ─► socket
 *
 * The outbox is empty between turns. It bypasses the queue only while that is empty, so
 * that bytes keep their order. */
#include "stream.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <linux/sockios.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "counters.h"

/* Answers gather in the outbox until they are worth a system call. */
#define OUTBOX_SIZE (64u * 1024u)

/* A handler that has more than this queued waits until half of it is gone. */
#define QUEUE_LIMIT (256u * 1024u)

/* What a handler may do in one turn while others wait, counted in bytes to copy: some 50 us.
 * A line costs more than its bytes, for it is searched for, and they are read with care. */
#define TURN_LIMIT (256u * 1024u)
#define WORK_PER_LINE 4096u
#define WORK_PER_BYTE_READ 16u

struct stream_pool {
	struct event_base *base;   /* not owned */
	struct counters *counters; /* not owned */
	void (*turn)(void *owner);
	TAILQ_HEAD(, stream) ready; /* streams to be given a turn on the next round */
	unsigned ready_count;
	struct event *ready_event; /* pending while `ready` is not empty */
	size_t outbox_used;
	char outbox[OUTBOX_SIZE];
};

static const struct timeval at_once = { 0, 0 };

static void
become_ready(struct stream *stream)
{
	struct stream_pool *pool = stream->pool;

	if (stream->is_ready)
		return;
	stream->is_ready = true;
	TAILQ_INSERT_TAIL(&pool->ready, stream, ready);
	if (pool->ready_count++ == 0)
		event_add(pool->ready_event, &at_once);
}

static void
leave_ready(struct stream *stream)
{
	if (!stream->is_ready)
		return;
	stream->is_ready = false;
	TAILQ_REMOVE(&stream->pool->ready, stream, ready);
	stream->pool->ready_count--;
}

/* One turn for each stream that is ready now; those that become ready meanwhile come
 * after the loop has looked at the sockets. */
static void
on_ready(evutil_socket_t fd, short what, void *arg)
{
	struct stream_pool *pool = arg;
	struct stream *stream;

	(void)fd, (void)what;
	for (unsigned n = pool->ready_count; n > 0 && (stream = TAILQ_FIRST(&pool->ready)) != NULL; n--) {
		leave_ready(stream);
		pool->turn(stream->owner);
	}
	if (pool->ready_count > 0)
		event_add(pool->ready_event, &at_once);
}

struct stream_pool *
stream_pool_new(struct event_base *base, void (*turn)(void *owner), struct counters *counters)
{
	struct stream_pool *pool = malloc(sizeof(*pool));

	if (pool == NULL)
		return NULL;
	pool->base = base;
	pool->counters = counters;
	pool->turn = turn;
	TAILQ_INIT(&pool->ready);
	pool->ready_count = 0;
	pool->outbox_used = 0;
	pool->ready_event = evtimer_new(base, on_ready, pool);
	if (pool->ready_event == NULL) {
		free(pool);
		return NULL;
	}
	return pool;
}

void
stream_pool_free(struct stream_pool *pool)
{
	if (pool == NULL)
		return;
	event_free(pool->ready_event);
	free(pool);
}

/* ---- what the bufferevent tells -------------------------------------------- */

static size_t
queued(const struct stream *stream)
{
	return evbuffer_get_length(bufferevent_get_output(stream->bev));
}

/* `length` of the last bytes of the input have come. */
static void
count_down(struct stream *stream, size_t length)
{
	stream->still_to_come -= length < stream->still_to_come ? (uint32_t)length : stream->still_to_come;
	if (stream->still_to_come > 0)
		return;
	stream->ended = true;
	bufferevent_disable(stream->bev, EV_READ);
}

static void
on_read(struct bufferevent *bev, void *arg)
{
	struct stream *stream = arg;
	struct evbuffer *input = bufferevent_get_input(bev);

	if (stream->shut_down) {
		evbuffer_drain(input, evbuffer_get_length(input));
		return;
	}
	if (stream->still_to_come > 0)
		count_down(stream, evbuffer_get_length(input) - stream->input_piece);
	stream->pool->turn(stream->owner);
}

static void
on_write(struct bufferevent *bev, void *arg)
{
	struct stream *stream = arg;

	(void)bev;
	if (stream->waits_for_drain)
		stream->pool->turn(stream->owner);
}

static void
on_event(struct bufferevent *bev, short what, void *arg)
{
	struct stream *stream = arg;

	(void)bev;
	if (what & BEV_EVENT_EOF) {
		if (!stream->ended && stream->still_to_come == 0)
			stream->reason = CLOSE_END_OF_INPUT;
		stream->ended = true;
		stream->client_gone = true;
	} else {
		stream->reason = CLOSE_RESET;
		stream->broken = true;
	}
	stream->pool->turn(stream->owner);
}

bool
stream_init(struct stream *stream, struct stream_pool *pool, int fd, void *owner)
{
	*stream = (struct stream){ .pool = pool, .owner = owner };
	stream->bev = bufferevent_socket_new(pool->base, fd, 0);
	if (stream->bev == NULL)
		return false;
	bufferevent_setcb(stream->bev, on_read, on_write, on_event, stream);
	bufferevent_setwatermark(stream->bev, EV_WRITE, QUEUE_LIMIT / 2, 0);
	if (bufferevent_enable(stream->bev, EV_READ) != 0) {
		bufferevent_free(stream->bev);
		return false;
	}
	return true;
}

void
stream_release(struct stream *stream)
{
	/* left to the bufferevent, it would be closed later, from the loop */
	int fd = bufferevent_getfd(stream->bev);

	leave_ready(stream);
	line_reader_release(&stream->reader);
	bufferevent_free(stream->bev);
	close(fd);
}

/* ---- input ----------------------------------------------------------------- */

/* Makes `input` the next piece of what has been received: false if there is none. */
static bool
next_piece(struct stream *stream)
{
	struct evbuffer *buffer = bufferevent_get_input(stream->bev);
	struct evbuffer_iovec piece;

	evbuffer_drain(buffer, stream->input_piece);
	stream->input_piece = stream->input_left = 0;
	if (evbuffer_peek(buffer, -1, NULL, &piece, 1) < 1 || piece.iov_len == 0)
		return false;
	stream->input = piece.iov_base;
	stream->input_piece = stream->input_left = (uint32_t)piece.iov_len;
	counter_add(&stream->pool->counters->values[COUNTER_BYTES_RECEIVED], piece.iov_len);
	return true;
}

enum line_status
stream_take_line(struct stream *stream, struct line *line)
{
	enum line_status status = LINE_PARTIAL;

	while (status == LINE_PARTIAL && (stream->input_left > 0 || next_piece(stream))) {
		size_t taken =
		    line_reader_read(&stream->reader, stream->input, stream->input_left, line, &status);

		stream->input += taken;
		stream->input_left -= (uint32_t)taken;
		stream->turn_work += WORK_PER_BYTE_READ * (uint32_t)taken;
	}
	if (status != LINE_PARTIAL) {
		stream->lines++;
		stream->turn_work += WORK_PER_LINE;
	}
	if (status == LINE_PARTIAL && stream->ended) {
		if (stream->reason != CLOSE_END_OF_INPUT)
			return LINE_END;
		return line_reader_finish(&stream->reader, line);
	}
	if (status == LINE_END) {
		stream->reason = (uint8_t)line_reader_reason(&stream->reader);
		stream->ended = true;
	}
	return status;
}

size_t
stream_peek(struct stream *stream, size_t most, const char **bytes)
{
	struct evbuffer *buffer = bufferevent_get_input(stream->bev);
	size_t length = evbuffer_get_length(buffer);

	if (length > most)
		length = most;
	*bytes = (const char *)evbuffer_pullup(buffer, (ev_ssize_t)length);
	return *bytes != NULL ? length : 0;
}

void
stream_skip(struct stream *stream, size_t length)
{
	evbuffer_drain(bufferevent_get_input(stream->bev), length);
}

/* Bytes from the client that the system has, and that have not been read. */
static uint32_t
unread_input(const struct stream *stream)
{
	int waiting = 0;

	return ioctl(bufferevent_getfd(stream->bev), FIONREAD, &waiting) == 0 && waiting > 0 ?
	    (uint32_t)waiting : 0;
}

void
stream_end_input(struct stream *stream, enum close_reason reason)
{
	if (stream->ended || stream->shut_down || stream->still_to_come > 0)
		return;
	stream->reason = (uint8_t)reason;
	stream->still_to_come = unread_input(stream);
	if (stream->still_to_come > 0)
		return;
	stream->ended = true;
	bufferevent_disable(stream->bev, EV_READ);
	if (!stream->waits_for_drain)
		become_ready(stream);
}

bool
stream_input_ended(const struct stream *stream)
{
	return stream->ended;
}

enum close_reason
stream_reason(const struct stream *stream)
{
	return (enum close_reason)stream->reason;
}

/* ---- output ---------------------------------------------------------------- */

static void
break_off(struct stream *stream, enum close_reason reason)
{
	stream->broken = true;
	stream->reason = (uint8_t)reason;
}

/* Sends the outbox and then `length` bytes, as far as the socket takes them: returns how
 * many it took. */
static size_t
send_now(struct stream *stream, const void *bytes, size_t length)
{
	struct iovec pieces[2] = {
		{ stream->pool->outbox, stream->pool->outbox_used },
		{ (void *)bytes, length },
	};
	struct msghdr message = { .msg_iov = pieces, .msg_iovlen = length > 0 ? 2 : 1 };
	ssize_t sent;

	if (queued(stream) > 0)
		return 0;
	sent = sendmsg(bufferevent_getfd(stream->bev), &message, MSG_NOSIGNAL);
	if (sent >= 0)
		return (size_t)sent;
	/* what is only for now is left to the bufferevent, which tries again */
	if (errno != EAGAIN && errno != EINTR && errno != ENOBUFS && errno != ENOMEM)
		break_off(stream, CLOSE_RESET);
	return 0;
}

/* Queues what remains of `length` bytes when the first *sent of them and those of pieces
 * before are left out. */
static void
queue_rest(struct stream *stream, const char *bytes, size_t length, size_t *sent)
{
	size_t skip = *sent < length ? *sent : length;

	*sent -= skip;
	if (length > skip &&
	    evbuffer_add(bufferevent_get_output(stream->bev), bytes + skip, length - skip) != 0)
		break_off(stream, CLOSE_NO_MEMORY);
}

/* Empties the outbox, with `length` bytes that come after it. */
static void
flush(struct stream *stream, const void *bytes, size_t length)
{
	struct stream_pool *pool = stream->pool;
	size_t sent;

	if (!stream->broken && pool->outbox_used + length > 0) {
		sent = send_now(stream, bytes, length);
		if (!stream->broken) {
			queue_rest(stream, pool->outbox, pool->outbox_used, &sent);
			queue_rest(stream, bytes, length, &sent);
		}
	}
	pool->outbox_used = 0;
}

void
stream_write(struct stream *stream, const void *bytes, size_t length)
{
	struct stream_pool *pool = stream->pool;

	stream->turn_work += (uint32_t)length;
	counter_add(&pool->counters->values[COUNTER_BYTES_SENT], length);
	if (length > OUTBOX_SIZE - pool->outbox_used) {
		flush(stream, bytes, length);
		return;
	}
	memcpy(pool->outbox + pool->outbox_used, bytes, length);
	pool->outbox_used += length;
}

void
stream_puts(struct stream *stream, const char *string)
{
	stream_write(stream, string, strlen(string));
}

bool
stream_drained(struct stream *stream)
{
	if (queued(stream) > QUEUE_LIMIT || stream->broken) {
		stream->waits_for_drain = true;
		return false;
	}
	if (stream->turn_work > TURN_LIMIT) {
		stream->waits_for_drain = true;
		become_ready(stream);
		return false;
	}
	return true;
}

enum stream_state
stream_state(const struct stream *stream)
{
	if (stream->waits_for_drain || queued(stream) > 0)
		return STREAM_WRITING;
	return line_reader_in_line(&stream->reader) ? STREAM_IN_LINE : STREAM_IDLE;
}

uint32_t
stream_lines(const struct stream *stream)
{
	return stream->lines;
}

bool
stream_is_shut_down(const struct stream *stream)
{
	return stream->shut_down;
}

bool
stream_broken(const struct stream *stream)
{
	return stream->broken;
}

bool
stream_flushed(struct stream *stream)
{
	flush(stream, NULL, 0);
	if (queued(stream) == 0)
		return true;
	bufferevent_setwatermark(stream->bev, EV_WRITE, 0, 0);
	stream->waits_for_drain = true;
	return false;
}

/* ---- turns and the end ------------------------------------------------------- */

void
stream_begin_turn(struct stream *stream)
{
	leave_ready(stream);
	stream->turn_work = 0;
	stream->waits_for_drain = false;
}

void
stream_end_turn(struct stream *stream)
{
	flush(stream, NULL, 0);
	/* While the handler waits to write, the line it works on must stay where it is, and
	 * there is no use in more input. */
	if (stream->waits_for_drain == stream->reading_paused || stream->ended || stream->broken)
		return;
	stream->reading_paused = stream->waits_for_drain;
	if (stream->reading_paused)
		bufferevent_disable(stream->bev, EV_READ);
	else
		bufferevent_enable(stream->bev, EV_READ);
}

bool
stream_all_taken(const struct stream *stream)
{
	int untaken = 0;

	return ioctl(bufferevent_getfd(stream->bev), SIOCOUTQ, &untaken) != 0 || untaken == 0;
}

bool
stream_quiet(const struct stream *stream)
{
	return unread_input(stream) == 0 && stream_all_taken(stream);
}

void
stream_shut_down(struct stream *stream)
{
	/* nobody is kept waiting by a client that has nothing to say and nothing to take */
	bool quiet = stream_quiet(stream);

	shutdown(bufferevent_getfd(stream->bev), SHUT_WR);
	stream->shut_down = true;
	if (stream->client_gone || (stream->reason == CLOSE_SHUTDOWN && quiet)) {
		stream->client_gone = true;
		return;
	}
	evbuffer_drain(bufferevent_get_input(stream->bev), SIZE_MAX);
	stream->input_left = stream->input_piece = 0;
	bufferevent_enable(stream->bev, EV_READ);
}

bool
stream_client_gone(const struct stream *stream)
{
	return stream->client_gone;
}
