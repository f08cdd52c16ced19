/* builder.c - hides how names become terms, posting lists and rows. */
#include "builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf.h>

#include "lower_bound.h"
#include "set_builder.h"
#include "words.h"

const char *
builder_strerror(enum builder_err err)
{
	switch (err) {
	case BUILDER_OK:
		return "is in order";
	case BUILDER_NAME:
		return "the name is empty, longer than 255 bytes, or not ASCII";
	case BUILDER_ORDER:
		return "the code point is not above the one before, or not a Unicode scalar value";
	case BUILDER_WORDS:
		return "the name has more than 16 distinct words";
	case BUILDER_TOO_LARGE:
		return "there is more than the offsets of the format reach";
	case BUILDER_MEMORY:
		return "out of memory";
	}
	return "unknown error";
}

void
builder_release(struct builder *builder)
{
	for (int id = 0; id < SECTION_COUNT; id++)
		buffer_release(&builder->section[id]);
	term_table_release(&builder->names);
	*builder = (struct builder){ 0 };
}

static bool
any_section_failed(const struct builder *builder)
{
	for (int id = 0; id < SECTION_COUNT; id++)
		if (builder->section[id].failed)
			return true;
	return false;
}

/* Says that the row to come has these words. */
static enum builder_err
add_words(struct builder *builder, const char *name, size_t length)
{
	struct word_reader reader = { NULL, name, name + words_indexed_length(name, length) };
	uint32_t row = builder->row_count, words = 0;
	struct word word;

	while (word_reader_next(&reader, &word)) {
		switch (term_table_add(&builder->names, word.text, word.length, word.hash, row)) {
		case TERM_NO_MEMORY:
			return BUILDER_MEMORY;
		case TERM_KNOWN:
			break;
		case TERM_ADDED:
			if (++words > CHARINDEX_MAX_WORDS)
				return BUILDER_WORDS;
		}
	}
	return BUILDER_OK;
}

static bool
is_printable_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < 0x20 || text[i] > 0x7E)
			return false;
	return true;
}

/* Is this the next code point that may have a row? */
static bool
is_next_code_point(const struct builder *builder, uint32_t code_point)
{
	const uint32_t *codes = (const uint32_t *)builder->section[SECTION_CODE].bytes;

	return code_point <= 0x10FFFF && !U_IS_SURROGATE(code_point) &&
	    (builder->row_count == 0 || code_point > le32toh(codes[builder->row_count - 1]));
}

enum builder_err
builder_add(struct builder *builder, uint32_t code_point, const char *name, size_t length)
{
	struct buffer *text = &builder->section[SECTION_TEXT];
	char line[32 + BUILDER_MAX_NAME];
	uint8_t utf8[U8_MAX_LENGTH];
	uint32_t utf8_length = 0;
	enum builder_err err;
	int n;

	if (length == 0 || length > BUILDER_MAX_NAME || !is_printable_ascii(name, length))
		return BUILDER_NAME;
	if (!is_next_code_point(builder, code_point))
		return BUILDER_ORDER;
	if (text->length > UINT32_MAX - sizeof(line))
		return BUILDER_TOO_LARGE;
	if ((err = add_words(builder, name, length)) != BUILDER_OK)
		return err;
	U8_APPEND_UNSAFE(utf8, utf8_length, code_point);
	n = snprintf(line, sizeof(line), "U+%04X%*s\t%.*s\t%.*s\r\n", (unsigned)code_point,
	    code_point < 0x10000, "", (int)utf8_length, (const char *)utf8, (int)length, name);
	buffer_append_u32(&builder->section[SECTION_ROWS], (uint32_t)text->length);
	buffer_append_u32(&builder->section[SECTION_CODE], code_point);
	buffer_append(text, line, (size_t)n);
	if (any_section_failed(builder))
		return BUILDER_MEMORY;
	builder->row_count++;
	return BUILDER_OK;
}

