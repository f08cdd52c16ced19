/* browse.h - all blocks, scripts, general categories and versions of Unicode, with the number of
 * characters and sequences of each: for those who want to look around without a query. */
#ifndef BROWSE_H
#define BROWSE_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;
struct reader;
struct text;

/* Adds them in HTML, as links to searches: false without memory. */
bool browse_put(struct text *out, const struct reader *reader);

/* Answers with those of the path, in JSON: asks whether the client has them already, and answers. */
void browse_ask(struct exchange *exchange);
void browse_answer(struct exchange *exchange);

/* Adds what a query asks for a value of a property with, "block%3ABox_Drawing". */
void browse_put_query(struct text *out, const char *field, const char *value, size_t length);

/* Adds items of a list, links to the parts of the page. */
void browse_put_ways(struct text *out, const struct reader *reader);

#endif
