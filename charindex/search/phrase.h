/* phrase.h - words that must stand side by side. */
#ifndef CHARINDEX_PHRASE_H
#define CHARINDEX_PHRASE_H

#include "evaluate.h"

/* Marks, in a map of scores, the rows that the words of `text` stand side by side in a name
 * of, or in what else `evaluation` says to look at. */
void phrase_mark(const struct charindex *ci, uint8_t *map, const char *text, size_t length,
    const struct evaluation *evaluation);

#endif
