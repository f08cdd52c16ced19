/* facets.c - how many rows of an answer have each value of a property. */
#include "classic_search.h"
#include "extra.h"
#include "filters.h"
#include "result.h"

/* Values of a property at most: blocks are some 350. */
#define MAX_VALUES 1024

struct counting {
	enum charindex_property property;
	struct filters filters; /* of the other properties */
	uint32_t counts[MAX_VALUES];
};

static void
count_hit(struct counting *counting, const struct charindex_hit *hit)
{
	struct filters *filters = &counting->filters;
	uint32_t value;

	filters_look_up(filters, hit);
	if (!filters->hold || (filters->sequence && counting->property == CHARINDEX_PROPERTY_AGE))
		return;
	value = property_value(filters->ci, counting->property, filters->entry);
	if (value < MAX_VALUES)
		counting->counts[value]++;
}

static void
count_all(struct counting *counting, const struct charindex_answer *answer)
{
	const struct charindex_result *result = answer->result;
	struct charindex_search search = answer->search;
	struct packed_reader reader = { 0 };
	struct charindex_run run;

	while (result != NULL && reader.number < result->hits.count + result->hits.left_out) {
		struct charindex_hit hit = hits_read(&result->hits, &reader);

		count_hit(counting, &hit);
	}
	while (result == NULL && classic_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count; i++) {
			struct charindex_hit hit = { run.first + i, extra_row_code(search.ci, run.first + i),
				CHARINDEX_BY_NAME };

			count_hit(counting, &hit);
		}
}

size_t
charindex_answer_facets(const struct charindex_answer *answer, enum charindex_property property,
    struct charindex_facet *facets, size_t most)
{
	const struct charindex *ci = answer->search.ci;
	/* clang-format off */
	struct counting counting = {
		.property = property,
		.filters = { .ci = ci, .but = (int)property, .list = answer->settings.filters,
			.count = answer->settings.filter_count },
	};
	/* clang-format on */
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
		name = property_value_name(ci, property, greatest);
		facets[count++] =
		    (struct charindex_facet){ name.bytes, name.length, counting.counts[greatest] };
		counting.counts[greatest] = 0;
	}
	return count;
}
