/* log_ring.h - lines that wait to be written, in a ring of fixed size. A line without room
 * is counted as lost, and a notice takes the place of those that were lost, as soon as
 * there is room for one. Knows no threads; no memory is allocated. */
#ifndef LOG_RING_H
#define LOG_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest line is that of a query of 4,096 bytes, each shown as four. */
#define LOG_LINE_SIZE ((size_t)20 * 1024)

/* Some ten thousand ordinary lines: a second of log on a busy machine. */
#define LOG_RING_SIZE ((size_t)1024 * 1024)

/* All zero is an empty one. */
struct log_ring {
	size_t begin, used;
	unsigned long long lost; /* lines, since the last notice */
	char bytes[LOG_RING_SIZE];
};

/* Adds a line, with its line end, of at most LOG_LINE_SIZE bytes, for the descriptor `fd`.
 * False if there was no room: the line is lost. */
bool log_ring_put(struct log_ring *ring, int fd, const char *line, size_t length);

/* Takes lines for one descriptor, *fd, in the order in which they were put: at least one, and
 * as many as make no more than PIPE_BUF bytes, which a pipe takes in one piece. Returns
 * their length; 0: there is none. */
size_t log_ring_take(struct log_ring *ring, int *fd, char out[LOG_LINE_SIZE]);

#endif
