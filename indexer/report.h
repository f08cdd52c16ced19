/* report.h - what is in an index, for people. */
#ifndef CHARINDEX_REPORT_H
#define CHARINDEX_REPORT_H

#include "charindex.h"

/* Prints header, sections, rows and posting lists to standard output, line by line,
 * so that two indexes can be compared with diff. */
void report_dump(const struct charindex *ci);

/* Prints the `limit` most frequent words (all, if 0): the number of names right-aligned
 * in five columns, a space, the word; most frequent first, then in byte order. */
void report_words(const struct charindex *ci, uint32_t limit);

#endif