/* `codes` as rows show them, "U+0023 U+20E3", to `out`: returns how many bytes. */
static size_t
put_codes(char *out, const uint32_t *codes, uint32_t count)
{
	char *p = out;

	for (uint32_t i = 0; i < count; i++)
		p += sprintf(p, i > 0 ? " U+%04X" : "U+%04X", (unsigned)codes[i]);
	while (p - out < 7)
		*p++ = ' ';
	return (size_t)(p - out);
}

/* The same in UTF-8. */
static size_t
put_characters(char *out, const uint32_t *codes, uint32_t count)
{
	size_t length = 0;

	for (uint32_t i = 0; i < count; i++)
		U8_APPEND_UNSAFE((uint8_t *)out, length, codes[i]);
	return length;
}

enum builder_err
builder_add_extra(struct builder *builder, const struct builder_extra *extra)
{
	struct buffer *text = &builder->section[SECTION_EXTRA_TEXT];
	char line[CHARINDEX_MAX_CODES * (sizeof(" U+10FFFF") + U8_MAX_LENGTH) + BUILDER_MAX_NAME + 8];
	size_t length;

	if (extra->code_count == 0 || extra->code_count > CHARINDEX_MAX_CODES ||
	    extra->name_length == 0 || extra->name_length > BUILDER_MAX_NAME)
		return BUILDER_NAME;
	for (uint32_t i = 0; i < extra->code_count; i++)
		if (extra->codes[i] > 0x10FFFF || U_IS_SURROGATE(extra->codes[i]))
			return BUILDER_ORDER;
	if (text->length > UINT32_MAX - sizeof(line))
		return BUILDER_TOO_LARGE;
	length = put_codes(line, extra->codes, extra->code_count);
	line[length++] = '\t';
	if (extra->code_count > 1)
		length += put_characters(line + length, extra->codes, extra->code_count);
	line[length++] = '\t';
	memcpy(line + length, extra->name, extra->name_length);
	length += extra->name_length;
	memcpy(line + length, "\r\n", 2);
	if (builder->extra_count == 0)
		buffer_append_u32(&builder->section[SECTION_EXTRA_ROWS], 0);
	buffer_append(text, line, length + 2);
	buffer_append_u32(&builder->section[SECTION_EXTRA_ROWS], (uint32_t)text->length);
	buffer_append_u32(&builder->section[SECTION_EXTRA_CODES], extra->codes[0]);
	builder->extra_count++;
	return any_section_failed(builder) ? BUILDER_MEMORY : BUILDER_OK;
}

static uint32_t
number_at(const struct builder *builder, enum section_id id, uint32_t n)
{
	return le32toh(((const uint32_t *)builder->section[id].bytes)[n]);
}

uint32_t
builder_find(const struct builder *builder, uint32_t code_point)
{
	uint32_t low = 0;

	LOWER_BOUND(low, builder->row_count, i, number_at(builder, SECTION_CODE, i) < code_point);
	return low < builder->row_count && number_at(builder, SECTION_CODE, low) == code_point
	    ? low
	    : UINT32_MAX;
}

const char *
builder_row(const struct builder *builder, uint32_t row, size_t *length)
{
	bool extra = row >= builder->row_count;
	enum section_id text = extra ? SECTION_EXTRA_TEXT : SECTION_TEXT;
	enum section_id offsets = extra ? SECTION_EXTRA_ROWS : SECTION_ROWS;
	uint32_t n = extra ? row - builder->row_count : row;
	uint32_t offset = number_at(builder, offsets, n);

	*length = number_at(builder, offsets, n + 1) - offset;
	return (const char *)builder->section[text].bytes + offset;
}

void
builder_category(struct builder *builder, uint32_t first, uint32_t category)
{
	buffer_append_u32(&builder->section[SECTION_GCAT], first);
	buffer_append_u32(&builder->section[SECTION_GCAT], category);
}

/* Appends `count` ascending rows to RUNS, neighbours as one run: returns the number of
 * runs. */
static uint32_t
append_runs(struct buffer *runs, const uint32_t *rows, uint32_t count)
{
	uint32_t run_count = 0;

	for (uint32_t i = 0, next; i < count; i = next) {
		for (next = i + 1; next < count && rows[next] == rows[next - 1] + 1; next++)
			;
		buffer_append_u32(runs, rows[i]);
		buffer_append_u32(runs, rows[next - 1] + 1);
		run_count++;
	}
	return run_count;
}

