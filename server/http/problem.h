/* problem.h - errors, as application/problem+json (RFC 9457). */
#ifndef PROBLEM_H
#define PROBLEM_H

#include <stddef.h>

struct charindex_mistake;
struct exchange;

/* Answers with `status` and a sentence made as printf() does, which says what is wrong and what
 * would be right. */
void problem(struct exchange *exchange, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, about a parameter of the request, and, if it is not 0, the character of its value,
 * from 1. */
void problem_of(struct exchange *exchange, int status, const char *parameter, unsigned column,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The same, about a query that is not understood, with the mistake in parts. */
void problem_of_query(struct exchange *exchange, const char *parameter, unsigned column,
    const char *error, const struct charindex_mistake *mistake);

/* Answers that memory has run out. */
void problem_no_memory(struct exchange *exchange);

#endif
