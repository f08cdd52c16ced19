/* count.c - a list is read by another descriptor, and no query kept. */
#include "count.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "charindex.h"
#include "executor.h"
#include "source.h"

struct count {
	struct executor *executor;
	int fd; /* owned */
	struct source source;
	atomic_bool stopped;
	uint64_t queries; /* so far; for the loop when the work is done */
	bool whole;
};

/* On the thread. Empty lines are no queries: see the supervisor. */
static void
read_list(void *arg)
{
	struct count *count = arg;
	enum source_status status = SOURCE_READY;

	while (!atomic_load_explicit(&count->stopped, memory_order_relaxed)) {
		const char *text;
		size_t length;

		status = source_next(&count->source, &text, &length);
		if (status != SOURCE_READY && status != SOURCE_LONG)
			break;
		charindex_strip(text, &length);
		count->queries += length > 0;
	}
	count->whole = status == SOURCE_END;
}

/* It is looked for when the line of progress is drawn. */
static void
nobody_waits(void *arg)
{
	(void)arg;
}

/* The same file, with a position of its own; -1 if that is not to be had. */
static int
open_again(int fd, int64_t first)
{
	char path[32];
	int again;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	again = open(path, O_RDONLY | O_CLOEXEC);
	if (again >= 0 && lseek(again, first, SEEK_SET) != first) {
		close(again);
		return -1;
	}
	return again;
}

struct count *
count_new(struct event_base *base, int fd, int64_t first)
{
	struct count *count = calloc(1, sizeof(*count));

	if (count == NULL)
		return NULL;
	count->fd = open_again(fd, first);
	count->executor = executor_new(base, nobody_waits, NULL);
	if (count->fd < 0 || count->executor == NULL ||
	    !source_init(&count->source, count->fd, base, NULL) ||
	    !executor_start(count->executor, read_list, count)) {
		count_free(count);
		return NULL;
	}
	return count;
}

uint64_t
count_result(const struct count *count)
{
	if (count == NULL || !executor_done(count->executor) || !count->whole)
		return 0;
	return count->queries;
}

void
count_free(struct count *count)
{
	if (count == NULL)
		return;
	atomic_store_explicit(&count->stopped, true, memory_order_relaxed);
	executor_free(count->executor);
	source_release(&count->source);
	if (count->fd >= 0)
		close(count->fd);
	free(count);
}
