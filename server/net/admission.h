/* admission.h - how many clients there may be, in all and from one address. Shared by
 * all workers; touched when connections open and close, never by a query. */
#ifndef ADMISSION_H
#define ADMISSION_H

#include <sys/socket.h>

struct admission;

enum admission_verdict {
	ADMISSION_GRANTED,
	ADMISSION_TOO_MANY, /* clients in all */
	ADMISSION_TOO_MANY_FROM_ADDRESS,
	ADMISSION_NO_MEMORY,
};

/* Limits of 0 are none. NULL without memory. */
struct admission *admission_new(unsigned max_clients, unsigned max_clients_per_address);
void admission_free(struct admission *admission);

/* One more client in all; if granted, admission_leave() must follow. */
enum admission_verdict admission_enter(struct admission *admission);
void admission_leave(struct admission *admission);

/* A place among those of one address; NULL where the address has no limit. */
struct admission_place;

/* One more client from `peer`'s address (an IPv6 /64 counts as one): if granted, *place
 * is to be given back with admission_give_back(). */
enum admission_verdict admission_take_place(struct admission *admission,
    const struct sockaddr *peer, struct admission_place **place);

/* NULL is allowed. */
void admission_give_back(struct admission *admission, struct admission_place *place);

#endif
