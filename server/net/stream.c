/* stream.c - hides how bytes come and go. Input is read into a piece of memory that the
 * streams of a pool share; a stream keeps it beyond its turn only if its handler has not
 * done with what is there. Output is first tried on the socket directly, a turn's worth in
 * one system call, and only what the socket does not take goes into the queue of a
 * bufferevent, which a stream has from then on:
 *
 *	socket ─► inbox ─► handler ─► outbox, what was lent ─► socket
 *	                                   └─ what is left ─► bufferevent ─► socket
 *
 * Nothing is in the outbox between turns. It bypasses the queue only while that is empty, so
 * that bytes keep their order. A bufferevent for all that comes and goes would cost two
 * more system calls and five allocations an answer, and twice the memory. */
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

#include "turn.h"

/* What one read takes: some hundred queries. */
#define INBOX_SIZE (16u * 1024u)

/* Answers gather in the outbox until they are worth a system call. */
#define OUTBOX_SIZE STREAM_MOST_ROOM
#define MOST_PIECES 512

/* A handler that has more than this queued waits until half of it is gone. */
#define QUEUE_LIMIT (256u * 1024u)

/* What is queued is added in bites that, with what libevent has beside them, make 16 KiB: it takes
 * memory by powers of two, so that 260 KiB would take 512. */
#define QUEUE_BITE (16u * 1024u - 64u)

/* What counts in a turn as so many bytes to copy: a line costs more than its bytes, for it is searched
 * for, and they are read with care. */
#define WORK_PER_LINE 4096u
#define WORK_PER_BYTE_READ 16u

struct stream_pool {
	struct event_base *base;   /* not owned */
	struct throttle *throttle; /* not owned */
	void (*turn)(void *owner);
	TAILQ_HEAD(, stream) ready; /* streams to be given a turn on the next round */
	unsigned ready_count;
	struct event *ready_event; /* pending while `ready` is not empty */
	char *inbox;               /* of INBOX_SIZE bytes; NULL while a stream has it */
	struct turns turns;
	unsigned piece_count;
	struct iovec pieces[MOST_PIECES]; /* what is to be sent, in the outbox or lent */
	size_t lent;                      /* bytes of those that are */
	size_t outbox_used;
	size_t outbox_ended; /* bytes of the outbox that are in pieces already */
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
	for (unsigned n = pool->ready_count; n > 0 && (stream = TAILQ_FIRST(&pool->ready)) != NULL;
	     n--) {
		leave_ready(stream);
		pool->turn(stream->owner);
	}
	if (pool->ready_count > 0)
		event_add(pool->ready_event, &at_once);
}

static void
forget_output(struct stream_pool *pool)
{
	pool->piece_count = 0;
	pool->lent = 0;
	pool->outbox_used = pool->outbox_ended = 0;
}

struct stream_pool *
stream_pool_new(struct event_base *base, void (*turn)(void *owner), struct throttle *throttle)
{
	struct stream_pool *pool = malloc(sizeof(*pool));

	if (pool == NULL)
		return NULL;
	pool->base = base;
	pool->throttle = throttle;
	pool->turn = turn;
	TAILQ_INIT(&pool->ready);
	pool->ready_count = 0;
	pool->turns = (struct turns){ 0 };
	forget_output(pool);
	pool->inbox = NULL;
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
	free(pool->inbox);
	free(pool);
}

/* ---- input ----------------------------------------------------------------- */

static void
break_off(struct stream *stream, enum close_reason reason)
{
	stream->broken = true;
	stream->reason = (uint8_t)reason;
}

static void
end_of_input(struct stream *stream)
{
	if (!stream->ended && stream->still_to_come == 0)
		stream->reason = CLOSE_END_OF_INPUT;
	stream->ended = true;
	stream->client_gone = true;
	event_del(stream->read_event);
}

/* `length` of the last bytes of the input have come. */
static void
count_down(struct stream *stream, size_t length)
{
	stream->still_to_come -= length < stream->still_to_come ? (uint32_t)length
	                                                        : stream->still_to_come;
	if (stream->still_to_come > 0)
		return;
	stream->ended = true;
	event_del(stream->read_event);
}

