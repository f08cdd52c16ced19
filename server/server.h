/* server.h - the whole server: workers on listening addresses, and their shutdown. */
#ifndef SERVER_H
#define SERVER_H

#include "charindex.h"
#include "options.h"
#include "synonyms.h"

struct server;

/* Listens where `options`, which outlive the server, say, and makes the workers that serve
 * `ci` with `synonyms`, or NULL, which the server then owns. Ends the program with a one-line error
 * if that fails. */
struct server *server_new(const struct options *options, struct charindex *ci,
    struct synonyms *synonyms);

/* Looks whether a server with `options` that listens on so many addresses may have as many open files as
 * it needs. Ends the program with a one-line error if not. */
void server_check_descriptors(const struct options *options, unsigned addresses);

/* Starts serving, prints where, and serves until SIGINT or SIGTERM; then stops accepting
 * and lets the open sessions finish within the shutdown timeout. A second signal ends
 * them at once. What has been logged is written, or the shutdown timeout over, when it
 * returns. SIGHUP reloads the index and the synonyms, SIGUSR1 prints the counters to the log. Ends the
 * program with a one-line error if serving cannot start. */
void server_run(struct server *server);

void server_free(struct server *server);

#endif
