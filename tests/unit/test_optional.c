/* test_optional.c - damage to what goes beyond the names: nothing of it is checked at open, so
 * everything must be safe to search in every mode, and the deep check must find it. */
#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "extra.h"
#include "seeded.h"
#include "tiny_data.h"
#include "unit.h"

/* Damaged indexes of a kind in make check-long; in make check a third of them. */
#define TIMES 1500

static struct index_file tiny;

static void
make_tiny(void)
{
	tiny_index_make(&tiny);
}

static void
release_tiny(void)
{
	index_file_release(&tiny);
}

/* ---- everything that can be asked ------------------------------------------------------- */

static const char *const queries[] = { "rook", "tower", "castle", "coder", "t\xC3\xAAte", "tete",
	"seven", "roo", "ook", "rok", "whte bishp", "developr", "a", "e", "man", "nope", "\xE7\x94\xB7",
	"\xE7\x94\xB7\xE3\x81\xAE\xE4\xBA\xBA", "U+20AC", "&euro;", "&lambda;&nvlt;", "0..10FFFF",
	"u+0a", "\xE2\x82\xAC", "\U0001F468\u200D\U0001F4BB", "\U0001F468\U0001F3FB\U0001F468",
	"#\uFE0F\u20E3", "<\u20D2", "rook*", "*o*", "*\xE4\xBA\xBA*", "in:any *e*", "in:definition *e*",
	"\"man technologist\"", "in:any \"same as\"", "-rook", "cat:Ll", "cat:L -script:greek",
	"block:basic_latin", "age:>=2", "is:emoji", "is:toned", "is:control | is:sequence",
	"lang:fr monnaie", "limit:2 from:2 a", "in:keyword man", "light skin tone", "U+0378 U+E000",
	"CJK UNIFIED IDEOGRAPH-4E03", "looks:a", "looks:\xC3\xA9", "is:ideographic", "strokes:2",
	"numeric:>=1", "radical:1", "scx:greek", "width:narrow -bidi:ltr" };

static void
take_record(void *arg, const struct charindex_record *record)
{
	struct bytes *all = arg;

	all->length = 0;
	bytes_add(all, record->text.bytes, record->text.length);
	bytes_add_string(all, record->language);
	UNIT_HOLDS(record->kind < CHARINDEX_RECORD_KIND_COUNT);
}

static void
read_traits(const struct charindex *ci, uint32_t code_point)
{
	struct bytes bytes = { 0 };
	struct charindex_text text;
	uint32_t codes[4];

	for (unsigned i = 0; i < CHARINDEX_TRAIT_COUNT; i++) {
		text = charindex_trait(ci, code_point, (enum charindex_trait)i);
		bytes_add(&bytes, text.bytes, text.length);
	}
	for (uint32_t n = 0; (text = charindex_binary(ci, code_point, n)).length > 0; n++)
		bytes_add(&bytes, text.bytes, text.length);
	for (unsigned i = 0; i < CHARINDEX_RELATION_COUNT; i++)
		charindex_related(ci, code_point, (enum charindex_relation)i, codes, UNIT_COUNT(codes));
	charindex_look_alikes(ci, code_point, codes, UNIT_COUNT(codes));
	bytes_release(&bytes);
}

/* All that is known of all rows. */
static void
read_rows(const struct charindex *ci)
{
	struct charindex_info info = charindex_info(ci);
	char *rendered = malloc(CHARINDEX_RENDER_SIZE);
	struct charindex_block block;
	struct bytes bytes = { 0 };
	uint32_t seen[4];

	UNIT_HOLDS(rendered != NULL);
	for (uint32_t row = 0; row < info.row_count + info.extra_count; row++) {
		struct charindex_hit hit = { .row = row, .source = CHARINDEX_BY_NAME };
		struct charindex_label label;
		struct charindex_row whole;

		charindex_row(ci, row, 0, &whole, &label);
		bytes.length = 0;
		bytes_add(&bytes, whole.codes.bytes, whole.codes.length);
		bytes_add(&bytes, whole.text.bytes, whole.text.length);
		bytes_add(&bytes, whole.name.bytes, whole.name.length);
		for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
			bytes_add(&bytes, whole.property[i].bytes, whole.property[i].length);
		for (int i = 0; i < CHARINDEX_FORMAT_COUNT; i++)
			UNIT_HOLDS(charindex_render(ci, &hit, (enum charindex_format)i, rendered) <=
			    CHARINDEX_RENDER_SIZE);
		charindex_records(ci, row, take_record, &bytes);
		charindex_references(ci, row, seen, UNIT_COUNT(seen));
		read_traits(ci, whole.code_point);
	}
	for (uint32_t n = 0; charindex_block(ci, n, &block); n++)
		UNIT_HOLDS(block.first <= block.last && block.last <= 0x10FFFF);
	if (charindex_block_named(ci, "private use area", 16, &block))
		UNIT_HOLDS(block.first <= block.last && block.last <= 0x10FFFF);
	for (uint32_t n = 0; charindex_language(ci, n) != NULL; n++)
		UNIT_HOLDS(strlen(charindex_language(ci, n)) < CHARINDEX_LANGUAGE_SIZE);
	bytes_release(&bytes);
	free(rendered);
}

