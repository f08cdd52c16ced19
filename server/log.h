/* log.h - one line per event on standard error. */
#ifndef LOG_H
#define LOG_H

/* Writes the line, which printf() would make of the arguments, and a line end, in one
 * system call, so that the lines of several threads do not mix. Whoever calls has
 * escaped what came from clients. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
