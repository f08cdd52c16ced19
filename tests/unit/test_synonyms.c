/* test_synonyms.c - the table of queries that stand for others: what it says, and why it is none. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "synonyms.h"
#include "unit.h"

#define HEADING "# ours\n# synonym\tof\n"

static char problem[SYNONYMS_PROBLEM_SIZE];

/* The table with these bytes; its path is not there any more. */
static struct synonyms *
read_bytes(const char *bytes, size_t length)
{
	char path[] = "/tmp/test_synonyms.XXXXXX";
	int fd = mkstemp(path);
	struct synonyms *synonyms;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes, length), length);
	close(fd);
	synonyms = synonyms_read(path, problem);
	unlink(path);
	return synonyms;
}

static struct synonyms *
read_rows(const char *rows)
{
	char table[10000];
	int length = snprintf(table, sizeof(table), HEADING "%s", rows);
	struct synonyms *synonyms = read_bytes(table, (size_t)length);

	if (synonyms == NULL)
		ck_abort_msg("%s", problem);
	return synonyms;
}

/* Does the query stand for that? NULL: for nothing but itself. */
static void
assert_asks(const struct synonyms *synonyms, enum charindex_mode mode, const char *query,
    const char *expected)
{
	struct charindex_settings settings = { .mode = mode };

	synonyms_apply(synonyms, query, strlen(query), &settings);
	if (expected == NULL) {
		ck_assert_ptr_null(settings.instead);
		return;
	}
	ck_assert_ptr_nonnull(settings.instead);
	ck_assert_uint_eq(settings.instead_length, strlen(expected));
	ck_assert_mem_eq(settings.instead, expected, settings.instead_length);
}

/* Is the table refused, with these words about it? */
static void
assert_refused(const char *bytes, size_t length, const char *why)
{
	ck_assert_ptr_null(read_bytes(bytes, length));
	ck_assert_msg(strstr(problem, why) != NULL, "%s", problem);
	ck_assert_ptr_null(strchr(problem, '\n'));
}

static void
assert_text_refused(const char *text, const char *why)
{
	assert_refused(text, strlen(text), why);
}

START_TEST(a_query_is_what_its_row_says_whatever_its_case)
{
	struct synonyms *synonyms =
	    read_rows("ship it\tU+1F680\nCastle\tchess rook\n größe \t size \n");

	ck_assert_uint_eq(synonyms_count(synonyms), 3);
	assert_asks(synonyms, CHARINDEX_AUTO, "castle", "chess rook");
	assert_asks(synonyms, CHARINDEX_WIDE, "SHIP it", "U+1F680");
	assert_asks(synonyms, CHARINDEX_AUTO, "Größe", "size");
	synonyms_free(synonyms);
}
END_TEST

START_TEST(other_queries_are_themselves)
{
	struct synonyms *synonyms = read_rows("castle\tchess rook\n"), *empty = read_rows("");

	assert_asks(synonyms, CHARINDEX_AUTO, "white castle", NULL);
	assert_asks(synonyms, CHARINDEX_AUTO, "castl", NULL);
	assert_asks(synonyms, CHARINDEX_AUTO, "", NULL);
	assert_asks(synonyms, CHARINDEX_CLASSIC, "castle", NULL);
	assert_asks(empty, CHARINDEX_AUTO, "castle", NULL);
	assert_asks(NULL, CHARINDEX_AUTO, "castle", NULL);
	synonyms_free(synonyms);
	synonyms_free(empty);
}
END_TEST

START_TEST(what_it_stands_for_is_no_synonym_again)
{
	struct synonyms *synonyms = read_rows("a\tb\nb\tc\n");

	assert_asks(synonyms, CHARINDEX_AUTO, "a", "b");
	synonyms_free(synonyms);
}
END_TEST

START_TEST(several_rows_are_alternatives_in_their_order)
{
	struct synonyms *synonyms = read_rows("ok\tU+2713\nno\tU+2717\nOK\tthumbs up\nok\tcheck");

	ck_assert_uint_eq(synonyms_count(synonyms), 2);
	assert_asks(synonyms, CHARINDEX_AUTO, "ok", "U+2713 | thumbs up | check");
	assert_asks(synonyms, CHARINDEX_AUTO, "no", "U+2717");
	synonyms_free(synonyms);
}
END_TEST

START_TEST(many_rows_are_all_found)
{
	enum { MANY = 1000 };
	char table[MANY * 16], query[8], of[8];
	size_t length = (size_t)sprintf(table, HEADING);
	struct synonyms *synonyms;

	for (int n = MANY; n-- > 0;)
		length += (size_t)sprintf(table + length, "q%d\ta%d\n", n, n);
	synonyms = read_bytes(table, length);
	ck_assert_uint_eq(synonyms_count(synonyms), MANY);
	for (int n = 0; n < MANY; n++) {
		sprintf(query, "q%d", n);
		sprintf(of, "a%d", n);
		assert_asks(synonyms, CHARINDEX_AUTO, query, of);
	}
	synonyms_free(synonyms);
}
END_TEST

