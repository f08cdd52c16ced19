/* extra_rows.c - rows by code point. */
#include "extra.h"
#include "lower_bound.h"

uint32_t
extra_first_row(const struct charindex *ci, uint32_t low, uint32_t high, uint32_t code_point)
{
	LOWER_BOUND_NEAR(low, high, i, extra_row_code(ci, i) < code_point);
	return low;
}
