/* browse.h - all blocks, scripts, general categories and versions of Unicode, with the number of
 * characters and sequences of each: for those who want to look around without a query. */
#ifndef BROWSE_H
#define BROWSE_H

#include <stdbool.h>

struct exchange;
struct reader;
struct text;

/* Adds them in HTML, as links to searches: false without memory. */
bool browse_put(struct text *out, const struct reader *reader);

/* Answers with those of the path, in JSON: asks whether the client has them already, and answers. */
void browse_ask(struct exchange *exchange);
void browse_answer(struct exchange *exchange);

#endif
