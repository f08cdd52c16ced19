/* query_error.h - what is wrong with a query, in one line that names the thing and the remedy. */
#ifndef CHARINDEX_QUERY_ERROR_H
#define CHARINDEX_QUERY_ERROR_H

#include <stdarg.h>
#include <stddef.h>

struct query_error {
	unsigned column; /* character of the query, from 1; 0: nothing is wrong */
	char text[160];
};

/* Says what is wrong with what stands `at` in the `text` of a query. */
void query_error_say(struct query_error *error, const char *text, const char *at,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
void query_error_say_args(struct query_error *error, const char *text, const char *at,
    const char *format, va_list args) __attribute__((format(printf, 4, 0)));

/* As much of a piece of the query as fits an error, in bytes. */
int query_error_shown(size_t length, const char *text);

#endif