/* From one character to the next, or back. */
static void
walk(const struct charindex *ci, bool forward)
{
	uint32_t code_point = forward ? 0 : 0x10FFFF, beside[2];

	for (;;) {
		struct charindex_label label;
		struct charindex_row row;

		charindex_neighbours(ci, code_point, &beside[0], &beside[1]);
		if (beside[forward] == CHARINDEX_NO_ROW)
			return;
		charindex_row(ci, beside[forward], 0, &row, &label);
		UNIT_HOLDS(forward ? row.code_point > code_point : row.code_point < code_point);
		code_point = row.code_point;
	}
}

static bool
take_headword(void *arg, const struct charindex_headword *headword)
{
	bytes_add(arg, headword->text.bytes, headword->text.length);
	return true;
}

static void
look_up(const struct charindex *ci, const char *text)
{
	struct bytes bytes = { 0 };

	for (int v = 0; v < CHARINDEX_VOCABULARY_COUNT; v++)
		for (int m = 0; m < CHARINDEX_MATCHING_COUNT; m++) {
			const struct charindex_lookup lookup = { (enum charindex_vocabulary)v, "en",
				(enum charindex_matching)m, text, strlen(text), take_headword, &bytes };

			bytes.length = 0;
			UNIT_HOLDS(charindex_look_up(ci, &lookup) == CHARINDEX_OK);
		}
	bytes_release(&bytes);
}

static void
read_answer(const struct charindex *ci, struct charindex_answer *answer)
{
	struct charindex_info info = charindex_info(ci);
	char *status = malloc(CHARINDEX_RENDER_STATUS_SIZE(answer->query_length));
	struct charindex_facet facets[4];
	struct charindex_run run;
	struct bytes bytes = { 0 };

	UNIT_HOLDS(status != NULL);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		charindex_answer_facets(answer, (enum charindex_property)i, facets, UNIT_COUNT(facets));
	while (charindex_answer_next(answer, 3, &run)) {
		bytes.length = 0;
		bytes_add(&bytes, run.text, run.length);
		UNIT_HOLDS(answer->shown <= 3 * ((uint64_t)info.row_count + info.extra_count));
	}
	UNIT_HOLDS(charindex_answer_status(answer, status) <=
	    CHARINDEX_ANSWER_STATUS_SIZE(answer->query_length));
	for (int i = 0; i < CHARINDEX_FORMAT_COUNT; i++)
		UNIT_HOLDS(charindex_render_status(answer, (enum charindex_format)i, status) <=
		    CHARINDEX_RENDER_STATUS_SIZE(answer->query_length));
	bytes_release(&bytes);
	free(status);
}

static void
ask_everything(const struct charindex *ci)
{
	read_rows(ci);
	walk(ci, true);
	walk(ci, false);
	for (size_t i = 0; i < UNIT_COUNT(queries); i++) {
		look_up(ci, queries[i]);
		for (int mode = 0; mode <= CHARINDEX_MODE_COUNT; mode++) {
			struct charindex_settings settings = { .mode = (enum charindex_mode)mode, .all = true };
			struct charindex_answer answer;
			enum charindex_err err;

			if (mode == CHARINDEX_MODE_COUNT) {
				settings.mode = CHARINDEX_AUTO;
				err = charindex_answer_identify(&answer, ci, &settings, queries[i],
				    strlen(queries[i]));
			} else {
				err =
				    charindex_answer_begin(&answer, ci, &settings, queries[i], strlen(queries[i]));
			}
			UNIT_HOLDS(err == CHARINDEX_OK);
			read_answer(ci, &answer);
			charindex_answer_release(&answer);
		}
	}
}

static enum charindex_err
ask_and_verify(const struct index_file *file)
{
	struct charindex *ci;
	enum charindex_err err;

	UNIT_HOLDS(charindex_open(file->path, &ci) == CHARINDEX_OK);
	ask_everything(ci);
	err = charindex_verify(ci);
	charindex_close(ci);
	return err;
}

