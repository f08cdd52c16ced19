/* stage_values.c - queries that are what a block, a script or a general category is called. */
#include <string.h>
#include <strings.h>

#include "match_properties.h"
#include "property.h"
#include "property_name.h"
#include "stage.h"

static bool
is_first_name(const struct charindex *ci, const struct charindex_filter *filter, const char *text,
    size_t length)
{
	struct charindex_text name = property_value_name(ci, filter->property, filter->value);

	return property_names_match(name.bytes, name.length, text, length);
}

static bool
has_several_words(const char *text, size_t length)
{
	return memchr(text, ' ', length) != NULL;
}

/* Scripts that are none. */
static bool
is_no_script(const char *text, size_t length)
{
	static const char *const names[] = { "common", "inherited", "unknown" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (property_names_match(names[i], strlen(names[i]), text, length))
			return true;
	return false;
}

static bool
ends_with(const char *text, size_t length, const char *end)
{
	size_t behind = strlen(end);

	return length > behind && strncasecmp(text + length - behind, end, behind) == 0;
}

/* Any name of a block or script, and that it is one: `greek script`, `arrows block`. */
static bool
is_said_to_be(const struct prepared *prepared, struct charindex_filter *filter)
{
	static const struct {
		const char *end;
		enum charindex_property property;
	} kinds[] = {
		{ " block", CHARINDEX_PROPERTY_BLOCK },
		{ " script", CHARINDEX_PROPERTY_SCRIPT },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (ends_with(prepared->text, prepared->length, kinds[i].end) &&
		    charindex_read_filter(prepared->ci, kinds[i].property, prepared->text,
		        prepared->length - strlen(kinds[i].end), filter))
			return true;
	return false;
}

/* Short names, as `music` or `sm`, are words for something else, unless they are several. */
bool
value_named(const struct prepared *prepared, struct charindex_filter *filter)
{
	const struct charindex *ci = prepared->ci;
	const char *text = prepared->text;
	size_t length = prepared->length;
	bool several = has_several_words(text, length);

	if (is_said_to_be(prepared, filter))
		return true;
	if (charindex_read_filter(ci, CHARINDEX_PROPERTY_BLOCK, text, length, filter) &&
	    (several || is_first_name(ci, filter, text, length)))
		return true;
	if (charindex_read_filter(ci, CHARINDEX_PROPERTY_SCRIPT, text, length, filter) &&
	    is_first_name(ci, filter, text, length) && !is_no_script(text, length))
		return true;
	return several && charindex_read_filter(ci, CHARINDEX_PROPERTY_CATEGORY, text, length, filter);
}

uint32_t
value_add_rows(const struct prepared *prepared, struct evaluator *evaluator, uint32_t rows)
{
	struct match match = { .ci = prepared->ci, .map = &evaluator->alternative };
	struct charindex_filter filter;

	if (!value_named(prepared, &filter))
		return rows;
	score_map_clear(match.map);
	match_filter(&match, &filter);
	evaluator->work += match.work;
	score_map_worsen(match.map, CHARINDEX_BY_PROPERTY);
	score_map_or(&evaluator->result, match.map);
	return score_map_count(&evaluator->result);
}

bool
stage_values(const struct prepared *prepared)
{
	struct charindex_filter filter;
	struct evaluator evaluator;

	if (!value_named(prepared, &filter))
		return true;
	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	score_map_clear(&evaluator.result);
	prepared->hits->source = CHARINDEX_BY_PROPERTY;
	return hits_take(prepared->hits, &evaluator, value_add_rows(prepared, &evaluator, 0), false);
}
