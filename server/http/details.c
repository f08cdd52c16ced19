/* details.c - all that is known of a character, in HTML. */
#include "details.h"

#include <string.h>

#include "char_link.h"
#include "charform.h"
#include "details_more.h"
#include "glyph.h"
#include "glyph_html.h"

static const char *const property_labels[CHARINDEX_PROPERTY_COUNT] = {
	[CHARINDEX_PROPERTY_CATEGORY] = "Category",
	[CHARINDEX_PROPERTY_SCRIPT] = "Script",
	[CHARINDEX_PROPERTY_BLOCK] = "Block",
	[CHARINDEX_PROPERTY_AGE] = "In Unicode since",
};

/* In the order of what is shown; not that of the properties. */
static const enum charindex_property shown[] = { CHARINDEX_PROPERTY_BLOCK,
	CHARINDEX_PROPERTY_SCRIPT, CHARINDEX_PROPERTY_CATEGORY, CHARINDEX_PROPERTY_AGE };

static const char *const form_labels[CHARFORM_COUNT] = {
	[CHARFORM_UTF8] = "UTF-8",
	[CHARFORM_UTF16] = "UTF-16",
	[CHARFORM_HTML] = "HTML",
	[CHARFORM_URL] = "URL",
	[CHARFORM_C] = "C",
	[CHARFORM_JSON] = "JSON",
	[CHARFORM_UTF32] = "UTF-32",
	[CHARFORM_DECIMAL] = "Decimal",
};

static void
put_text(struct text *out, struct charindex_text text)
{
	text_html(out, text.bytes, text.length);
}

static void
put_copy_button(struct text *out, const char *bytes, size_t length, const char *what)
{
	text_puts(out, "<button type=\"button\" class=\"copy\" data-copy=\"");
	text_html(out, bytes, length);
	text_format(out, "\">Copy<span class=\"hidden\"> %s</span></button>", what);
}

/* By its codes: not every character can stand in a document. */
static void
put_copy_character(struct text *out, const struct charindex *ci, const struct char_id *found)
{
	struct glyph glyph;

	glyph_of(ci, found->row, &found->facts, &glyph);
	text_puts(out, "<button type=\"button\" class=\"copy\" data-codes=\"");
	put_text(out, found->facts.codes);
	text_puts(out, "\" data-name=\"");
	put_text(out, found->facts.name);
	text_puts(out, "\" data-shown=\"");
	put_text(out, glyph.shown);
	text_puts(out, "\">Copy<span class=\"hidden\"> the character</span></button>");
}

static void
put_properties(struct text *out, const struct charindex_row *facts)
{
	text_puts(out, "<dl class=\"facts\">\n");
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		struct charindex_text value = facts->property[shown[i]];

		if (value.length == 0)
			continue;
		text_format(out, "<div><dt>%s</dt><dd>", property_labels[shown[i]]);
		put_text(out, value);
		if (shown[i] == CHARINDEX_PROPERTY_CATEGORY)
			text_format(out, ", %s", charindex_category_name(value));
		text_puts(out, "</dd></div>\n");
	}
	text_puts(out, "</dl>\n");
}

static void
put_form(struct text *out, enum charform form, const char *text, size_t length)
{
	char written[CHARFORM_SIZE(64)];
	size_t size = charform_write(form, text, length, written);

	text_format(out, "<div><dt>%s</dt><dd><code>", form_labels[form]);
	text_html(out, written, size);
	text_puts(out, "</code>");
	put_copy_button(out, written, size, form_labels[form]);
	text_puts(out, "</dd></div>\n");
}

static void
put_forms(struct text *out, const char *text, size_t length)
{
	if (length == 0 || length > 64)
		return;
	text_puts(out, "<h3>Forms</h3>\n<dl class=\"forms\">\n");
	for (int form = 0; form < CHARFORM_COUNT; form++)
		put_form(out, (enum charform)form, text, length);
	text_puts(out, "</dl>\n");
}

/* ---- names and keywords --------------------------------------------------------------- */

/* Records of one kind and language go on one line. */
struct record_writer {
	struct text *out;
	const char *title; /* NULL: they are folded */
	bool begun;
	enum charindex_record_kind kind;
	const char *language;
};

static void
begin_line(struct record_writer *writer, const struct charindex_record *record)
{
	const char *kind = charindex_record_kind_name(record->kind);
	struct text *out = writer->out;

	if (writer->begun)
		text_puts(out, "</dd></div>\n<div><dt>");
	else if (writer->title != NULL)
		text_format(out, "<h3>%s</h3>\n<dl class=\"records\">\n<div><dt>", writer->title);
	else
		text_puts(out,
		    "<details>\n<summary>In other languages</summary>\n<dl class=\"records\">\n<div><dt>");
	text_html(out, kind, strlen(kind));
	if (record->language[0] != '\0') {
		text_puts(out, " <span class=\"lang\">");
		text_html(out, record->language, strlen(record->language));
		text_puts(out, "</span>");
	}
	text_puts(out, "</dt><dd");
	if (record->language[0] != '\0') {
		text_puts(out, " lang=\"");
		for (const char *c = record->language; *c != '\0'; c++)
			text_add(out, *c == '_' ? "-" : c, 1);
		text_puts(out, "\"");
	}
	text_puts(out, ">");
}

