/* details.h - what the page shows of one character. */
#ifndef DETAILS_H
#define DETAILS_H

#include "char_id.h"

struct reader;
struct text;

/* Adds the section with all that is known of a character: keywords in the languages of the reader
 * first, then in English; those in others are folded. */
void details_put(struct text *out, const struct reader *reader, const struct char_id *found);

#endif
