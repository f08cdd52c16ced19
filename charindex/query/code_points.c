/* code_points.c - a list of code points, of bounded length. */
#include "code_points.h"

#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "index.h"

bool
code_points_add(struct code_points *points, uint32_t value)
{
	uint32_t *before = points->count > 0 ? &points->point[points->count - 1] : NULL;

	if (before != NULL && U16_IS_LEAD(*before) && U16_IS_TRAIL(value)) {
		*before = (uint32_t)U16_GET_SUPPLEMENTARY(*before, value);
		return true;
	}
	if (points->count == CODEFORM_MAX_POINTS)
		return false;
	points->point[points->count++] = value;
	return true;
}

bool
code_points_add_row(struct code_points *points, const struct charindex *ci, uint32_t row)
{
	struct charindex_label label;
	struct charindex_row whole;
	const uint8_t *s;
	size_t i = 0;

	charindex_row(ci, row, 0, &whole, &label);
	if (whole.text.length == 0)
		return code_points_add(points, whole.code_point);
	s = (const uint8_t *)whole.text.bytes;
	while (i < whole.text.length) {
		UChar32 c;

		U8_NEXT_OR_FFFD(s, i, whole.text.length, c);
		if (!code_points_add(points, (uint32_t)c))
			return false;
	}
	return true;
}
