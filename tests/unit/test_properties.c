/* test_properties.c - what holds for every query, of many that are made at random from the
 * words of the index, and for every row. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "answers.h"
#include "bytes.h"
#include "dictionary.h"
#include "extra.h"
#include "row.h"
#include "seeded.h"
#include "unit.h"
#include "unit_index.h"
#include "words.h"

static const enum charindex_mode modes[] = { CHARINDEX_CLASSIC, CHARINDEX_AUTO, CHARINDEX_WIDE };

/* Queries of each kind: a hundred in make check-long. */
static unsigned
queries(void)
{
	return 100 / unit_step(3);
}

/* ---- queries at random ------------------------------------------------------------------ */

static struct charindex_text
name_of(uint32_t row)
{
	struct charindex_text text = extra_row_text(unit_index, row), name;

	UNIT_HOLDS(row_name(text.bytes, text.length, &name.bytes, &name.length));
	return name;
}

static void
add_word_of_names(struct bytes *query, struct seeded *seeded)
{
	struct charindex_word word =
	    charindex_word(unit_index, seeded_below(seeded, charindex_info(unit_index).term_count));

	bytes_add(query, word.text, word.length);
}

/* A word of an alias, a keyword in any language, or a definition. */
static void
add_word_of_dictionary(struct bytes *query, struct seeded *seeded)
{
	struct dictionary dictionary;
	struct charindex_text word;

	UNIT_HOLDS(dictionary_get(unit_index,
	    seeded_below(seeded, extra_entries(unit_index, SECTION_DICTIONARIES)), &dictionary));
	word = dictionary_word(&dictionary, seeded_below(seeded, dictionary.term_count));
	if (word.bytes[0] == 1) { /* the one without accents */
		word.bytes++;
		word.length--;
	}
	bytes_add(query, word.bytes, word.length);
}

/* A word of the name of `row`, in full or, now and then, its beginning. */
static void
add_word_of_row(struct bytes *query, struct seeded *seeded, uint32_t row)
{
	struct charindex_text name = name_of(row);
	struct word_reader reader = { NULL, name.bytes,
		name.bytes + words_indexed_length(name.bytes, name.length) };
	uint32_t skip = seeded_below(seeded, 3);
	struct word word, last = { .length = 0 };

	while (word_reader_next(&reader, &word)) {
		last = word;
		if (skip-- == 0)
			break;
	}
	if (last.length > 4 && seeded_below(seeded, 6) == 0)
		last.length -= 2;
	bytes_add(query, last.text, last.length);
}

/* Any word; those that speak of skin tones let rows be seen that else are not. */
static void
add_word(struct bytes *query, struct seeded *seeded, uint32_t row)
{
	struct bytes word = { 0 };

	do {
		word.length = 0;
		switch (seeded_below(seeded, 8)) {
		case 0:
			add_word_of_names(&word, seeded);
			break;
		case 1:
		case 2:
			add_word_of_dictionary(&word, seeded);
			break;
		default:
			add_word_of_row(&word, seeded, row);
		}
		bytes_add(&word, "", 1);
		word.length--;
	} while (word.length == 0 || strcasestr(word.data, "tone") != NULL ||
	    strcasestr(word.data, "skin") != NULL);
	bytes_add(query, word.data, word.length);
	bytes_release(&word);
}

static uint32_t
any_row(struct seeded *seeded)
{
	return seeded_below(seeded, charindex_info(unit_index).row_count);
}

/* A clause of any kind that has no words of skin tones. */
static void
add_clause(struct bytes *query, struct seeded *seeded)
{
	static const char *const others[] = { "cat:Sm", "cat:L", "script:greek", "block:arrows",
		"age:17", "age:>=15", "is:emoji", "is:sequence", "is:control", "U+2657", "2600..26FF",
		"gc=Nd", "sc=Han", "blk:\"box drawing\"" };
	uint32_t row = any_row(seeded);

	switch (seeded_below(seeded, 6)) {
	case 0:
		bytes_add_string(query, others[seeded_below(seeded, UNIT_COUNT(others))]);
		break;
	case 1:
		add_word(query, seeded, row);
		bytes_add(query, "*", 1);
		break;
	case 2:
		bytes_add(query, "*", 1);
		add_word(query, seeded, row);
		bytes_add(query, "*", 1);
		break;
	case 3:
		bytes_add(query, "\"", 1);
		add_word(query, seeded, row);
		bytes_add(query, " ", 1);
		add_word(query, seeded, row);
		bytes_add(query, "\"", 1);
		break;
	default:
		add_word(query, seeded, row);
	}
}

