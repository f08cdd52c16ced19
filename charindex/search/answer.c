/* answer.c - hides which of the ways to search gives an answer: the seed's rule, as it is,
 * or rows that have been found by other means. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "found.h"
#include "identify.h"
#include "tiers.h"

/* Rows of a page in wide mode, if nothing else is said. */
enum { WIDE_PAGE = 20 };

/* ---- beginning ------------------------------------------------------------------------------ */

static uint32_t
page_limit(const struct charindex_settings *settings, const struct query *query)
{
	if (query->limit > 0)
		return query->limit;
	if (settings->all)
		return 0;
	if (settings->limit > 0)
		return settings->limit;
	return settings->mode == CHARINDEX_WIDE ? WIDE_PAGE : 0;
}

/* Answers with what is found, in the way of the mode. */
static bool
find(struct charindex_answer *answer, const struct tiers *tiers)
{
	struct charindex_found *found = answer->found;

	if (tiers->query->column > 0) {
		found->column = tiers->query->column;
		memcpy(found->error, tiers->query->error, sizeof(found->error));
		return true;
	}
	if (!tiers->query->plain)
		return tiers_query(tiers);
	if (tiers->settings->mode == CHARINDEX_WIDE)
		return tiers_wide(tiers);
	if (!tiers_classic(tiers))
		return false;
	if (found->count > 0 || tiers->settings->mode == CHARINDEX_CLASSIC)
		return true;
	return tiers_auto(tiers);
}

static void
init(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *query, size_t length)
{
	answer->search.ci = ci;
	answer->search.list_count = 0;
	answer->found = NULL;
	answer->query = query;
	answer->query_length = length;
	answer->shown = 0;
	answer->mode = settings->mode;
}

bool
charindex_answer_begin_plain(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *query, size_t length)
{
	bool classic = settings->mode == CHARINDEX_CLASSIC;

	init(answer, ci, settings, query, length);
	if (settings->limit > 0 || settings->from > 1 || settings->mode == CHARINDEX_WIDE ||
	    !(classic || query_is_words(ci, query, length)))
		return false;
	charindex_search_init(&answer->search, ci, query, length);
	return classic || search_has_rows(&answer->search);
}

/* What is left of a plain query without its settings is what is searched for. */
static bool
leave_out_settings(struct charindex_answer *answer, struct tiers *tiers)
{
	struct charindex_found *found = answer->found;

	if (!tiers->query->plain || tiers->query->setting_count == 0)
		return true;
	found->words = malloc(answer->query_length);
	if (found->words == NULL)
		return false;
	tiers->length = query_without_settings(tiers->query, answer->query, answer->query_length, found->words);
	tiers->text = found->words;
	return true;
}

/* Answers by all other means. */
static enum charindex_err
answer_otherwise(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings)
{
	struct query query;
	struct tiers tiers = {
		.ci = ci,
		.settings = settings,
		.query = &query,
		.text = answer->query,
		.length = answer->query_length,
		.whole = answer->query,
		.whole_length = answer->query_length,
		.found = found_new(ci),
	};

	answer->found = tiers.found;
	if (answer->found == NULL)
		return CHARINDEX_ERR_MEMORY;
	if (settings->mode == CHARINDEX_CLASSIC)
		query_init(&query);
	else
		query_parse(&query, ci, answer->query, answer->query_length);
	if (query.no_memory)
		return CHARINDEX_ERR_MEMORY;
	if (!leave_out_settings(answer, &tiers) || !find(answer, &tiers))
		return CHARINDEX_ERR_MEMORY;
	found_page(answer->found, settings->from > 0 ? settings->from : query.from,
	    page_limit(settings, &query));
	return CHARINDEX_OK;
}

enum charindex_err
charindex_answer_begin(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *query, size_t length)
{
	return charindex_answer_begin_plain(answer, ci, settings, query, length) ?
	    CHARINDEX_OK : answer_otherwise(answer, ci, settings);
}

enum charindex_err
charindex_answer_identify(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *text, size_t length)
{
	init(answer, ci, settings, text, length);
	answer->found = found_new(ci);
	if (answer->found == NULL || !identify_text(answer->found, text, length, CHARINDEX_BY_TEXT))
		return CHARINDEX_ERR_MEMORY;
	answer->found->source = CHARINDEX_BY_TEXT;
	found_page(answer->found, settings->from, settings->all ? 0 : settings->limit);
	return CHARINDEX_OK;
}

void
charindex_answer_release(struct charindex_answer *answer)
{
	found_free(answer->found);
	answer->found = NULL;
}

/* ---- giving --------------------------------------------------------------------------------- */