/* Makes room in the stream's inbox, behind what has not been taken yet. */
static bool
prepare_inbox(struct stream *stream)
{
	struct stream_pool *pool = stream->pool;

	if (stream->inbox == NULL) {
		stream->inbox = pool->inbox != NULL ? pool->inbox : malloc(INBOX_SIZE);
		pool->inbox = NULL;
	}
	if (stream->inbox == NULL)
		return false;
	memmove(stream->inbox, stream->input, stream->input_left);
	stream->input = stream->inbox;
	return true;
}

/* The inbox is for the next one who reads. */
static void
leave_inbox(struct stream *stream)
{
	struct stream_pool *pool = stream->pool;

	if (pool->inbox == NULL)
		pool->inbox = stream->inbox;
	else
		free(stream->inbox);
	stream->inbox = NULL;
	stream->input = "";
}

/* Reads once: is there anything new for the handler? */
static bool
receive(struct stream *stream)
{
	ssize_t length =
	    read(stream->fd, stream->inbox + stream->input_left, INBOX_SIZE - stream->input_left);

	if (length > 0 && !stream->shut_down) {
		counter_add(&stream->traffic->received, (uint64_t)length);
		stream->input_left += (uint32_t)length;
		if (stream->still_to_come > 0)
			count_down(stream, (size_t)length);
		return true;
	}
	if (length == 0) {
		end_of_input(stream);
		return true;
	}
	if (length < 0 && errno != EAGAIN && errno != EINTR) {
		break_off(stream, CLOSE_RESET);
		return true;
	}
	if (stream->input_left == 0)
		leave_inbox(stream);
	return false;
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct stream *stream = arg;

	(void)fd, (void)what;
	/* While the handler waits to write, the line it works on must stay where it is, and
	 * there is no use in more input. */
	if (stream->waits_for_drain && !stream->shut_down) {
		stream->reading_paused = true;
		event_del(stream->read_event);
		return;
	}
	if (!prepare_inbox(stream))
		break_off(stream, CLOSE_NO_MEMORY);
	else if (!receive(stream))
		return;
	stream->pool->turn(stream->owner);
}

static void
on_ticket(void *arg)
{
	become_ready(arg);
}

bool
stream_init(struct stream *stream, struct stream_pool *pool, struct traffic *traffic, int fd,
    void *owner)
{
	*stream = (struct stream){
		.pool = pool,
		.traffic = traffic,
		.owner = owner,
		.fd = fd,
		.input = "",
		.ticket = { .turn = on_ticket, .arg = stream },
	};
	stream->read_event = event_new(pool->base, fd, EV_READ | EV_PERSIST, on_readable, stream);
	if (stream->read_event == NULL)
		return false;
	if (event_add(stream->read_event, NULL) != 0) {
		event_free(stream->read_event);
		return false;
	}
	return true;
}

void
stream_release(struct stream *stream)
{
	leave_ready(stream);
	throttle_leave(stream->pool->throttle, &stream->ticket);
	line_reader_release(&stream->reader);
	if (stream->inbox != NULL)
		leave_inbox(stream);
	event_free(stream->read_event);
	if (stream->bev != NULL)
		bufferevent_free(stream->bev);
	close(stream->fd);
}

void
stream_take_raw_lines(struct stream *stream)
{
	stream->reader.raw = true;
}

