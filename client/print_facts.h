/* print_facts.h - what is known of a character, as :about tells it (server/prompt/PROTOCOL.md, "All
 * that is known"), beside its row or alone. */
#ifndef PRINT_FACTS_H
#define PRINT_FACTS_H

#include "print.h"

struct char_id;

/* Why an answer with facts of all its rows is none (ANSWER_MAX_LENGTH). */
#define FACTS_TOO_LONG "what is known of its rows is more than 64 MB; ask for fewer, as limit:1000"

/* Adds the code points of a row, as :about takes them. */
void facts_put_codes(struct strbuf *out, enum charindex_format format, struct charindex_text row);

/* Are these the facts of the character of the row, or, if that is empty, of any? */
bool facts_are_of(enum charindex_format format, struct charindex_text row,
    struct charindex_text facts);

/* Prints the row, which has no line end, and its facts; an empty one is of a character that was asked
 * for itself. In text the facts have the row in them. */
void print_facts(const struct printer *printer, struct charindex_text row,
    struct charindex_text facts);

/* Prints facts that are in the index, likewise. */
void print_known(const struct printer *printer, struct charindex_text row,
    const struct char_id *found);

#endif
