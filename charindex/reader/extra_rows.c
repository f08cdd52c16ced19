/* extra_rows.c - rows by code point. */
#include "extra.h"

uint32_t
extra_first_row(const struct charindex *ci, uint32_t low, uint32_t high, uint32_t code_point)
{
	uint32_t step = 1;

	/* it is likely to be near: the distance is doubled until it is passed */
	while (step < high - low && extra_row_code(ci, low + step) < code_point) {
		low += step;
		step *= 2;
	}
	if (step < high - low)
		high = low + step;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (extra_row_code(ci, middle) < code_point)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