static void
must(bool holds, const char *what, const struct bytes *query)
{
	if (!holds)
		ck_abort_msg("%s: %s", what, query->data);
}

/* ---- sets of rows -------------------------------------------------------------------------- */

static bool
same(const struct answers *a, const struct answers *b)
{
	return a->count == b->count &&
	    (a->count == 0 || memcmp(a->rows, b->rows, a->count * sizeof(*a->rows)) == 0);
}

/* Both are sorted. */
static bool
is_subset(const struct answers *part, const struct answers *whole)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < part->count; i++) {
		while (at < whole->count && whole->rows[at] < part->rows[i])
			at++;
		if (at == whole->count || whole->rows[at] != part->rows[i])
			return false;
	}
	return true;
}

static uint32_t
count_common(const struct answers *a, const struct answers *b)
{
	uint32_t at = 0, count = 0;

	for (uint32_t i = 0; i < a->count; i++) {
		while (at < b->count && b->rows[at] < a->rows[i])
			at++;
		count += at < b->count && b->rows[at] == a->rows[i];
	}
	return count;
}

/* ---- words ------------------------------------------------------------------------------------ */

/* An answer to words: neither a corrected one, nor one to code points or a text. */
static bool
is_by_words(const struct answers *answers)
{
	return !answers->is_corrected &&
	    (answers->count == 0 ||
	        (answers->summary.source != CHARINDEX_BY_CODE &&
	            answers->summary.source != CHARINDEX_BY_TEXT));
}

/* In auto mode more words may be answered by another source, so that only one in which all are
 * asked tells. */
START_TEST(more_words_find_fewer_rows)
{
	struct answers fewer = { 0 }, more = { 0 };
	struct seeded seeded = { 1 };
	unsigned compared = 0;

	for (unsigned i = 0; i < queries(); i++) {
		struct bytes query = { 0 };
		uint32_t row = any_row(&seeded);

		for (int words = 0; words < 3; words++) {
			struct answers swap = fewer;

			fewer = more;
			more = swap;
			if (words > 0)
				bytes_add(&query, " ", 1);
			add_word(&query, &seeded, row);
			answers_find_all(&more, CHARINDEX_WIDE, query.data);
			answers_sort(&more);
			if (words == 0 || !is_by_words(&fewer) || !is_by_words(&more))
				continue;
			must(is_subset(&more, &fewer), "finds what fewer words do not", &query);
			compared++;
		}
		bytes_release(&query);
	}
	ck_assert_uint_gt(compared, queries() / 2);
	answers_release(&fewer);
	answers_release(&more);
}
END_TEST

START_TEST(more_clauses_find_fewer_rows)
{
	struct answers one = { 0 }, other = { 0 }, both = { 0 };
	struct seeded seeded = { 2 };

	for (unsigned i = 0; i < queries(); i++) {
		struct bytes a = { 0 }, b = { 0 };

		add_clause(&a, &seeded);
		bytes_add_string(&a, " in:any ");
		add_clause(&b, &seeded);
		bytes_add_string(&b, " in:any ");
		answers_find_all(&one, CHARINDEX_AUTO, a.data);
		answers_find_all(&other, CHARINDEX_AUTO, b.data);
		answers_sort(&one);
		answers_sort(&other);
		bytes_add(&a, b.data, b.length);
		answers_find_all(&both, CHARINDEX_AUTO, a.data);
		answers_sort(&both);
		must(is_subset(&both, &one) && is_subset(&both, &other) &&
		        both.count == count_common(&one, &other),
		    "is not what both find", &a);
		bytes_release(&a);
		bytes_release(&b);
	}
	answers_release(&one);
	answers_release(&other);
	answers_release(&both);
}
END_TEST

