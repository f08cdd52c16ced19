/* render.c - hides what rows and their status look like in each format. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "charform.h"
#include "extra.h"

const char *
charindex_format_name(enum charindex_format format)
{
	static const char *const names[CHARINDEX_FORMAT_COUNT] = {
		[CHARINDEX_TEXT] = "text",
		[CHARINDEX_TSV] = "tsv",
		[CHARINDEX_JSON] = "json",
	};

	return format < CHARINDEX_FORMAT_COUNT ? names[format] : "unknown";
}

static char *
put_text(char *out, struct charindex_text text)
{
	return mempcpy(out, text.bytes, text.length);
}

static char *
put_name(char *out, const char *name)
{
	*out++ = ',';
	*out++ = '"';
	out = stpcpy(out, name);
	*out++ = '"';
	*out++ = ':';
	return out;
}

static char *
put_member(char *out, const char *name, struct charindex_text text)
{
	out = put_name(out, name);
	return out + charform_json_string(text.bytes, text.length, out);
}

/* "U+0023 U+20E3" as a list of strings. */
static char *
put_codes(char *out, struct charindex_text codes)
{
	out = stpcpy(out, "{\"codes\":[\"");
	for (size_t i = 0; i < codes.length; i++) {
		if (codes.bytes[i] == ' ')
			out = stpcpy(out, "\",\"");
		else
			*out++ = codes.bytes[i];
	}
	return stpcpy(out, "\"]");
}

static const char *const property_names[CHARINDEX_PROPERTY_COUNT] = {
	[CHARINDEX_PROPERTY_CATEGORY] = "category",
	[CHARINDEX_PROPERTY_SCRIPT] = "script",
	[CHARINDEX_PROPERTY_BLOCK] = "block",
	[CHARINDEX_PROPERTY_AGE] = "age",
};

static char *
put_json(char *out, const struct charindex_row *row, const char *source)
{
	char utf8[4];

	out = put_codes(out, row->codes);
	out = put_member(out, "char", charindex_row_text(row, utf8));
	out = put_member(out, "name", row->name);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		out = put_member(out, property_names[i], row->property[i]);
	out = put_member(out, "source", (struct charindex_text){ source, strlen(source) });
	return stpcpy(out, "}");
}

static char *
put_tsv(char *out, const struct charindex_row *row, const char *source)
{
	out = put_text(out, row->codes);
	*out++ = '\t';
	out = put_text(out, row->text);
	*out++ = '\t';
	out = put_text(out, row->name);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++) {
		*out++ = '\t';
		out = put_text(out, row->property[i]);
	}
	*out++ = '\t';
	return stpcpy(out, source);
}

static char *
put_row(char *out, const struct charindex_row *row)
{
	char *begin = out;

	out = put_text(out, row->codes);
	while (out - begin < 7)
		*out++ = ' ';
	*out++ = '\t';
	out = put_text(out, row->text);
	*out++ = '\t';
	return put_text(out, row->name);
}

/* A damaged index may have anything in its rows and names of values, of any length. */
static bool
fits(const struct charindex_row *row)
{
	enum { LEAST = 256 }; /* of what is around them in JSON */
	size_t length = row->codes.length / 2 + row->text.length + row->name.length;

	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		length += row->property[i].length;
	return length <= (CHARINDEX_RENDER_SIZE - LEAST) / 6; /* a character takes six bytes at most */
}

size_t
charindex_render(const struct charindex *ci, const struct charindex_hit *hit,
    enum charindex_format format, char *out)
{
	const char *source = charindex_source_name(hit->source);
	struct charindex_label label;
	struct charindex_row row;
	char *end = out;

	charindex_row(ci, hit->row, hit->code_point, &row, &label);
	if (!fits(&row))
		return 0;
	switch (format) {
	case CHARINDEX_TEXT:
		end = put_row(out, &row);
		break;
	case CHARINDEX_TSV:
		end = put_tsv(out, &row, source);
		break;
	case CHARINDEX_JSON:
		end = put_json(out, &row, source);
		break;
	case CHARINDEX_FORMAT_COUNT:
		break;
	}
	return (size_t)(end - out);
}

static size_t
put_json_status(const struct charindex_answer *answer, const char *status, size_t length, char *out)
{
	struct charindex_summary summary;
	char *end;

	charindex_answer_summary(answer, &summary);
	end = stpcpy(out, "{\"status\":");
	end += charform_json_string(status, length, end);
	end += sprintf(end,
	    ",\"total\":%" PRIu64 ",\"first\":%" PRIu64 ",\"count\":%" PRIu64 ",\"more\":%s}",
	    summary.total, summary.first, summary.count, summary.more ? "true" : "false");
	return (size_t)(end - out);
}

size_t
charindex_render_status(const struct charindex_answer *answer, enum charindex_format format,
    char *out)
{
	/* the status is written to the end of `out`, and from there to its beginning */
	size_t longest = charindex_answer_longest(answer), length;
	size_t size = CHARINDEX_ANSWER_STATUS_SIZE(longest);
	char *status = out + CHARINDEX_RENDER_STATUS_SIZE(longest) - size;

	if (format == CHARINDEX_TEXT)
		return charindex_answer_status(answer, out);
	if (format == CHARINDEX_TSV)
		return 2 + charindex_answer_status(answer, stpcpy(out, "#\t"));
	length = charindex_answer_status(answer, status);
	return put_json_status(answer, status, length, out);
}
