/* test_builder.c - what the builder takes, what it refuses, and what it makes of it. */
#include <string.h>

#include "allocations.h"
#include "builder.h"
#include "bytes.h"
#include "charindex.h"
#include "unit.h"

static void
must_be_refused(enum builder_err expected, uint32_t code_point, const char *name, size_t length)
{
	struct builder builder = { 0 };

	ck_assert_int_eq(builder_add(&builder, code_point, name, length), expected);
	builder_release(&builder);
}

static void
must_be_taken(struct builder *builder, uint32_t code_point, const char *name)
{
	ck_assert_int_eq(builder_add(builder, code_point, name, strlen(name)), BUILDER_OK);
}

/* What section `id` of the builder is. */
static void
section_must_be(const struct builder *builder, enum section_id id, const char *expected)
{
	const struct buffer *section = &builder->section[id];

	bytes_must_be(section_kinds[id].name, (const char *)section->bytes, section->length, expected,
	    strlen(expected));
}

START_TEST(refuses_a_name_of_no_bytes)
{
	must_be_refused(BUILDER_NAME, 0x41, "", 0);
}
END_TEST

START_TEST(takes_names_of_255_bytes_and_refuses_longer_ones)
{
	struct builder builder = { 0 };
	struct bytes name = { 0 };

	bytes_repeat(&name, "A", 255);
	must_be_taken(&builder, 0x10FFFF, name.data);
	bytes_repeat(&name, "A", 1);
	must_be_refused(BUILDER_NAME, 0x41, name.data, 256);
	ck_assert_int_eq(builder_finish(&builder), BUILDER_OK);
	name.length = 0;
	bytes_repeat(&name, "A", 255);
	section_must_be(&builder, SECTION_WORD, name.data);
	bytes_release(&name);
	builder_release(&builder);
}
END_TEST

START_TEST(refuses_names_that_are_not_printable_ascii)
{
	static const char *const names[] = { "CAF\u00C9", "\xFF", "A\tB", "A\nB", "\x7F", "A\x1F",
		"\x80" };

	for (size_t i = 0; i < UNIT_COUNT(names); i++)
		must_be_refused(BUILDER_NAME, 0x41, names[i], strlen(names[i]));
	must_be_refused(BUILDER_NAME, 0x41, "A\0B", 3);
}
END_TEST

START_TEST(refuses_what_is_not_a_scalar_value)
{
	must_be_refused(BUILDER_ORDER, 0xD800, "A", 1);
	must_be_refused(BUILDER_ORDER, 0xDBFF, "A", 1);
	must_be_refused(BUILDER_ORDER, 0xDC00, "A", 1);
	must_be_refused(BUILDER_ORDER, 0xDFFF, "A", 1);
	must_be_refused(BUILDER_ORDER, 0x110000, "A", 1);
	must_be_refused(BUILDER_ORDER, UINT32_MAX, "A", 1);
	must_be_refused(BUILDER_OK, 0xD7FF, "A", 1);
	must_be_refused(BUILDER_OK, 0xE000, "A", 1);
	must_be_refused(BUILDER_OK, 0x10FFFF, "A", 1);
	must_be_refused(BUILDER_OK, 0, "A", 1);
}
END_TEST

START_TEST(refuses_code_points_that_do_not_ascend)
{
	struct builder builder = { 0 };

	must_be_taken(&builder, 0x42, "B");
	ck_assert_int_eq(builder_add(&builder, 0x42, "B", 1), BUILDER_ORDER);
	ck_assert_int_eq(builder_add(&builder, 0x41, "A", 1), BUILDER_ORDER);
	must_be_taken(&builder, 0x43, "C");
	builder_release(&builder);
}
END_TEST

START_TEST(takes_16_distinct_words_and_refuses_more)
{
	static const char sixteen[] = "A B C D E F G H I J K L M N O P";
	static const char repeated[] = "A B C D E F G H I J K L M N O P A B C D";
	static const char seventeen[] = "A B C D E F G H I J K L M N O P Q";

	must_be_refused(BUILDER_OK, 0x41, sixteen, strlen(sixteen));
	must_be_refused(BUILDER_OK, 0x41, repeated, strlen(repeated));
	must_be_refused(BUILDER_WORDS, 0x41, seventeen, strlen(seventeen));
}
END_TEST

START_TEST(rows_are_rendered_as_the_prompt_sends_them)
{
	struct builder builder = { 0 };

	must_be_taken(&builder, 0x1, "ONE");
	must_be_taken(&builder, 0x20AC, "EURO-CURRENCY SIGN");
	must_be_taken(&builder, 0x1F600, "FACE");
	must_be_taken(&builder, 0x10FFFD, "LAST");
	section_must_be(&builder, SECTION_TEXT,
	    "U+0001 \t\x01\tONE\r\nU+20AC \t\u20AC\tEURO-CURRENCY SIGN\r\n"
	    "U+1F600\t\U0001F600\tFACE\r\nU+10FFFD\t\U0010FFFD\tLAST\r\n");
	ck_assert_uint_eq(builder.row_count, 4);
	builder_release(&builder);
}
END_TEST

