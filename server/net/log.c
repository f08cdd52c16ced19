/* log.c - the making of lines, and the thread that writes them. */
#include "log.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "log_ring.h"

#define STOP_SECONDS 1

/* How long lines are gathered before they are written: to wake the thread for each of them
 * would cost more than to write it. */
#define GATHER_NANOSECONDS (2 * 1000 * 1000)

static struct {
	pthread_mutex_t lock; /* of all but `thread`, `started` and `dropped` */
	pthread_cond_t work;  /* there is something to do for the thread, or it is urgent */
	pthread_cond_t ended_now;
	struct log_ring ring;
	int tell_fd; /* -1: nobody is to be told */
	bool ending; /* when everything is written */
	bool ended;
	pthread_t thread;
	bool started;
	atomic_ullong dropped;
	enum log_level most; /* that is logged */
	bool shows_levels;
} writer = {
	.most = LOG_QUERY,
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.tell_fd = -1,
};

/* ---- writing ------------------------------------------------------------------- */

/* Somebody else may have made the descriptor non-blocking, which is shared with it. */
static bool
may_try_again(int fd)
{
	struct pollfd writable = { .fd = fd, .events = POLLOUT };

	if (errno == EAGAIN)
		poll(&writable, 1, -1);
	return errno == EINTR || errno == EAGAIN;
}

static bool
write_all(int fd, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, text, length);

		if (written < 0 && !may_try_again(fd))
			return false;
		if (written > 0) {
			text += written;
			length -= (size_t)written;
		}
	}
	return true;
}

static unsigned
count_lines(const char *text, size_t length)
{
	unsigned count = 0;

	for (size_t i = 0; i < length; i++)
		count += text[i] == '\n';
	return count;
}

static void
write_lines(int fd, const char *text, size_t length)
{
	if (!write_all(fd, text, length))
		atomic_fetch_add(&writer.dropped, count_lines(text, length));
}

/* ---- the thread ---------------------------------------------------------------- */

/* Everything is written. With the lock. */
static void
tell(void)
{
	if (writer.tell_fd < 0)
		return;
	eventfd_write(writer.tell_fd, 1);
	writer.tell_fd = -1;
}

static bool
is_urgent(void)
{
	return writer.ending || writer.tell_fd >= 0 || writer.ring.used > LOG_RING_SIZE / 2;
}

static struct timespec
from_now(time_t seconds, long nanoseconds)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += seconds + (time.tv_nsec + nanoseconds) / 1000000000;
	time.tv_nsec = (time.tv_nsec + nanoseconds) % 1000000000;
	return time;
}

/* Waits for a line, and for a moment longer for those that follow it. With the lock. */
static void
gather(void)
{
	struct timespec until;
	int error = 0;

	while (writer.ring.used == 0 && !is_urgent())
		pthread_cond_wait(&writer.work, &writer.lock);
	until = from_now(0, GATHER_NANOSECONDS);
	while (error == 0 && !is_urgent())
		error = pthread_cond_timedwait(&writer.work, &writer.lock, &until);
}

/* With the lock, which others have while it writes. */
static void
write_all_there_is(void)
{
	static char lines[LOG_LINE_SIZE];
	size_t length;
	int fd;

	while ((length = log_ring_take(&writer.ring, &fd, lines)) > 0) {
		pthread_mutex_unlock(&writer.lock);
		write_lines(fd, lines, length);
		pthread_mutex_lock(&writer.lock);
	}
}

static void *
write_what_comes(void *arg)
{
	pthread_mutex_lock(&writer.lock);
	do {
		gather();
		write_all_there_is();
		tell();
	} while (!writer.ending);
	writer.ended = true;
	pthread_cond_signal(&writer.ended_now);
	pthread_mutex_unlock(&writer.lock);
	return arg;
}

