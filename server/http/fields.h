/* fields.h - which members of objects the client wants (fields=). */
#ifndef FIELDS_H
#define FIELDS_H

#include <stdbool.h>
#include <stdint.h>

struct exchange;

/* Reads fields= into exchange->members: `all` (members.h) if it is not there. False if it names
 * another one; that has been answered then. */
bool fields_read(struct exchange *exchange, uint32_t all);

#endif
