/* character.c - hides where everything that is known of a row lies. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "dictionary.h"
#include "extra.h"
#include "language_list.h"
#include "lower_bound.h"
#include "property.h"

/* The first of `count` ascending numbers that is not below `wanted`. */
static uint32_t
first_not_below(const uint32_t *numbers, uint32_t count, uint32_t wanted)
{
	uint32_t low = 0;

	LOWER_BOUND(low, count, i, le32toh(numbers[i]) < wanted);
	return low;
}

uint32_t
charindex_row_of(const struct charindex *ci, uint32_t code_point)
{
	const uint32_t *extra = extra_section(ci, SECTION_EXTRA_CODES);
	uint32_t row = first_not_below(ci->codes, ci->row_count, code_point);

	if (row < ci->row_count && le32toh(ci->codes[row]) == code_point)
		return row;
	row = first_not_below(extra, ci->extra_count, code_point);
	if (row < ci->extra_count && le32toh(extra[row]) == code_point &&
	    (extra_rank(ci, ci->row_count + row).flags & CHARINDEX_IS_CONTROL) != 0)
		return ci->row_count + row;
	return CHARINDEX_NO_ROW;
}

/* The row of the control that is nearest to extra row `n`, in steps of `step`; CHARINDEX_NO_ROW if
 * there is none. Sequences are passed over. */
static uint32_t
nearest_control(const struct charindex *ci, uint32_t n, uint32_t step)
{
	for (; n < ci->extra_count; n += step)
		if ((extra_rank(ci, ci->row_count + n).flags & CHARINDEX_IS_CONTROL) != 0)
			return ci->row_count + n;
	return CHARINDEX_NO_ROW;
}

/* Of two rows, which may be none, that whose code point is the lower, or the higher. */
static uint32_t
nearer(const struct charindex *ci, uint32_t a, uint32_t b, bool lower)
{
	if (a == CHARINDEX_NO_ROW || b == CHARINDEX_NO_ROW)
		return a == CHARINDEX_NO_ROW ? b : a;
	return (extra_row_code(ci, a) < extra_row_code(ci, b)) == lower ? a : b;
}

void
charindex_neighbours(const struct charindex *ci, uint32_t code_point, uint32_t *previous,
    uint32_t *next)
{
	const uint32_t *extra = extra_section(ci, SECTION_EXTRA_CODES);
	uint32_t after = code_point < UINT32_MAX ? code_point + 1 : code_point;
	uint32_t named_before = first_not_below(ci->codes, ci->row_count, code_point);
	uint32_t named_after = first_not_below(ci->codes, ci->row_count, after);

	*previous = nearer(ci, named_before > 0 ? named_before - 1 : CHARINDEX_NO_ROW,
	    nearest_control(ci, first_not_below(extra, ci->extra_count, code_point) - 1, UINT32_MAX),
	    false);
	*next = nearer(ci, named_after < ci->row_count ? named_after : CHARINDEX_NO_ROW,
	    nearest_control(ci, first_not_below(extra, ci->extra_count, after), 1), true);
	/* in a damaged file they may not be in order, and whoever goes from one to the next must get on */
	if (*previous != CHARINDEX_NO_ROW && extra_row_code(ci, *previous) >= code_point)
		*previous = CHARINDEX_NO_ROW;
	if (*next != CHARINDEX_NO_ROW && extra_row_code(ci, *next) <= code_point)
		*next = CHARINDEX_NO_ROW;
}

/* What the Core Specification, section 4.8, calls code points without a name. */
static const char *
label_of(const struct charindex *ci, uint32_t c)
{
	if (U_IS_UNICODE_NONCHAR(c))
		return "noncharacter";
	switch (charindex_category(ci, c)) {
	case U_CONTROL_CHAR:
		return "control";
	case U_PRIVATE_USE_CHAR:
		return "private-use";
	case U_SURROGATE:
		return "surrogate";
	default:
		return "unassigned";
	}
}

static void
label_row(const struct charindex *ci, uint32_t c, struct charindex_row *out,
    struct charindex_label *label)
{
	bool shown = charindex_category(ci, c) == U_PRIVATE_USE_CHAR;
	uint32_t length = 0;

	out->codes.bytes = label->codes;
	out->codes.length = (size_t)snprintf(label->codes, sizeof(label->codes), "U+%04X", (unsigned)c);
	out->name.bytes = label->name;
	out->name.length = (size_t)snprintf(label->name, sizeof(label->name), "<%s-%04X>",
	    label_of(ci, c), (unsigned)c);
	if (shown)
		U8_APPEND_UNSAFE((uint8_t *)label->text, length, c);
	out->text = (struct charindex_text){ label->text, length };
}

