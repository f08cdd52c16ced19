/* details.h - what the page shows of one character. */
#ifndef DETAILS_H
#define DETAILS_H

#include "char_id.h"
#include "text.h"

/* Adds the section with all that is known of a character; keywords in languages other than English
 * and `language`, which may be "", are folded. */
void details_put(struct text *out, const struct charindex *ci, const struct char_id *found,
    const char *language);

#endif
