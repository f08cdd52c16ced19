/* codeform_name.h - characters by what other systems call them: &euro;, \infty, :wave:. */
#ifndef CHARINDEX_CODEFORM_NAME_H
#define CHARINDEX_CODEFORM_NAME_H

#include "index.h"

/* The row that HTML calls so, told apart by case: &Lambda; and &lambda;. CHARINDEX_NO_ROW if there is
 * none. */
uint32_t codeform_entity(const struct charindex *ci, const char *name, size_t length);

/* Rows that other systems call just so, one name of one kind, at most. */
#define CODEFORM_MAX_ELSEWHERE 8

/* The rows that other systems call just so, by names of this kind, enum charindex_record_kind, the
 * most everyday ones first: returns how many. */
uint32_t codeform_elsewhere(const struct charindex *ci, const char *name, size_t length,
    unsigned kind, uint32_t rows[CODEFORM_MAX_ELSEWHERE]);

#endif