/* The next column of a row, which ends with `end`. */
static struct charindex_text
take_column(struct charindex_text *row, char end)
{
	const char *found = memchr(row->bytes, end, row->length);
	size_t length = found != NULL ? (size_t)(found - row->bytes) : row->length;
	struct charindex_text column = { row->bytes, length };

	if (found != NULL)
		length++;
	row->bytes += length;
	row->length -= length;
	return column;
}

static void
split_row(struct charindex_text row, struct charindex_row *out)
{
	out->codes = take_column(&row, '\t');
	while (out->codes.length > 0 && out->codes.bytes[out->codes.length - 1] == ' ')
		out->codes.length--;
	out->text = take_column(&row, '\t');
	out->name = take_column(&row, '\r');
}

void
charindex_row(const struct charindex *ci, uint32_t row, uint32_t code_point,
    struct charindex_row *out, struct charindex_label *label)
{
	*out = (struct charindex_row){ .code_point = code_point };
	if (row < extra_all_rows(ci)) {
		out->code_point = extra_row_code(ci, row);
		out->flags = extra_rank(ci, row).flags;
		split_row(extra_row_text(ci, row), out);
	} else {
		label_row(ci, code_point, out, label);
	}
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		out->property[i] = property_text(ci, i, out->code_point);
	if ((out->flags & CHARINDEX_IS_SEQUENCE) != 0) /* it has come later than its first code point */
		out->property[CHARINDEX_PROPERTY_AGE] = (struct charindex_text){ "", 0 };
}

struct charindex_text
charindex_row_text(const struct charindex_row *row, char utf8[4])
{
	struct charindex_text control = { utf8, 0 };

	if (row->text.length > 0 || (row->flags & CHARINDEX_IS_CONTROL) == 0)
		return row->text;
	U8_APPEND_UNSAFE((uint8_t *)utf8, control.length, row->code_point);
	return control;
}

static bool
is_same_record(const struct charindex_record *a, const struct charindex_record *b)
{
	return a->kind == b->kind && a->text.length == b->text.length &&
	    memcmp(a->text.bytes, b->text.bytes, a->text.length) == 0;
}

static void
take_records(const struct dictionary *dictionary, uint32_t row,
    void (*take)(void *arg, const struct charindex_record *record), void *arg)
{
	struct charindex_record last = { .kind = CHARINDEX_RECORD_KIND_COUNT };
	struct dictionary_record entry;

	for (uint32_t i = dictionary_first_record(dictionary, row);
	     dictionary_record(dictionary, i, &entry) && entry.row == row; i++) {
		struct charindex_record record = {
			.kind = entry.kind,
			.text = entry.text,
			.language = dictionary->language,
		};

		/* a synonym may stand there as that of a word, and of the whole name */
		if (!is_same_record(&record, &last))
			take(arg, &record);
		last = record;
	}
}

void
charindex_records(const struct charindex *ci, uint32_t row,
    void (*take)(void *arg, const struct charindex_record *record), void *arg)
{
	struct dictionary dictionary;

	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++)
		take_records(&dictionary, row, take, arg);
}

void
charindex_records_in(const struct charindex *ci, uint32_t row, const char *language,
    void (*take)(void *arg, const struct charindex_record *record), void *arg)
{
	struct dictionary dictionary;

	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++)
		if (dictionary.kind != DICTIONARY_KEYWORDS ||
		    language_list_has(language, dictionary.language))
			take_records(&dictionary, row, take, arg);
}

size_t
charindex_references(const struct charindex *ci, uint32_t row, uint32_t *code_points, size_t most)
{
	const struct format_reference *references = extra_section(ci, SECTION_REFERENCES);
	uint32_t low = 0, end = extra_entries(ci, SECTION_REFERENCES);
	size_t count = 0;

	LOWER_BOUND(low, end, i, le32toh(references[i].row) < row);
	for (; low < end && le32toh(references[low].row) == row; low++, count++)
		if (count < most)
			code_points[count] = le32toh(references[low].code_point);
	return count;
}

/* The keywords in the language with number `n`: false if there are none. */
static bool
keywords_of(const struct charindex *ci, uint32_t n, struct dictionary *dictionary)
{
	for (uint32_t i = 0; dictionary_get(ci, i, dictionary); i++)
		if (dictionary->kind == DICTIONARY_KEYWORDS && n-- == 0)
			return true;
	return false;
}

const char *
charindex_language(const struct charindex *ci, uint32_t n)
{
	struct dictionary dictionary;

	return keywords_of(ci, n, &dictionary) ? dictionary.language : NULL;
}

uint32_t
charindex_language_rows(const struct charindex *ci, uint32_t n)
{
	struct dictionary dictionary;
	uint32_t count = 0, last = CHARINDEX_NO_ROW;

	if (!keywords_of(ci, n, &dictionary))
		return 0;
	for (uint32_t i = 0; i < dictionary.record_count; i++) {
		uint32_t row = format_record_row(&dictionary.records[i]);

		count += row != last;
		last = row;
	}
	return count;
}
