/* source.c - lines, in bounded memory. */
#include "source.h"

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOM (4 * SOURCE_MAX_LINE)

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct source *source = arg;

	(void)fd, (void)what;
	source->ready = true;
	call_soon(source->wake);
}

bool
source_init(struct source *source, int fd, struct event_base *base, struct call *wake)
{
	struct stat status;
	bool known = fstat(fd, &status) == 0;
	off_t position = lseek(fd, 0, SEEK_CUR);

	*source = (struct source){ .fd = fd, .wake = wake, .first = position, .bytes = malloc(ROOM) };
	/* nobody waits for what else there is, as /dev/null, and libevent would complain of it */
	source->waits = known &&
	    (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) ||
	        (S_ISCHR(status.st_mode) && isatty(fd)));
	if (known && S_ISREG(status.st_mode) && position >= 0 && status.st_size > position)
		source->size = (uint64_t)(status.st_size - position);
	if (source->waits)
		source->readable = event_new(base, fd, EV_READ, on_readable, source);
	return source->bytes != NULL && (!source->waits || source->readable != NULL);
}

bool
source_init_text(struct source *source, const char *text)
{
	*source =
	    (struct source){ .fd = -1, .ended = true, .bytes = strdup(text), .end = strlen(text) };
	return source->bytes != NULL;
}

void
source_release(struct source *source)
{
	if (source->readable != NULL)
		event_free(source->readable);
	free(source->bytes);
}

/* Reads what there is to read: false if that is nothing yet, or never will be. */
static bool
fill(struct source *source, enum source_status *status)
{
	ssize_t got;

	/* a descriptor that epoll does not take never makes anybody wait */
	if (source->waits && !source->ready && event_add(source->readable, NULL) == 0) {
		*status = SOURCE_WAIT;
		return false;
	}
	source->ready = false;
	memmove(source->bytes, source->bytes + source->begin, source->end - source->begin);
	source->end -= source->begin;
	source->begin = 0;
	do
		got = read(source->fd, source->bytes + source->end, ROOM - source->end);
	while (got < 0 && errno == EINTR);
	*status = got < 0 && errno == EAGAIN ? SOURCE_WAIT : SOURCE_ERROR;
	if (got < 0)
		return false;
	source->end += (size_t)got;
	source->ended = got == 0;
	return true;
}

/* Takes `length` bytes that are a line, or the beginning of one, and `end` more. */
static enum source_status
take(struct source *source, size_t length, size_t end, const char **text, size_t *given)
{
	bool too_long = length > SOURCE_MAX_LINE;

	*text = source->bytes + source->begin;
	*given = too_long ? SOURCE_MAX_LINE : length;
	source->begin += length + end;
	source->position += length + end;
	source->line++;
	return too_long ? SOURCE_LONG : SOURCE_READY;
}

/* The end of the line that is skipped, if it is there. */
static void
skip(struct source *source)
{
	char *text = source->bytes + source->begin;
	size_t length = source->end - source->begin;
	char *end = memchr(text, '\n', length);

	source->skips = end == NULL;
	length = end != NULL ? (size_t)(end + 1 - text) : length;
	source->begin += length;
	source->position += length;
}

enum source_status
source_next(struct source *source, const char **text, size_t *length)
{
	enum source_status status;

	for (size_t searched = 0;;) {
		const char *begin, *end;
		size_t there;

		if (source->skips)
			skip(source);
		begin = source->bytes + source->begin;
		there = source->end - source->begin;
		end = there > searched ? memchr(begin + searched, '\n', there - searched) : NULL;
		if (end != NULL)
			return take(source, (size_t)(end - begin), 1, text, length);
		if (source->ended && there > 0)
			return take(source, there, 0, text, length);
		if (source->ended)
			return SOURCE_END;
		if (there > SOURCE_MAX_LINE) {
			source->skips = true;
			return take(source, there, 0, text, length);
		}
		searched = there;
		if (!fill(source, &status))
			return status;
	}
}

bool
source_rewind(struct source *source)
{
	if (source->waits || lseek(source->fd, source->first, SEEK_SET) < 0)
		return false;
	source->begin = source->end = 0;
	source->ended = source->skips = false;
	source->line = source->position = 0;
	return true;
}
