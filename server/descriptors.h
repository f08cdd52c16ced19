/* descriptors.h - descriptors that must be there, and how many there may be. Both functions end the
 * program with a one-line error if they fail. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <stdbool.h>

/* Opens those of the standard descriptors that are closed to /dev/null: else a socket would become
 * one of them, and clients would get the log. To be called before anything is opened. */
void descriptors_have_standard(void);

/* Had the program a terminal, when this was first called, that is gone now? */
bool descriptors_lost_terminal(void);

/* The number of clients to allow when `wanted` have been asked for (0: as many as there
 * is room for) and the server itself needs `reserve` descriptors. Raises the soft limit
 * (RLIMIT_NOFILE) if `wanted` needs that. */
unsigned descriptors_for_clients(unsigned wanted, unsigned reserve);

#endif
