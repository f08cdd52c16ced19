/* names.h - all names that are not made of a number, for who wants to find characters without us:
 * the page's worker, when the browser is offline. */
#ifndef NAMES_H
#define NAMES_H

struct exchange;

void names_ask(struct exchange *exchange);
void names_answer(struct exchange *exchange);

#endif
