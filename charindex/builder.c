/* builder.c - hides how names become terms, posting lists and rows. */
#include "builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf.h>

#include "words.h"

struct builder_term {
	uint32_t word_offset; /* in words */
	uint32_t word_length;
	uint32_t hash;
	uint32_t rank;     /* number in byte order; set at the end */
	uint32_t last_row; /* 1 + the row that had it last */
	uint32_t row_count;
};

struct builder_posting {
	uint32_t term, row;
};

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
		return "there is more text than 32-bit offsets reach";
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
	buffer_release(&builder->terms);
	buffer_release(&builder->words);
	buffer_release(&builder->postings);
	free(builder->slots);
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

static struct builder_term *
term_at(const struct builder *builder, uint32_t n)
{
	return (struct builder_term *)builder->terms.bytes + n;
}

static int
compare_words(const struct builder *builder, const struct builder_term *a,
    const struct builder_term *b)
{
	uint32_t common = a->word_length < b->word_length ? a->word_length : b->word_length;
	int order = memcmp(builder->words.bytes + a->word_offset,
	    builder->words.bytes + b->word_offset, common);

	return order != 0 ? order : (a->word_length > b->word_length) - (a->word_length < b->word_length);
}

/* Fills a table of `slot_count` slots with the terms in the order of `order` (their
 * own, if NULL), each in the first free slot from its hash on. */
static uint32_t *
fill_slots(const struct builder *builder, uint32_t slot_count, const uint32_t *order)
{
	uint32_t *slots = calloc(slot_count, sizeof(*slots));

	if (slots == NULL)
		return NULL;
	for (uint32_t n = 0; n < builder->term_count; n++) {
		uint32_t slot = term_at(builder, order != NULL ? order[n] : n)->hash & (slot_count - 1);

		while (slots[slot] != 0)
			slot = (slot + 1) & (slot_count - 1);
		slots[slot] = n + 1;
	}
	return slots;
}

/* At most half of the slots are taken, also after one more term. */
static bool
make_room_for_term(struct builder *builder)
{
	uint32_t slot_count = builder->slot_count > 0 ? builder->slot_count : 2;
	uint32_t *slots;

	while (slot_count / 2 < builder->term_count + 1)
		slot_count *= 2;
	if (slot_count == builder->slot_count)
		return true;
	slots = fill_slots(builder, slot_count, NULL);
	if (slots == NULL)
		return false;
	free(builder->slots);
	builder->slots = slots;
	builder->slot_count = slot_count;
	return true;
}

static bool
is_word(const struct builder *builder, const struct builder_term *term, const struct word *word)
{
	return term->hash == word->hash && term->word_length == word->length &&
	    memcmp(builder->words.bytes + term->word_offset, word->text, word->length) == 0;
}

/* The term for `word`, a new one if need be; NULL if memory runs out. */
static struct builder_term *
intern(struct builder *builder, const struct word *word)
{
	struct builder_term new_term = {
		.word_offset = (uint32_t)builder->words.length,
		.word_length = (uint32_t)word->length,
		.hash = word->hash,
	};
	uint32_t slot;

	if (!make_room_for_term(builder))
		return NULL;
	for (slot = word->hash & (builder->slot_count - 1); builder->slots[slot] != 0;
	     slot = (slot + 1) & (builder->slot_count - 1)) {
		struct builder_term *term = term_at(builder, builder->slots[slot] - 1);

		if (is_word(builder, term, word))
			return term;
	}
	if (buffer_append(&builder->words, word->text, word->length) == NULL ||
	    buffer_append(&builder->terms, &new_term, sizeof(new_term)) == NULL)
		return NULL;
	builder->slots[slot] = ++builder->term_count;
	return term_at(builder, builder->term_count - 1);
}

/* Says that the row to come has these words. */
static enum builder_err
add_words(struct builder *builder, const char *name, size_t length)
{
	struct word_reader reader = { NULL, name, name + words_indexed_length(name, length) };
	uint32_t row = builder->row_count, words = 0;
	struct word word;

	while (word_reader_next(&reader, &word)) {
		struct builder_term *term = intern(builder, &word);
		struct builder_posting posting;

		if (term == NULL)
			return BUILDER_MEMORY;
		if (term->last_row == row + 1)
			continue;
		if (++words > CHARINDEX_MAX_WORDS)
			return BUILDER_WORDS;
		term->last_row = row + 1;
		term->row_count++;
		posting = (struct builder_posting){ (uint32_t)(term - term_at(builder, 0)), row };
		if (buffer_append(&builder->postings, &posting, sizeof(posting)) == NULL)
			return BUILDER_MEMORY;
	}
	return BUILDER_OK;
}

static bool
is_ascii(const char *text, size_t length)
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

	if (length == 0 || length > BUILDER_MAX_NAME || !is_ascii(name, length))
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

