/* print_answer.h - answers from the index. */
#ifndef PRINT_ANSWER_H
#define PRINT_ANSWER_H

#include "print.h"

/* Prints the rows of the answer that have not been taken from it. False if they became too long,
 * which happens only with details that are not streamed (ANSWER_MAX_LENGTH). */
bool print_rows(const struct printer *printer, struct charindex_answer *answer);

/* Prints one row. */
void print_hit(const struct printer *printer, const struct charindex_hit *hit);

/* Its status. There is none in TSV. */
void print_answer_status(const struct printer *printer, const struct charindex_answer *answer);

#endif
