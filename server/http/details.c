/* details.c - all that is known of a character, in HTML. */
#include "details.h"

#include <string.h>

#include "base_path.h"
#include "browse.h"
#include "charform.h"
#include "details_more.h"
#include "entity.h"
#include "glyph.h"
#include "language_list.h"
#include "reader.h"
#include "search.h"
#include "text.h"

static const enum page_text property_labels[CHARINDEX_PROPERTY_COUNT] = {
	[CHARINDEX_PROPERTY_CATEGORY] = TEXT_CATEGORY,
	[CHARINDEX_PROPERTY_SCRIPT] = TEXT_SCRIPT,
	[CHARINDEX_PROPERTY_BLOCK] = TEXT_BLOCK,
	[CHARINDEX_PROPERTY_AGE] = TEXT_SINCE,
};

/* In the order of what is shown; not that of the properties. */
static const enum charindex_property shown[] = { CHARINDEX_PROPERTY_BLOCK,
	CHARINDEX_PROPERTY_SCRIPT, CHARINDEX_PROPERTY_CATEGORY, CHARINDEX_PROPERTY_AGE };

/* Names that are the same in all languages. */
static const char *const form_labels[CHARFORM_COUNT] = {
	[CHARFORM_UTF8] = "UTF-8",
	[CHARFORM_UTF16] = "UTF-16",
	[CHARFORM_HTML] = "HTML",
	[CHARFORM_URL] = "URL",
	[CHARFORM_C] = "C",
	[CHARFORM_JSON] = "JSON",
	[CHARFORM_UTF32] = "UTF-32",
};

static void
put_text(struct text *out, struct charindex_text text)
{
	text_html(out, text.bytes, text.length);
}

/* The end of a button, with what it copies for those who do not see where it stands. */
static void
end_copy_button(struct text *out, const struct reader *reader, const char *what)
{
	text_puts(out, "\">");
	reader_put(out, reader, TEXT_COPY);
	text_format(out, "<span class=\"hidden\"> %s</span></button>", what);
}

static void
put_copy_button(struct text *out, const struct reader *reader, const char *bytes, size_t length,
    const char *what)
{
	text_puts(out, "<button type=\"button\" class=\"copy\" data-copy=\"");
	text_html(out, bytes, length);
	end_copy_button(out, reader, what);
}

/* By its codes: not every character can stand in a document. */
static void
put_copy_character(struct text *out, const struct reader *reader, const struct char_id *found)
{
	struct charindex_text entity = entity_of(reader->ci, found->row, &found->facts);
	struct glyph glyph;

	glyph_of(reader->ci, found->row, &found->facts, &glyph);
	text_puts(out, "<button type=\"button\" class=\"copy\" data-codes=\"");
	put_text(out, found->facts.codes);
	text_puts(out, "\" data-name=\"");
	put_text(out, found->facts.name);
	text_puts(out, "\" data-shown=\"");
	put_text(out, glyph.shown);
	if (entity.length > 0) {
		text_puts(out, "\" data-entity=\"");
		put_text(out, entity);
	}
	end_copy_button(out, reader, reader->texts->text[TEXT_THE_CHARACTER]);
}

static void
put_traits(struct text *out, const struct reader *reader, const struct charindex_row *facts)
{
	if ((facts->flags & CHARINDEX_IS_SEQUENCE) != 0)
		return;
	for (int trait = 0; trait < CHARINDEX_TRAIT_COUNT; trait++) {
		struct charindex_text value =
		    charindex_trait(reader->ci, facts->code_point, (enum charindex_trait)trait);

		if (value.length == 0)
			continue;
		text_format(out, "<div><dt>%s</dt><dd lang=\"en\">",
		    texts_trait(reader->texts, (enum charindex_trait)trait));
		put_text(out, value);
		text_puts(out, "</dd></div>\n");
	}
}