bool
log_start(void)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&writer.work, &attributes);
	pthread_cond_init(&writer.ended_now, &attributes);
	pthread_condattr_destroy(&attributes);
	writer.ending = writer.ended = false;
	errno = pthread_create(&writer.thread, NULL, write_what_comes, NULL);
	writer.started = errno == 0;
	return writer.started;
}

void
log_tell_when_written(int fd)
{
	pthread_mutex_lock(&writer.lock);
	writer.tell_fd = fd;
	pthread_cond_signal(&writer.work);
	pthread_mutex_unlock(&writer.lock);
}

/* With the lock. */
static void
await_end(void)
{
	struct timespec until = from_now(STOP_SECONDS, 0);
	int error = 0;

	while (!writer.ended && error == 0)
		error = pthread_cond_timedwait(&writer.ended_now, &writer.lock, &until);
}

void
log_stop(void)
{
	bool ended;

	if (!writer.started)
		return;
	pthread_mutex_lock(&writer.lock);
	writer.ending = true;
	pthread_cond_signal(&writer.work);
	await_end();
	ended = writer.ended;
	pthread_mutex_unlock(&writer.lock);
	if (ended)
		pthread_join(writer.thread, NULL);
	else
		pthread_detach(writer.thread); /* it waits in a system call for whoever reads */
	writer.started = false;
}

/* ---- logging ------------------------------------------------------------------- */

/* With the lock. */
static void
put(int fd, const char *line, size_t length)
{
	bool was_empty = writer.ring.used == 0;

	if (!log_ring_put(&writer.ring, fd, line, length))
		atomic_fetch_add(&writer.dropped, 1);
	if (was_empty || is_urgent())
		pthread_cond_signal(&writer.work);
}

static void
put_line(int fd, const char *line, size_t length)
{
	if (!writer.started) {
		write_lines(fd, line, length);
		return;
	}
	pthread_mutex_lock(&writer.lock);
	put(fd, line, length);
	pthread_mutex_unlock(&writer.lock);
}

/* Behind `prefix`, of a few bytes. */
static __attribute__((format(printf, 3, 0))) void
format_line(int fd, const char *prefix, const char *format, va_list arguments)
{
	char line[LOG_LINE_SIZE];
	size_t length = (size_t)(stpcpy(line, prefix) - line);
	int added = vsnprintf(line + length, sizeof(line) - 1 - length, format, arguments);

	if (added < 0)
		return;
	length += (size_t)added;
	if (length > sizeof(line) - 2)
		length = sizeof(line) - 2;
	line[length++] = '\n';
	put_line(fd, line, length);
}

void
log_set_up(enum log_level most)
{
	writer.most = most;
	writer.shows_levels = log_level_to_journal(STDERR_FILENO);
}

void
log_line(enum log_level level, const char *format, ...)
{
	char prefix[8] = "";
	va_list arguments;

	if (level > writer.most)
		return;
	if (writer.shows_levels)
		snprintf(prefix, sizeof(prefix), "<%d>", log_level_priority(level) & 7);
	va_start(arguments, format);
	format_line(STDERR_FILENO, prefix, format, arguments);
	va_end(arguments);
}

void
log_announce(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	format_line(STDOUT_FILENO, "", format, arguments);
	va_end(arguments);
}

/* Of its first line; a longer one than fits is cut in pieces. */
static size_t
line_length(const char *text, size_t length)
{
	const char *end = memchr(text, '\n', length);
	size_t whole = end != NULL ? (size_t)(end - text) + 1 : length;

	return whole < LOG_LINE_SIZE ? whole : LOG_LINE_SIZE;
}

void
log_text(const char *text, size_t length)
{
	if (!writer.started) {
		write_lines(STDERR_FILENO, text, length);
		return;
	}
	pthread_mutex_lock(&writer.lock);
	for (size_t done = 0, line; done < length; done += line) {
		line = line_length(text + done, length - done);
		put(STDERR_FILENO, text + done, line);
	}
	pthread_mutex_unlock(&writer.lock);
}

unsigned long long
log_lines_dropped(void)
{
	return atomic_load(&writer.dropped);
}
