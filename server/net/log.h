/* log.h - one line per event on standard error. */
#ifndef LOG_H
#define LOG_H

#include <stddef.h>

/* Writes the line, which printf() would make of the arguments, and a line end, in one
 * system call, so that the lines of several threads do not mix. Whoever calls has
 * escaped what came from clients. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes `length` bytes of text that has its line ends already. */
void log_text(const char *text, size_t length);

#endif
