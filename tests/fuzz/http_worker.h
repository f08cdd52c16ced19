/* http_worker.h - a worker's HTTP face in this thread, with the real index, which CHARINDEX_DB
 * names, and the client's end of a connection to it. */
#ifndef HTTP_WORKER_H
#define HTTP_WORKER_H

#include <stddef.h>

/* All that the server sends, to its end of output, to a client that sends `length` bytes, `piece` of
 * them at a time, and then its end of input. The caller frees it; *received is how much it is.
 * Afterwards nothing is left of the connection. */
char *http_worker_converse(const char *data, size_t length, size_t piece, size_t *received);

#endif
