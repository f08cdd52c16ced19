/* small_index.h - an index like the real one, but of few of its rows, so that it can be
 * damaged, searched and verified hundreds of times. */
#ifndef SMALL_INDEX_H
#define SMALL_INDEX_H

#include "index_file.h"

/* Makes an index of every `step`-th name of unit_index, with all of its categories. */
void small_index_make(struct index_file *file, uint32_t step);

#endif
