/* block_table.c - each line of the table is an entry. */
#include "block_table.h"

#include "tsv.h"

void
block_table_read(struct properties_builder *properties, const char *directory)
{
	struct value_names *names = &properties->values[CHARINDEX_PROPERTY_BLOCK];
	struct buffer *section = &properties->builder->section[SECTION_BLOCKS];
	uint32_t first, last, next = 0;
	struct tsv tsv;

	if (!tsv_open(&tsv, directory, "blocks.tsv", "code\tblock"))
		return;
	while (tsv_next(&tsv)) {
		tsv_range(&tsv, tsv.columns[0], &first, &last);
		if (first < next)
			tsv_fail(&tsv, "the code points do not ascend");
		if (*tsv.columns[1] == '\0')
			tsv_fail(&tsv, "the block is without a name");
		buffer_append_u32(section, first);
		buffer_append_u32(section, last);
		buffer_append_u32(section, value_names_number(names, tsv.columns[1]));
		next = last + 1;
	}
	tsv_close(&tsv);
}
