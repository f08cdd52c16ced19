/* stream.h - one connection as the handlers see it: lines in, bytes out. What asyncio
 * calls StreamReader and StreamWriter.
 *
 * A stream is used in turns: its owner calls the handler, a coroutine, in between
 * stream_begin_turn() and stream_end_turn(). What the handler writes in a turn leaves in
 * as few system calls as can be; if it awaits stream_drained() or a line, the stream
 * asks for another turn when the time has come. Only this file's .c knows of
 * events and bufferevents. */
#ifndef STREAM_H
#define STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "close_reason.h"
#include "counters.h"
#include "line_reader.h"
#include "queue.h"
#include "throttle.h"

struct bufferevent;
struct event;
struct event_base;
struct stream;

/* ---- for handlers ---------------------------------------------------------- */

/* The next line of the input, or that it is not there yet (LINE_PARTIAL), or that there
 * will be none (LINE_END, LINE_NO_MEMORY). *line is valid until the next call. */
enum line_status stream_take_line(struct stream *stream, struct line *line);

/* From now on lines are bytes: they need not be UTF-8, and no control character begins one that
 * is ready before it ends. */
void stream_take_raw_lines(struct stream *stream);

/* Writes `length` bytes; they need not live longer than the call. Never blocks and
 * never fails: what the socket does not take is queued, and after a reset all goes
 * nowhere. So await stream_drained() now and then. */
void stream_write(struct stream *stream, const void *bytes, size_t length);

/* stream_write() of bytes that stay where they are until the turn ends or stream_settle(),
 * and so need not be copied. */
void stream_lend(struct stream *stream, const void *bytes, size_t length);

/* From now on what was lent may go away. */
void stream_settle(struct stream *stream);

/* Bytes that stream_room() has for whoever has many to write, and the most that it can be asked for. */
#define STREAM_ROOM (16u * 1024u)
#define STREAM_MOST_ROOM (64u * 1024u)

/* Where bytes can be put that stream_fill() then writes: *room of them, which are at least `least`.
 * Valid until the next call for any stream. */
char *stream_room(struct stream *stream, size_t least, size_t *room);

/* Writes the first `length` bytes of those that stream_room() has given. */
void stream_fill(struct stream *stream, size_t length);

/* stream_write() of a string. */
void stream_puts(struct stream *stream, const char *string);

/* What the handler keeps for the answer that it writes, in bytes: counts like what is queued, so that
 * both are bounded together. 0 once it keeps nothing any more. */
void stream_hold(struct stream *stream, size_t bytes);

/* May the handler write more? Not while too much is queued for a slow reader, nor after
 * a turn has had its share of work: others wait for theirs. */
bool stream_drained(struct stream *stream);

/* May the handler do something that is costly, up to some milliseconds? Those on a worker take
 * turns in it (throttle.h). To be awaited like stream_drained(). */
bool stream_let_through(struct stream *stream);

/* The handler has done work enough for a turn: others have theirs before stream_drained() holds
 * again. */
void stream_yield(struct stream *stream);

/* The handler has done work that its bytes do not show, such as to render or to compress them:
 * as much as to write `bytes` more. */
void stream_charge(struct stream *stream, size_t bytes);

/* What has been received and not yet been taken, in one piece: at most `most` bytes.
 * Returns how many; they are at *bytes until the next call of any kind. */
size_t stream_peek(struct stream *stream, size_t most, const char **bytes);

/* Takes `length` bytes of those that stream_peek() showed: a request, or the like. */
void stream_skip(struct stream *stream, size_t length);

/* ---- for the owner of a stream --------------------------------------------- */

/* What all the streams of a worker share. */
struct stream_pool;

/* A pool for the streams on `base`, which outlives it, as `throttle` does. `turn` is called with a stream's
 * `owner` when the stream has something new for its handler. NULL without memory. */
struct stream_pool *stream_pool_new(struct event_base *base, void (*turn)(void *owner),
    struct throttle *throttle);