bool
charindex_answer_next(struct charindex_answer *answer, uint32_t max_rows, struct charindex_run *run)
{
	bool any = answer->found != NULL ? found_next(answer->found, max_rows, run) :
	                                   charindex_search_next(&answer->search, max_rows, run);

	if (any)
		answer->shown += run->count;
	return any;
}

/* Copies found rows as long as they fit. */
static size_t
copy_found(struct charindex_answer *answer, char *out, size_t room)
{
	struct charindex_found *found = answer->found;
	struct charindex_run run;
	size_t copied = 0;

	for (;;) {
		uint32_t next = found->next;

		if (!found_next(found, 1, &run))
			break;
		if (run.length > room - copied) {
			found->next = next;
			break;
		}
		memcpy(out + copied, run.text, run.length);
		copied += run.length;
		answer->shown++;
	}
	return copied;
}

size_t
charindex_answer_copy(struct charindex_answer *answer, char *out, size_t room)
{
	return answer->found != NULL ? copy_found(answer, out, room) :
	                               charindex_search_copy(&answer->search, out, room, &answer->shown);
}

bool
charindex_answer_next_hit(struct charindex_answer *answer, struct charindex_hit *hit)
{
	struct charindex_found *found = answer->found;
	struct charindex_run run;

	if (found != NULL) {
		if (found->next >= found->end)
			return false;
		*hit = found_hit(found, found->next++);
	} else {
		if (!charindex_search_next(&answer->search, 1, &run))
			return false;
		*hit = (struct charindex_hit){ run.first, extra_row_code(answer->search.ci, run.first),
			CHARINDEX_BY_NAME };
	}
	answer->shown++;
	return true;
}

/* ---- what is known of the whole ---------------------------------------------------------------- */

/* Rows that the seed's rule has still to give. */
static uint64_t
count_rest(const struct charindex_answer *answer)
{
	struct charindex_search search = answer->search;
	struct charindex_run run;
	uint64_t count = 0;

	while (charindex_search_next(&search, UINT32_MAX, &run))
		count += run.count;
	return count;
}

void
charindex_answer_summary(const struct charindex_answer *answer, struct charindex_summary *summary)
{
	const struct charindex_found *found = answer->found;

	*summary = (struct charindex_summary){ .first = 1, .source = CHARINDEX_BY_NAME };
	if (found == NULL) {
		summary->total = summary->count = answer->shown + count_rest(answer);
		return;
	}
	summary->total = found->count;
	summary->first = (uint64_t)found->first + 1;
	summary->count = found->end - found->first;
	summary->more = found->end < found->count;
	summary->wrong = found->column > 0;
	summary->column = found->column;
	summary->source = found->source;
	summary->work = found->work;
	if (found->corrected_length > 0) {
		summary->corrected = found->corrected;
		summary->corrected_length = found->corrected_length;
	}
}

/* "by keyword", "as 'smiling'": how the rows were found, if that is not plain from the query. */
static char *
put_how(const struct charindex_answer *answer, char *out)
{
	const struct charindex_found *found = answer->found;

	if (found->corrected_length > 0)
		return status_put_repr(answer->search.ci, found->corrected, found->corrected_length,
		    stpcpy(out, " as "));
	if (found->count == 0 || found->source == CHARINDEX_SOURCE_COUNT || found->source == CHARINDEX_BY_NAME)
		return out;
	return stpcpy(stpcpy(out, " by "), charindex_source_name(found->source));
}

size_t
charindex_answer_status(const struct charindex_answer *answer, char *out)
{
	const struct charindex_found *found = answer->found;
	char *p = out;

	if (found == NULL)
		return charindex_status(answer->search.ci, answer->shown, answer->query, answer->query_length, out);
	if (found->column > 0)
		return (size_t)sprintf(out, "Error: column %u: %s", found->column, found->error);
	if (found->count > 0 && (found->first > 0 || found->end < found->count)) {
		if (found->end > found->first + 1)
			p += sprintf(p, "%u-%u of ", (unsigned)found->first + 1, (unsigned)found->end);
		else
			p += sprintf(p, found->end > found->first ? "%u of " : "0 of ", (unsigned)found->end);
	}
	p += charindex_status(answer->search.ci, found->count, answer->query, answer->query_length, p);
	return (size_t)(put_how(answer, p) - out);
}

/* ---- facets ---------------------------------------------------------------------------------- */

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

static void
count_all(struct counting *counting, const struct charindex_answer *answer)
{
	struct charindex_search search = answer->search;
	struct charindex_run run;

	if (answer->found != NULL) {
		for (uint32_t n = 0; n < answer->found->count; n++)
			count_code(counting, found_hit(answer->found, n).code_point);
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
