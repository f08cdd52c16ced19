/* input.h - standard input, or a file, in pieces, as it comes, in bounded memory: lines, or, where a line
 * is too long for that, parts of one. */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a piece at most. */
#define INPUT_MAX_PIECE (64 * 1024)

struct input {
	int fd;    /* not owned */
	int error; /* the errno of what could not be read, or 0 */
	char bytes[INPUT_MAX_PIECE];
	size_t begin, end; /* of what has been read and not yet given */
	bool ended;
};

struct input_piece {
	const char *text; /* until the next call */
	size_t length;    /* without the line feed */
	bool ends_line;   /* there was one, or it is the end of the input */
};

/* `fd` must outlive it. */
void input_init(struct input *input, int fd);

/* The next piece: a line, or, of one that is too long for that, up to a space, or else whole
 * grapheme clusters, or else whole characters. False at the end, which is
 * also where the input cannot be read: then `error` says why. */
bool input_next(struct input *input, struct input_piece *piece);

#endif
