/* details_more.c - from a character to its keys, its relatives and elsewhere. */
#include "details_more.h"

#include <stdlib.h>
#include <string.h>

#include "reader.h"
#include "text.h"

/* ---- how it is typed ---------------------------------------------------------------------- */

/* Of a kind of record: what is said of it, and what stands around it. */
static const struct way {
	enum charindex_record_kind kind;
	const char *label;   /* a name that is the same in all languages; else NULL ... */
	enum page_text text; /* ... and this one */
	const char *before, *after;
} ways[] = {
	{ CHARINDEX_RECORD_ENTITY, "HTML", 0, "&amp;", ";" },
	{ CHARINDEX_RECORD_LATEX, "LaTeX", 0, "\\", "" },
	{ CHARINDEX_RECORD_COMPOSE, NULL, TEXT_COMPOSE, "", "" },
	{ CHARINDEX_RECORD_DIGRAPH, "Vim: Ctrl-K", 0, "", "" },
	{ CHARINDEX_RECORD_SHORTCODE, NULL, TEXT_CHATS, ":", ":" },
	{ CHARINDEX_RECORD_ASCII, "ASCII", 0, "", "" },
	{ CHARINDEX_RECORD_KEYSYM, "X11", 0, "", "" },
};

struct typing {
	struct text *out;
	const struct reader *reader;
	const struct way *way;
	bool begun; /* there is one of it */
};

static void
put_way(void *arg, const struct charindex_record *record)
{
	struct typing *typing = arg;
	const struct way *way = typing->way;

	if (record->kind != way->kind)
		return;
	if (typing->begun)
		text_puts(typing->out, ", <code>");
	else
		text_format(typing->out, "<div><dt>%s</dt><dd><code>",
		    way->label != NULL ? way->label : typing->reader->texts->text[way->text]);
	text_puts(typing->out, way->before);
	text_html(typing->out, record->text.bytes, record->text.length);
	text_format(typing->out, "%s</code>", way->after);
	typing->begun = true;
}

void
details_put_typing(struct text *out, const struct reader *reader, const struct char_id *found)
{
	unsigned code_point = (unsigned)found->facts.code_point;
	struct typing typing = { .out = out, .reader = reader };

	if (found->row == CHARINDEX_NO_ROW || (found->facts.flags & CHARINDEX_IS_SEQUENCE) != 0)
		return;
	reader_put_heading(out, reader, TEXT_HOW_TO_TYPE);
	text_puts(out, "<dl class=\"records typing\">\n");
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		typing.way = &ways[i];
		typing.begun = false;
		charindex_records_in(reader->ci, found->row, "en", put_way, &typing);
		text_puts(out, typing.begun ? "</dd></div>\n" : "");
	}
	text_format(out,
	    "<div><dt>Linux (GTK, IBus)</dt><dd>Ctrl+Shift+U, <code>%x</code>, Enter</dd></div>\n"
	    "<div><dt>Windows (Word)</dt><dd><code>%X</code>, Alt+X</dd></div>\n",
	    code_point, code_point);
	if (code_point <= 0xffff)
		text_format(out,
		    "<div><dt>macOS (Unicode Hex Input)</dt><dd>⌥ <code>%04X</code></dd></div>\n",
		    code_point);
	text_puts(out, "</dl>\n");
}

/* ---- relatives ---------------------------------------------------------------------------- */

static void
put_parts(struct text *out, const struct reader *reader, const struct char_id *found)
{
	const char *at = found->facts.codes.bytes, *end = at + found->facts.codes.length;

	reader_put_heading(out, reader, TEXT_MADE_OF);
	text_puts(out, "<ul class=\"others\">\n");
	while (at < end) {
		uint32_t code_point = (uint32_t)strtoul(at + 2, NULL, 16); /* U+2657 */
		const char *space = memchr(at, ' ', (size_t)(end - at));

		reader_put_item(out, reader, charindex_row_of(reader->ci, code_point), code_point, NULL);
		at = space != NULL ? space + 1 : end;
	}
	text_puts(out, "</ul>\n");
}

/* ---- what belongs to a character ------------------------------------------------------------- */

/* So many are shown: of those that look like a bar there are forty. */
#define MOST_RELATED 16

/* In the order of what is shown, with the heading that several may have in common. */
static const struct {
	enum page_text heading;
	enum charindex_relation relation;
} relations[] = {
	{ TEXT_OTHER_CASE, CHARINDEX_RELATION_LOWER },
	{ TEXT_OTHER_CASE, CHARINDEX_RELATION_UPPER },
	{ TEXT_OTHER_CASE, CHARINDEX_RELATION_TITLE },
	{ TEXT_MADE_OF, CHARINDEX_RELATION_DECOMPOSITION },
	{ TEXT_VARIANTS, CHARINDEX_RELATION_MIRROR },
	{ TEXT_VARIANTS, CHARINDEX_RELATION_SIMPLIFIED },
	{ TEXT_VARIANTS, CHARINDEX_RELATION_TRADITIONAL },
	{ TEXT_VARIANTS, CHARINDEX_RELATION_VARIANT },
};

/* A list that begins with its first item. */
struct related {
	struct text *out;
	const struct reader *reader;
	enum page_text heading; /* TEXT_COUNT: none has begun */
};

static void
end_related(struct related *related)
{
	if (related->heading != TEXT_COUNT)
		text_puts(related->out, "</ul>\n");
	related->heading = TEXT_COUNT;
}

