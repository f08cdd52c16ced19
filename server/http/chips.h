/* chips.h - what the rows of an answer have in common, as links that narrow it. */
#ifndef CHIPS_H
#define CHIPS_H

struct reader;
struct text;

/* Adds them in HTML, for the answer of the exchange that is read, of which no row has been taken. */
void chips_put(struct text *out, const struct reader *reader);

#endif