START_TEST(a_whole_index_is_in_order)
{
	ck_assert_int_eq(ask_and_verify(&tiny), CHARINDEX_OK);
	for (int i = 0; i < TINY_SECTIONS; i++)
		ck_assert_uint_gt(index_file_length(&tiny, tiny_sections[i]), 0);
}
END_TEST

/* ---- damage -------------------------------------------------------------------------------- */

/* Numbers made wrong, one and several at a time. Most of it is found by the deep check when the
 * checksums are right again: not, for one, a rarity that is another. */
START_TEST(wrong_numbers_are_safe)
{
	static const uint32_t values[] = { 0, 1, 2, 3, 9, 10, 13, 255, 256, 1000, 65535, 65536,
		0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, UINT32_MAX };
	struct seeded seeded = { 21 };
	unsigned found = 0, changed = 0;

	for (unsigned i = 0; i < TIMES / unit_step(3); i++) {
		const char *name = tiny_sections[i % TINY_SECTIONS];
		size_t length = index_file_length(&tiny, name) / 4, begin = index_file_section(&tiny, name);
		uint32_t count = 1 + seeded_below(&seeded, 4) * seeded_below(&seeded, 3);
		struct index_file file;

		index_file_make(&file, tiny.bytes, tiny.size);
		for (uint32_t n = 0; n < count; n++) {
			size_t at = begin + 4 * (size_t)seeded_below(&seeded, (uint32_t)length);
			uint32_t value = values[seeded_below(&seeded, UNIT_COUNT(values))];

			if (seeded_below(&seeded, 3) == 0)
				value = index_file_get(&file, at) + (seeded_below(&seeded, 2) ? 1 : UINT32_MAX);
			index_file_put(&file, at, value);
		}
		index_file_fix_section(&file, name);
		if (memcmp(file.bytes + begin, tiny.bytes + begin, index_file_length(&tiny, name)) != 0) {
			enum charindex_err err = ask_and_verify(&file);

			UNIT_HOLDS(err == CHARINDEX_OK || err == CHARINDEX_ERR_CONTENT);
			found += err != CHARINDEX_OK;
			changed++;
		}
		index_file_release(&file);
	}
	printf("%u damaged indexes searched, the deep check finds %u without checksums\n", changed,
	    found);
	ck_assert_uint_gt(found, changed * 8 / 10);
}
END_TEST

START_TEST(flipped_bits_are_safe_and_found)
{
	struct seeded seeded = { 22 };

	for (unsigned i = 0; i < TIMES / unit_step(3); i++) {
		const char *name = tiny_sections[i % TINY_SECTIONS];
		size_t at = index_file_section(&tiny, name) +
		    seeded_below(&seeded, (uint32_t)index_file_length(&tiny, name));
		unsigned char bit = (unsigned char)(1 << seeded_below(&seeded, 8));

		tiny.bytes[at] ^= bit;
		if (ask_and_verify(&tiny) != CHARINDEX_ERR_CHECKSUM)
			ck_abort_msg("a flipped bit in %s is not found", name);
		tiny.bytes[at] ^= bit;
	}
}
END_TEST

static enum charindex_err
fill_and_ask(const char *section, uint32_t value)
{
	size_t begin = index_file_section(&tiny, section), length = index_file_length(&tiny, section);
	struct index_file file;
	enum charindex_err err;

	index_file_make(&file, tiny.bytes, tiny.size);
	for (size_t at = 0; at + 4 <= length; at += 4)
		index_file_put(&file, begin + at, value);
	index_file_fix_section(&file, section);
	err = ask_and_verify(&file);
	index_file_release(&file);
	return err;
}

/* Orders do not hold anywhere, lists overlap. */
START_TEST(sections_full_of_one_number_are_safe)
{
	static const uint32_t values[] = { 0, 1, 5, 0x01010101, 0x09090909, 0x20202020, 0x0D0A0D0A,
		0x80808080, UINT32_MAX };

	for (size_t v = 0; v < UNIT_COUNT(values); v++) {
		for (int i = 0; i < TINY_SECTIONS; i++)
			/* names of values and related code points can be anything */
			if (fill_and_ask(tiny_sections[i], values[v]) != CHARINDEX_ERR_CONTENT &&
			    strcmp(tiny_sections[i], "PNAM") != 0 && strcmp(tiny_sections[i], "RELC") != 0)
				ck_abort_msg("%s full of %08x is not found", tiny_sections[i], (unsigned)values[v]);
		/* of what must be there, that which is not checked at open either */
		ck_assert_int_eq(fill_and_ask("CODE", values[v]), CHARINDEX_ERR_CONTENT);
		ck_assert_int_eq(fill_and_ask("TEXT", values[v]), CHARINDEX_ERR_CONTENT);
	}
}
END_TEST

