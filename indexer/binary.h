/* binary.h - which binary properties code points have, gathered for the index (FORMAT.md, BINP). */
#ifndef CHARINDEX_BINARY_H
#define CHARINDEX_BINARY_H

#include "properties_builder.h"

/* Reads binary.tsv in `directory`, if it is there, into sections of the builder of `properties`,
 * after properties_builder_finish(). Ends the program with a one-line error if it is wrong. */
void binary_read(struct properties_builder *properties, const char *directory);

#endif
