/* category.c - general categories, of the index's own Unicode version. */
#include <unicode/uchar.h>

#include "index.h"
#include "lower_bound.h"

uint8_t
charindex_category(const struct charindex *ci, uint32_t code_point)
{
	uint32_t after = 1; /* the first range begins at U+0000 */

	if (code_point > 0x10FFFF)
		return U_UNASSIGNED;
	LOWER_BOUND(after, ci->category_count, i, le32toh(ci->categories[i].first) <= code_point);
	return (uint8_t)le32toh(ci->categories[after - 1].category);
}

bool
index_is_printable(const struct charindex *ci, uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point >= 0x20 && code_point < 0x7F;
	return (U_MASK(charindex_category(ci, code_point)) & (U_GC_C_MASK | U_GC_Z_MASK)) == 0;
}
