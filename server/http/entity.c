/* entity.c - finds it among the records of a row. */
#include "entity.h"

static void
take(void *arg, const struct charindex_record *record)
{
	struct charindex_text *shortest = arg;

	if (record->kind == CHARINDEX_RECORD_ENTITY &&
	    (shortest->length == 0 || record->text.length < shortest->length))
		*shortest = record->text;
}

struct charindex_text
entity_of(const struct charindex *ci, uint32_t row, const struct charindex_row *facts)
{
	struct charindex_text shortest = { "", 0 };

	/* those of several characters stand for what they begin with, too */
	if (row != CHARINDEX_NO_ROW && (facts->flags & CHARINDEX_IS_SEQUENCE) == 0)
		charindex_records_in(ci, row, "", take, &shortest);
	return shortest;
}
