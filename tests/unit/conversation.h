/* conversation.h - faces on a stream without a socket: what they say to a script, and what all of
 * them have to hold, wherever they are made to wait. */
#ifndef CONVERSATION_H
#define CONVERSATION_H

#include "face.h"
#include "fake_stream.h"

/* A face that is tested. */
struct tested_face {
	const struct face *face;
	/* Where in what it has said the part begins that is the same each time; NULL: at once. */
	const char *(*after_greeting)(const char *said);
};

/* One conversation, all of it. */
struct conversation {
	const char *what;
	struct fake_line input[9]; /* the last one is LINE_END */
	const char *output;        /* after the greeting; NULL: not compared */
	enum close_reason end;     /* why the stream's input ends */
	enum close_reason reason;  /* why the conversation does */
	uint64_t queries;
};

/* Of a script. */
#define READY(text) \
	{ \
		LINE_READY, text \
	}
#define END \
	{ \
		LINE_END, NULL \
	}

/* A conversation that is held: between talk_begin() and talk_end() no other may be. */
struct talk {
	const struct face *face;
	void *state;
	struct fake_stream fake;
};

/* Begins anew with unit_service, as connection 1. */
void talk_begin(struct talk *talk, const struct tested_face *tested, const struct fake_line *input,
    enum close_reason end);

/* Goes on until it has to wait, or ends. */
enum coro_status talk_run(struct talk *talk);

/* Runs it to its end: returns how often it had to wait. */
size_t talk_run_to_end(struct talk *talk);

enum close_reason talk_reason(const struct talk *talk);

/* Lets go of it at whatever await it is; fails the test if an answer is in flight then. */
void talk_end(struct talk *talk);

/* How many awaits there are in the conversation; what is said after the greeting is added to
 * `said`, if that is wanted. */
size_t conversation_awaits(const struct tested_face *tested,
    const struct conversation *conversation, struct bytes *said);

/* The three that follow fail the test if it is not so. It goes as it should, without a wait. */
void conversation_must_go(const struct tested_face *tested,
    const struct conversation *conversation);

/* It goes the same if it waits at any of its awaits, or at each. */
void conversation_may_wait(const struct tested_face *tested,
    const struct conversation *conversation);

/* It can be abandoned at any await: sanitizers and valgrind see what is not freed. */
void conversation_may_be_abandoned(const struct tested_face *tested,
    const struct conversation *conversation);

#endif
