/* details.h - what the page shows of one character. */
#ifndef DETAILS_H
#define DETAILS_H

#include "char_id.h"
#include "text.h"

/* Adds the path of the page about the characters of a row. */
void details_link(struct text *out, const struct charindex_row *row);

/* Adds the section with all that is known of a character. */
void details_put(struct text *out, const struct charindex *ci, const struct char_id *found);

#endif
