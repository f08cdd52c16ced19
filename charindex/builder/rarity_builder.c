/* rarity_builder.c - hides by what rows are called everyday or rare. There are no counts of use that
 * could be had freely for all characters, but who made HTML, the emoji and their keywords has
 * chosen what people need. */
#include "rarity_builder.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "charindex.h"
#include "fold.h"
#include "row.h"

/* How many times an ideograph is written in the keywords of Chinese and Japanese, together. */
enum { SOMETIMES = 10, OFTEN = 100 };

struct rarity_facts {
	unsigned flags; /* CHARINDEX_IS_… */
	bool popular, entity, keyword, emoji_by_default, form, ideograph, capital;
	uint32_t written; /* times in texts of everyday words */
};

void
rarity_builder_begin(struct rarity_builder *rarity, struct builder *builder,
    const struct extras_builder *extras)
{
	rarity->builder = builder;
	rarity->row_count = builder->row_count + builder->extra_count;
	rarity->facts = calloc(rarity->row_count + 1, sizeof(*rarity->facts));
	if (rarity->facts == NULL)
		errx(1, "out of memory");
	for (uint32_t i = 0; i < extras->count; i++)
		rarity->facts[builder->row_count + i].flags = extras->list[i].flags;
}

void
rarity_builder_popular(struct rarity_builder *rarity, uint32_t row)
{
	rarity->facts[row].popular = true;
}

void
rarity_builder_written(struct rarity_builder *rarity, const char *text)
{
	const uint8_t *s = (const uint8_t *)text;

	for (size_t at = 0; s[at] != '\0';) {
		uint32_t row;
		UChar32 c;

		U8_NEXT(s, at, SIZE_MAX, c);
		row = c >= 0x80 ? builder_find(rarity->builder, (uint32_t)c) : UINT32_MAX;
		if (row != UINT32_MAX)
			rarity->facts[row].written++;
	}
}

void
rarity_builder_form(struct rarity_builder *rarity, uint32_t row)
{
	rarity->facts[row].form = true;
}

void
rarity_builder_entity(struct rarity_builder *rarity, uint32_t row)
{
	rarity->facts[row].entity = true;
}

void
rarity_builder_keyword(struct rarity_builder *rarity, uint32_t row)
{
	rarity->facts[row].keyword = true;
}

void
rarity_builder_emoji(struct rarity_builder *rarity, uint32_t row, bool by_default)
{
	rarity->facts[row].flags |= CHARINDEX_IS_EMOJI;
	rarity->facts[row].emoji_by_default = by_default;
}

/* Blocks of what is written every day somewhere, beyond Latin-1. */
static const struct {
	uint32_t first, last;
} everyday_blocks[] = {
	{ 0x0100, 0x017F }, /* Latin Extended-A */
	{ 0x0370, 0x052F }, /* Greek, Cyrillic */
	{ 0x0590, 0x06FF }, /* Hebrew, Arabic */
	{ 0x0900, 0x097F }, /* Devanagari */
	{ 0x2010, 0x205F }, /* General Punctuation */
	{ 0x2070, 0x22FF }, /* superscripts, currency, letterlike, numbers, arrows, mathematics */
	{ 0x2460, 0x27BF }, /* circled numbers and letters, boxes, shapes, symbols, dingbats */
	{ 0x3000, 0x30FF }, /* CJK punctuation, Kana */
	{ 0x4E00, 0x9FFF }, /* CJK unified ideographs */
	{ 0xAC00, 0xD7A3 }, /* Hangul syllables */
};

static bool
is_everyday_block(uint32_t c)
{
	for (size_t i = 0; i < sizeof(everyday_blocks) / sizeof(everyday_blocks[0]); i++)
		if (c >= everyday_blocks[i].first && c <= everyday_blocks[i].last)
			return true;
	return false;
}

static unsigned
rarity_of(uint32_t c, const struct rarity_facts *facts)
{
	if (facts->flags & CHARINDEX_IS_TONED)
		return 13;
	if (facts->flags & CHARINDEX_IS_SEQUENCE)
		return (facts->flags & CHARINDEX_IS_EMOJI) != 0 ? 5 : 11;
	if (c < 0x80 || facts->popular)
		return 0;
	if (facts->emoji_by_default)
		return 1;
	if (c < 0x100 || (facts->flags & CHARINDEX_IS_EMOJI) != 0)
		return 2;
	if (facts->keyword)
		return 3;
	if (facts->entity)
		return 4;
	if (facts->ideograph && facts->written > 0)
		return facts->written >= OFTEN ? 4 : facts->written >= SOMETIMES ? 5 : 6;
	if (is_everyday_block(c))
		return 7;
	return c < 0x10000 ? 8 : 10;
}

