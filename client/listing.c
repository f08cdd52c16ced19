/* listing.c - lists of what can be asked for, each entry with how many characters it has. */
#include "listing.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charform.h"

/* No property has more values, and no name is longer. */
enum { MOST_VALUES = 1024, LONGEST_NAME = 128 };

/* All characters: sequences of them have no age. */
#define EVERY_CHARACTER "age:>=1"

struct entry {
	struct charindex_text name;
	uint64_t count;
	const char *more_name; /* NULL: there is nothing more to say */
	const char *more;
};

/* ---- what an entry looks like ---------------------------------------------------------------- */

static void
put_json(struct strbuf *out, const char *text, size_t length)
{
	char room[CHARFORM_JSON_STRING_SIZE(LONGEST_NAME)];

	strbuf_put(out, room, charform_json_string(text, length, room));
}

static void
print_entry(const struct printer *printer, const struct entry *entry)
{
	struct strbuf *out = printer->out;
	const struct charindex_text name = entry->name;

	switch (printer->format) {
	case CHARINDEX_JSON:
		strbuf_puts(out, "{\"name\":");
		put_json(out, name.bytes, name.length);
		strbuf_printf(out, ",\"count\":%" PRIu64, entry->count);
		if (entry->more_name != NULL) {
			strbuf_printf(out, ",\"%s\":", entry->more_name);
			put_json(out, entry->more, strlen(entry->more));
		}
		strbuf_putc(out, '}');
		break;
	case CHARINDEX_TSV:
		strbuf_printf(out, "%.*s\t%" PRIu64, (int)name.length, name.bytes, entry->count);
		break;
	default:
		strbuf_printf(out, "%7" PRIu64 "\t", entry->count);
		print_colored(printer, PRINT_BOLD, name.bytes, name.length);
	}
	if (printer->format != CHARINDEX_JSON && entry->more_name != NULL)
		strbuf_printf(out, "\t%s", entry->more);
	print_end_line(printer);
}

/* ---- counting -------------------------------------------------------------------------------- */

static void
begin_answer(struct charindex_answer *answer, const struct charindex *ci, const char *query)
{
	static const struct charindex_settings settings = { .mode = CHARINDEX_AUTO };

	if (charindex_answer_begin(answer, ci, &settings, query, strlen(query)) != CHARINDEX_OK)
		errx(EXIT_ERROR, "out of memory");
}

static uint64_t
count_rows(const struct charindex *ci, const char *query)
{
	struct charindex_answer answer;
	struct charindex_summary summary;

	begin_answer(&answer, ci, query);
	charindex_answer_summary(&answer, &summary);
	charindex_answer_release(&answer);
	return summary.total;
}

struct values {
	struct charindex_facet of[MOST_VALUES];
	size_t count;
};

static void
count_values(struct values *values, const struct charindex *ci, enum charindex_property property)
{
	struct charindex_answer answer;

	begin_answer(&answer, ci, EVERY_CHARACTER);
	values->count = charindex_answer_facets(&answer, property, values->of, MOST_VALUES);
	charindex_answer_release(&answer);
}

static uint64_t
count_of(const struct values *values, struct charindex_text name)
{
	for (size_t i = 0; i < values->count; i++)
		if (values->of[i].length == name.length &&
		    memcmp(values->of[i].value, name.bytes, name.length) == 0)
			return values->of[i].count;
	return 0;
}

static int
compare_values(const void *a, const void *b)
{
	const struct charindex_facet *x = a, *y = b;
	size_t length = x->length < y->length ? x->length : y->length;
	int difference = memcmp(x->value, y->value, length);

	return difference != 0 ? difference : (x->length > y->length) - (x->length < y->length);
}

/* ---- the lists ------------------------------------------------------------------------------- */

/* Each prints its entries, and returns how many there are. */

