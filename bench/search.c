/* search.c - the search alone, with no sockets: ns per query over a workload, each query
 * searched to the end, its rows counted and the first byte of its answer read. The counts
 * must be those of the answers, so that a wrong search cannot win. */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "charindex.h"
#include "classic_search.h"
#include "histogram.h"
#include "workload.h"

static uint64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The number of rows; what has been read is added to *read, so that it has to be. */
static uint64_t
search(const struct charindex *ci, const struct piece *query, uint64_t *read)
{
	struct charindex_search search;
	struct charindex_run run;
	uint64_t matches = 0;

	classic_search_init(&search, ci, query->bytes, query->length);
	while (classic_search_next(&search, UINT32_MAX, &run)) {
		if (matches == 0)
			*read += (unsigned char)*run.text;
		matches += run.count;
	}
	return matches;
}

/* The number of rows in an answer: of its lines but the status. */
static uint64_t
rows(const struct piece *answer)
{
	const char *text = answer->bytes, *end = text + answer->length;
	uint64_t lines = 0;

	while (text < end && (text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		text++;
		lines++;
	}
	return lines - 1;
}

static uint32_t
words(const struct piece *query)
{
	uint32_t count = 1;

	for (size_t i = 0; i < query->length; i++)
		count += query->bytes[i] == ' ';
	return count;
}

/* ---- classes of queries ------------------------------------------------------ */

struct query_class {
	const char *name;
	uint32_t least_words, most_words;
	uint64_t least_rows, most_rows;
};

static const struct query_class classes[] = {
	{ "all", 1, UINT32_MAX, 0, UINT64_MAX },
	{ "one word", 1, 1, 1, UINT64_MAX },
	{ "two words", 2, 2, 1, UINT64_MAX },
	{ "three words", 3, UINT32_MAX, 1, UINT64_MAX },
	{ "no row", 1, UINT32_MAX, 0, 0 },
	{ "1 to 9 rows", 1, UINT32_MAX, 1, 9 },
	{ "10 to 99 rows", 1, UINT32_MAX, 10, 99 },
	{ "100 rows and more", 1, UINT32_MAX, 100, UINT64_MAX },
};

/* The queries of `all` that belong to `class`, in their order. */
static struct workload
choose(const struct workload *all, const struct query_class *class)
{
	struct workload chosen = { 0, calloc(all->count, sizeof(struct piece)), NULL };

	if (chosen.queries == NULL)
		errx(1, "out of memory");
	for (uint32_t i = 0; i < all->count; i++) {
		uint64_t row_count = rows(&all->answers[i]);
		uint32_t word_count = words(&all->queries[i]);

		if (word_count >= class->least_words && word_count <= class->most_words &&
		    row_count >= class->least_rows && row_count <= class->most_rows)
			chosen.queries[chosen.count++] = all->queries[i];
	}
	return chosen;
}

/* ---- measuring --------------------------------------------------------------- */

static void
check(const struct charindex *ci, const struct workload *workload)
{
	uint64_t read = 0;

	for (uint32_t i = 0; i < workload->count; i++) {
		const struct piece *query = &workload->queries[i];
		uint64_t found = search(ci, query, &read), expected = rows(&workload->answers[i]);

		if (found != expected)
			errx(1, "%.*s has %" PRIu64 " matches, and the search finds %" PRIu64,
			    (int)query->length, query->bytes, expected, found);
	}
}

/* ns per query: the median over many passes, so that it matters little if others have
 * the processor for a while. */
static double
measure(const struct charindex *ci, const struct workload *workload, double seconds)
{
	/* so many queries that the clock costs little beside them */
	uint32_t repeats = 1 + 999 / workload->count;
	static struct histogram times;
	uint64_t begin = now_ns(), end = begin + (uint64_t)(seconds * 1e9);
	uint64_t read = 0, found = 0;

	memset(&times, 0, sizeof(times));
	while (begin < end) {
		uint64_t now;

		for (uint32_t n = 0; n < repeats; n++)
			for (uint32_t i = 0; i < workload->count; i++)
				found += search(ci, &workload->queries[i], &read);
		now = now_ns();
		histogram_add(&times, now - begin);
		begin = now;
	}
	/* every row begins with U+, and no pass found more than another */
	if (read % 'U' != 0 || found % times.total != 0)
		errx(1, "the search does not always find the same");
	return (double)histogram_percentile(&times, 0.5) / repeats / workload->count;
}

int
main(int argc, char **argv)
{
	double seconds = argc == 4 ? strtod(argv[3], NULL) : 1;
	struct workload workload;
	struct charindex *ci;
	enum charindex_err error;
	size_t class_count;

	if (argc < 3 || argc > 4 || !(seconds > 0 && seconds < 3600))
		errx(2, "usage: search INDEX WORKLOAD [SECONDS]");
	error = charindex_open(argv[1], &ci);
	if (error != CHARINDEX_OK)
		errx(1, "%s %s", argv[1], charindex_strerror(error));
	workload_read(&workload, argv[2]);
	check(ci, &workload);
	/* a single query is all classes in one */
	class_count = workload.count > 1 ? sizeof(classes) / sizeof(classes[0]) : 1;
	for (size_t i = 0; i < class_count; i++) {
		struct workload chosen = choose(&workload, &classes[i]);

		if (chosen.count > 0)
			printf("class='%s' queries=%" PRIu32 " ns=%.1f\n", classes[i].name, chosen.count,
			    measure(ci, &chosen, i == 0 ? seconds : seconds / 4));
		free(chosen.queries);
	}
	charindex_close(ci);
	return 0;
}