/* Rows are rendered into room that is said to be enough. */
START_TEST(names_of_values_that_are_too_long_are_safe)
{
	size_t names = index_file_length(&tiny, "PNAM"), values = index_file_section(&tiny, "PVAL");

	memset(tiny.bytes + index_file_section(&tiny, "PNAM"), 1, names);
	for (size_t at = 0; at < index_file_length(&tiny, "PVAL"); at += 12) {
		index_file_put(&tiny, values + at + 4, 0);
		index_file_put(&tiny, values + at + 8, (uint32_t)names);
	}
	index_file_fix_section(&tiny, "PNAM");
	index_file_fix_section(&tiny, "PVAL");
	ck_assert_int_eq(ask_and_verify(&tiny), CHARINDEX_ERR_CONTENT);
}
END_TEST

/* As an older mkcharindex leaves them out, or a newer one gives them another name. */
START_TEST(sections_that_are_missing_are_empty)
{
	for (int i = 0; i < TINY_SECTIONS; i++)
		for (int j = i; j < TINY_SECTIONS; j++) {
			struct index_file file;

			index_file_make(&file, tiny.bytes, tiny.size);
			memcpy(file.bytes + index_file_entry(&file, tiny_sections[i]), "GONE", 4);
			if (j > i)
				memcpy(file.bytes + index_file_entry(&file, tiny_sections[j]), "GONE", 4);
			index_file_fix_header(&file);
			ask_and_verify(&file);
			index_file_release(&file);
		}
}
END_TEST

START_TEST(names_alone_are_searched_in_every_mode)
{
	struct index_file file;

	index_file_make(&file, tiny.bytes, tiny.size);
	for (int i = 0; i < TINY_SECTIONS; i++)
		memcpy(file.bytes + index_file_entry(&file, tiny_sections[i]), "GONE", 4);
	index_file_fix_header(&file);
	ck_assert_int_eq(ask_and_verify(&file), CHARINDEX_OK);
	index_file_release(&file);
}
END_TEST

/* ---- what the deep check finds ------------------------------------------------------------------ */

/* With `value` at an offset of a section, and right checksums, the deep check must find it. */
static void
change_must_be_found(const char *section, size_t at, uint32_t value)
{
	struct index_file file;

	index_file_make(&file, tiny.bytes, tiny.size);
	index_file_put(&file, index_file_section(&file, section) + at, value);
	index_file_fix_section(&file, section);
	if (ask_and_verify(&file) != CHARINDEX_ERR_CONTENT)
		ck_abort_msg("%s, %u at %zu, is not found", section, (unsigned)value, at);
	index_file_release(&file);
}

static uint32_t
value_at(const char *section, size_t at)
{
	return index_file_get(&tiny, index_file_section(&tiny, section) + at);
}

