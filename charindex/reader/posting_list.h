/* posting_list.h - the numbers of the records that have a word, in ascending order. */
#ifndef CHARINDEX_POSTING_LIST_H
#define CHARINDEX_POSTING_LIST_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lower_bound.h"

/* Read through posting_at(). */
struct posting_list {
	const uint16_t *narrow; /* little-endian; NULL if they are wide */
	const uint32_t *wide;
	uint32_t count;
};

static inline uint32_t
posting_at(const struct posting_list *list, uint32_t i)
{
	return list->narrow != NULL ? le16toh(list->narrow[i]) : le32toh(list->wide[i]);
}

/* Is the record one of the list? */
static inline bool
posting_list_has(struct posting_list list, uint32_t record)
{
	uint32_t low = 0;

	LOWER_BOUND(low, list.count, i, posting_at(&list, i) < record);
	return low < list.count && posting_at(&list, low) == record;
}

#endif