/* The same rows, in the same order, from the same source. */
START_TEST(the_order_of_words_never_matters)
{
	struct answers forth = { 0 }, back = { 0 };
	struct seeded seeded = { 3 };

	for (unsigned i = 0; i < queries(); i++) {
		uint32_t row = any_row(&seeded), count = 2 + seeded_below(&seeded, 3);
		struct bytes query = { 0 }, turned = { 0 }, words[4] = { { 0 } };

		for (uint32_t n = 0; n < count; n++) {
			add_word(&words[n], &seeded, row);
			if (words[n].length > 4 && seeded_below(&seeded, 8) == 0 && words[n].data[2] > 0)
				words[n].data[2] = 'q'; /* a typing error */
			bytes_add(&query, words[n].data, words[n].length);
			bytes_add(&query, " ", 1);
		}
		for (uint32_t n = count; n-- > 0;) {
			bytes_add(&turned, words[n].data, words[n].length);
			bytes_add(&turned, " ", 1);
			bytes_release(&words[n]);
		}
		for (size_t m = 0; m < UNIT_COUNT(modes); m++) {
			answers_find_all(&forth, modes[m], query.data);
			answers_find_all(&back, modes[m], turned.data);
			if (forth.summary.source != CHARINDEX_BY_TEXT &&
			    forth.summary.source != CHARINDEX_BY_CODE)
				must(same(&forth, &back) && forth.summary.source == back.summary.source,
				    "has another answer in another order", &query);
		}
		bytes_release(&query);
		bytes_release(&turned);
	}
	answers_release(&forth);
	answers_release(&back);
}
END_TEST

START_TEST(not_and_itself_part_the_rows)
{
	struct charindex_info info = charindex_info(unit_index);
	struct answers with = { 0 }, without = { 0 };
	uint32_t untoned = info.row_count + info.extra_count;
	struct seeded seeded = { 4 };

	for (uint32_t row = 0; row < info.row_count + info.extra_count; row++)
		untoned -= (extra_rank(unit_index, row).flags & CHARINDEX_IS_TONED) != 0;
	for (unsigned i = 0; i < queries(); i++) {
		enum charindex_mode mode = i % 2 ? CHARINDEX_AUTO : CHARINDEX_WIDE;
		struct bytes clause = { 0 }, query = { 0 };

		add_clause(&clause, &seeded);
		bytes_printf(&query, "in:any %s", clause.data);
		answers_find_all(&with, mode, query.data);
		query.length = 0;
		bytes_printf(&query, "in:any -%s", clause.data);
		answers_find_all(&without, mode, query.data);
		answers_sort(&with);
		answers_sort(&without);
		must(count_common(&with, &without) == 0, "finds a row with and without -", &query);
		must(with.count + without.count == untoned, "does not find a row with or without -",
		    &query);
		bytes_release(&clause);
		bytes_release(&query);
	}
	answers_release(&with);
	answers_release(&without);
}
END_TEST

START_TEST(or_unites)
{
	struct answers one = { 0 }, other = { 0 }, either = { 0 };
	struct seeded seeded = { 5 };

	for (unsigned i = 0; i < queries(); i++) {
		struct bytes a = { 0 }, b = { 0 };

		add_clause(&a, &seeded);
		bytes_add_string(&a, " in:any");
		add_clause(&b, &seeded);
		bytes_add_string(&b, " in:any");
		answers_find_all(&one, CHARINDEX_AUTO, a.data);
		answers_find_all(&other, CHARINDEX_AUTO, b.data);
		answers_sort(&one);
		answers_sort(&other);
		bytes_add_string(&a, i % 2 ? "|" : " | ");
		bytes_add(&a, b.data, b.length);
		answers_find_all(&either, CHARINDEX_AUTO, a.data);
		answers_sort(&either);
		must(is_subset(&one, &either) && is_subset(&other, &either) &&
		        either.count == one.count + other.count - count_common(&one, &other),
		    "is not what either finds", &a);
		bytes_release(&a);
		bytes_release(&b);
	}
	answers_release(&one);
	answers_release(&other);
	answers_release(&either);
}
END_TEST

