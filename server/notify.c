/* notify.c - hides libsystemd. */
#include "notify.h"

#include "config.h"

#ifdef HAVE_LIBSYSTEMD

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <systemd/sd-daemon.h>
#include <time.h>

_Static_assert(NOTIFY_FIRST_SOCKET == SD_LISTEN_FDS_START, "sd_listen_fds(3)");

void
notify_ready(void)
{
	sd_notify(0, "READY=1");
}

void
notify_reloading(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%llu",
	    (unsigned long long)now.tv_sec * 1000000 + (unsigned long long)now.tv_nsec / 1000);
}

void
notify_stopping(void)
{
	sd_notify(0, "STOPPING=1");
}

void
notify_status(const char *format, ...)
{
	char status[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(status, sizeof(status), format, arguments);
	va_end(arguments);
	sd_notifyf(0, "STATUS=%s", status);
}

bool
notify_wants_life(struct timeval *interval)
{
	uint64_t microseconds;

	if (sd_watchdog_enabled(0, &microseconds) <= 0)
		return false;
	microseconds /= 2;
	interval->tv_sec = (time_t)(microseconds / 1000000);
	interval->tv_usec = (suseconds_t)(microseconds % 1000000);
	return true;
}

void
notify_alive(void)
{
	sd_notify(0, "WATCHDOG=1");
}

unsigned
notify_sockets(char ***names)
{
	int count;

	*names = NULL;
	count = sd_listen_fds_with_names(1, names);
	return count > 0 ? (unsigned)count : 0;
}

#else

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
