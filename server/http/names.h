/* names.h - all names that are not made of a number, for whoever wants to find characters without us:
 * the page's worker, when the browser is offline. */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>

struct charindex_row;
struct exchange;

void names_ask(struct exchange *exchange);
void names_answer(struct exchange *exchange);

/* Is the name made of the number of the character, or of its sound, as those of ideographs and
 * syllables are, which come by the thousand? */
bool names_are_by_rule(const struct charindex_row *row);

#endif