START_TEST(no_row_is_found_twice)
{
	struct answers answers = { 0 };
	struct seeded seeded = { 6 };

	for (unsigned i = 0; i < queries(); i++) {
		struct bytes query = { 0 };

		add_word(&query, &seeded, any_row(&seeded));
		for (size_t m = 0; m < UNIT_COUNT(modes); m++) {
			answers_find_all(&answers, modes[m], query.data);
			if (answers.summary.source == CHARINDEX_BY_TEXT ||
			    answers.summary.source == CHARINDEX_BY_CODE)
				continue;
			answers_sort(&answers);
			for (uint32_t n = 1; n < answers.count; n++)
				must(answers.rows[n] != answers.rows[n - 1], "finds a row twice", &query);
		}
		bytes_release(&query);
	}
	answers_release(&answers);
}
END_TEST

/* ---- pages ---------------------------------------------------------------------------------------- */

/* Pages of `size` rows, asked for by `settings` or, if that is NULL, in the query. */
static void
pages_must_be(const struct answers *whole, enum charindex_mode mode, const struct bytes *query,
    uint32_t size, bool in_query)
{
	struct answers page = { 0 };
	uint32_t at = 0, pages = 0;

	do {
		struct charindex_settings settings = { .mode = mode, .all = in_query };
		struct bytes text = { 0 };

		bytes_add(&text, query->data, query->length);
		if (in_query) {
			bytes_printf(&text, " limit:%u from:%u", (unsigned)size, (unsigned)at + 1);
		} else {
			settings.limit = size;
			settings.from = at + 1;
		}
		answers_find(&page, &settings, text.data);
		must(page.summary.total == whole->count && page.count <= size &&
		        (page.count == 0 || page.summary.first == at + 1),
		    "has a page that is wrong", &text);
		must(page.count == 0 ||
		        memcmp(page.rows, whole->rows + at, page.count * sizeof(*page.rows)) == 0,
		    "has a page with other rows", &text);
		must(page.summary.more == (at + page.count < whole->count), "is wrong about more pages",
		    &text);
		at += page.count;
		bytes_release(&text);
		if (++pages == 12 && at < whole->count - page.count)
			at = whole->count - page.count; /* the last one of many */
	} while (page.summary.more);
	must(at == whole->count, "has pages that are not the whole", query);
	answers_release(&page);
}

START_TEST(pages_make_the_whole)
{
	struct answers whole = { 0 };
	struct seeded seeded = { 7 };

	for (unsigned i = 0; i < queries() / 2; i++) {
		struct bytes query = { 0 };

		if (i % 3 == 0)
			add_clause(&query, &seeded);
		else
			add_word(&query, &seeded, any_row(&seeded));
		if (i % 7 == 0)
			bytes_add_string(&query, " letter");
		for (size_t m = 0; m < UNIT_COUNT(modes); m++) {
			answers_find_all(&whole, modes[m], query.data);
			pages_must_be(&whole, modes[m], &query, 1 + seeded_below(&seeded, 50), false);
			if (modes[m] != CHARINDEX_CLASSIC)
				pages_must_be(&whole, modes[m], &query, 1 + seeded_below(&seeded, 50), true);
		}
		bytes_release(&query);
	}
	answers_release(&whole);
}
END_TEST

/* ---- the seed's rule -------------------------------------------------------------------------------- */