static unsigned
list_blocks(const struct printer *printer)
{
	struct charindex_block block;
	struct values values;
	uint32_t n;
	char codes[32];

	count_values(&values, printer->ci, CHARINDEX_PROPERTY_BLOCK);
	for (n = 0; charindex_block(printer->ci, n, &block); n++) {
		const struct entry entry = { block.name, count_of(&values, block.name), "range", codes };

		snprintf(codes, sizeof(codes), "U+%04X..U+%04X", (unsigned)block.first,
		    (unsigned)block.last);
		print_entry(printer, &entry);
	}
	return n;
}

static unsigned
list_values(const struct printer *printer, enum charindex_property property)
{
	struct values values;

	count_values(&values, printer->ci, property);
	qsort(values.of, values.count, sizeof(values.of[0]), compare_values);
	for (size_t i = 0; i < values.count; i++) {
		struct entry entry = { .name = { values.of[i].value, values.of[i].length },
			.count = values.of[i].count };

		if (property == CHARINDEX_PROPERTY_CATEGORY) {
			entry.more_name = "meaning";
			entry.more = charindex_category_name(entry.name);
		}
		print_entry(printer, &entry);
	}
	return (unsigned)values.count;
}

static unsigned
list_scripts(const struct printer *printer)
{
	return list_values(printer, CHARINDEX_PROPERTY_SCRIPT);
}

static unsigned
list_categories(const struct printer *printer)
{
	return list_values(printer, CHARINDEX_PROPERTY_CATEGORY);
}

static unsigned
list_languages(const struct printer *printer)
{
	const char *language;
	unsigned n;

	for (n = 0; (language = charindex_language(printer->ci, n)) != NULL; n++) {
		const struct entry entry = { .name = { language, strlen(language) },
			.count = charindex_language_rows(printer->ci, n) };

		print_entry(printer, &entry);
	}
	return n;
}

/* Of what has values, so many values, and of what is or is not, so many characters and sequences. */
static unsigned
list_properties(const struct printer *printer)
{
	static const struct {
		const char *name, *query;
		enum charindex_property property; /* CHARINDEX_PROPERTY_COUNT: it is or is not */
	} properties[] = {
		{ "category", "cat:Sm", CHARINDEX_PROPERTY_CATEGORY },
		{ "script", "script:greek", CHARINDEX_PROPERTY_SCRIPT },
		{ "block", "block:arrows", CHARINDEX_PROPERTY_BLOCK },
		{ "age", "age:>=15", CHARINDEX_PROPERTY_AGE },
		{ "emoji", "is:emoji", CHARINDEX_PROPERTY_COUNT },
		{ "sequence", "is:sequence", CHARINDEX_PROPERTY_COUNT },
		{ "toned", "is:toned", CHARINDEX_PROPERTY_COUNT },
		{ "control", "is:control", CHARINDEX_PROPERTY_COUNT },
	};
	enum { COUNT = sizeof(properties) / sizeof(properties[0]) };

	for (unsigned i = 0; i < COUNT; i++) {
		struct entry entry = { .name = { properties[i].name, strlen(properties[i].name) },
			.more_name = "query",
			.more = properties[i].query };
		struct values values;

		if (properties[i].property == CHARINDEX_PROPERTY_COUNT) {
			entry.count = count_rows(printer->ci, properties[i].query);
		} else {
			count_values(&values, printer->ci, properties[i].property);
			entry.count = values.count;
		}
		print_entry(printer, &entry);
	}
	return COUNT;
}

void
listing_print(const struct printer *printer, enum listing listing)
{
	static const struct {
		const char *name;
		unsigned (*print)(const struct printer *printer);
	} lists[] = {
		[LISTING_BLOCKS] = { "blocks", list_blocks },
		[LISTING_SCRIPTS] = { "scripts", list_scripts },
		[LISTING_CATEGORIES] = { "categories", list_categories },
		[LISTING_LANGUAGES] = { "languages", list_languages },
		[LISTING_PROPERTIES] = { "properties", list_properties },
	};
	unsigned count = lists[listing].print(printer);
	char status[64], rest[64];

	snprintf(status, sizeof(status), "%u %s", count, lists[listing].name);
	snprintf(rest, sizeof(rest), ",\"total\":%u", count);
	print_total(printer, status, rest);
	print_flush(printer);
}
