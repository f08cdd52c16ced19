/* small_index.c - hides how a small index is made of a big one. */
#include "small_index.h"

#include <string.h>

#include "index.h"
#include "unit.h"
#include "unit_index.h"

static void
add_row(struct builder *builder, const struct charindex *ci, uint32_t row)
{
	const char *begin = ci->text + index_row_offset(ci, row);
	const char *end = ci->text + index_row_offset(ci, row + 1);
	const char *tab = memrchr(begin, '\t', (size_t)(end - begin));

	UNIT_HOLDS(tab != NULL);
	UNIT_HOLDS(builder_add(builder, le32toh(ci->codes[row]), tab + 1, (size_t)(end - tab) - 3) ==
	    BUILDER_OK);
}

void
small_index_make(struct index_file *file, uint32_t step)
{
	struct builder builder = { 0 };

	for (uint32_t i = 0; i < unit_index->category_count; i++)
		builder_category(&builder, le32toh(unit_index->categories[i].first),
		    le32toh(unit_index->categories[i].category));
	for (uint32_t row = 0; row < unit_index->row_count; row += step)
		add_row(&builder, unit_index, row);
	UNIT_HOLDS(builder_finish(&builder) == BUILDER_OK);
	index_file_build(file, &builder);
	builder_release(&builder);
}