START_TEST(sections_that_disagree_are_found)
{
	change_must_be_found("EROW", 0, 1);
	change_must_be_found("EROW", 4, value_at("EROW", 4) + 1);
	change_must_be_found("ECOD", 0, 1);
	change_must_be_found("ECOD", 0, UINT32_MAX);
	change_must_be_found("ETXT", 0, 0x41414141);
	change_must_be_found("ETXT", 8, 0x0A0A0A0A);
	change_must_be_found("ETXT", index_file_length(&tiny, "ETXT") - 6, 0x80808080);
	change_must_be_found("RANK", 0, value_at("RANK", 0) + 1);       /* words */
	change_must_be_found("RANK", 0, value_at("RANK", 0) | 0x1000);  /* rarity */
	change_must_be_found("RANK", 0, value_at("RANK", 0) | 0x10000); /* a sequence? */
	change_must_be_found("RANK", 0, value_at("RANK", 0) | 0x1000000);
	change_must_be_found("DICT", 0, 'x');                   /* aliases of a language */
	change_must_be_found("DICT", 40 + 4, 'x');              /* more after the NUL */
	change_must_be_found("DICT", 80, value_at("DICT", 40)); /* the same language twice */
	change_must_be_found("DICT", 12, 4);
	change_must_be_found("DICT", 12, 2);
	change_must_be_found("DICT", 16, 1);
	change_must_be_found("DICT", 20, value_at("DICT", 20) + 1);
	change_must_be_found("DICT", 20, value_at("DICT", 20) - 1);
	change_must_be_found("DICT", 24, 1);
	change_must_be_found("DICT", 28, value_at("DICT", 28) - 1);
	change_must_be_found("DICT", 28, 65537); /* which would be in DPSW */
	change_must_be_found("DICT", 32, 1);
	change_must_be_found("DICT", 36, 1);
	change_must_be_found("DTRM", 8, value_at("DTRM", 8) + 1);
	change_must_be_found("DTRM", 12, value_at("DTRM", 12) + 1);
	change_must_be_found("DTRM", index_file_length(&tiny, "DTRM") - 8, 0); /* where the last ends */
	change_must_be_found("DTRM", index_file_length(&tiny, "DTRM") - 4, 0);
	change_must_be_found("DPST", 0, value_at("DPST", 0) + 1);
	change_must_be_found("DPST", 0, UINT32_MAX);
	change_must_be_found("DREC", 0, UINT32_MAX);
	change_must_be_found("DREC", 8, UINT32_MAX);
	change_must_be_found("DREC", 0, value_at("DREC", 0) ^ 0x01000000); /* the kind */
	change_must_be_found("DREC", 0, value_at("DREC", 0) | 0x07E00000); /* which there is not */
	change_must_be_found("DREC", 0, value_at("DREC", 0) ^ 0x08000000); /* the number of words */
	change_must_be_found("DREC", 4, value_at("DREC", 4) + 1);          /* the phrase */
	change_must_be_found("DREC", 4, value_at("DREC", 4) + 0x800000);   /* its length */
	change_must_be_found("DTXT", 0, 0x7A7A7A7A);
	change_must_be_found("DTXT", 0, 0x0A0A0A0A);
	change_must_be_found("DTXT", index_file_length(&tiny, "DTXT") - 4,
	    0x7A7A7A7A); /* no NUL at the end */
	change_must_be_found("PROP", 0, 1);
	change_must_be_found("PROP", 12, 0);
	change_must_be_found("PROP", 12 + 4, 1000);
	change_must_be_found("PROP", 12 + 8, value_at("PROP", 12 + 8) + 1);      /* the category */
	change_must_be_found("PROP", 12 + 8, value_at("PROP", 12 + 8) | 0xFF00); /* the age */
	change_must_be_found("PROP", 12 + 8, value_at("PROP", 12 + 8) | 0x10000);
	change_must_be_found("PVAL", 0, 4);
	change_must_be_found("PVAL", 4, 1);
	change_must_be_found("PVAL", 8, 0);
	change_must_be_found("PNAM", 0, 0x0A0A0A0A);
	change_must_be_found("BINP", 0, 1);
	change_must_be_found("BINP", 12, 0);
	change_must_be_found("BINP", 12, 0x110000);
	change_must_be_found("BINP", 8, 0x80000000); /* a bit without a name */
	change_must_be_found("BINP", 12 + 4, 0);     /* the same as the entry before */
	change_must_be_found("TDIR", 0, 1);
	change_must_be_found("TDIR", 4, UINT32_MAX);
	change_must_be_found("TRUN", 0, UINT32_MAX);
	change_must_be_found("TRUN", 4, 0);
	change_must_be_found("RELA", 0, UINT32_MAX);
	change_must_be_found("RELA", 4, 0);
	change_must_be_found("RELA", index_file_length(&tiny, "RELA") - 4, 2 << 21 | 0x1FFFFF);
	change_must_be_found("RELC", 0, 0x110000);
	change_must_be_found("BLKS", 0, 0x80); /* begins behind its end */
	change_must_be_found("BLKS", 4, 0x80); /* reaches into the next */
	change_must_be_found("BLKS", index_file_length(&tiny, "BLKS") - 8, 0x110000);
	change_must_be_found("BLKS", 8, 0);
	change_must_be_found("BLKS", 8, 1000);                     /* without a name */
	change_must_be_found("BLKS", 8, value_at("BLKS", 12 + 8)); /* not as PROP has it */
	change_must_be_found("XREF", 0, UINT32_MAX);
	change_must_be_found("XREF", 4, 0x110000);
	change_must_be_found("XREF", index_file_length(&tiny, "XREF") - 8, 0);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make_tiny, release_tiny);
	tcase_add_test(tests, a_whole_index_is_in_order);
	tcase_add_test(tests, wrong_numbers_are_safe);
	tcase_add_test(tests, flipped_bits_are_safe_and_found);
	tcase_add_test(tests, sections_full_of_one_number_are_safe);
	tcase_add_test(tests, names_of_values_that_are_too_long_are_safe);
	tcase_add_test(tests, sections_that_are_missing_are_empty);
	tcase_add_test(tests, names_alone_are_searched_in_every_mode);
	tcase_add_test(tests, sections_that_disagree_are_found);
}

UNIT_MAIN("optional", add_tests)
