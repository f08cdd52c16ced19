/* about_lines.c - facts, one after the other, and what a line is made of. */
#include "about_lines.h"

#include <stdbool.h>
#include <string.h>

#include "char_id.h"
#include "charform.h"
#include "facts.h"
#include "text.h"

#define CRLF "\r\n"

/* One of the things that are known. */
struct fact {
	const char *kind;
	const char *language; /* "" if it is of none */
	struct charindex_text text;
	const struct charindex_row *other; /* a character, instead of the text; or NULL */
};

/* Who is told facts: embedded in its owner. */
struct taker {
	void (*take)(struct taker *taker, const struct fact *fact);
	struct text *out;
	struct charindex_text codes;
	struct fact last; /* of which the line is not ended; `kind` is NULL if it is */
};

static void
put(struct text *out, struct charindex_text text)
{
	text_add(out, text.bytes, text.length);
}

/* ---- facts ----------------------------------------------------------------------------------- */

static void
tell(struct taker *taker, const char *kind, const char *bytes, size_t length)
{
	const struct fact fact = { .kind = kind, .language = "", .text = { bytes, length } };

	if (length > 0)
		taker->take(taker, &fact);
}

/* Further properties; sequences have none. */
static void
tell_properties(struct taker *taker, const struct charindex *ci, const struct charindex_row *facts)
{
	struct charindex_text text;

	if ((facts->flags & CHARINDEX_IS_SEQUENCE) != 0)
		return;
	for (unsigned i = 0; i < CHARINDEX_TRAIT_COUNT; i++) {
		text = charindex_trait(ci, facts->code_point, (enum charindex_trait)i);
		tell(taker, charindex_trait_name((enum charindex_trait)i), text.bytes, text.length);
	}
	for (uint32_t n = 0; (text = charindex_binary(ci, facts->code_point, n)).length > 0; n++)
		tell(taker, "is", text.bytes, text.length);
}

static void
tell_forms(struct taker *taker, const struct char_id *found)
{
	char room[4], written[CHARFORM_SIZE(64)];
	const char *text;
	size_t length = char_id_text(found, &text, room);

	for (int form = 0; form < CHARFORM_COUNT && length <= 64; form++)
		tell(taker, charform_name((enum charform)form), written,
		    charform_write((enum charform)form, text, length, written));
}

static void
tell_record(void *arg, const struct charindex_record *record)
{
	struct taker *taker = arg;
	const struct fact fact = {
		.kind = charindex_record_kind_name(record->kind),
		.language = record->language,
		.text = record->text,
	};

	taker->take(taker, &fact);
}

static void
tell_other(struct taker *taker, const struct charindex *ci, const char *kind, uint32_t row,
    uint32_t code_point)
{
	struct charindex_label label;
	struct charindex_row facts;
	const struct fact fact = { .kind = kind, .language = "", .other = &facts };

	charindex_row(ci, row, code_point, &facts, &label);
	taker->take(taker, &fact);
}

static void
tell_related(struct taker *taker, const struct charindex *ci, const struct char_id *found)
{
	uint32_t code_points[CHAR_ID_MOST_REFERENCES];

	for (unsigned kind = 0; kind < CHAR_ID_RELATED_COUNT; kind++) {
		size_t count = char_id_related(ci, found, kind, code_points);

		for (size_t i = 0; i < count; i++)
			tell_other(taker, ci, char_id_related_name(kind), charindex_row_of(ci, code_points[i]),
			    code_points[i]);
	}
}

static void
tell_others(struct taker *taker, const struct charindex *ci, const struct char_id *found)
{
	uint32_t code_points[CHAR_ID_MOST_REFERENCES], previous, next;
	size_t count = char_id_references(ci, found, code_points);

	for (size_t i = 0; i < count; i++)
		tell_other(taker, ci, "see-also", charindex_row_of(ci, code_points[i]), code_points[i]);
	char_id_neighbours(ci, found, &previous, &next);
	if (previous != CHARINDEX_NO_ROW)
		tell_other(taker, ci, "previous", previous, 0);
	if (next != CHARINDEX_NO_ROW)
		tell_other(taker, ci, "next", next, 0);
}

/* What comes after code points, character and name. */
static void
tell_rest(struct taker *taker, const struct charindex *ci, const struct char_id *found)
{
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		tell(taker, facts_property_names[i], found->facts.property[i].bytes,
		    found->facts.property[i].length);
	tell_properties(taker, ci, &found->facts);
	tell_forms(taker, found);
	if (found->row != CHARINDEX_NO_ROW)
		charindex_records(ci, found->row, tell_record, taker);
	tell_related(taker, ci, found);
	tell_others(taker, ci, found);
}

/* ---- for people ------------------------------------------------------------------------------ */

/* "U+2656 ♖ WHITE CHESS ROOK"; controls have no character. */
static void
put_other(struct text *out, const struct charindex_row *other)
{
	put(out, other->codes);
	text_puts(out, other->text.length > 0 ? " " : "");
	put(out, other->text);
	text_puts(out, " ");
	put(out, other->name);
}

static void
end_line(struct taker *taker)
{
	if (taker->last.kind != NULL)
		text_puts(taker->out, CRLF);
	taker->last.kind = NULL;
}

static bool
goes_on(const struct taker *taker, const struct fact *fact)
{
	return taker->last.kind != NULL && strcmp(taker->last.kind, fact->kind) == 0 &&
	    strcmp(taker->last.language, fact->language) == 0;
}

/* What is of the same kind and language stands on one line. */
static void
take_for_people(struct taker *taker, const struct fact *fact)
{
	struct text *out = taker->out;

	if (goes_on(taker, fact)) {
		text_puts(out, ", ");
	} else {
		end_line(taker);
		text_puts(out, "\t");
		text_puts(out, fact->kind);
		text_puts(out, *fact->language != '\0' ? " " : "");
		text_puts(out, fact->language);
		text_puts(out, "\t");
	}
	if (fact->other != NULL)
		put_other(out, fact->other);
	else
		put(out, fact->text);
	taker->last = *fact;
}

void
about_text(struct text *out, const struct charindex *ci, const struct char_id *found)
{
	const struct charindex_hit hit = { found->row, found->facts.code_point, CHARINDEX_BY_CODE };
	struct taker taker = { .take = take_for_people, .out = out };
	char *row = text_room(out, CHARINDEX_RENDER_SIZE);

	if (row == NULL)
		return;
	text_fill(out, charindex_render(ci, &hit, CHARINDEX_TEXT, row));
	text_puts(out, CRLF);
	tell_rest(&taker, ci, found);
	end_line(&taker);
}

/* ---- for programs ---------------------------------------------------------------------------- */

static void
take_for_programs(struct taker *taker, const struct fact *fact)
{
	struct text *out = taker->out;

	put(out, taker->codes);
	text_puts(out, "\t");
	text_puts(out, fact->kind);
	text_puts(out, "\t");
	text_puts(out, fact->language);
	text_puts(out, "\t");
	put(out, fact->other != NULL ? fact->other->codes : fact->text);
	text_puts(out, CRLF);
}

void
about_tsv(struct text *out, const struct charindex *ci, const struct char_id *found)
{
	const struct charindex_row *facts = &found->facts;
	struct taker taker = { .take = take_for_programs, .out = out, .codes = facts->codes };

	tell(&taker, "char", facts->text.bytes, facts->text.length);
	tell(&taker, "name", facts->name.bytes, facts->name.length);
	tell_rest(&taker, ci, found);
}
