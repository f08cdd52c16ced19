/* synonyms.h - queries that stand for others: a table as mkcharindex(1) describes it, in memory. */
#ifndef SYNONYMS_H
#define SYNONYMS_H

#include <stddef.h>
#include <stdint.h>

#include "charindex.h"

struct synonyms;

/* Room for why a table cannot be used: one line, without its end. */
#define SYNONYMS_PROBLEM_SIZE 4608

/* The most bytes that a synonym stands for, as queries have no more (PROTOCOL.md). */
#define SYNONYMS_MAX_QUERY 4096

/* Reads the table at `path`. The caller frees it; it may be searched by any thread. NULL if that is
 * no such table, or there is no memory: `problem` names file, line and remedy. */
struct synonyms *synonyms_read(const char *path, char problem[SYNONYMS_PROBLEM_SIZE]);

/* NULL is allowed. */
void synonyms_free(struct synonyms *synonyms);

/* How many queries it has. */
unsigned synonyms_count(const struct synonyms *synonyms);

/* Differs when the tables do; 0 for NULL. */
uint64_t synonyms_fingerprint(const struct synonyms *synonyms);

/* Has the settings say what `query`, which has been stripped (charindex_strip()), stands for
 * (settings->instead): if it is, but for the case of ASCII letters, a synonym, what the table says, with
 * ` | ` between that of several lines, which lives as long as the table; else, and in classic mode,
 * nothing. NULL is a table without synonyms. */
void synonyms_apply(const struct synonyms *synonyms, const char *query, size_t length,
    struct charindex_settings *settings);

#endif