START_TEST(tables_that_differ_have_other_fingerprints)
{
	struct synonyms *one = read_rows("a\tb\n"), *same = read_rows("a\tb\n"),
	                *other = read_rows("a\tc\n");

	ck_assert(synonyms_fingerprint(one) == synonyms_fingerprint(same));
	ck_assert(synonyms_fingerprint(one) != synonyms_fingerprint(other));
	ck_assert(synonyms_fingerprint(one) != synonyms_fingerprint(NULL));
	synonyms_free(one);
	synonyms_free(same);
	synonyms_free(other);
}
END_TEST

START_TEST(what_is_wrong_is_told_with_its_line)
{
	assert_text_refused("", ":1: the two lines of heading are missing");
	assert_text_refused("# ours\n", ":2: the two lines of heading are missing");
	assert_text_refused("castle\trook\n", ":1: the two lines of heading are not");
	assert_text_refused("# ours\n# of\tsynonym\n", ":2: the two lines of heading are not");
	assert_text_refused(HEADING "a\tb\ncastle\n", ":4: not two columns");
	assert_text_refused(HEADING "a\tb\tc\n", ":3: not two columns");
	assert_text_refused(HEADING "\n", ":3: not two columns");
	assert_text_refused(HEADING " \trook\n", ":3: one of the two columns is empty");
	assert_text_refused(HEADING "castle\t\n", ":3: one of the two columns is empty");
	assert_text_refused(HEADING "a\t\xff\n", ":3: not UTF-8 text");
	assert_refused(HEADING "a\tb\0c\n", sizeof(HEADING "a\tb\0c\n") - 1, ":3: not UTF-8 text");
	assert_text_refused(HEADING "a\n", "; mend it, mkcharindex(1) has an example");
}
END_TEST

START_TEST(no_query_becomes_longer_than_one_may_be)
{
	char table[10000], half[SYNONYMS_MAX_QUERY / 2];
	struct synonyms *synonyms;

	snprintf(table, sizeof(table), HEADING "a\t%0*d\n", SYNONYMS_MAX_QUERY, 0);
	synonyms = read_bytes(table, strlen(table));
	ck_assert_uint_eq(synonyms_count(synonyms), 1);
	synonyms_free(synonyms);
	snprintf(table, sizeof(table), HEADING "a\t%0*d\n", SYNONYMS_MAX_QUERY + 1, 0);
	assert_text_refused(table, ":3: the second column is longer");
	snprintf(half, sizeof(half), "%0*d", (int)sizeof(half) - 1, 0);
	snprintf(table, sizeof(table), HEADING "a\t%s\nb\tc\na\t%s\na\td\n", half, half);
	assert_text_refused(table, ":5: with the lines before it");
}
END_TEST

START_TEST(what_is_no_file_is_told_by_name)
{
	ck_assert_ptr_null(synonyms_read("/nosuchfile", problem));
	ck_assert_str_eq(problem, "cannot open /nosuchfile: No such file or directory");
	ck_assert_ptr_null(synonyms_read("/", problem));
	ck_assert_str_eq(problem, "cannot open /: Is a directory");
	ck_assert_ptr_null(synonyms_read("/dev/zero", problem));
	ck_assert_str_eq(problem, "cannot open /dev/zero: Invalid argument");
}
END_TEST

START_TEST(nobody_is_waited_for_who_writes_to_a_fifo)
{
	char directory[] = "/tmp/test_synonyms.XXXXXX", path[sizeof(directory) + 8];

	ck_assert_ptr_nonnull(mkdtemp(directory));
	sprintf(path, "%s/fifo", directory);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_ptr_null(synonyms_read(path, problem));
	ck_assert_msg(strstr(problem, "/fifo: Invalid argument") != NULL, "%s", problem);
	unlink(path);
	rmdir(directory);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, a_query_is_what_its_row_says_whatever_its_case);
	tcase_add_test(tests, other_queries_are_themselves);
	tcase_add_test(tests, what_it_stands_for_is_no_synonym_again);
	tcase_add_test(tests, several_rows_are_alternatives_in_their_order);
	tcase_add_test(tests, many_rows_are_all_found);
	tcase_add_test(tests, tables_that_differ_have_other_fingerprints);
	tcase_add_test(tests, what_is_wrong_is_told_with_its_line);
	tcase_add_test(tests, no_query_becomes_longer_than_one_may_be);
	tcase_add_test(tests, what_is_no_file_is_told_by_name);
	tcase_add_test(tests, nobody_is_waited_for_who_writes_to_a_fifo);
}

UNIT_MAIN("synonyms", add_tests)
