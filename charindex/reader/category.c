/* category.c - general categories, of the index's own Unicode version. */
#include <unicode/uchar.h>

#include "index.h"

uint8_t
charindex_category(const struct charindex *ci, uint32_t code_point)
{
	uint32_t low = 0, high = ci->category_count;

	if (code_point > 0x10FFFF)
		return U_UNASSIGNED;
	/* categories[low].first <= code_point < categories[high].first */
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (le32toh(ci->categories[middle].first) <= code_point)
			low = middle;
		else
			high = middle;
	}
	return (uint8_t)le32toh(ci->categories[low].category);
}
