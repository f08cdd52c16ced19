/* wire.h - a loop and the client's end of a socket, in one thread: a test runs the loop until
 * what it waits for has come, with a deadline. */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>

#include "bytes.h"

struct event_base;

/* The loop of the test. To be made and freed around each:
 *	tcase_add_checked_fixture(tests, wire_make_loop, wire_free_loop);
 */
extern struct event_base *wire_base;
void wire_make_loop(void);
void wire_free_loop(void);

/* Lets the loop go round once: it handles what there is, without waiting. */
void wire_run_once(void);

/* Lets the loop go round until nothing more happens without the test's doing. */
void wire_run_on(void);

/* Runs the loop until the condition holds, which may do things; fails the test if it
 * takes too long. */
void wire_run_until(bool (*condition)(void *arg), void *arg);

/* The client's end of a socket. */
struct wire {
	int fd; /* -1: closed */
	struct bytes received;
	bool ended;  /* the other side has closed */
	bool broken; /* receiving failed */
};

/* Makes both ends: returns the server's, which is non-blocking and has a send buffer as
 * small as can be, if that is wanted. */
int wire_make(struct wire *wire, bool small);
void wire_release(struct wire *wire);

/* Sends what the system takes: how many bytes that is. */
size_t wire_send_some(struct wire *wire, const char *data, size_t length);

/* Sends all, which must be little enough for the system to take it. */
void wire_send(struct wire *wire, const char *string);

/* Receives what is there, at most `limit` bytes. */
void wire_receive(struct wire *wire, size_t limit);

/* Conditions for wire_run_until(), with a wire as argument: it receives meanwhile. */
bool wire_has_ended(void *wire);
bool wire_has_prompt(void *wire); /* "?> " was received last */

/* No more is sent, but still received. */
void wire_half_close(struct wire *wire);

void wire_close(struct wire *wire);

#endif
