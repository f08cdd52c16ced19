/* test_lazy.c - answers do not depend on the tables that are made when they are first needed. */
#include <pthread.h>
#include <string.h>

#include "charindex.h"
#include "unit.h"
#include "unit_index.h"
#include "word_sets.h"

/* Each of them by more than one of the tables. */
static const char *const queries[] = { "ishop", "lette", "zzzzzz", "greek and coptic", "hearts",
	"chat noir", "snowmna", "*anc*", "in:any *ance*", "\"black chess\"", "smilng fcae",
	"letterlike symbols", "purple elephant", "lat", "ca", "\u5c71\u5ddd", "in:any schnee" };

enum { QUERIES = UNIT_COUNT(queries), THREADS = 4, ROUNDS = 24 };

/* So many rounds ask for each table, and for each share of one, more often than any is waited for. */
enum { MANY_ROUNDS = 80 };

/* The answers to all queries as sums, one after the other. */
struct sums {
	const struct charindex *ci;
	uint64_t sum[2 * QUERIES];
};

static uint64_t
sum_of(const struct charindex *ci, enum charindex_mode mode, const char *query)
{
	struct charindex_settings settings = { .mode = mode, .all = true };
	struct charindex_answer answer;
	struct charindex_hit hit;
	uint64_t sum = 14695981039346656037u;

	UNIT_HOLDS(
	    charindex_answer_begin(&answer, ci, &settings, query, strlen(query)) == CHARINDEX_OK);
	while (charindex_answer_next_hit(&answer, &hit))
		sum = (sum ^ ((uint64_t)hit.row << 8 | hit.source)) * 1099511628211u;
	charindex_answer_release(&answer);
	return sum;
}

static void
add_up(struct sums *sums)
{
	for (uint32_t i = 0; i < 2 * QUERIES; i++)
		sums->sum[i] =
		    sum_of(sums->ci, i % 2 == 0 ? CHARINDEX_AUTO : CHARINDEX_WIDE, queries[i / 2]);
}

static struct charindex *
open_one(void)
{
	struct charindex *ci;

	UNIT_HOLDS(charindex_open(unit_index_path(), &ci) == CHARINDEX_OK);
	return ci;
}

/* Each is asked of an index that nobody has asked anything. */
static void
add_up_without_tables(struct sums *sums)
{
	for (uint32_t i = 0; i < 2 * QUERIES; i++) {
		struct charindex *ci = open_one();

		sums->sum[i] = sum_of(ci, i % 2 == 0 ? CHARINDEX_AUTO : CHARINDEX_WIDE, queries[i / 2]);
		charindex_close(ci);
	}
}

START_TEST(the_hundredth_answer_is_the_first)
{
	struct charindex *ci = open_one();
	struct sums first, now = { .ci = ci };

	add_up_without_tables(&first);
	for (int round = 0; round < MANY_ROUNDS; round++) {
		add_up(&now);
		UNIT_HOLDS(memcmp(first.sum, now.sum, sizeof(now.sum)) == 0);
	}
	ck_assert_ptr_nonnull(word_set_of(ci, "heart", 5));
	charindex_close(ci);
}
END_TEST

static void *
add_up_often(void *arg)
{
	struct sums *sums = arg, again = *sums;

	add_up(sums);
	for (int round = 1; round < ROUNDS; round++) {
		add_up(&again);
		UNIT_HOLDS(memcmp(sums->sum, again.sum, sizeof(again.sum)) == 0);
	}
	return NULL;
}

START_TEST(threads_make_them_together)
{
	struct charindex *ci = open_one();
	struct sums sums[THREADS], first;
	pthread_t threads[THREADS];

	add_up_without_tables(&first);
	for (int n = 0; n < THREADS; n++) {
		sums[n].ci = ci;
		ck_assert_int_eq(pthread_create(&threads[n], NULL, add_up_often, &sums[n]), 0);
	}
	for (int n = 0; n < THREADS; n++)
		ck_assert_int_eq(pthread_join(threads[n], NULL), 0);
	for (int n = 0; n < THREADS; n++)
		UNIT_HOLDS(memcmp(first.sum, sums[n].sum, sizeof(first.sum)) == 0);
	charindex_close(ci);
}
END_TEST

/* Every word of every dictionary is in the set that says where it may be. */
START_TEST(no_word_is_left_out)
{
	struct charindex *ci = open_one();
	struct dictionary dictionary;

	while (word_set_of(ci, "heart", 5) == NULL)
		;
	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++)
		for (uint32_t i = 0; i < dictionary.term_count; i += unit_step(7)) {
			struct charindex_text word = dictionary_word(&dictionary, i);
			uint32_t found = n;

			UNIT_HOLDS(
			    word_set_next(ci, word_set_of(ci, word.bytes, word.length), &found, &dictionary) &&
			    found == n);
		}
	charindex_close(ci);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, the_hundredth_answer_is_the_first);
	tcase_add_test(tests, threads_make_them_together);
	tcase_add_test(tests, no_word_is_left_out);
}

UNIT_MAIN("lazy", add_tests)
