/* row_template.c - the fields and escapes of a template. */
#include "row_template.h"

#include <string.h>

/* Fields are numbered: columns, then forms, then the query. */
enum { FIELD_FORMS = COLUMN_COUNT, FIELD_QUERY = FIELD_FORMS + FORM_COUNT, FIELD_COUNT };

static const char *
field_name(unsigned field)
{
	if (field == FIELD_QUERY)
		return "query";
	return field < FIELD_FORMS ? column_name((enum column)field) : form_name(field - FIELD_FORMS);
}

/* FIELD_COUNT if there is none of that name. */
static unsigned
find_field(const char *name, size_t length)
{
	unsigned field = 0;

	while (field < FIELD_COUNT &&
	    (strlen(field_name(field)) != length || memcmp(field_name(field), name, length) != 0))
		field++;
	return field;
}

static void
put_field(struct strbuf *out, unsigned field, const struct template_row *row)
{
	if (field == FIELD_QUERY)
		strbuf_put(out, row->query.bytes, row->query.length > 0 ? row->query.length - 1 : 0);
	else if (field < FIELD_FORMS)
		strbuf_put(out, row->columns.of[field].bytes, row->columns.of[field].length);
	else
		form_put(out, row->ci, field - FIELD_FORMS, row->text, row->text_length);
}

/* What is at the beginning of a template: text that stands for itself, or for a character, or a field. */
struct part {
	size_t length;    /* in the template; 0: it is wrong */
	const char *text; /* NULL: a field */
	size_t text_length;
	unsigned field;
};

static struct part
field_at(const char *template)
{
	size_t length = strcspn(template + 2, ")");
	struct part part = { .length = length + 3, .field = find_field(template + 2, length) };

	if (template[2 + length] == '\0' || part.field == FIELD_COUNT)
		part.length = 0;
	return part;
}

static struct part
part_at(const char *template)
{
	static const struct {
		const char *written, *text;
	} escapes[] = { { "%%", "%" }, { "\\t", "\t" }, { "\\n", "\n" }, { "\\\\", "\\" } };
	size_t length = strcspn(template, "%\\");

	if (length > 0)
		return (struct part){ .length = length, .text = template, .text_length = length };
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if (strncmp(template, escapes[i].written, 2) == 0)
			return (struct part){ .length = 2, .text = escapes[i].text, .text_length = 1 };
	if (strncmp(template, "%(", 2) == 0)
		return field_at(template);
	return (struct part){ 0 };
}

void
row_template_put(struct strbuf *out, const char *template, const struct template_row *row)
{
	struct part part;

	for (; *template != '\0'; template += part.length) {
		part = part_at(template);
		if (part.text != NULL)
			strbuf_put(out, part.text, part.text_length);
		else
			put_field(out, part.field, row);
	}
}

static void
put_problem(struct strbuf *out, const char *template)
{
	int length = (int)strcspn(template, ")");

	if (strncmp(template, "%(", 2) != 0) {
		strbuf_printf(out, "'%.2s' is nothing; there are %%(field), %%%%, \\t, \\n and \\\\",
		    template);
	} else if (template[length] == '\0') {
		strbuf_printf(out, "'%s' has no ) at its end", template);
	} else {
		strbuf_printf(out, "there is no field '%.*s)'; there are ", length, template);
		for (unsigned field = 0; field < FIELD_COUNT; field++)
			strbuf_printf(out, "%s%s", field > 0 ? ", " : "", field_name(field));
	}
}

bool
row_template_check(const char *template, struct strbuf *problem)
{
	while (*template != '\0') {
		struct part part = part_at(template);

		if (part.length == 0) {
			put_problem(problem, template);
			strbuf_putc(problem, '\0');
			return false;
		}
		template += part.length;
	}
	return true;
}
