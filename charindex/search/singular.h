/* singular.h - one of what a word says there are several of. */
#ifndef CHARINDEX_SINGULAR_H
#define CHARINDEX_SINGULAR_H

#include "fold.h"

/* The words, each that looks like an English plural as its singular, to `out`. False, and `out` has
 * nothing of use, if none does. */
bool singular_words(const struct folded_words *words, struct folded *out);

#endif