/* Frees a pool whose streams have all been released. NULL is allowed. */
void stream_pool_free(struct stream_pool *pool);

/* Embedded in its owner; its fields are stream.c's own. */
struct stream {
	struct stream_pool *pool;
	struct traffic *traffic; /* not owned */
	struct event *read_event;
	struct bufferevent *bev; /* for output that had to be queued; NULL if none had */
	void *owner;
	TAILQ_ENTRY(stream) ready; /* in pool->ready, if `is_ready` */
	struct throttle_ticket ticket;
	struct line_reader reader;
	char *inbox;              /* owned; NULL if all input has been taken */
	const char *input;        /* what is left of it */
	uint32_t input_left;      /* bytes at `input` */
	int fd;                   /* the socket, owned */
	uint32_t still_to_come;   /* bytes after which the input ends; 0: that is not decided */
	uint32_t turn_work;       /* done in this turn, as bytes sent */
	uint32_t held;            /* bytes that the handler keeps */
	uint32_t taken;           /* lines and other requests so far */
	uint8_t reason;           /* enum close_reason, once there is one */
	bool waits_for_drain : 1; /* the handler waits to write, not for input */
	bool reading_paused : 1;
	bool is_ready : 1;
	bool ended : 1;       /* no input will come any more */
	bool client_gone : 1; /* the client has closed its side */
	bool broken : 1;      /* nothing can be sent or received any more */
	bool shut_down : 1;   /* our side is closed, input is thrown away */
	uint32_t last_turn;   /* turn.h */
};

/* Begins with the non-blocking socket `fd`, which the stream then owns; its bytes are counted in
 * `traffic`. False if memory ran out: nothing is owned. */
bool stream_init(struct stream *stream, struct stream_pool *pool, struct traffic *traffic, int fd,
    void *owner);

/* Closes the socket and frees all that the stream holds; unsent output is lost. */
void stream_release(struct stream *stream);

/* Around every call of the handler. Reading goes on, or pauses while output is queued. */
void stream_begin_turn(struct stream *stream);
void stream_end_turn(struct stream *stream);

/* No more input: what the system has received by now is still handed out as lines, then
 * there is LINE_END, for `reason`. A turn is asked for if the handler is waiting for input
 * and none is on its way. */
void stream_end_input(struct stream *stream, enum close_reason reason);

/* Will there be no more input than what can be taken now? */
bool stream_input_ended(const struct stream *stream);

/* Why there is no more input, or why the stream broke. */
enum close_reason stream_reason(const struct stream *stream);

/* What the stream waits for. */
enum stream_state {
	STREAM_IDLE,       /* a new line or request */
	STREAM_IN_REQUEST, /* the rest of one */
	STREAM_WRITING,    /* the client, to take what has been written */
};

enum stream_state stream_state(const struct stream *stream);

/* How many lines or other requests have been taken: what distinguishes one wait from the next. */
uint32_t stream_taken(const struct stream *stream);

/* Nothing more is sent or received. What has been sent is followed by a reset, so that the client
 * does not take it for all there is. */
void stream_break(struct stream *stream, enum close_reason reason);

/* Has stream_shut_down() been called? */
bool stream_is_shut_down(const struct stream *stream);

/* Has writing or reading failed for good? */
bool stream_broken(const struct stream *stream);

/* Has all output been handed to the system? To be awaited like stream_drained(). */
bool stream_flushed(struct stream *stream);

/* Closes our side; input that still comes is thrown away, so that it cannot make the
 * system reset the connection before the client has read its answer. */
void stream_shut_down(struct stream *stream);

/* Has the client's system got all that has been sent? */
bool stream_all_taken(const struct stream *stream);

/* Has it, and is nothing from the client unread? Then closing the socket throws nothing
 * away. */
bool stream_quiet(const struct stream *stream);

/* After stream_shut_down(): has the client closed its side too, or nothing to say? */
bool stream_client_gone(const struct stream *stream);

#endif