void
builder_category(struct builder *builder, uint32_t first, uint32_t category)
{
	buffer_append_u32(&builder->section[SECTION_GCAT], first);
	buffer_append_u32(&builder->section[SECTION_GCAT], category);
}

static int
compare_ordered(const void *a, const void *b, void *builder)
{
	return compare_words(builder, term_at(builder, *(const uint32_t *)a),
	    term_at(builder, *(const uint32_t *)b));
}

/* The terms' numbers in byte order, and each term's rank in it. Owned by the caller;
 * NULL if memory runs out. */
static uint32_t *
rank_terms(struct builder *builder)
{
	uint32_t *order = malloc((builder->term_count + 1) * sizeof(*order));

	if (order == NULL)
		return NULL;
	for (uint32_t n = 0; n < builder->term_count; n++)
		order[n] = n;
	qsort_r(order, builder->term_count, sizeof(*order), compare_ordered, builder);
	for (uint32_t rank = 0; rank < builder->term_count; rank++)
		term_at(builder, order[rank])->rank = rank;
	return order;
}

/* The rows of all posting lists, list after list in the order of the terms: postings
 * come in the order of rows, so each goes to the next free place of its list. */
static uint32_t *
group_postings(const struct builder *builder, const uint32_t *order)
{
	const struct builder_posting *postings =
	    (const struct builder_posting *)builder->postings.bytes;
	size_t count = builder->postings.length / sizeof(*postings), next = 0;
	uint32_t *rows = malloc((count + 1) * sizeof(*rows));
	size_t *place = malloc((builder->term_count + 1) * sizeof(*place));

	if (rows != NULL && place != NULL) {
		for (uint32_t rank = 0; rank < builder->term_count; rank++) {
			place[rank] = next;
			next += term_at(builder, order[rank])->row_count;
		}
		for (size_t i = 0; i < count; i++)
			rows[place[term_at(builder, postings[i].term)->rank]++] = postings[i].row;
	} else {
		free(rows);
		rows = NULL;
	}
	free(place);
	return rows;
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

/* Appends a bitmap of the rows to BITS: returns its number, from 1. */
static uint16_t
append_bitmap(struct builder *builder, const uint32_t *rows, uint32_t count)
{
	struct buffer *bitmaps = &builder->section[SECTION_BITS];
	size_t size = format_bitmap_words(builder->row_count) * sizeof(uint64_t);
	unsigned char *bits = buffer_append(bitmaps, NULL, size);

	/* little-endian words: bit n is in byte n / 8 */
	for (uint32_t i = 0; bits != NULL && i < count; i++)
		bits[rows[i] / 8] |= (unsigned char)(1u << rows[i] % 8);
	return (uint16_t)(bitmaps->length / size);
}

static void
append_term(struct builder *builder, const struct builder_term *term, const uint32_t *rows)
{
	struct buffer *words = &builder->section[SECTION_WORD];
	struct buffer *runs = &builder->section[SECTION_RUNS];
	uint32_t first_run = (uint32_t)(runs->length / sizeof(struct format_run));
	bool dense = append_runs(runs, rows, term->row_count) >=
	    format_dense_runs(builder->row_count);
	struct format_term entry = {
		.hash = htole32(term->hash),
		.word_offset = htole32((uint32_t)words->length),
		.word_length = htole16((uint16_t)term->word_length),
		.bitmap = htole16(dense ? append_bitmap(builder, rows, term->row_count) : 0),
		.first_run = htole32(first_run),
		.row_count = htole32(term->row_count),
	};

	buffer_append(&builder->section[SECTION_TERM], &entry, sizeof(entry));
	buffer_append(words, builder->words.bytes + term->word_offset, term->word_length);
}

enum builder_err
builder_finish(struct builder *builder)
{
	uint32_t *order = NULL, *rows = NULL, *slots = NULL;
	enum builder_err err = BUILDER_MEMORY;
	size_t at = 0;

	if (!make_room_for_term(builder) || (order = rank_terms(builder)) == NULL ||
	    (rows = group_postings(builder, order)) == NULL ||
	    (slots = fill_slots(builder, builder->slot_count, order)) == NULL)
		goto out;
	for (uint32_t rank = 0; rank < builder->term_count; rank++) {
		const struct builder_term *term = term_at(builder, order[rank]);

		append_term(builder, term, rows + at);
		at += term->row_count;
	}
	for (uint32_t slot = 0; slot < builder->slot_count; slot++)
		buffer_append_u32(&builder->section[SECTION_HASH], slots[slot]);
	buffer_append_u32(&builder->section[SECTION_ROWS],
	    (uint32_t)builder->section[SECTION_TEXT].length);
	if (!any_section_failed(builder))
		err = BUILDER_OK;
out:
	free(order);
	free(rows);
	free(slots);
	return err;
}
