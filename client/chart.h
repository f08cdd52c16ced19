/* chart.h - a block in a table, as the code charts have it (--table). */
#ifndef CHART_H
#define CHART_H

#include <stdbool.h>

#include "print.h"

/* Prints the table of the block, named as in a query: sixteen to a line, on a terminal in columns, and
 * else with tabs between them. Ends the program if there is no such block. */
void chart_print(const struct printer *printer, const char *block, bool terminal);

#endif
