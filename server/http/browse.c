/* browse.c - counts what there is, as the facets of a search for everything. */
#include "browse.h"

#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "base_path.h"
#include "exchange.h"
#include "problem.h"
#include "reader.h"
#include "response.h"
#include "snapshot.h"

/* Values of a property at most: blocks are some 350. */
#define MAX_VALUES 1024

/* All rows: none is of a character that is unassigned. */
static const char everything[] = "-cat:Cn";

static int
by_name(const void *a, const void *b)
{
	const struct charindex_facet *one = a, *other = b;
	size_t length = one->length < other->length ? one->length : other->length;
	int order = memcmp(one->value, other->value, length);

	return order != 0 ? order : (one->length > other->length) - (one->length < other->length);
}

/* Of "15.1", 15001. */
static unsigned
version_of(const struct charindex_facet *facet)
{
	unsigned part[2] = { 0, 0 };
	bool behind = false;

	for (size_t i = 0; i < facet->length; i++)
		if (facet->value[i] == '.')
			behind = true;
		else
			part[behind] = 10 * part[behind] + (unsigned)(facet->value[i] - '0');
	return 1000 * part[0] + part[1];
}

static int
newest_first(const void *a, const void *b)
{
	unsigned one = version_of(a), other = version_of(b);

	return (one < other) - (one > other);
}

static const struct group {
	const char *path;  /* behind /api/v1/ */
	const char *field; /* of a query */
	enum page_text title;
	enum charindex_property property;
	int (
	    *compare)(const void *a, const void *b); /* facets on the page; NULL: the most rows first */
} groups[] = {
	{ "blocks", "block", TEXT_BLOCKS, CHARINDEX_PROPERTY_BLOCK, by_name },
	{ "scripts", "script", TEXT_SCRIPTS, CHARINDEX_PROPERTY_SCRIPT, by_name },
	{ "categories", "cat", TEXT_CATEGORIES, CHARINDEX_PROPERTY_CATEGORY, NULL },
	{ "versions", "age", TEXT_VERSIONS, CHARINDEX_PROPERTY_AGE, newest_first },
};

#define GROUP_COUNT (sizeof(groups) / sizeof(groups[0]))

/* The caller ends *answer in any case; false without memory. */
static bool
begin(struct charindex_answer *answer, const struct charindex *ci)
{
	static const struct charindex_settings settings = { .mode = CHARINDEX_AUTO, .all = true };

	return charindex_answer_begin(answer, ci, &settings, everything, strlen(everything)) ==
	    CHARINDEX_OK;
}

void
browse_put_query(struct text *out, const char *field, const char *value, size_t length)
{
	text_puts(out, field);
	text_puts(out, "%3A");
	for (size_t i = 0; i < length; i++)
		text_url(out, value[i] == ' ' ? "_" : value + i, 1);
}

/* ---- HTML --------------------------------------------------------------------------------- */

static void
put_link(struct text *out, const struct reader *reader, const struct group *group,
    const struct charindex_facet *facet)
{
	const char *name = group->property == CHARINDEX_PROPERTY_CATEGORY
	    ? texts_category(reader->texts, (struct charindex_text){ facet->value, facet->length })
	    : NULL;

	text_puts(out, "<li><a href=\"");
	base_path_link(out, reader->exchange, "/?query=");
	browse_put_query(out, group->field, facet->value, facet->length);
	reader_put_kept(out, reader, "&amp;");
	text_puts(out, name != NULL ? "\">" : "\" lang=\"en\">");
	text_html(out, name != NULL ? name : facet->value, name != NULL ? strlen(name) : facet->length);
	text_format(out, "</a> <span class=\"count\">%u</span></li>\n", (unsigned)facet->count);
}

void
browse_put_ways(struct text *out, const struct reader *reader)
{
	for (size_t g = 0; g < GROUP_COUNT; g++) {
		text_puts(out, "<li><a href=\"");
		base_path_link(out, reader->exchange, "/browse");
		reader_put_kept(out, reader, "?");
		text_format(out, "#%s\">%s</a></li>\n", groups[g].path,
		    reader->texts->text[groups[g].title]);
	}
}