/* A value; if characters with it are `listed`, as a link to them. */
static void
put_value(struct text *out, const struct reader *reader, enum charindex_property property,
    struct charindex_text value, bool listed)
{
	if (listed) {
		text_puts(out, "<a href=\"");
		base_path_link(out, reader->exchange, "/?query=");
		browse_put_query(out, search_filter_names[property], value.bytes, value.length);
		reader_put_kept(out, reader, "&amp;");
		text_puts(out, "\">");
	}
	put_text(out, value);
	if (property == CHARINDEX_PROPERTY_CATEGORY)
		text_format(out, ", %s", texts_category(reader->texts, value));
	if (listed)
		text_puts(out, "</a>");
}

static void
put_properties(struct text *out, const struct reader *reader, const struct char_id *found)
{
	bool listed = found->row != CHARINDEX_NO_ROW;

	text_puts(out, "<dl class=\"facts\">\n");
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		struct charindex_text value = found->facts.property[shown[i]];

		if (value.length == 0)
			continue;
		text_puts(out, "<div><dt>");
		reader_put(out, reader, property_labels[shown[i]]);
		text_puts(out, "</dt><dd>");
		put_value(out, reader, shown[i], value, listed);
		text_puts(out, "</dd></div>\n");
	}
	put_traits(out, reader, &found->facts);
	text_puts(out, "</dl>\n");
}

static void
put_form(struct text *out, const struct reader *reader, enum charform form, const char *text,
    size_t length)
{
	const char *label = form == CHARFORM_DECIMAL ? reader->texts->text[TEXT_DECIMAL]
	                                             : form_labels[form];
	char written[CHARFORM_SIZE(64)];
	size_t size = charform_write(form, text, length, written);

	text_format(out, "<div><dt>%s</dt><dd><code>", label);
	text_html(out, written, size);
	text_puts(out, "</code>");
	put_copy_button(out, reader, written, size, label);
	text_puts(out, "</dd></div>\n");
}

static void
put_forms(struct text *out, const struct reader *reader, const char *text, size_t length)
{
	if (length == 0 || length > 64)
		return;
	reader_put_heading(out, reader, TEXT_FORMS);
	text_puts(out, "<dl class=\"forms\">\n");
	for (int form = 0; form < CHARFORM_COUNT; form++)
		put_form(out, reader, (enum charform)form, text, length);
	text_puts(out, "</dl>\n");
}

/* ---- names and keywords --------------------------------------------------------------- */

/* Records of one kind and language go on one line. */
struct record_writer {
	struct text *out;
	const struct reader *reader;
	enum page_text title;
	bool folded;
	bool begun;
	enum charindex_record_kind kind;
	const char *language;
};

static void
begin_list(struct record_writer *writer)
{
	struct text *out = writer->out;

	if (writer->folded) {
		text_puts(out, "<details>\n<summary>");
		reader_put(out, writer->reader, writer->title);
		text_puts(out, "</summary>\n");
	} else {
		reader_put_heading(out, writer->reader, writer->title);
	}
	text_puts(out, "<dl class=\"records\">\n<div><dt>");
}

static void
begin_line(struct record_writer *writer, const struct charindex_record *record)
{
	const char *kind = texts_kind(writer->reader->texts, record->kind);
	struct text *out = writer->out;

	if (writer->begun)
		text_puts(out, "</dd></div>\n<div><dt>");
	else
		begin_list(writer);
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
	bool readings; /* of ideographs, which come first */
	bool foreign;  /* keywords in a language that has been chosen, which come before English ... */
	bool folded;   /* ... or in another one, which come last */
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
	bool foreign = language[0] != '\0' && strcmp(language, "en") != 0;
	bool chosen = foreign && language_list_has(choice->writer.reader->languages, language);

	if (chosen == choice->foreign && (foreign && !chosen) == choice->folded &&
	    is_reading(record->kind) == choice->readings && !is_how_to_type(record->kind))
		put_record(&choice->writer, record);
}

