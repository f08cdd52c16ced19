/* object.h - rows that come as objects, printed as text with their details below. */
#ifndef OBJECT_H
#define OBJECT_H

#include "answer.h"
#include "print.h"

/* Adds the text of a string that is between its quotes, with its escapes undone. */
void object_unescape(struct strbuf *out, struct charindex_text string);

/* Prints the rows of an answer in JSON, and its status, as text. Returns how many rows there
 * were. */
uint64_t print_objects(const struct printer *printer, const struct answer *answer);

#endif
