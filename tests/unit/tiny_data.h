/* tiny_data.h - a data directory of a few rows that has a bit of everything, and an index of it
 * with all sections, small enough to be damaged thousands of times. */
#ifndef TINY_DATA_H
#define TINY_DATA_H

#include "index_file.h"

/* Every section beyond the names, but for DPSW, which none but big dictionaries have. */
#define TINY_SECTIONS (SECTION_COUNT - SECTION_NEEDED - 1)
extern const char *const tiny_sections[TINY_SECTIONS];

/* Makes the index, from tables that are gone afterwards. */
void tiny_index_make(struct index_file *file);

#endif
