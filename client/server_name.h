/* server_name.h - HOST, HOST:PORT, [ADDRESS]:PORT, unix:PATH, as --server has it. */
#ifndef SERVER_NAME_H
#define SERVER_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* Takes `name` apart into *host and *port, which the caller frees; the port is 2323 if nothing is
 * said. An IPv6 address needs its brackets only before a port. Of unix:PATH the host is the path, and the
 * port NULL. False if it is no such name, or without memory: then both are NULL. */
bool server_name_split(const char *name, char **host, char **port)
    __attribute__((warn_unused_result));

/* Joins them again, as HOST:PORT, [ADDRESS]:PORT or unix:PATH, in at most `size` bytes. */
void server_name_join(const char *host, const char *port, char *name, size_t size);

#endif