static void
append_term(struct builder *builder, const struct term *term, const uint32_t *rows)
{
	struct buffer *words = &builder->section[SECTION_WORD];
	struct buffer *runs = &builder->section[SECTION_RUNS];
	uint32_t first_run = (uint32_t)(runs->length / sizeof(struct format_run));
	uint32_t run_count = append_runs(runs, rows, term->document_count);
	uint32_t set = run_count > 1 ? append_set(&builder->section[SECTION_SETS], rows,
	                                   term->document_count, builder->row_count)
	                             : 0;
	const unsigned char *word = builder->names.words.bytes + term->word_offset;
	struct format_term entry = {
		.word_offset = htole32((uint32_t)words->length),
		.set_length = htole32(set << 8 | term->word_length),
		.first_run = htole32(first_run),
		.row_count = htole32(term->document_count),
	};

	memcpy(entry.prefix, word,
	    term->word_length < FORMAT_PREFIX ? term->word_length : FORMAT_PREFIX);
	buffer_append(&builder->section[SECTION_TERM], &entry, sizeof(entry));
	buffer_append(words, word, term->word_length);
}

/* Appends the slots to HASH: the upper bits of a taken one are those of its term's hash. */
static void
append_slots(struct builder *builder, const uint32_t *slots, uint32_t slot_count)
{
	for (uint32_t slot = 0; slot < slot_count; slot++) {
		uint32_t value = slots[slot];

		if (value != 0)
			value |= term_table_ranked(&builder->names, value - 1)->hash & ~(slot_count - 1);
		buffer_append_u32(&builder->section[SECTION_HASH], value);
	}
}

enum builder_err
builder_finish(struct builder *builder)
{
	struct term_table *names = &builder->names;
	uint32_t slot_count, *slots;
	size_t at = 0;

	if (!term_table_finish(names) || (slots = term_table_slots(names, &slot_count)) == NULL)
		return BUILDER_MEMORY;
	builder->term_count = names->term_count;
	/* so that no set is at place 0 */
	buffer_append(&builder->section[SECTION_SETS], NULL, sizeof(uint64_t));
	for (uint32_t rank = 0; rank < names->term_count; rank++) {
		const struct term *term = term_table_ranked(names, rank);

		append_term(builder, term, names->documents + at);
		at += term->document_count;
	}
	append_slots(builder, slots, slot_count);
	free(slots);
	if (builder->section[SECTION_SETS].length / sizeof(uint64_t) > FORMAT_MAX_SET_PLACE)
		return BUILDER_TOO_LARGE;
	buffer_append_u32(&builder->section[SECTION_ROWS],
	    (uint32_t)builder->section[SECTION_TEXT].length);
	return any_section_failed(builder) ? BUILDER_MEMORY : BUILDER_OK;
}

uint32_t *
builder_rows_with(const struct builder *builder, const char *text, size_t length, uint32_t *count)
{
	struct word_reader reader = { NULL, text, text + length };
	uint32_t *rows = NULL, found = 0;
	struct word word;
	bool first = true;

	while (word_reader_next(&reader, &word)) {
		const uint32_t *list;
		uint32_t list_length, kept = 0;

		list =
		    term_table_documents(&builder->names, word.text, word.length, word.hash, &list_length);
		if (first) {
			rows = malloc((list_length + 1) * sizeof(*rows));
			if (rows == NULL)
				return NULL;
			memcpy(rows, list, list_length * sizeof(*rows));
			found = list_length;
			first = false;
			continue;
		}
		for (uint32_t i = 0, j = 0; i < found; i++) {
			while (j < list_length && list[j] < rows[i])
				j++;
			if (j < list_length && list[j] == rows[i])
				rows[kept++] = rows[i];
		}
		found = kept;
	}
	*count = found;
	return rows != NULL ? rows : calloc(1, sizeof(*rows));
}
