/* turn.h - how much the streams of a pool may do in one turn. Few share a round, so that what they send
 * goes in few system calls, each of which wakes a client; beside others, and where the socket has no room
 * for more, a turn is short. */
#ifndef TURN_H
#define TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than any turn may be, counted in bytes to copy. */
#define TURN_TOO_LONG (1856u * 1024u + 1)

/* Of one pool. All zeros at first. */
struct turns {
	uint32_t begun;
	uint32_t between; /* turns of others since the last one of the stream that has its turn */
	size_t limit;     /* of this turn */
};

/* A turn begins. *last, which is the stream's and 0 at first, tells its turns apart from others'. */
void turns_begin(struct turns *turns, uint32_t *last);

/* May `more` be done in the turn, where `done` has been? `fd` is the stream's socket. */
bool turns_allow(struct turns *turns, int fd, size_t done, size_t more);

#endif