enum line_status
stream_take_line(struct stream *stream, struct line *line)
{
	enum line_status status;
	/* also if there is nothing to read, so that it forgets the line before */
	size_t taken =
	    line_reader_read(&stream->reader, stream->input, stream->input_left, line, &status);

	stream->input += taken;
	stream->input_left -= (uint32_t)taken;
	stream->turn_work += WORK_PER_BYTE_READ * (uint32_t)taken;
	if (status != LINE_PARTIAL) {
		stream->taken++;
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

void
stream_yield(struct stream *stream)
{
	stream->turn_work = TURN_TOO_LONG;
}

void
stream_charge(struct stream *stream, size_t bytes)
{
	stream->turn_work += (uint32_t)bytes;
}

size_t
stream_peek(struct stream *stream, size_t most, const char **bytes)
{
	*bytes = stream->input;
	return stream->input_left < most ? stream->input_left : most;
}

void
stream_skip(struct stream *stream, size_t length)
{
	stream->taken++;
	stream->turn_work += WORK_PER_LINE + WORK_PER_BYTE_READ * (uint32_t)length;
	stream->input += length;
	stream->input_left -= (uint32_t)length;
}

/* Bytes from the client that the system has, and that have not been read. */
static uint32_t
unread_input(const struct stream *stream)
{
	int waiting = 0;

	return ioctl(stream->fd, FIONREAD, &waiting) == 0 && waiting > 0 ? (uint32_t)waiting : 0;
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
	event_del(stream->read_event);
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
on_queue_low(struct bufferevent *bev, void *arg)
{
	struct stream *stream = arg;

	(void)bev;
	if (stream->waits_for_drain)
		stream->pool->turn(stream->owner);
}

static void
on_write_error(struct bufferevent *bev, short what, void *arg)
{
	struct stream *stream = arg;

	(void)bev, (void)what;
	break_off(stream, CLOSE_RESET);
	stream->pool->turn(stream->owner);
}

/* Bytes that wait for the client to take others. */
static size_t
queued(const struct stream *stream)
{
	return stream->bev != NULL ? evbuffer_get_length(bufferevent_get_output(stream->bev)) : 0;
}

/* The queue, made if need be: NULL without memory. */
static struct evbuffer *
queue(struct stream *stream)
{
	if (stream->bev == NULL) {
		stream->bev = bufferevent_socket_new(stream->pool->base, stream->fd, 0);
		if (stream->bev == NULL)
			return NULL;
		bufferevent_setcb(stream->bev, NULL, on_queue_low, on_write_error, stream);
		bufferevent_setwatermark(stream->bev, EV_WRITE, QUEUE_LIMIT / 2, 0);
		bufferevent_set_max_single_write(stream->bev, QUEUE_LIMIT);
	}
	return bufferevent_get_output(stream->bev);
}

/* Sends what has gathered, as far as the socket takes it: returns how many bytes. */
static size_t
send_now(struct stream *stream)
{
	struct stream_pool *pool = stream->pool;
	struct msghdr message = { .msg_iov = pool->pieces, .msg_iovlen = pool->piece_count };
	ssize_t sent;

	if (queued(stream) > 0)
		return 0;
	sent = sendmsg(stream->fd, &message, MSG_NOSIGNAL);
	if (sent >= 0)
		return (size_t)sent;
	/* what is only for now is left to the bufferevent, which tries again */
	if (errno != EAGAIN && errno != EINTR && errno != ENOBUFS && errno != ENOMEM)
		break_off(stream, CLOSE_RESET);
	return 0;
}

static bool
add_in_bites(struct evbuffer *rest, const char *bytes, size_t length)
{
	while (length > 0) {
		size_t bite = length < QUEUE_BITE ? length : QUEUE_BITE;

		if (evbuffer_add(rest, bytes, bite) != 0)
			return false;
		bytes += bite;
		length -= bite;
	}
	return true;
}

/* Queues what remains of a piece when the first *sent of its bytes and those of the pieces
 * before are left out. */
static void
queue_rest(struct stream *stream, const struct iovec *piece, size_t *sent)
{
	size_t skip = *sent < piece->iov_len ? *sent : piece->iov_len;
	struct evbuffer *rest;

	*sent -= skip;
	if (skip == piece->iov_len || stream->broken)
		return;
	rest = queue(stream);
	if (rest == NULL || !add_in_bites(rest, (char *)piece->iov_base + skip, piece->iov_len - skip))
		break_off(stream, CLOSE_NO_MEMORY);
}

/* Bytes that have been written and are to be sent at the end of the turn. */
static size_t
gathered(const struct stream_pool *pool)
{
	return pool->outbox_used + pool->lent;
}

/* What has been put into the outbox since the last piece becomes one. */
static void
end_piece(struct stream_pool *pool)
{
	if (pool->outbox_used == pool->outbox_ended)
		return;
	pool->pieces[pool->piece_count++] =
	    (struct iovec){ pool->outbox + pool->outbox_ended, pool->outbox_used - pool->outbox_ended };
	pool->outbox_ended = pool->outbox_used;
}

/* Counts all that has gathered, and sends or queues it. */
static void
flush(struct stream *stream)
{
	struct stream_pool *pool = stream->pool;
	size_t length = gathered(pool), sent;

	if (length == 0)
		return;
	stream->turn_work += (uint32_t)length;
	counter_add(&stream->traffic->sent, length);
	if (!stream->broken) {
		end_piece(pool);
		sent = send_now(stream);
		for (unsigned i = 0; i < pool->piece_count; i++)
			queue_rest(stream, &pool->pieces[i], &sent);
	}
	forget_output(pool);
}

void
stream_write(struct stream *stream, const void *bytes, size_t length)
{
	struct stream_pool *pool = stream->pool;

	if (length > OUTBOX_SIZE - pool->outbox_used)
		flush(stream);
	if (length > OUTBOX_SIZE) {
		stream_lend(stream, bytes, length);
		flush(stream);
		return;
	}
	memcpy(pool->outbox + pool->outbox_used, bytes, length);
	pool->outbox_used += length;
}

void
stream_lend(struct stream *stream, const void *bytes, size_t length)
{
	struct stream_pool *pool = stream->pool;

	/* this one, what is in the outbox before it, and what may come behind it */
	if (pool->piece_count + 3 > MOST_PIECES)
		flush(stream);
	end_piece(pool);
	pool->pieces[pool->piece_count++] = (struct iovec){ (void *)bytes, length };
	pool->lent += length;
}

void
stream_settle(struct stream *stream)
{
	flush(stream);
}

char *
stream_room(struct stream *stream, size_t least, size_t *room)
{
	struct stream_pool *pool = stream->pool;

	if (OUTBOX_SIZE - pool->outbox_used < least)
		flush(stream);
	*room = OUTBOX_SIZE - pool->outbox_used;
	return pool->outbox + pool->outbox_used;
}

void
stream_fill(struct stream *stream, size_t length)
{
	stream->pool->outbox_used += length;
}

void
stream_puts(struct stream *stream, const char *string)
{
	stream_write(stream, string, strlen(string));
}

void
stream_hold(struct stream *stream, size_t bytes)
{
	stream->held = (uint32_t)bytes;
}

bool
stream_drained(struct stream *stream)
{
	size_t before = queued(stream), now = gathered(stream->pool);

	if ((before > 0 && before + stream->held + now > QUEUE_LIMIT) || stream->broken) {
		stream->waits_for_drain = true;
		return false;
	}
	if (!turns_allow(&stream->pool->turns, stream->fd, stream->turn_work, now)) {
		stream->waits_for_drain = true;
		become_ready(stream);
		return false;
	}
	return true;
}

bool
stream_let_through(struct stream *stream)
{
	if (throttle_pass(stream->pool->throttle, &stream->ticket))
		return true;
	stream->waits_for_drain = true;
	return false;
}

enum stream_state
stream_state(const struct stream *stream)
{
	if (stream->waits_for_drain || queued(stream) > 0)
		return STREAM_WRITING;
	return stream->input_left > 0 || line_reader_in_line(&stream->reader) ? STREAM_IN_REQUEST
	                                                                      : STREAM_IDLE;
}

uint32_t
stream_taken(const struct stream *stream)
{
	return stream->taken;
}

void
stream_break(struct stream *stream, enum close_reason reason)
{
	static const struct linger none = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(stream->fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
	break_off(stream, reason);
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
	flush(stream);
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
	turns_begin(&stream->pool->turns, &stream->last_turn);
	stream->turn_work = 0;
	stream->waits_for_drain = false;
}

/* Reading goes on; it did before, so that there is room for it in epoll. */
static void
read_on(struct stream *stream)
{
	stream->reading_paused = false;
	if (event_add(stream->read_event, NULL) != 0)
		break_off(stream, CLOSE_NO_MEMORY);
}

void
stream_end_turn(struct stream *stream)
{
	flush(stream);
	if (stream->inbox != NULL && stream->input_left == 0 && !stream->waits_for_drain)
		leave_inbox(stream);
	if (stream->reading_paused && !stream->waits_for_drain && !stream->ended && !stream->broken)
		read_on(stream);
}

bool
stream_all_taken(const struct stream *stream)
{
	int untaken = 0;

	return ioctl(stream->fd, SIOCOUTQ, &untaken) != 0 || untaken == 0;
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

	shutdown(stream->fd, SHUT_WR);
	stream->shut_down = true;
	if (stream->client_gone || (stream->reason == CLOSE_SHUTDOWN && quiet)) {
		stream->client_gone = true;
		return;
	}
	stream->input_left = 0;
	read_on(stream);
}

bool
stream_client_gone(const struct stream *stream)
{
	return stream->client_gone;
}