START_TEST(auto_is_classic_wherever_that_has_rows)
{
	struct answers classic = { 0 }, automatic = { 0 };
	struct seeded seeded = { 8 };
	unsigned with_rows = 0;

	for (unsigned i = 0; i < 4 * queries(); i++) {
		static const char *const between[] = { " ", "-", ", ", "' ", "/", " - ", " -> ", ": ",
			" * ", " \" ", " + ", "  ", "\u2003", " & ", "; " };
		struct bytes query = { 0 };
		uint32_t row = any_row(&seeded), count = 1 + seeded_below(&seeded, 4);

		for (uint32_t n = 0; n < count; n++) {
			if (n > 0)
				bytes_add_string(&query, between[seeded_below(&seeded, UNIT_COUNT(between))]);
			add_word_of_row(&query, &seeded, row);
		}
		answers_find_all(&classic, CHARINDEX_CLASSIC, query.data);
		answers_find_all(&automatic, CHARINDEX_AUTO, query.data);
		/* a quotation mark that stands alone is a word's separator only without another */
		if (classic.count > 0 && strchr(query.data, '"') == NULL) {
			with_rows++;
			must(same(&classic, &automatic) && strcmp(classic.status, automatic.status) == 0,
			    "is not answered as in classic mode", &query);
		}
		bytes_release(&query);
	}
	ck_assert_uint_gt(with_rows, queries());
	answers_release(&classic);
	answers_release(&automatic);
}
END_TEST

/* ---- every row -------------------------------------------------------------------------------------- */

/* Does the answer have the row? Ends as soon as it is found. */
static bool
finds(enum charindex_mode mode, const char *query, size_t length, uint32_t row)
{
	struct charindex_settings settings = { .mode = mode, .all = true };
	struct charindex_answer answer;
	struct charindex_run run;
	bool found = false;

	UNIT_HOLDS(
	    charindex_answer_begin(&answer, unit_index, &settings, query, length) == CHARINDEX_OK);
	while (!found && charindex_answer_next(&answer, UINT32_MAX, &run))
		found = row >= run.first && row - run.first < run.count;
	charindex_answer_release(&answer);
	return found;
}

static bool
finds_any(enum charindex_mode mode, const char *query, size_t length)
{
	struct charindex_settings settings = { .mode = mode };
	struct charindex_answer answer;
	struct charindex_run run;
	bool found;

	UNIT_HOLDS(
	    charindex_answer_begin(&answer, unit_index, &settings, query, length) == CHARINDEX_OK);
	found = charindex_answer_next(&answer, 1, &run);
	charindex_answer_release(&answer);
	return found;
}

static uint32_t
all_rows(void)
{
	struct charindex_info info = charindex_info(unit_index);

	return info.row_count + info.extra_count;
}

START_TEST(every_row_is_found_by_its_own_words)
{
	struct bytes query = { 0 };

	for (uint32_t row = 0; row < all_rows(); row += unit_step(7)) {
		struct charindex_text name = name_of(row);

		/* a hundred thousand are called the same, but for their code point; a hyphen before a word
		 * leaves out what has it */
		if (memmem(name.bytes, name.length, " -", 2) != NULL)
			continue;
		if (words_indexed_length(name.bytes, name.length) < name.length && row % 1000 > 6)
			continue;
		/* what is no named character may be behind those that the seed's rule finds */
		query.length = 0;
		if (row >= charindex_info(unit_index).row_count)
			bytes_add_string(&query, "in:any ");
		bytes_add(&query, name.bytes, name.length);
		if (!finds(CHARINDEX_AUTO, query.data, query.length, row))
			ck_abort_msg("not found by its own words: %.*s", (int)name.length, name.bytes);
	}
	bytes_release(&query);
}
END_TEST

START_TEST(every_row_is_found_by_each_of_its_own_words)
{
	struct charindex_info info = charindex_info(unit_index);
	struct word_reader reader;
	struct word word;

	for (uint32_t row = info.row_count; row < all_rows(); row += unit_step(7)) {
		struct charindex_text name = name_of(row);
		char query[FORMAT_MAX_WORD + 32];

		if ((extra_rank(unit_index, row).flags & CHARINDEX_IS_TONED) != 0)
			continue;
		reader = (struct word_reader){ unit_index, name.bytes, name.bytes + name.length };
		while (word_reader_next(&reader, &word)) {
			int length =
			    snprintf(query, sizeof(query), "in:name,alias %.*s", (int)word.length, word.text);

			if (!finds(CHARINDEX_AUTO, query, (size_t)length, row))
				ck_abort_msg("not found by %s: %.*s", query, (int)name.length, name.bytes);
		}
	}
}
END_TEST

