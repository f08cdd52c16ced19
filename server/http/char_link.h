/* char_link.h - the address of the page about a character. */
#ifndef CHAR_LINK_H
#define CHAR_LINK_H

#include "charindex.h"

struct exchange;
struct text;

/* Adds the path of the page about the characters of a row, under the base path. */
void char_link_put(struct text *out, const struct exchange *exchange,
    const struct charindex_row *row);

#endif
