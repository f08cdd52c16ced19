/* own_synonyms.h - a person's own words for queries: ~/.config/charfinder/synonyms.tsv. */
#ifndef OWN_SYNONYMS_H
#define OWN_SYNONYMS_H

#include "synonyms.h"

/* The table, which the caller frees; NULL if there is none. Ends the program if it is wrong. */
struct synonyms *own_synonyms(void);

#endif
