/* about_json.c - all that is known of a character, as an object. */
#include "about_json.h"

#include "char_id.h"
#include "charform.h"
#include "facts.h"
#include "members.h"
#include "text.h"

static void
put_text(struct text *out, struct charindex_text text)
{
	text_json(out, text.bytes, text.length);
}

static void
put_forms(struct text *out, const struct char_id *found)
{
	char room[4];
	const char *text;
	size_t length = char_id_text(found, &text, room);

	text_puts(out, "{");
	for (int form = 0; form < CHARFORM_COUNT && length > 0; form++) {
		char written[CHARFORM_SIZE(64)];

		if (length > 64)
			break;
		text_puts(out, form > 0 ? "," : "");
		text_json_puts(out, charform_name((enum charform)form));
		text_puts(out, ":");
		text_json(out, written, charform_write((enum charform)form, text, length, written));
	}
	text_puts(out, "}");
}

struct record_list {
	struct text *out;
	bool begun;
};

static void
put_record(void *arg, const struct charindex_record *record)
{
	struct record_list *list = arg;

	text_puts(list->out, list->begun ? ",{\"kind\":" : "{\"kind\":");
	list->begun = true;
	text_json_puts(list->out, charindex_record_kind_name(record->kind));
	text_puts(list->out, ",\"text\":");
	put_text(list->out, record->text);
	text_puts(list->out, ",\"language\":");
	text_json_puts(list->out, record->language);
	text_puts(list->out, "}");
}

static void
put_brief(struct text *out, const struct charindex *ci, uint32_t row, uint32_t code_point)
{
	struct charindex_row facts;
	struct charindex_label label;
	struct members members = { .out = out, .wanted = MEMBERS_OF_CHARACTER };

	charindex_row(ci, row, code_point, &facts, &label);
	text_puts(out, "{");
	facts_put(&members, ci, row, &facts);
	text_puts(out, "}");
}

static void
put_neighbour(struct text *out, const struct charindex *ci, uint32_t row)
{
	if (row != CHARINDEX_NO_ROW)
		put_brief(out, ci, row, 0);
	else
		text_puts(out, "null");
}

static void
put_records(struct text *out, const struct charindex *ci, uint32_t row)
{
	struct record_list records = { .out = out };

	text_puts(out, "[");
	if (row != CHARINDEX_NO_ROW)
		charindex_records(ci, row, put_record, &records);
	text_puts(out, "]");
}

/* Further properties; sequences have none. */
static void
put_properties(struct text *out, const struct charindex *ci, const struct charindex_row *facts)
{
	bool any = false, sequence = (facts->flags & CHARINDEX_IS_SEQUENCE) != 0;
	struct charindex_text text;

	text_puts(out, "{");
	for (unsigned i = 0; i < CHARINDEX_TRAIT_COUNT && !sequence; i++) {
		text = charindex_trait(ci, facts->code_point, (enum charindex_trait)i);
		if (text.length == 0)
			continue;
		text_puts(out, any ? "," : "");
		text_json_puts(out, charindex_trait_name((enum charindex_trait)i));
		text_puts(out, ":");
		put_text(out, text);
		any = true;
	}
	text_puts(out, any ? ",\"is\":[" : "\"is\":[");
	for (uint32_t n = 0; !sequence; n++) {
		text = charindex_binary(ci, facts->code_point, n);
		if (text.length == 0)
			break;
		text_puts(out, n > 0 ? "," : "");
		put_text(out, text);
	}
	text_puts(out, "]}");
}

static void
put_others(struct text *out, const struct charindex *ci, const uint32_t *code_points, size_t count)
{
	text_puts(out, "[");
	for (size_t i = 0; i < count; i++) {
		text_puts(out, i > 0 ? "," : "");
		put_brief(out, ci, charindex_row_of(ci, code_points[i]), code_points[i]);
	}
	text_puts(out, "]");
}

static void
put_references(struct text *out, const struct charindex *ci, const struct char_id *found)
{
	uint32_t code_points[CHAR_ID_MOST_REFERENCES];

	put_others(out, ci, code_points, char_id_references(ci, found, code_points));
}

/* A list for each kind of which there are any. */
static void
put_related(struct text *out, const struct charindex *ci, const struct char_id *found)
{
	uint32_t code_points[CHAR_ID_MOST_REFERENCES];
	bool any = false;

	text_puts(out, "{");
	for (unsigned kind = 0; kind < CHAR_ID_RELATED_COUNT; kind++) {
		size_t count = char_id_related(ci, found, kind, code_points);

		if (count == 0)
			continue;
		text_puts(out, any ? "," : "");
		text_json_puts(out, char_id_related_name(kind));
		text_puts(out, ":");
		put_others(out, ci, code_points, count);
		any = true;
	}
	text_puts(out, "}");
}

void
about_json(struct text *out, const struct charindex *ci, const struct char_id *found,
    uint32_t wanted)
{
	struct members members = { .out = out, .wanted = wanted };
	uint32_t previous, next;

	text_puts(out, "{");
	facts_put(&members, ci, found->row, &found->facts);
	if (members_next(&members, MEMBER_PROPERTIES))
		put_properties(out, ci, &found->facts);
	if (members_next(&members, MEMBER_FORMS))
		put_forms(out, found);
	if (members_next(&members, MEMBER_RECORDS))
		put_records(out, ci, found->row);
	if (members_next(&members, MEMBER_RELATED))
		put_related(out, ci, found);
	if (members_next(&members, MEMBER_REFERENCES))
		put_references(out, ci, found);
	char_id_neighbours(ci, found, &previous, &next);
	if (members_next(&members, MEMBER_PREVIOUS))
		put_neighbour(out, ci, previous);
	if (members_next(&members, MEMBER_NEXT))
		put_neighbour(out, ci, next);
	text_puts(out, "}");
}
