/* notify.h - what the service manager is told, and what it hands over: sd_notify(3),
 * sd_listen_fds(3), sd_watchdog_enabled(3). All of it does nothing where there is no
 * service manager, or charfinderd was built without libsystemd. */
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

/* Their number, and their names (FileDescriptorName=), which the caller frees with the
 * array itself. 0, and *names is NULL, if there are none. */
unsigned notify_sockets(char ***names);

#endif
