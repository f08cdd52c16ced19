/* definition.c - the lines of a definition. */
#include "definition.h"

#include <string.h>
#include <strings.h>

#include "charform.h"

#define INDENT "  "

/* ---- forms ------------------------------------------------------------------------- */

/* Without backslashes, between two of which GoldenDict looks for phonetics. */
static const struct {
	enum charform form;
	const char *label;
} forms[] = {
	{ CHARFORM_UTF8, "UTF-8 " },
	{ CHARFORM_UTF16, ", UTF-16 " },
	{ CHARFORM_HTML, ", HTML " },
	{ CHARFORM_URL, ", URL " },
};

/* The longest text of a row that is shown in forms: sequences are much shorter. */
#define MAX_TEXT 128

static void
put_forms(struct reply *reply, struct charindex_text text)
{
	char form[CHARFORM_SIZE(MAX_TEXT)];

	if (text.length == 0 || text.length > MAX_TEXT)
		return;
	reply_puts(reply, " ");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct charindex_text label = { forms[i].label, strlen(forms[i].label) };
		struct charindex_text written = { form,
			charform_write(forms[i].form, text.bytes, text.length, form) };

		if (label.bytes[0] == ',') {
			reply_puts(reply, ",");
			label = (struct charindex_text){ label.bytes + 1, label.length - 1 };
		}
		reply_wrapped(reply, label);
		reply_wrapped(reply, written);
	}
	reply_end_line(reply);
}

static void
put_properties(struct reply *reply, const struct charindex_row *row)
{
	static const char *const before[CHARINDEX_PROPERTY_COUNT] = {
		[CHARINDEX_PROPERTY_CATEGORY] = "",
		[CHARINDEX_PROPERTY_SCRIPT] = ", ",
		[CHARINDEX_PROPERTY_BLOCK] = ", ",
		[CHARINDEX_PROPERTY_AGE] = ", since Unicode ",
	};

	reply_puts(reply, INDENT);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++) {
		if (row->property[i].length == 0)
			continue;
		reply_puts(reply, before[i]);
		reply_text(reply, row->property[i]);
	}
	reply_end_line(reply);
}

/* ---- records ------------------------------------------------------------------------- */

/* Texts that are remembered, so that each is told once. */
#define MOST_TOLD 64

/* What is told of the records of one kind, after what has been told of others. */
struct telling {
	struct reply *reply;
	const char *label; /* of the line that is being written, or NULL */
	unsigned count;
	struct charindex_text told[MOST_TOLD]; /* the name first */
};

static const char also_called[] = INDENT "also called:", keywords[] = INDENT "keywords:",
                  definition[] = INDENT "definition:", readings[] = INDENT "readings:",
                  elsewhere[] = INDENT "elsewhere:";

/* What stands before the records of a kind; NULL: they are not told. */
static const char *const labels[CHARINDEX_RECORD_KIND_COUNT] = {
	[CHARINDEX_RECORD_CORRECTION] = also_called,
	[CHARINDEX_RECORD_CONTROL] = also_called,
	[CHARINDEX_RECORD_ALTERNATE] = also_called,
	[CHARINDEX_RECORD_FIGMENT] = also_called,
	[CHARINDEX_RECORD_ABBREVIATION] = also_called,
	[CHARINDEX_RECORD_INFORMAL] = also_called,
	[CHARINDEX_RECORD_ENTITY] = also_called,
	[CHARINDEX_RECORD_SYNONYM] = also_called,
	[CHARINDEX_RECORD_SEQUENCE] = also_called,
	[CHARINDEX_RECORD_SHORT_NAME] = also_called,
	[CHARINDEX_RECORD_KEYWORD] = keywords,
	[CHARINDEX_RECORD_DEFINITION] = definition,
	[CHARINDEX_RECORD_MANDARIN] = readings,
	[CHARINDEX_RECORD_CANTONESE] = readings,
	[CHARINDEX_RECORD_ON] = readings,
	[CHARINDEX_RECORD_KUN] = readings,
	[CHARINDEX_RECORD_HANGUL] = readings,
	[CHARINDEX_RECORD_VIETNAMESE] = readings,
	[CHARINDEX_RECORD_READING] = readings,
	[CHARINDEX_RECORD_RADICAL] = definition,
	[CHARINDEX_RECORD_MODERN] = definition,
	[CHARINDEX_RECORD_LATEX] = elsewhere,
	[CHARINDEX_RECORD_SHORTCODE] = elsewhere,
	[CHARINDEX_RECORD_KEYSYM] = elsewhere,
	[CHARINDEX_RECORD_GLYPH] = elsewhere,
	[CHARINDEX_RECORD_JARGON] = elsewhere,
	[CHARINDEX_RECORD_APL] = elsewhere,
};

