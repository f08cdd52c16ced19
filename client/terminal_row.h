/* terminal_row.h - a row as text on a terminal, where marks need something to sit on, and what runs
 * from right to left, or makes others do so, must not disturb the line. */
#ifndef TERMINAL_ROW_H
#define TERMINAL_ROW_H

#include "columns.h"
#include "strbuf.h"

/* Adds the three columns of a row in text, without a line end. */
void terminal_row_put(struct strbuf *out, const struct columns *columns);

/* Adds the characters of the row as they are shown. */
void terminal_row_put_char(struct strbuf *out, const struct columns *columns);

#endif
