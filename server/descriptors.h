/* descriptors.h - how many clients the limit on open files allows. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

/* The number of clients to allow when `wanted` have been asked for (0: as many as there
 * is room for) and the server itself needs `reserve` descriptors. Raises the soft limit
 * (RLIMIT_NOFILE) if `wanted` needs that; ends the program with a one-line error if
 * there is no room. */
unsigned descriptors_for_clients(unsigned wanted, unsigned reserve);

#endif
