/* codeform_name.h - characters by what other systems call them: &euro;, \infty, :wave:. */
#ifndef CHARINDEX_CODEFORM_NAME_H
#define CHARINDEX_CODEFORM_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct charindex;

/* Sets *row to that of the character that HTML calls so, which is told apart by case: &Lambda; and
 * &lambda;. False if there is none of that name. */
bool codeform_entity(const struct charindex *ci, const char *name, size_t length, uint32_t *row);

/* Rows that other systems call just so, one name of one kind, at most. */
#define CODEFORM_MAX_ELSEWHERE 8

/* The rows that other systems call just so, by names of this kind, enum charindex_record_kind, the
 * most everyday ones first: returns how many. */
uint32_t codeform_elsewhere(const struct charindex *ci, const char *name, size_t length,
    unsigned kind, uint32_t rows[CODEFORM_MAX_ELSEWHERE]);

#endif