/* Capitals are rarer than small letters, and forms than what they stand for; `facts` are those of
 * the row's first character. */
static unsigned
rarity_by_form(uint32_t c, const struct rarity_facts *facts, unsigned rarity)
{
	if (rarity > 2 && facts->form)
		rarity += 3;
	if (c >= 0x80 && facts->capital)
		rarity++;
	return rarity < 15 ? rarity : 15;
}

/* Sets what the properties of the named characters say: entries of GCAT and BINP are of all code
 * points up to that of the next. */
static void
apply_properties(struct rarity_builder *rarity)
{
	const struct builder *builder = rarity->builder;
	const struct buffer *section = builder->section;
	const uint32_t *codes = (const uint32_t *)section[SECTION_CODE].bytes;
	const struct format_category *category =
	    (const struct format_category *)section[SECTION_GCAT].bytes;
	const struct format_binary *binary =
	    (const struct format_binary *)section[SECTION_BINARY].bytes;
	size_t categories = section[SECTION_GCAT].length / sizeof(*category);
	size_t binaries = section[SECTION_BINARY].length / sizeof(*binary);

	for (uint32_t row = 0; row < builder->row_count; row++) {
		uint32_t c = le32toh(codes[row]);

		for (; categories > 1 && le32toh(category[1].first) <= c; categories--)
			category++;
		for (; binaries > 1 && le32toh(binary[1].first) <= c; binaries--)
			binary++;
		rarity->facts[row].capital = categories > 0 &&
		    le32toh(category->category) == U_UPPERCASE_LETTER;
		rarity->facts[row].ideograph = binaries > 0 &&
		    (le32toh(binary->bits[0]) >> BINARY_IDEOGRAPHIC & 1) != 0;
	}
}

/* What is known of the first character of a row; of nothing, if that has no row. */
static const struct rarity_facts *
facts_of_first(const struct rarity_builder *rarity, uint32_t row, uint32_t c)
{
	static const struct rarity_facts none;
	uint32_t first = row < rarity->builder->row_count ? row : builder_find(rarity->builder, c);

	return first != UINT32_MAX ? &rarity->facts[first] : &none;
}

/* Distinct words of the name in a row. */
static uint8_t
count_words(const struct builder *builder, uint32_t row, struct folded *folded)
{
	const char *name, *text;
	size_t length, name_length;
	uint32_t distinct;

	text = builder_row(builder, row, &length);
	if (!row_name(text, length, &name, &name_length) ||
	    !fold_text(folded, name, name_length, FOLD_SEGMENTS))
		return UINT8_MAX;
	distinct = folded_distinct(folded);
	return (uint8_t)(distinct < UINT8_MAX ? distinct : UINT8_MAX);
}

void
rarity_builder_finish(struct rarity_builder *rarity)
{
	struct builder *builder = rarity->builder;
	const uint32_t *named = (const uint32_t *)builder->section[SECTION_CODE].bytes;
	const uint32_t *extra = (const uint32_t *)builder->section[SECTION_EXTRA_CODES].bytes;
	struct folded *folded = malloc(sizeof(*folded));

	if (folded == NULL)
		errx(1, "out of memory");
	apply_properties(rarity);
	for (uint32_t row = 0; row < rarity->row_count; row++) {
		const struct rarity_facts *facts = &rarity->facts[row];
		uint32_t c =
		    le32toh(row < builder->row_count ? named[row] : extra[row - builder->row_count]);
		/* clang-format off */
		struct format_rank entry = {
			.words = count_words(builder, row, folded),
			.rarity = (uint8_t)rarity_by_form(c, facts_of_first(rarity, row, c), rarity_of(c, facts)),
			.flags = (uint8_t)facts->flags,
		};
		/* clang-format on */

		buffer_append(&builder->section[SECTION_RANK], &entry, sizeof(entry));
	}
	free(folded);
	free(rarity->facts);
	*rarity = (struct rarity_builder){ 0 };
}
