/* server.h - the whole server: workers on listening addresses, and their shutdown. */
#ifndef SERVER_H
#define SERVER_H

#include "charindex.h"
#include "options.h"

struct server;

/* Listens on all the addresses of `options` and makes the workers that serve `ci`. Both
 * outlive the server. Ends the program with a one-line error if that fails. */
struct server *server_new(const struct options *options, const struct charindex *ci);

/* Starts serving, prints where, and serves until SIGINT or SIGTERM; then stops accepting
 * and lets the open sessions finish within the shutdown timeout. A second signal ends
 * them at once. Ends the program with a one-line error if serving cannot start. */
void server_run(struct server *server);

void server_free(struct server *server);

#endif