static void
end_list(struct record_writer *writer)
{
	if (writer->begun)
		text_puts(writer->out,
		    writer->folded ? "</dd></div>\n</dl>\n</details>\n" : "</dd></div>\n</dl>\n");
}

static void
put_readings(struct text *out, const struct reader *reader, uint32_t row)
{
	struct record_choice choice = { .writer = { out, reader, .title = TEXT_MEANING },
		.readings = true };

	if (row != CHARINDEX_NO_ROW)
		charindex_records(reader->ci, row, choose_record, &choice);
	end_list(&choice.writer);
}

static void
put_records(struct text *out, const struct reader *reader, uint32_t row)
{
	struct record_choice choice = { .writer = { out, reader, .title = TEXT_ALSO_KNOWN_AS } };
	struct record_choice others = { .writer = { out, reader, .title = TEXT_OTHER_LANGUAGES,
		                                .folded = true },
		.folded = true };

	if (row == CHARINDEX_NO_ROW)
		return;
	choice.foreign = true;
	charindex_records_in(reader->ci, row, reader->languages, choose_record, &choice);
	choice.foreign = false;
	charindex_records_in(reader->ci, row, "en", choose_record, &choice);
	end_list(&choice.writer);
	charindex_records(reader->ci, row, choose_record, &others);
	end_list(&others.writer);
}

/* ---- other characters ------------------------------------------------------------------ */

static void
put_references(struct text *out, const struct reader *reader, uint32_t row)
{
	uint32_t code_points[32];
	size_t most = sizeof(code_points) / sizeof(code_points[0]);
	size_t count =
	    row != CHARINDEX_NO_ROW ? charindex_references(reader->ci, row, code_points, most) : 0;

	if (count == 0)
		return;
	reader_put_heading(out, reader, TEXT_SEE_ALSO);
	text_puts(out, "<ul class=\"others\">\n");
	for (size_t i = 0; i < count && i < most; i++)
		reader_put_item(out, reader, charindex_row_of(reader->ci, code_points[i]), code_points[i],
		    NULL);
	text_puts(out, "</ul>\n");
}

static void
put_neighbours(struct text *out, const struct reader *reader, const struct char_id *found)
{
	uint32_t previous, next;

	char_id_neighbours(reader->ci, found, &previous, &next);
	if (previous == CHARINDEX_NO_ROW && next == CHARINDEX_NO_ROW)
		return;
	reader_put_heading(out, reader, TEXT_NEIGHBOURS);
	text_puts(out, "<ul class=\"others\">\n");
	if (previous != CHARINDEX_NO_ROW)
		reader_put_item(out, reader, previous, 0, "prev");
	if (next != CHARINDEX_NO_ROW)
		reader_put_item(out, reader, next, 0, "next");
	text_puts(out, "</ul>\n");
}

void
details_put(struct text *out, const struct reader *reader, const struct char_id *found)
{
	const struct charindex_row *facts = &found->facts;
	char room[4];
	const char *text;
	size_t length = char_id_text(found, &text, room);

	text_puts(out,
	    "<article id=\"details\" aria-labelledby=\"details-name\">\n<div class=\"head\">"
	    "<div class=\"big\">");
	reader_put_glyph(out, reader, found->row, facts);
	text_puts(out, "</div>\n<div><p class=\"code\">");
	put_text(out, facts->codes);
	text_puts(out, "</p>\n<h2 id=\"details-name\" lang=\"en\">");
	put_text(out, facts->name);
	text_puts(out, "</h2>\n");
	put_copy_character(out, reader, found);
	text_puts(out, "</div></div>\n");
	put_properties(out, reader, found);
	put_readings(out, reader, found->row);
	put_forms(out, reader, text, length);
	put_records(out, reader, found->row);
	details_put_typing(out, reader, found);
	details_put_relatives(out, reader, found);
	put_references(out, reader, found->row);
	put_neighbours(out, reader, found);
	details_put_elsewhere(out, reader, found);
	text_puts(out, "</article>\n");
}
