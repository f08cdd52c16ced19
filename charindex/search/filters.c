/* filters.c - asks filters of code points: those of a property are alternatives. */
#include "filters.h"

#include "extra.h"

/* Is one of the filters of this property true of the entry, or is there none? */
static bool
one_holds(const struct filters *filters, enum charindex_property property, uint32_t entry)
{
	bool any = false;

	for (uint32_t i = 0; i < filters->count; i++) {
		if (filters->list[i].property != property)
			continue;
		if (property_filter_holds(filters->ci, &filters->list[i], entry) &&
		    !(filters->sequence && property == CHARINDEX_PROPERTY_AGE))
			return true;
		any = true;
	}
	return !any;
}

static bool
is_sequence(const struct charindex *ci, uint32_t row)
{
	return row != CHARINDEX_NO_ROW && (extra_rank(ci, row).flags & CHARINDEX_IS_SEQUENCE) != 0;
}

void
filters_look_up(struct filters *filters, const struct charindex_hit *hit)
{
	uint32_t code_point = hit->code_point;
	bool sequence = is_sequence(filters->ci, hit->row);

	if (code_point >= filters->begin && code_point < filters->end && sequence == filters->sequence)
		return;
	filters->entry = property_entry(filters->ci, code_point);
	filters->begin = property_begin(filters->ci, filters->entry);
	filters->end = property_begin(filters->ci, filters->entry + 1);
	filters->sequence = sequence;
	filters->hold = true;
	for (int property = 0; property < CHARINDEX_PROPERTY_COUNT; property++)
		filters->hold &= property == filters->but ||
		    one_holds(filters, (enum charindex_property)property, filters->entry);
}