/* Has it not been told yet, in capitals or small letters? Between backslashes GoldenDict looks for
 * phonetics. */
static bool
is_to_be_told(const struct telling *telling, const struct charindex_record *record)
{
	if (memchr(record->text.bytes, '\\', record->text.length) != NULL)
		return false;
	for (unsigned i = 0; i < telling->count; i++)
		if (telling->told[i].length == record->text.length &&
		    strncasecmp(telling->told[i].bytes, record->text.bytes, record->text.length) == 0)
			return false;
	return telling->count < MOST_TOLD;
}

static void
tell(void *arg, const struct charindex_record *record)
{
	struct telling *telling = arg;
	const char *label = labels[record->kind];

	if (label == NULL || !is_to_be_told(telling, record))
		return;
	telling->told[telling->count++] = record->text;
	if (telling->label == label) {
		reply_puts(telling->reply, ",");
	} else {
		if (telling->label != NULL)
			reply_end_line(telling->reply);
		reply_puts(telling->reply, label);
		telling->label = label;
	}
	reply_wrapped(telling->reply, record->text);
}

static void
put_records(struct reply *reply, const struct charindex *ci, uint32_t row,
    struct charindex_text name)
{
	struct telling telling;

	telling.reply = reply;
	telling.label = NULL;
	telling.count = 0;
	telling.told[telling.count++] = name;
	charindex_records_in(ci, row, "en", tell, &telling);
	if (telling.label != NULL)
		reply_end_line(reply);
}

/* ---- references ---------------------------------------------------------------------- */

/* Other characters that are told of at most, of a kind. */
#define MOST 16

static void
put_others(struct reply *reply, const struct charindex *ci, const char *before,
    const uint32_t *code_points, size_t count, bool linked)
{
	if (count == 0)
		return;
	reply_puts(reply, INDENT);
	reply_puts(reply, before);
	for (size_t i = 0; i < count && i < MOST; i++) {
		bool last = i + 1 == count || i + 1 == MOST;
		struct charindex_label label;
		struct charindex_row other;

		charindex_row(ci, charindex_row_of(ci, code_points[i]), code_points[i], &other, &label);
		if (linked)
			reply_piece(reply, "{", other.name, last ? "}" : "},");
		else
			reply_piece(reply, "", other.name, last ? "" : ",");
	}
	reply_end_line(reply);
}

static void
put_references(struct reply *reply, const struct charindex *ci, uint32_t row, bool linked)
{
	uint32_t code_points[MOST];
	size_t count = charindex_references(ci, row, code_points, MOST);

	put_others(reply, ci, "see", code_points, count, linked);
}

static void
put_look_alikes(struct reply *reply, const struct charindex *ci, const struct charindex_row *known,
    bool linked)
{
	uint32_t code_points[MOST];
	size_t count = charindex_look_alikes(ci, known->code_point, code_points, MOST);

	if ((known->flags & CHARINDEX_IS_SEQUENCE) == 0)
		put_others(reply, ci, "looks like", code_points, count, linked);
}

void
definition_write(struct reply *reply, const struct charindex *ci, uint32_t row, uint32_t code_point,
    bool linked)
{
	struct charindex_label label;
	struct charindex_row known;

	charindex_row(ci, row, code_point, &known, &label);
	reply_text(reply, known.name);
	reply_end_line(reply);
	reply_puts(reply, INDENT);
	if (known.text.length > 0) {
		reply_text(reply, known.text);
		reply_puts(reply, INDENT);
	}
	reply_text(reply, known.codes);
	reply_end_line(reply);
	put_properties(reply, &known);
	put_forms(reply, known.text);
	if (row == CHARINDEX_NO_ROW)
		return;
	put_records(reply, ci, row, known.name);
	put_references(reply, ci, row, linked);
	put_look_alikes(reply, ci, &known, linked);
}
