/* probe.c - connects, hears what is said first, and takes its leave, so that the daemon's log has the
 * end of a conversation and no reset. */
#include "probe.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "clock.h"

/* For all of it together: who asks waits no longer as a rule. */
#define PATIENCE (5 * CLOCK_SECOND)

/* In which poll() counts. */
#define MILLISECOND (CLOCK_SECOND / 1000)

#define PROXY_HEADER "PROXY UNKNOWN\r\n"

/* How one knows that a face is well. */
struct conversation {
	const char *scheme;
	const char *method; /* before a path, which is under the base path; "": nothing like it */
	const char *question;
	const char *answer; /* how it begins */
	const char *leave;
};

static const struct conversation conversations[] = {
	{ "http://", "GET ", "/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
	    "HTTP/1.1 200 ", "" },
	{ "dict://", "", "", "220 ", "QUIT\r\n" }, { "", "", "", "?> ", "\x04" }, /* Ctrl-D */
};

struct probe {
	const char *where;
	const struct conversation *conversation;
	int fd;
	uint64_t until; /* by clock_now() */
	char heard[64];
	size_t length;
};

static __attribute__((noreturn)) void
fail(const struct probe *probe, int error)
{
	errx(1, "%s does not answer: %s", probe->where, strerror(error));
}

static void
await(const struct probe *probe, short events)
{
	struct pollfd descriptor = { .fd = probe->fd, .events = events };
	uint64_t now = clock_now();

	if (now >= probe->until ||
	    poll(&descriptor, 1, (int)((probe->until - now) / MILLISECOND) + 1) == 0)
		fail(probe, ETIMEDOUT);
}

/* Tries one of the addresses: false with errno. */
static bool
connect_to(struct probe *probe, const struct addrinfo *at)
{
	int error = 0;
	socklen_t length = sizeof(error);

	probe->fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (probe->fd < 0)
		return false;
	if (connect(probe->fd, at->ai_addr, at->ai_addrlen) == 0)
		return true;
	error = errno;
	if (error == EINPROGRESS) {
		await(probe, POLLOUT);
		getsockopt(probe->fd, SOL_SOCKET, SO_ERROR, &error, &length);
	}
	if (error == 0)
		return true;
	close(probe->fd);
	errno = error;
	return false;
}

static void
open_connection(struct probe *probe, const struct address_name *name)
{
	struct addrinfo *found, *at;
	int error = address_resolve(name, &found);

	if (error != 0)
		errx(1, "%s does not answer: %s", probe->where, gai_strerror(error));
	for (at = found; at != NULL && !connect_to(probe, at); at = at->ai_next)
		;
	if (at == NULL)
		fail(probe, errno);
	address_free(found);
}

/* A few bytes to a new connection: there is room for them. */
static void
say(const struct probe *probe, const char *text)
{
	if (send(probe->fd, text, strlen(text), MSG_NOSIGNAL) < 0)
		fail(probe, errno);
}

/* Reads as much as there is room for: false at the end of input. */
static bool
hear(struct probe *probe)
{
	size_t room = sizeof(probe->heard) - 1 - probe->length;
	ssize_t got;

	await(probe, POLLIN);
	got = recv(probe->fd, probe->heard + probe->length, room, 0);
	if (got < 0 && errno != EAGAIN)
		fail(probe, errno);
	if (got > 0)
		probe->length += (size_t)got;
	return got != 0;
}

/* The line that was heard, as far as it can be printed. */
static const char *
shown(struct probe *probe)
{
	for (size_t i = 0; i < probe->length; i++)
		if (!isprint((unsigned char)probe->heard[i]))
			probe->heard[i] = '\0';
	return probe->heard;
}

static void
hear_answer(struct probe *probe)
{
	const char *answer = probe->conversation->answer;
	size_t length = strlen(answer);

	while (probe->length < length)
		if (!hear(probe))
			break;
	if (probe->length < length || memcmp(probe->heard, answer, length) != 0)
		errx(1, "%s is not well: it says '%s'", probe->where, shown(probe));
}

static void
take_leave(struct probe *probe)
{
	say(probe, probe->conversation->leave);
	shutdown(probe->fd, SHUT_WR);
	do
		probe->length = 0;
	while (hear(probe));
	close(probe->fd);
}

static const struct conversation *
find_conversation(const char *where)
{
	const struct conversation *found = conversations;

	while (strncmp(where, found->scheme, strlen(found->scheme)) != 0)
		found++;
	return found;
}

/* What stands behind the scheme, and before a slash at the end of a URL. */
static bool
read_where(const struct probe *probe, struct address_name *name)
{
	char text[ADDRESS_HOST_SIZE + sizeof("unix:,proxy")];
	size_t prefix = strlen(probe->conversation->scheme), length = strlen(probe->where) - prefix;

	if (length >= sizeof(text))
		return false;
	memcpy(text, probe->where + prefix, length + 1);
	if (prefix > 0 && length > 0 && text[length - 1] == '/')
		text[length - 1] = '\0';
	return address_split(text, name);
}

static void
ask(const struct probe *probe, const char *http_base)
{
	const struct conversation *conversation = probe->conversation;

	say(probe, conversation->method);
	say(probe, conversation->method[0] != '\0' ? http_base : "");
	say(probe, conversation->question);
}

void
probe(const char *where, const char *http_base)
{
	struct probe probe = {
		.where = where,
		.conversation = find_conversation(where),
		.until = clock_now() + PATIENCE,
	};
	struct address_name name;

	if (!read_where(&probe, &name))
		errx(2,
		    "--probe=%s is no address, as 127.0.0.1:2323, unix:/run/socket, "
		    "http://127.0.0.1:8888 or dict://127.0.0.1:2628",
		    where);
	open_connection(&probe, &name);
	say(&probe, name.proxy ? PROXY_HEADER : "");
	ask(&probe, http_base);
	hear_answer(&probe);
	take_leave(&probe);
}
