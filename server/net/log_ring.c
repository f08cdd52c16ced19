/* log_ring.c - the ring is a queue of records, each a head and a line, that wrap around
 * the end of it like any other bytes. */
#include "log_ring.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct head {
	uint16_t length;
	uint16_t fd;
};

_Static_assert(LOG_LINE_SIZE <= UINT16_MAX, "a length fits in its field");

static void
add_bytes(struct log_ring *ring, const void *bytes, size_t length)
{
	size_t end = (ring->begin + ring->used) % LOG_RING_SIZE;
	size_t first = length < LOG_RING_SIZE - end ? length : LOG_RING_SIZE - end;

	memcpy(ring->bytes + end, bytes, first);
	memcpy(ring->bytes, (const char *)bytes + first, length - first);
	ring->used += length;
}

static void
look_at(const struct log_ring *ring, size_t offset, void *out, size_t length)
{
	size_t at = (ring->begin + offset) % LOG_RING_SIZE;
	size_t first = length < LOG_RING_SIZE - at ? length : LOG_RING_SIZE - at;

	memcpy(out, ring->bytes + at, first);
	memcpy((char *)out + first, ring->bytes, length - first);
}

static void
drop_bytes(struct log_ring *ring, size_t length)
{
	ring->used -= length;
	/* from the beginning again, so that the pages of a ring that is rarely full stay few */
	ring->begin = ring->used > 0 ? (ring->begin + length) % LOG_RING_SIZE : 0;
}

static bool
add_record(struct log_ring *ring, int fd, const char *line, size_t length)
{
	struct head head = { .length = (uint16_t)length, .fd = (uint16_t)fd };

	if (sizeof(head) + length > LOG_RING_SIZE - ring->used)
		return false;
	add_bytes(ring, &head, sizeof(head));
	add_bytes(ring, line, length);
	return true;
}

/* Says where lines are missing, if any are: false without room for that. */
static bool
add_notice(struct log_ring *ring)
{
	char notice[80];
	int length;

	if (ring->lost == 0)
		return true;
	length = snprintf(notice, sizeof(notice),
	    "log lines lost=%llu, for they were not read in time\n", ring->lost);
	if (!add_record(ring, STDERR_FILENO, notice, (size_t)length))
		return false;
	ring->lost = 0;
	return true;
}

bool
log_ring_put(struct log_ring *ring, int fd, const char *line, size_t length)
{
	if (add_notice(ring) && add_record(ring, fd, line, length))
		return true;
	ring->lost++;
	return false;
}

size_t
log_ring_take(struct log_ring *ring, int *fd, char out[LOG_LINE_SIZE])
{
	size_t taken = 0;

	while (ring->used > 0) {
		struct head head;

		look_at(ring, 0, &head, sizeof(head));
		if (taken > 0 && (head.fd != *fd || taken + head.length > PIPE_BUF))
			break;
		look_at(ring, sizeof(head), out + taken, head.length);
		drop_bytes(ring, sizeof(head) + head.length);
		*fd = head.fd;
		taken += head.length;
	}
	/* what was lost came after all that is in the ring, and before what will be */
	add_notice(ring);
	return taken;
}
