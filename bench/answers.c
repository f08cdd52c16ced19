/* answers.c - what answers take that people really get, with no sockets: auto mode over the mix
 * of bench.py, with its misses, wide mode over what people type in pickers (tests/judged.tsv),
 * and over the same as it is typed, character by character.
 *
 *     answers INDEX MIX JUDGED
 *
 * Each query is begun, and ended, several times: its best time counts, as others may have the
 * processor for a while. Beside the times stands what was looked at (charindex_summary.work),
 * which is the same on every machine. */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "charindex.h"
#include "histogram.h"

enum { TRIES = 5, MAX_QUERIES = 20000 };

struct queries {
	uint32_t count;
	char *text[MAX_QUERIES];
};

static struct queries mix, judged, typed;

static void
add(struct queries *queries, const char *text, size_t length)
{
	if (queries->count == MAX_QUERIES || length == 0)
		return;
	queries->text[queries->count] = strndup(text, length);
	if (queries->text[queries->count++] == NULL)
		errx(1, "out of memory");
}

/* Each line is given to `take` without its end. */
static void
read_lines(const char *path, void (*take)(char *line))
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	if (file == NULL)
		err(1, "%s", path);
	while (getline(&line, &size, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		take(line);
	}
	free(line);
	fclose(file);
}

static void
take_mix(char *line)
{
	add(&mix, line, strlen(line));
}

/* "wide", a TAB, the query, a TAB and more. */
static void
take_judged(char *line)
{
	char *rest = line, *mode = strsep(&rest, "\t"), *query = strsep(&rest, "\t");

	if (query == NULL || strcmp(mode, "wide") != 0)
		return;
	add(&judged, query, strlen(query));
	for (size_t length = 1; length <= strlen(query); length++)
		if ((query[length] & 0xC0) != 0x80)
			add(&typed, query, length);
}

static uint64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Returns the time, and adds the work. */
static uint64_t
answer(const struct charindex *ci, enum charindex_mode mode, const char *query, uint64_t *work)
{
	struct charindex_settings settings = { .mode = mode };
	struct charindex_summary summary;
	struct charindex_answer given;
	uint64_t begin = now_ns(), end;

	if (charindex_answer_begin(&given, ci, &settings, query, strlen(query)) != CHARINDEX_OK)
		errx(1, "out of memory");
	end = now_ns();
	charindex_answer_summary(&given, &summary);
	charindex_answer_release(&given);
	*work += summary.work;
	return end - begin;
}

static void
measure(const struct charindex *ci, const char *name, enum charindex_mode mode,
    const struct queries *queries)
{
	static struct histogram times;
	uint64_t sum = 0, work = 0;

	memset(&times, 0, sizeof(times));
	for (uint32_t i = 0; i < queries->count; i++) {
		uint64_t best = UINT64_MAX;

		for (int n = 0; n < TRIES; n++) {
			uint64_t took = answer(ci, mode, queries->text[i], &work);

			best = took < best ? took : best;
		}
		histogram_add(&times, best);
		sum += best;
	}
	printf("answers='%s' queries=%" PRIu32 " mean=%.1f p50=%.1f p99=%.1f max=%.1f us, work=%" PRIu64
	       "\n",
	    name, queries->count, (double)sum / queries->count / 1e3,
	    (double)histogram_percentile(&times, 0.5) / 1e3,
	    (double)histogram_percentile(&times, 0.99) / 1e3,
	    (double)histogram_percentile(&times, 1) / 1e3, work / TRIES / queries->count);
}

int
main(int argc, char **argv)
{
	struct charindex *ci;
	enum charindex_err error;

	if (argc != 4)
		errx(2, "usage: answers INDEX MIX JUDGED");
	error = charindex_open(argv[1], &ci);
	if (error != CHARINDEX_OK)
		errx(1, "%s %s", argv[1], charindex_strerror(error));
	read_lines(argv[2], take_mix);
	read_lines(argv[3], take_judged);
	measure(ci, "auto, the mix", CHARINDEX_AUTO, &mix);
	measure(ci, "wide, judged", CHARINDEX_WIDE, &judged);
	measure(ci, "wide, as typed", CHARINDEX_WIDE, &typed);
	charindex_close(ci);
	return 0;
}
