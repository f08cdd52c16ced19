/* unit_index.h - the real index, which the environment variable CHARINDEX_DB names, for
 * all the tests of a program, and whole answers from an index. */
#ifndef UNIT_INDEX_H
#define UNIT_INDEX_H

#include "bytes.h"
#include "charindex.h"

/* Open while tests run that have been added after this:
 *	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
 */
extern struct charindex *unit_index;

void unit_index_open(void);
void unit_index_close(void);

/* What CHARINDEX_DB says. */
const char *unit_index_path(void);

/* Adds the rows of the answer to `query`, taken in slices of `max_rows`, each of which
 * must be as include/charindex.h says. Returns how many rows there are. */
uint64_t unit_index_answer(const struct charindex *ci, const char *query, size_t length,
    uint32_t max_rows, struct bytes *rows);

#endif
