/* definition.h - what a character is, as the body of a definition. */
#ifndef DEFINITION_H
#define DEFINITION_H

#include <stdbool.h>

#include "charindex.h"
#include "reply.h"

/* Writes what is known of row `row`, or of `code_point` if that is CHARINDEX_NO_ROW: its name on the
 * first line; all others begin with two blanks. `linked`: names that are referred to are in braces,
 * for they can be looked up in the same database. */
void definition_write(struct reply *reply, const struct charindex *ci, uint32_t row,
    uint32_t code_point, bool linked);

#endif