static void
put_group(struct text *out, const struct reader *reader, const struct group *group,
    const struct charindex_answer *answer)
{
	struct charindex_facet facets[MAX_VALUES];
	size_t count = charindex_answer_facets(answer, group->property, facets, MAX_VALUES);

	if (group->compare != NULL)
		qsort(facets, count, sizeof(facets[0]), group->compare);
	text_format(out, "<section class=\"browse\">\n<h2 id=\"%s\">%s</h2>\n<ul class=\"values\">\n",
	    group->path, reader->texts->text[group->title]);
	for (size_t i = 0; i < count; i++)
		put_link(out, reader, group, &facets[i]);
	text_puts(out, "</ul>\n</section>\n");
}

bool
browse_put(struct text *out, const struct reader *reader)
{
	struct charindex_answer answer;
	bool begun = begin(&answer, reader->ci);

	text_puts(out, "<ul class=\"ways\">\n");
	browse_put_ways(out, reader);
	text_puts(out, "</ul>\n");
	for (size_t g = 0; begun && g < GROUP_COUNT; g++)
		put_group(out, reader, &groups[g], &answer);
	charindex_answer_release(&answer);
	return begun;
}

/* ---- JSON --------------------------------------------------------------------------------- */

static const struct group *
find_group(const struct exchange *exchange)
{
	const struct request_span *path = &exchange->request->path;
	const struct group *group = groups;

	while (path->length < strlen(group->path) ||
	    memcmp(exchange->head + path->at + path->length - strlen(group->path), group->path,
	        strlen(group->path)) != 0)
		group++; /* the routes are these */
	return group;
}

/* Where a block begins and ends. */
static void
put_range(struct exchange *exchange, const struct charindex_facet *facet)
{
	struct charindex_block block;

	if (charindex_block_named(exchange->snapshot->ci, facet->value, facet->length, &block))
		text_format(&exchange->body, ",\"first\":\"U+%04X\",\"last\":\"U+%04X\"",
		    (unsigned)block.first, (unsigned)block.last);
}

static void
put_value(struct exchange *exchange, const struct group *group, const struct charindex_facet *facet,
    bool begun)
{
	struct text *out = &exchange->body;

	text_puts(out, begun ? ",{\"value\":" : "{\"value\":");
	text_json(out, facet->value, facet->length);
	if (group->property == CHARINDEX_PROPERTY_CATEGORY) {
		text_puts(out, ",\"name\":");
		text_json_puts(out,
		    charindex_category_name((struct charindex_text){ facet->value, facet->length }));
	}
	if (group->property == CHARINDEX_PROPERTY_BLOCK)
		put_range(exchange, facet);
	text_format(out, ",\"count\":%u,\"search\":\"", (unsigned)facet->count);
	base_path_link(out, exchange, "/api/v1/search?q=");
	browse_put_query(out, group->field, facet->value, facet->length);
	text_puts(out, "\"}");
}

void
browse_ask(struct exchange *exchange)
{
	exchange->pending = !response_not_modified(exchange, &api_json);
}

void
browse_answer(struct exchange *exchange)
{
	const struct group *group = find_group(exchange);
	struct charindex_facet facets[MAX_VALUES];
	struct charindex_answer answer;
	struct text *out = &exchange->body;
	size_t count;

	if (!begin(&answer, exchange->snapshot->ci)) {
		charindex_answer_release(&answer);
		problem_no_memory(exchange);
		return;
	}
	count = charindex_answer_facets(&answer, group->property, facets, MAX_VALUES);
	charindex_answer_release(&answer);
	text_format(out, "{\"%s\":[", group->path);
	for (size_t i = 0; i < count; i++)
		put_value(exchange, group, &facets[i], i > 0);
	text_puts(out, "]}\n");
	response_whole(exchange, 200, &api_json);
}