static void
put_related(struct related *related, enum page_text heading, const uint32_t *code_points,
    size_t count)
{
	if (count > 0 && related->heading != heading) {
		end_related(related);
		reader_put_heading(related->out, related->reader, heading);
		text_puts(related->out, "<ul class=\"others\">\n");
		related->heading = heading;
	}
	for (size_t i = 0; i < count && i < MOST_RELATED; i++)
		reader_put_item(related->out, related->reader,
		    charindex_row_of(related->reader->ci, code_points[i]), code_points[i], NULL);
}

static void
put_relations(struct text *out, const struct reader *reader, uint32_t code_point)
{
	struct related related = { out, reader, TEXT_COUNT };
	uint32_t code_points[MOST_RELATED];

	for (size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++)
		put_related(&related, relations[i].heading, code_points,
		    charindex_related(reader->ci, code_point, relations[i].relation, code_points,
		        MOST_RELATED));
	put_related(&related, TEXT_LOOKS_LIKE, code_points,
	    charindex_look_alikes(reader->ci, code_point, code_points, MOST_RELATED));
	end_related(&related);
}

/* ---- variants ------------------------------------------------------------------------------ */

/* Of those who wave a hand there are five, of some couples twenty-five. */
#define MOST_VARIANTS 30

struct variants {
	struct text *out;
	const struct reader *reader;
	uint32_t own; /* the row whose variants they are */
	unsigned count;
};

static bool
put_variant(void *arg, const struct charindex_headword *headword)
{
	struct variants *variants = arg;

	if (headword->row == variants->own)
		return true;
	if (variants->count++ == 0) {
		reader_put_heading(variants->out, variants->reader, TEXT_VARIANTS);
		text_puts(variants->out, "<ul class=\"others\">\n");
	}
	reader_put_item(variants->out, variants->reader, headword->row, 0, NULL);
	return variants->count < MOST_VARIANTS;
}

static size_t
length_before(struct charindex_text text, char c)
{
	const char *found = memchr(text.bytes, c, text.length);

	return found != NULL ? (size_t)(found - text.bytes) : text.length;
}

/* The name that CLDR gives it is that of its variants, which go on: "waving hand: dark skin tone". */
static void
take_short_name(void *arg, const struct charindex_record *record)
{
	struct charindex_text *name = arg;

	if (record->kind == CHARINDEX_RECORD_SHORT_NAME && name->length == 0)
		*name = record->text;
}

static void
put_variants(struct text *out, const struct reader *reader, const struct char_id *found)
{
	struct variants variants = { .out = out, .reader = reader, .own = found->row };
	struct charindex_text name = { "", 0 };
	struct text beginning = { 0 };
	struct charindex_lookup lookup = { .vocabulary = CHARINDEX_NAMES,
		.matching = CHARINDEX_MATCH_PREFIX,
		.take = put_variant,
		.arg = &variants };

	if (found->row == CHARINDEX_NO_ROW || (found->facts.flags & CHARINDEX_IS_EMOJI) == 0)
		return;
	charindex_records_in(reader->ci, found->row, "en", take_short_name, &name);
	if (name.length == 0)
		name = found->facts.name;
	text_add(&beginning, name.bytes, length_before(name, ':'));
	text_puts(&beginning, ": ");
	lookup.text = beginning.bytes;
	lookup.length = beginning.length;
	if (beginning.failed || charindex_look_up(reader->ci, &lookup) != CHARINDEX_OK)
		out->failed = true;
	text_release(&beginning);
	text_puts(out, variants.count > 0 ? "</ul>\n" : "");
}

void
details_put_relatives(struct text *out, const struct reader *reader, const struct char_id *found)
{
	if ((found->facts.flags & CHARINDEX_IS_SEQUENCE) != 0)
		put_parts(out, reader, found);
	else
		put_relations(out, reader, found->facts.code_point);
	put_variants(out, reader, found);
}

/* ---- elsewhere ---------------------------------------------------------------------------- */

/* A link to the chart of the character's block, which is called by its first code point. */
static void
put_chart(struct text *out, const struct reader *reader, const struct charindex_row *facts)
{
	struct charindex_text name = facts->property[CHARINDEX_PROPERTY_BLOCK];
	struct charindex_block block;

	if (!charindex_block_named(reader->ci, name.bytes, name.length, &block))
		return;
	text_format(out,
	    "<li><a rel=\"external noreferrer\" "
	    "href=\"https://www.unicode.org/charts/PDF/U%04X.pdf\">%s</a></li>\n",
	    (unsigned)block.first, reader->texts->text[TEXT_CODE_CHART]);
}

void
details_put_elsewhere(struct text *out, const struct reader *reader, const struct char_id *found)
{
	if (found->row == CHARINDEX_NO_ROW)
		return;
	reader_put_heading(out, reader, TEXT_ELSEWHERE);
	text_puts(out, "<ul class=\"elsewhere\">\n");
	put_chart(out, reader, &found->facts);
	if (found->facts.text.length > 0) {
		text_format(out,
		    "<li><a rel=\"external noreferrer\" "
		    "href=\"https://%s.wikipedia.org/wiki/Special:Search?search=",
		    reader->texts->tag);
		text_url(out, found->facts.text.bytes, found->facts.text.length);
		text_puts(out, "\">Wikipedia</a></li>\n");
	}
	text_puts(out, "</ul>\n");
}
