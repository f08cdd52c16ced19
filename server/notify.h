/* notify.h - what the service manager is told, and what it hands over, as sd_notify(3),
 * sd_listen_fds(3) and sd_watchdog_enabled(3) describe it. All of it does nothing where there is
 * no service manager that asks for it in the environment. */
#ifndef NOTIFY_H
#define NOTIFY_H

#include <stdbool.h>
#include <sys/time.h>

/* Serving has begun, or goes on after a reload. */
void notify_ready(void);

/* A reload has begun; notify_ready() says when it is over. */
void notify_reloading(void);

/* The shutdown has begun. */
void notify_stopping(void);

/* One line for people, as printf() makes it. */
void notify_status(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Does the service manager want a sign of life? If so, *interval is how often to give
 * one with notify_alive(): half of the time after which it loses patience. */
bool notify_wants_life(struct timeval *interval);
void notify_alive(void);

/* The first of the sockets that the service manager has opened; the others follow. */
#define NOTIFY_FIRST_SOCKET 3

/* Takes over those sockets: they are no longer inherited by other programs, nor found by a second
 * call. Returns their number, and in *names their names (FileDescriptorName=), with colons
 * between, which the caller frees; 0, and NULL, if there are none. Ends the program with a
 * one-line error if the environment makes no sense. */
unsigned notify_sockets(char **names);

#endif