START_TEST(words_stand_in_byte_order_each_once)
{
	struct builder builder = { 0 };

	must_be_taken(&builder, 1, "ZEBRA AB");
	must_be_taken(&builder, 2, "ABC-2 A_B A");
	must_be_taken(&builder, 3, "AB ZEBRA 10");
	must_be_taken(&builder, 4, "lower AB");
	ck_assert_int_eq(builder_finish(&builder), BUILDER_OK);
	section_must_be(&builder, SECTION_WORD,
	    "10"
	    "2"
	    "A"
	    "AB"
	    "ABC"
	    "A_B"
	    "LOWER"
	    "ZEBRA");
	ck_assert_uint_eq(builder.term_count, 8);
	builder_release(&builder);
}
END_TEST

START_TEST(the_code_point_of_an_ideograph_is_no_word)
{
	struct builder builder = { 0 };

	must_be_taken(&builder, 0x4E00, "CJK UNIFIED IDEOGRAPH-4E00");
	must_be_taken(&builder, 0xF900, "CJK COMPATIBILITY IDEOGRAPH-F900");
	must_be_taken(&builder, 0x17000, "TANGUT IDEOGRAPH-17000");
	ck_assert_int_eq(builder_finish(&builder), BUILDER_OK);
	section_must_be(&builder, SECTION_WORD,
	    "17000"
	    "CJK"
	    "COMPATIBILITY"
	    "IDEOGRAPH"
	    "TANGUT"
	    "UNIFIED");
	builder_release(&builder);
}
END_TEST

/* Builds an index of `count` names with more words than that. */
static enum builder_err
build_many(struct builder *builder, uint32_t count)
{
	enum builder_err err = BUILDER_OK;

	builder_category(builder, 0, 0);
	for (uint32_t n = 0; n < count && err == BUILDER_OK; n++) {
		struct bytes name = { 0 };

		bytes_printf(&name, "W%u V%u ALL", (unsigned)(n * 7919 % count), (unsigned)(n % 13));
		err = builder_add(builder, 0x100 + n, name.data, name.length);
		bytes_release(&name);
	}
	return err == BUILDER_OK ? builder_finish(builder) : err;
}

START_TEST(the_same_names_give_the_same_sections)
{
	struct builder first = { 0 }, second = { 0 };

	ck_assert_int_eq(build_many(&first, 3000), BUILDER_OK);
	ck_assert_int_eq(build_many(&second, 3000), BUILDER_OK);
	for (int id = 0; id < SECTION_COUNT; id++)
		bytes_must_be(section_kinds[id].name, (const char *)first.section[id].bytes,
		    first.section[id].length, (const char *)second.section[id].bytes,
		    second.section[id].length);
	builder_release(&first);
	builder_release(&second);
}
END_TEST

START_TEST(at_most_half_of_the_slots_are_taken)
{
	for (uint32_t count = 0; count < 300; count++) {
		struct builder builder = { 0 };
		size_t slots;

		UNIT_HOLDS(build_many(&builder, count) == BUILDER_OK);
		slots = builder.section[SECTION_HASH].length / 4;
		UNIT_HOLDS(slots >= 2 && (slots & (slots - 1)) == 0);
		UNIT_HOLDS(2 * builder.term_count <= slots);
		builder_release(&builder);
	}
}
END_TEST

/* As mkcharindex does: adds the rows until there is an error. Two tables grow during
 * this, so that all ways to run out of memory are met. */
static enum builder_err
build_without_memory(struct builder *builder)
{
	static const char *const names[] = { "A B", "C D", "E F" };
	enum builder_err err = BUILDER_OK;

	builder_category(builder, 0, 0);
	for (uint32_t n = 0; n < 120 && err == BUILDER_OK; n++)
		err = builder_add(builder, 0x100 + n, names[n % 3], 3);
	return err == BUILDER_OK ? builder_finish(builder) : err;
}

START_TEST(says_so_when_memory_runs_out_wherever_that_is)
{
	bool failed = true;

	for (unsigned n = 1; failed; n++) {
		struct builder builder = { 0 };
		enum builder_err err;

		allocations_fail_at(n);
		err = build_without_memory(&builder);
		failed = allocations_have_failed();
		if (err != (failed ? BUILDER_MEMORY : BUILDER_OK))
			ck_abort_msg("allocation %u: %s", n, builder_strerror(err));
		builder_release(&builder);
	}
}
END_TEST

START_TEST(every_error_has_a_sentence_of_its_own)
{
	for (int a = BUILDER_OK; a <= BUILDER_MEMORY; a++)
		for (int b = BUILDER_OK; b < a; b++)
			ck_assert_str_ne(builder_strerror((enum builder_err)a),
			    builder_strerror((enum builder_err)b));
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, refuses_a_name_of_no_bytes);
	tcase_add_test(tests, takes_names_of_255_bytes_and_refuses_longer_ones);
	tcase_add_test(tests, refuses_names_that_are_not_printable_ascii);
	tcase_add_test(tests, refuses_what_is_not_a_scalar_value);
	tcase_add_test(tests, refuses_code_points_that_do_not_ascend);
	tcase_add_test(tests, takes_16_distinct_words_and_refuses_more);
	tcase_add_test(tests, rows_are_rendered_as_the_prompt_sends_them);
	tcase_add_test(tests, words_stand_in_byte_order_each_once);
	tcase_add_test(tests, the_code_point_of_an_ideograph_is_no_word);
	tcase_add_test(tests, the_same_names_give_the_same_sections);
	tcase_add_test(tests, at_most_half_of_the_slots_are_taken);
	tcase_add_test(tests, says_so_when_memory_runs_out_wherever_that_is);
	tcase_add_test(tests, every_error_has_a_sentence_of_its_own);
}

UNIT_MAIN("builder", add_tests)