static void
put_record(void *arg, const struct charindex_record *record)
{
	struct record_writer *writer = arg;
	bool same = writer->begun && record->kind == writer->kind &&
	    strcmp(record->language, writer->language) == 0;

	if (!same)
		begin_line(writer, record);
	text_puts(writer->out, same ? ", " : "");
	put_text(writer->out, record->text);
	writer->begun = true;
	writer->kind = record->kind;
	writer->language = record->language;
}

/* Which records: the others are passed over. */
struct record_choice {
	struct record_writer writer;
	const char *language; /* that has been chosen, besides English; "": none */
	bool readings;        /* of ideographs, which come first */
	bool folded;          /* keywords in other languages, which come last */
};

static bool
is_reading(enum charindex_record_kind kind)
{
	return kind >= CHARINDEX_RECORD_DEFINITION && kind <= CHARINDEX_RECORD_MODERN;
}

static bool
is_how_to_type(enum charindex_record_kind kind)
{
	return kind == CHARINDEX_RECORD_ENTITY ||
	    (kind >= CHARINDEX_RECORD_LATEX && kind <= CHARINDEX_RECORD_ASCII &&
	        kind != CHARINDEX_RECORD_GLYPH);
}

static void
choose_record(void *arg, const struct charindex_record *record)
{
	struct record_choice *choice = arg;
	const char *language = record->language;
	bool other = language[0] != '\0' && strcmp(language, "en") != 0 &&
	    strcmp(language, choice->language) != 0;

	if (other == choice->folded && is_reading(record->kind) == choice->readings &&
	    !is_how_to_type(record->kind))
		put_record(&choice->writer, record);
}

static void
put_chosen(struct text *out, const struct charindex *ci, uint32_t row, const char *language,
    bool readings, bool folded)
{
	struct record_choice choice = { .writer = { .out = out,
		                                .title = readings ? "Meaning and readings"
		                                    : folded      ? NULL
		                                                  : "Also known as" },
		.language = language,
		.readings = readings,
		.folded = folded };

	charindex_records(ci, row, choose_record, &choice);
	if (choice.writer.begun)
		text_puts(out, "</dd></div>\n</dl>\n");
	if (choice.writer.begun && folded)
		text_puts(out, "</details>\n");
}

static void
put_records(struct text *out, const struct charindex *ci, uint32_t row, const char *language)
{
	if (row == CHARINDEX_NO_ROW)
		return;
	put_chosen(out, ci, row, language, false, false);
	put_chosen(out, ci, row, language, false, true);
}

/* ---- other characters ------------------------------------------------------------------ */

static void
put_references(struct text *out, const struct charindex *ci, uint32_t row)
{
	uint32_t code_points[32];
	size_t most = sizeof(code_points) / sizeof(code_points[0]);
	size_t count = row != CHARINDEX_NO_ROW ? charindex_references(ci, row, code_points, most) : 0;

	if (count == 0)
		return;
	text_puts(out, "<h3>See also</h3>\n<ul class=\"others\">\n");
	for (size_t i = 0; i < count && i < most; i++)
		char_link_put_item(out, ci, charindex_row_of(ci, code_points[i]), code_points[i], NULL);
	text_puts(out, "</ul>\n");
}

static void
put_neighbours(struct text *out, const struct charindex *ci, const struct char_id *found)
{
	uint32_t previous, next;

	char_id_neighbours(ci, found, &previous, &next);
	if (previous == CHARINDEX_NO_ROW && next == CHARINDEX_NO_ROW)
		return;
	text_puts(out, "<h3>Neighbours</h3>\n<ul class=\"others\">\n");
	if (previous != CHARINDEX_NO_ROW)
		char_link_put_item(out, ci, previous, 0, "prev");
	if (next != CHARINDEX_NO_ROW)
		char_link_put_item(out, ci, next, 0, "next");
	text_puts(out, "</ul>\n");
}

void
details_put(struct text *out, const struct charindex *ci, const struct char_id *found,
    const char *language)
{
	const struct charindex_row *facts = &found->facts;
	char room[4];
	const char *text;
	size_t length = char_id_text(found, &text, room);

	text_puts(out,
	    "<article id=\"details\" aria-labelledby=\"details-name\">\n<div class=\"head\">"
	    "<div class=\"big\">");
	glyph_put(out, ci, found->row, facts);
	text_puts(out, "</div>\n<div><p class=\"code\">");
	put_text(out, facts->codes);
	text_puts(out, "</p>\n<h2 id=\"details-name\">");
	put_text(out, facts->name);
	text_puts(out, "</h2>\n");
	put_copy_character(out, ci, found);
	text_puts(out, "</div></div>\n");
	put_properties(out, facts);
	if (found->row != CHARINDEX_NO_ROW)
		put_chosen(out, ci, found->row, language, true, false);
	put_forms(out, text, length);
	put_records(out, ci, found->row, language);
	details_put_typing(out, ci, found);
	details_put_relatives(out, ci, found);
	put_references(out, ci, found->row);
	put_neighbours(out, ci, found);
	details_put_elsewhere(out, ci, found);
	text_puts(out, "</article>\n");
}
