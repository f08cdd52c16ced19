/* head.h - the status line and the headers of an answer. */
#ifndef HEAD_H
#define HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct exchange;

/* Nobody knows how long the body will be: it is chunked, or ends with the connection. */
#define HEAD_LENGTH_UNKNOWN SIZE_MAX

/* "Bad Request" for 400. */
const char *head_phrase(int status);

/* Writes the head of an answer whose body, which may be `compressed`, has `length` bytes as it is
 * sent. */
void head_write(struct exchange *exchange, bool compressed, size_t length);

#endif
