/* source.h - the queries of a list, a line each, read as they are needed: from a file, a pipe or a
 * terminal, without waiting for it. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call_soon.h"

struct event;
struct event_base;

/* Bytes of a line at most, without its end. */
#define SOURCE_MAX_LINE (64 * 1024)

enum source_status {
	SOURCE_WAIT, /* nothing is there yet: `wake` is called when there is */
	SOURCE_READY,
	SOURCE_LONG, /* the line is longer than SOURCE_MAX_LINE: its beginning is given */
	SOURCE_END,
	SOURCE_ERROR, /* it cannot be read: see errno */
};

struct source {
	int fd;
	bool waits; /* the descriptor is one that may have nothing to read */
	struct event *readable;
	struct call *wake; /* not owned */
	bool ready, ended;
	bool skips;        /* the rest of a line that was too long */
	int64_t first;     /* where the list begins in its file */
	uint64_t line;     /* number of the last line given */
	uint64_t position; /* bytes given */
	uint64_t size;     /* of the list, or 0 if that is not known */
	char *bytes;
	size_t begin, end; /* of what has been read and not given */
};

/* The lines of `fd`, which stays the caller's. False without memory. */
bool source_init(struct source *source, int fd, struct event_base *base, struct call *wake)
    __attribute__((warn_unused_result));
/* The lines of a text. */
bool source_init_text(struct source *source, const char *text) __attribute__((warn_unused_result));

void source_release(struct source *source);

/* The next line, without its end, until the next call. To be awaited while it says SOURCE_WAIT. */
enum source_status source_next(struct source *source, const char **text, size_t *length);

/* Begins anew. False if it is no file, and has no beginning any more. */
bool source_rewind(struct source *source) __attribute__((warn_unused_result));

#endif
