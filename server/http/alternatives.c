/* alternatives.c - asks again with less. */
#include "alternatives.h"

#include <string.h>
#include <strings.h>

#include "connection.h"
#include "exchange.h"
#include "search.h"
#include "snapshot.h"

/* What it costs to search once, in bytes that are only copied (stream_charge()). */
#define WORK_OF_SEARCH 200000

/* Of all searches together: nobody waits for more than for one that is costly. */
#define MOST_WORK (CHARINDEX_MAX_WORK / 2)

struct finder {
	const struct exchange *exchange;
	struct alternative *list;
	unsigned count;
	uint64_t work; /* done so far */
};

/* Rows for the query; 0 also if it cannot be asked. */
static uint64_t
count_rows(struct finder *finder, const struct alternative *alternative)
{
	const struct exchange *exchange = finder->exchange;
	struct charindex_settings settings = exchange->search.settings;
	struct charindex_answer answer;
	struct charindex_summary summary = { 0 };

	settings.from = 0;
	settings.instead = NULL;
	if (alternative->without_filters)
		settings.filter_count = 0;
	if (charindex_answer_begin(&answer, exchange->snapshot->ci, &settings, alternative->query,
	        strlen(alternative->query)) == CHARINDEX_OK)
		charindex_answer_summary(&answer, &summary);
	charindex_answer_release(&answer);
	finder->work += summary.work;
	stream_charge(&exchange->connection->stream, WORK_OF_SEARCH);
	/* a correction of what is left would be a guess about a guess */
	return summary.error == NULL && summary.corrected == NULL ? summary.total : 0;
}

/* Offers it, if it has rows. */
static void
try(struct finder *finder, struct alternative *alternative)
{
	if (finder->count == ALTERNATIVES_MAX || finder->work > MOST_WORK ||
	    alternative->query[0] == '\0')
		return;
	alternative->total = count_rows(finder, alternative);
	if (alternative->total > 0)
		finder->list[finder->count++] = *alternative;
}

/* Words between blanks, and how many; 0 if there are more than are tried, or operators. */
static unsigned
cut(const struct search *search, struct charindex_text words[ALTERNATIVES_MAX])
{
	const char *at = search->text, *end = at + search->length;
	unsigned count = 0;

	if (search->length >= sizeof(((struct alternative *)NULL)->query) || search->verbatim)
		return 0;
	while (at < end) {
		const char *blank = memchr(at, ' ', (size_t)(end - at));
		const char *stop = blank != NULL ? blank : end;

		if (stop > at && count == ALTERNATIVES_MAX)
			return 0;
		if (stop > at)
			words[count++] = (struct charindex_text){ at, (size_t)(stop - at) };
		if (memchr(at, '"', (size_t)(stop - at)) != NULL ||
		    memchr(at, '|', (size_t)(stop - at)) != NULL)
			return 0;
		at = stop + 1;
	}
	return count;
}

/* The words whose bits are set. */
static void
join(struct alternative *alternative, const struct charindex_text *words, unsigned count,
    unsigned chosen)
{
	char *at = alternative->query;

	for (unsigned i = 0; i < count; i++) {
		if ((chosen >> i & 1) == 0)
			continue;
		if (at > alternative->query)
			*at++ = ' ';
		at = mempcpy(at, words[i].bytes, words[i].length);
	}
	*at = '\0';
}

static bool
is_one_of(const struct charindex_text *words, unsigned count, const char *word, size_t length)
{
	for (unsigned i = 0; i < count; i++)
		if (words[i].length == length && strncasecmp(words[i].bytes, word, length) == 0)
			return true;
	return false;
}

/* Has it been answered with some of its words, for want of rows that have all of them? */
static bool
leaves_words_out(const struct charindex_summary *summary, const struct charindex_text *words,
    unsigned count)
{
	const char *at = summary->corrected, *end;
	unsigned kept = 0;

	if (at == NULL)
		return false;
	end = at + summary->corrected_length;
	for (; at < end; at++, kept++) {
		const char *blank = memchr(at, ' ', (size_t)(end - at));
		const char *stop = blank != NULL ? blank : end;

		if (!is_one_of(words, count, at, (size_t)(stop - at)))
			return false;
		at = stop;
	}
	return kept < count;
}

static void
try_words(struct finder *finder, const struct charindex_text *words, unsigned count)
{
	struct alternative alternative = { 0 };
	bool alone;

	for (unsigned i = 0; i < count && count > 1; i++) {
		join(&alternative, words, count, ~(1u << i));
		try(finder, &alternative);
	}
	alone = count > 2 && finder->count == 0; /* nothing else is left */
	for (unsigned i = 0; i < count && alone; i++) {
		join(&alternative, words, count, 1u << i);
		try(finder, &alternative);
	}
}

unsigned
alternatives_find(const struct exchange *exchange, struct alternative list[ALTERNATIVES_MAX])
{
	const struct search *search = &exchange->search;
	struct finder finder = { .exchange = exchange, .list = list };
	struct charindex_text words[ALTERNATIVES_MAX];
	struct alternative unfiltered = { .without_filters = true };
	bool none = search->summary.total == 0;
	unsigned count = none || search->summary.corrected != NULL ? cut(search, words) : 0;

	if (none && count > 0 && search->settings.filter_count > 0) {
		join(&unfiltered, words, count, ~0u);
		try(&finder, &unfiltered);
	} else if (none || leaves_words_out(&search->summary, words, count)) {
		try_words(&finder, words, count);
	}
	return finder.count;
}
