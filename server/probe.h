/* probe.h - is a daemon well? For health checks, from a container in which there is nothing else. */
#ifndef PROBE_H
#define PROBE_H

/* Asks the daemon at `where`: "ADDRESS:PORT" or "unix:PATH" for the prompt, behind "http://" or
 * "dict://" for the others, as the daemon has said at its start; over HTTP under the path `http_base`,
 * which is "" for none. Returns if it answers as it should; ends the program with a one-line reason,
 * and status 1, or 2 if `where` is no address. */
void probe(const char *where, const char *http_base);

#endif
