/* notify.c - the two protocols of a service manager: datagrams to NOTIFY_SOCKET, and sockets
 * handed over that LISTEN_FDS counts. They are stable and small, so that libsystemd, with six
 * more libraries behind it, is not needed for them. */
#include "notify.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "log.h"

/* As many descriptors as systemd hands over at the most, and more than make sense. */
#define MAX_SOCKETS 4096

/* ---- what is told ------------------------------------------------------------------- */

/* Reads NOTIFY_SOCKET: a path, or "@" and an abstract name. Returns the length of the address,
 * 0 if there is none that can be used. */
static socklen_t
read_address(struct sockaddr_un *address)
{
	const char *name = getenv("NOTIFY_SOCKET");
	size_t length = name != NULL ? strlen(name) : 0;

	if (length < 2 || length >= sizeof(address->sun_path) || (name[0] != '/' && name[0] != '@'))
		return 0;
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(address->sun_path, name, length);
	if (name[0] == '@')
		address->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
}

/* A socket kept for it, so that signs of life are given when no descriptor is left; -1 if there
 * is none. It is not connected, for the manager may open its own anew. */
static int
open_socket(void)
{
	/* a manager that does not read must not hold the server up for ever */
	static const struct timeval patience = { .tv_sec = 2 };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	return fd;
}

/* With MSG_DONTWAIT in the flags it may be lost, if the manager has much to read. */
static void
notify(const char *state, int flags)
{
	static int fd = -1;
	static bool has_complained;
	struct sockaddr_un address;
	socklen_t length = read_address(&address);

	if (length == 0)
		return;
	if (fd < 0)
		fd = open_socket();
	if (fd >= 0 &&
	    sendto(fd, state, strlen(state), MSG_NOSIGNAL | flags, (struct sockaddr *)&address,
	        length) >= 0)
		return;
	if (errno != EAGAIN && !has_complained) {
		log_line(LOG_ERROR, "no word with the service manager: %s", strerror(errno));
		has_complained = true;
	}
}

void
notify_ready(void)
{
	notify("READY=1", 0);
}

void
notify_reloading(void)
{
	struct timespec now;
	char state[64];

	clock_gettime(CLOCK_MONOTONIC, &now);
	snprintf(state, sizeof(state), "RELOADING=1\nMONOTONIC_USEC=%llu",
	    (unsigned long long)now.tv_sec * 1000000 + (unsigned long long)now.tv_nsec / 1000);
	notify(state, 0);
}

void
notify_stopping(void)
{
	notify("STOPPING=1", 0);
}

void
notify_status(const char *format, ...)
{
	char state[256] = "STATUS=";
	size_t length = strlen(state);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(state + length, sizeof(state) - length, format, arguments);
	va_end(arguments);
	notify(state, MSG_DONTWAIT);
}

void
notify_alive(void)
{
	notify("WATCHDOG=1", MSG_DONTWAIT);
}

/* ---- what is handed over --------------------------------------------------------------- */

/* The number in the variable of the environment: false if it is not set, or not a number. */
static bool
read_number(const char *variable, unsigned long long *number)
{
	const char *text = getenv(variable);
	size_t digits = text != NULL ? strspn(text, "0123456789") : 0;

	if (digits == 0 || digits > 18 || text[digits] != '\0')
		return false;
	*number = strtoull(text, NULL, 10);
	return true;
}

/* Does the variable have our number? What stands beside it is for that process alone. */
static bool
is_for_us(const char *variable)
{
	unsigned long long pid;

	return read_number(variable, &pid) && pid == (unsigned long long)getpid();
}

bool
notify_wants_life(struct timeval *interval)
{
	unsigned long long microseconds;

	if (!read_number("WATCHDOG_USEC", &microseconds) ||
	    (getenv("WATCHDOG_PID") != NULL && !is_for_us("WATCHDOG_PID")))
		return false;
	microseconds /= 2;
	interval->tv_sec = (time_t)(microseconds / 1000000);
	interval->tv_usec = (suseconds_t)(microseconds % 1000000);
	return microseconds > 0;
}

static unsigned
count_sockets(void)
{
	unsigned long long count = 0;

	if (getenv("LISTEN_FDS") == NULL || !is_for_us("LISTEN_PID"))
		return 0;
	if (!read_number("LISTEN_FDS", &count) || count > MAX_SOCKETS)
		errx(1, "LISTEN_FDS=%s is not a number of sockets from 0 to %d; see sd_listen_fds(3)",
		    getenv("LISTEN_FDS"), MAX_SOCKETS);
	return (unsigned)count;
}

unsigned
notify_sockets(char **names)
{
	static const char *const variables[] = { "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES" };
	const char *given = getenv("LISTEN_FDNAMES");
	unsigned count = count_sockets();

	*names = NULL;
	if (count > 0 && (*names = strdup(given != NULL ? given : "")) == NULL)
		errx(1, "out of memory");
	for (unsigned i = 0; i < count; i++)
		fcntl(NOTIFY_FIRST_SOCKET + (int)i, F_SETFD, FD_CLOEXEC);
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		unsetenv(variables[i]);
	return count;
}