START_TEST(every_row_is_found_by_its_code_point)
{
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO };
	unsigned as_words = 0;

	for (uint32_t row = 0; row < all_rows(); row++) {
		struct charindex_answer answer;
		struct charindex_hit hit;
		char query[16];
		int length;

		if ((extra_rank(unit_index, row).flags & CHARINDEX_IS_SEQUENCE) != 0)
			continue;
		length =
		    snprintf(query, sizeof(query), "U+%04X", (unsigned)extra_row_code(unit_index, row));
		if (finds_any(CHARINDEX_CLASSIC, query, (size_t)length)) {
			as_words++; /* LINEAR B SYLLABLE B010 U */
			continue;
		}
		UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, query, (size_t)length) ==
		    CHARINDEX_OK);
		if (!charindex_answer_next_hit(&answer, &hit) || hit.row != row ||
		    charindex_answer_next_hit(&answer, &hit))
			ck_abort_msg("not found alone: %s", query);
		charindex_answer_release(&answer);
	}
	printf("%u code points are words of names as they are written\n", as_words);
	ck_assert_uint_lt(as_words, 10);
}
END_TEST

/* In wide mode, that is: in auto mode those that are words of names find what has them. */
START_TEST(every_row_is_found_by_its_own_characters)
{
	for (uint32_t row = 0; row < all_rows(); row++) {
		struct charindex_label label;
		struct charindex_row whole;

		/* letters are words too, which takes long: one in fifty */
		if (row < charindex_info(unit_index).row_count && row % 50 != 0 &&
		    charindex_category(unit_index, extra_row_code(unit_index, row)) == U_OTHER_LETTER)
			continue;
		charindex_row(unit_index, row, 0, &whole, &label);
		if (whole.text.length == 0)
			UNIT_HOLDS((whole.flags & CHARINDEX_IS_CONTROL) != 0);
		else if (!finds(CHARINDEX_WIDE, whole.text.bytes, whole.text.length, row))
			ck_abort_msg("not found by itself: %.*s %.*s", (int)whole.text.length, whole.text.bytes,
			    (int)whole.codes.length, whole.codes.bytes);
	}
}
END_TEST

START_TEST(every_row_is_identified_in_a_text)
{
	struct answers answers = { 0 };
	uint32_t step = 1;

	for (uint32_t row = 0; row < all_rows(); row += step) {
		struct charindex_label label;
		struct charindex_row whole;
		struct bytes text = { 0 };

		step = row < charindex_info(unit_index).row_count - 100 ? 97 : 1;
		charindex_row(unit_index, row, 0, &whole, &label);
		if (whole.text.length == 0)
			continue;
		bytes_add_string(&text, "x");
		bytes_add(&text, whole.text.bytes, whole.text.length);
		bytes_add(&text, whole.text.bytes, whole.text.length);
		answers_identify(&answers, text.data);
		if (!answers_have(&answers, row))
			ck_abort_msg("not identified: %.*s", (int)whole.codes.length, whole.codes.bytes);
		bytes_release(&text);
	}
	answers_release(&answers);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, more_words_find_fewer_rows);
	tcase_add_test(tests, more_clauses_find_fewer_rows);
	tcase_add_test(tests, the_order_of_words_never_matters);
	tcase_add_test(tests, not_and_itself_part_the_rows);
	tcase_add_test(tests, or_unites);
	tcase_add_test(tests, no_row_is_found_twice);
	tcase_add_test(tests, pages_make_the_whole);
	tcase_add_test(tests, auto_is_classic_wherever_that_has_rows);
	tcase_add_test(tests, every_row_is_found_by_its_own_words);
	tcase_add_test(tests, every_row_is_found_by_each_of_its_own_words);
	tcase_add_test(tests, every_row_is_found_by_its_code_point);
	tcase_add_test(tests, every_row_is_found_by_its_own_characters);
	tcase_add_test(tests, every_row_is_identified_in_a_text);
}

UNIT_MAIN("properties", add_tests)
