/* query_error.h - what is wrong with a query, in one line that names the thing and the remedy. */
#ifndef CHARINDEX_QUERY_ERROR_H
#define CHARINDEX_QUERY_ERROR_H

#include <stdarg.h>
#include <stddef.h>

#include "charindex.h"

struct query_error {
	unsigned column; /* character of the query, from 1; 0: nothing is wrong */
	struct charindex_mistake mistake;
	char text[160];
};

/* A piece of a query that is wrong: from `at` on, `length` bytes, or 0 if it is not about a piece. */
struct query_place {
	const char *text; /* of the whole query */
	const char *at;
	size_t length;
};

/* Says what is wrong at a place. What is quoted of the query is from anybody, and goes to terminals and
 * logs: a question mark stands for what is not printable. */
void query_error_say(struct query_error *error, const struct charindex *ci,
    struct query_place place, enum charindex_fault fault, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void query_error_say_args(struct query_error *error, const struct charindex *ci,
    struct query_place place, enum charindex_fault fault, const char *format, va_list args)
    __attribute__((format(printf, 5, 0)));

/* As much of a piece of the query as fits an error, in bytes. */
int query_error_shown(size_t length, const char *text);

#endif
