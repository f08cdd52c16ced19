/* facets.c - how many rows of an answer have each value of a property. */
#include "extra.h"
#include "property.h"
#include "result.h"

/* Values of a property at most: blocks are some 350. */
enum { MAX_VALUES = 1024 };

struct counting {
	const struct charindex *ci;
	enum charindex_property property;
	uint32_t entry, begin, end; /* of PROP, the one that was needed last */
	uint32_t counts[MAX_VALUES];
};

static void
count_code(struct counting *counting, uint32_t code_point)
{
	uint32_t value;

	if (code_point < counting->begin || code_point >= counting->end) {
		counting->entry = property_entry(counting->ci, code_point);
		counting->begin = property_begin(counting->ci, counting->entry);
		counting->end = property_begin(counting->ci, counting->entry + 1);
	}
	value = property_value(counting->ci, counting->property, counting->entry);
	if (value < MAX_VALUES)
		counting->counts[value]++;
}

/* Has the row the property? A sequence has no age. */
static bool
has_property(const struct counting *counting, uint32_t row)
{
	return counting->property != CHARINDEX_PROPERTY_AGE || row == CHARINDEX_NO_ROW ||
	    (extra_rank(counting->ci, row).flags & CHARINDEX_IS_SEQUENCE) == 0;
}

static void
count_all(struct counting *counting, const struct charindex_answer *answer)
{
	struct charindex_search search = answer->search;
	struct charindex_run run;

	if (answer->result != NULL) {
		for (uint32_t n = 0; n < answer->result->hits.count; n++) {
			struct charindex_hit hit = hits_get(&answer->result->hits, n);

			if (has_property(counting, hit.row))
				count_code(counting, hit.code_point);
		}
		return;
	}
	while (charindex_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count; i++)
			count_code(counting, extra_row_code(counting->ci, run.first + i));
}

size_t
charindex_answer_facets(const struct charindex_answer *answer, enum charindex_property property,
    struct charindex_facet *facets, size_t most)
{
	struct counting counting = { .ci = answer->search.ci, .property = property };
	size_t count = 0;

	count_all(&counting, answer);
	while (count < most) {
		struct charindex_text name;
		uint32_t greatest = 0;

		for (uint32_t value = 1; value < MAX_VALUES; value++)
			if (counting.counts[value] > counting.counts[greatest])
				greatest = value;
		if (counting.counts[greatest] == 0)
			break;
		name = property_value_name(counting.ci, property, greatest);
		facets[count++] = (struct charindex_facet){ name.bytes, name.length, counting.counts[greatest] };
		counting.counts[greatest] = 0;
	}
	return count;
}
