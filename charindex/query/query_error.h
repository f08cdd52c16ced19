/* query_error.h - what is wrong with a query, in one line that names the thing and the remedy. */
#ifndef CHARINDEX_QUERY_ERROR_H
#define CHARINDEX_QUERY_ERROR_H

#include <stdarg.h>
#include <stddef.h>

struct charindex;

struct query_error {
	unsigned column; /* character of the query, from 1; 0: nothing is wrong */
	char text[160];
};

/* Says what is wrong with what stands `at` in the `text` of a query. What is quoted of that is from
 * anybody, and goes to terminals and logs: a question mark stands for what is not printable. */
void query_error_say(struct query_error *error, const struct charindex *ci, const char *text,
    const char *at, const char *format, ...) __attribute__((format(printf, 5, 6)));
void query_error_say_args(struct query_error *error, const struct charindex *ci, const char *text,
    const char *at, const char *format, va_list args) __attribute__((format(printf, 5, 0)));

/* As much of a piece of the query as fits an error, in bytes. */
int query_error_shown(size_t length, const char *text);

#endif
