/* synonyms.h - a person's own words for queries: ~/.config/charfinder/synonyms.tsv, a table as
 * mkcharindex(1) describes it. */
#ifndef SYNONYMS_H
#define SYNONYMS_H

/* What is asked instead of the query, if it is, but for case, a synonym in the table: what it stands
 * for, with `|` between that of several lines. NULL if it is not one, or there is no table; else the caller
 * frees it. Ends the program if the table is wrong. */
char *synonyms_find(const char *query);

#endif
