/* notify.c - hides libsystemd, and that it is loaded only for who needs it: it brings six
 * more libraries, which took a quarter of the time from exec to the first answer. */
#include "notify.h"

#include "config.h"

#ifdef HAVE_LIBSYSTEMD

#include <dlfcn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>
#include <time.h>

#include "log.h"

_Static_assert(NOTIFY_FIRST_SOCKET == SD_LISTEN_FDS_START, "sd_listen_fds(3)");

/* A function of libsystemd, or NULL where there is no service manager that speaks its
 * protocols, or no library, of which the log tells once. */
static void *
find_function(const char *name)
{
	static void *library;
	static bool is_missing;

	if (library == NULL && !is_missing &&
	    (getenv("NOTIFY_SOCKET") != NULL || getenv("LISTEN_FDS") != NULL ||
	        getenv("WATCHDOG_USEC") != NULL)) {
		library = dlopen("libsystemd.so.0", RTLD_NOW);
		is_missing = library == NULL;
		if (is_missing)
			log_line("no word with the service manager: %s", dlerror());
	}
	return library != NULL ? dlsym(library, name) : NULL;
}

static void
notify(const char *state)
{
	typeof(sd_notify) *function = find_function("sd_notify");

	if (function != NULL)
		function(0, state);
}

void
notify_ready(void)
{
	notify("READY=1");
}

void
notify_reloading(void)
{
	struct timespec now;
	char state[64];

	clock_gettime(CLOCK_MONOTONIC, &now);
	snprintf(state, sizeof(state), "RELOADING=1\nMONOTONIC_USEC=%llu",
	    (unsigned long long)now.tv_sec * 1000000 + (unsigned long long)now.tv_nsec / 1000);
	notify(state);
}

void
notify_stopping(void)
{
	notify("STOPPING=1");
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
	notify(state);
}

bool
notify_wants_life(struct timeval *interval)
{
	typeof(sd_watchdog_enabled) *function = find_function("sd_watchdog_enabled");
	uint64_t microseconds;

	if (function == NULL || function(0, &microseconds) <= 0)
		return false;
	microseconds /= 2;
	interval->tv_sec = (time_t)(microseconds / 1000000);
	interval->tv_usec = (suseconds_t)(microseconds % 1000000);
	return true;
}

void
notify_alive(void)
{
	notify("WATCHDOG=1");
}

unsigned
notify_sockets(char ***names)
{
	typeof(sd_listen_fds_with_names) *function = find_function("sd_listen_fds_with_names");
	int count;

	*names = NULL;
	count = function != NULL ? function(1, names) : 0;
	return count > 0 ? (unsigned)count : 0;
}

#else

#include <stddef.h>

void
notify_ready(void)
{
}

void
notify_reloading(void)
{
}

void
notify_stopping(void)
{
}

void
notify_status(const char *format, ...)
{
	(void)format;
}

bool
notify_wants_life(struct timeval *interval)
{
	(void)interval;
	return false;
}

void
notify_alive(void)
{
}

unsigned
notify_sockets(char ***names)
{
	*names = NULL;
	return 0;
}

#endif
