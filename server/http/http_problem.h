/* http_problem.h - errors, as application/problem+json (RFC 9457). */
#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

struct http_connection;
struct http_exchange;

/* Which parameter of a request is wrong, and where. */
struct http_place {
	const char *parameter; /* NULL: none */
	unsigned column;       /* character of its value, from 1; 0: not known */
};

/* Answers with `status` and a sentence made as printf() does, which says what is wrong and what
 * would be right. */
void http_problem(struct http_exchange *exchange, int status, struct http_place place,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Writes an answer to something that is no request, for which evhttp would say `status`, to
 * the output of `connection`. */
void http_problem_raw(struct http_connection *connection, int status);

/* Tells the client on the socket `fd` that there are too many, as far as the socket takes it. */
void http_problem_refuse(int fd);

/* "Bad Request" for 400. */
const char *http_phrase(int status);

#endif
