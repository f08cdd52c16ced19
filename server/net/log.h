/* log.h - what the daemon says: one line per event on standard error. Once log_start() has
 * been called, a thread of its own writes the lines, so that nobody who serves ever waits
 * for whoever reads them; what it has no room to keep until then is lost, and counted.
 * All functions but log_start() and log_stop() may be called from any thread. */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "log_level.h"

/* Lines of a level behind `most` are not logged from now on; and a journal that reads them is told
 * the level of each. To be called before any other thread is started; without it all are logged,
 * and no levels. */
void log_set_up(enum log_level most);

/* Logs the line that printf() would make of the arguments, and a line end. The lines of
 * several threads do not mix. Whoever calls has escaped what came from clients. */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Without a level on standard output, in order with the log: what is said to whoever has started
 * the daemon. */
void log_announce(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Logs `length` bytes of text that has its line ends already, in one piece. */
void log_text(const char *text, size_t length);

/* How many lines nobody will see: there was no room for them, or writing them failed. */
unsigned long long log_lines_dropped(void);

/* Starts the thread that writes. False with errno if there is none: lines go on being
 * written by whoever logs them. To be called before any other thread is started. */
bool log_start(void) __attribute__((warn_unused_result));

/* Writes 1 to the eventfd `fd`, once, when everything that has been logged is written;
 * with -1 to nobody, after which the descriptor that was named before may be closed. */
void log_tell_when_written(int fd);

/* Ends the thread when it has written everything; if that takes more than a second, it is
 * abandoned with what is left. Nothing is to be logged any more. */
void log_stop(void);

#endif
