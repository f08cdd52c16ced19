/* turn.c - hides who else has turns, and what a socket has room for. */
#include "turn.h"

#include <linux/sock_diag.h>
#include <sys/socket.h>

/* What may be done in one turn while others wait, counted in bytes to copy: some 50 us. */
#define SHORT_TURN ((size_t)256 * 1024)

/* What few may do in their turns together, before each has its next one: for each of four an answer of
 * 464 KiB, as `letter` of bench/ is, in one piece. By short turns alone answers of 4 MB cost a tenth more. */
#define ROUND ((size_t)TURN_TOO_LONG - 1)

void
turns_begin(struct turns *turns, uint32_t *last)
{
	turns->between = turns->begun++ - *last;
	turns->limit = SHORT_TURN;
	*last = turns->begun;
}

/* Bytes that the socket takes at once, 0 if that is not known. */
static size_t
room_in_socket(int fd)
{
	uint32_t memory[SK_MEMINFO_VARS] = { 0 };
	socklen_t size = sizeof(memory);
	size_t room, used;

	if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, memory, &size) != 0)
		return 0;
	room = memory[SK_MEMINFO_SNDBUF];
	/* what waits is counted in the one for TCP, and in the other for UNIX sockets */
	used = (size_t)memory[SK_MEMINFO_WMEM_QUEUED] + memory[SK_MEMINFO_WMEM_ALLOC];
	return used < room ? room - used : 0;
}

/* The stream's share of a round, but not so much that some of what has been written would have to be
 * queued: a client that takes nothing must cost no more by it. */
static size_t
longer_limit(const struct turns *turns, int fd, size_t done)
{
	size_t share = ROUND / ((size_t)turns->between + 1), sendable;

	if (share <= SHORT_TURN)
		return SHORT_TURN;
	sendable = done + room_in_socket(fd);
	return sendable < share ? sendable : share;
}

bool
turns_allow(struct turns *turns, int fd, size_t done, size_t more)
{
	if (done + more > SHORT_TURN && turns->limit == SHORT_TURN)
		turns->limit = longer_limit(turns, fd, done);
	return done + more <= turns->limit;
}
