/* forms.c - forms by rule, and forms by name. */
#include "forms.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

size_t
forms_text(const char *row, size_t length, enum charindex_format format, char text[FORMS_MAX_TEXT])
{
	const char *end = memchr(row, format == CHARINDEX_JSON ? ']' : '\t', length), *code;
	size_t bytes = 0;

	if (end == NULL)
		end = row + length;
	while (bytes <= FORMS_MAX_TEXT - U8_MAX_LENGTH &&
	    (code = memmem(row, (size_t)(end - row), "U+", 2)) != NULL) {
		unsigned long c = strtoul(code + 2, NULL, 16);

		if (c <= 0x10FFFF && !U_IS_SURROGATE(c))
			U8_APPEND_UNSAFE((uint8_t *)text, bytes, (uint32_t)c);
		row = code + 2;
	}
	return bytes;
}

/* How a name is written where it is used. */
struct naming {
	const char *name;
	enum charindex_record_kind kind;
	const char *before, *after;
};

static const struct naming namings[] = {
	[FORM_ENTITY - CHARFORM_COUNT] = { "entity", CHARINDEX_RECORD_ENTITY, "&", ";" },
	[FORM_LATEX - CHARFORM_COUNT] = { "latex", CHARINDEX_RECORD_LATEX, "\\", "" },
};

const char *
form_name(unsigned form)
{
	return form < CHARFORM_COUNT ? charform_name((enum charform)form)
	                             : namings[form - CHARFORM_COUNT].name;
}

struct names {
	struct strbuf *out;
	const struct naming *naming;
	size_t begin; /* of the first */
};

static void
take_name(void *arg, const struct charindex_record *record)
{
	const struct names *names = arg;

	if (record->kind != names->naming->kind)
		return;
	if (names->out->length > names->begin)
		strbuf_puts(names->out, ", ");
	strbuf_puts(names->out, names->naming->before);
	strbuf_put(names->out, record->text.bytes, record->text.length);
	strbuf_puts(names->out, names->naming->after);
}

/* Only single characters have such names. */
static void
put_names(struct strbuf *out, const struct charindex *ci, unsigned form, const char *text,
    size_t length)
{
	struct names names = { out, &namings[form - CHARFORM_COUNT], out->length };
	size_t at = 0;
	uint32_t row;
	UChar32 c;

	if (ci == NULL || length == 0)
		return;
	U8_NEXT_UNSAFE((const uint8_t *)text, at, c);
	row = at == length ? charindex_row_of(ci, (uint32_t)c) : CHARINDEX_NO_ROW;
	if (row != CHARINDEX_NO_ROW)
		charindex_records_in(ci, row, "en", take_name, &names);
}

void
form_put(struct strbuf *out, const struct charindex *ci, unsigned form, const char *text,
    size_t length)
{
	char *room;

	if (form >= CHARFORM_COUNT) {
		put_names(out, ci, form, text, length);
		return;
	}
	room = strbuf_reserve(out, CHARFORM_SIZE(FORMS_MAX_TEXT));
	if (room != NULL)
		out->length += charform_write((enum charform)form, text, length, room);
}
