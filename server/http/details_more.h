/* details_more.h - what leads on from a character: how it is typed, what it is made of, the other case,
 * variants, and pages elsewhere. */
#ifndef DETAILS_MORE_H
#define DETAILS_MORE_H

#include "char_id.h"

struct reader;
struct text;

/* How it is typed: names in HTML and LaTeX, keys, numbers. */
void details_put_typing(struct text *out, const struct reader *reader, const struct char_id *found);

/* The characters of a sequence, or what belongs to a character: the other case, what it is made of,
 * variants, what looks like it. */
void details_put_relatives(struct text *out, const struct reader *reader,
    const struct char_id *found);

/* Links to the code chart and to Wikipedia. */
void details_put_elsewhere(struct text *out, const struct reader *reader,
    const struct char_id *found);

#endif
