/* match.c - headwords of the databases that are asked, each once. */
#include "match.h"

#include <stdlib.h>
#include <string.h>

#include "ascii.h"
#include "connection.h"
#include "database.h"
#include "define.h"
#include "dict_state.h"
#include "hash.h"
#include "log.h"
#include "long_way.h"
#include "snapshot.h"
#include "strategy.h"

/* Twice as many as there can be headwords, or more, and a power of two. */
#define SEEN_SLOTS 2048

struct matches {
	struct service *service;
	const struct charindex *ci;
	const struct strategy *strategy;
	struct charindex_text word;      /* for a search, as it has been corrected */
	struct charindex_answer answer;  /* of a search */
	const struct database *database; /* that is being asked */
	uint32_t skip, most;             /* headwords that are left out first, and given after those */
	unsigned count;
	struct charindex_text list[MATCH_MOST];
	uint16_t first[DATABASE_DEFAULTS + 1]; /* where in the list each database begins */
	unsigned database_count;
	struct database databases[DATABASE_DEFAULTS];
	unsigned seen_count;
	uint16_t seen[SEEN_SLOTS]; /* of the database: 1 + number in `order`, 0: none */
	struct charindex_text order[MATCH_MOST];
};

/* ---- finding ------------------------------------------------------------------------- */

static bool
same(struct charindex_text a, struct charindex_text b)
{
	return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

/* Has it not been seen in this database? No more are remembered than an answer can have. */
static bool
is_new(struct matches *matches, struct charindex_text text)
{
	uint64_t at = hash_bytes(HASH_BEGIN, text.bytes, text.length) % SEEN_SLOTS;
	uint16_t *slot;

	for (; *(slot = &matches->seen[at]) != 0; at = (at + 1) % SEEN_SLOTS)
		if (same(matches->order[*slot - 1], text))
			return false;
	if (matches->seen_count < MATCH_MOST) {
		matches->order[matches->seen_count++] = text;
		*slot = (uint16_t)matches->seen_count;
	}
	return true;
}

/* Not all clients can read a quote or a backslash between quotes. */
static bool
can_be_quoted(struct charindex_text text)
{
	return text.length > 0 && memchr(text.bytes, '"', text.length) == NULL &&
	    memchr(text.bytes, '\\', text.length) == NULL;
}

/* False when there are enough. */
static bool
add(struct matches *matches, struct charindex_text text)
{
	if (!can_be_quoted(text) || !is_new(matches, text))
		return true;
	if (matches->skip > 0) {
		matches->skip--;
		return true;
	}
	if (matches->most == 0)
		return false;
	matches->list[matches->count++] = text;
	return --matches->most > 0;
}

/* The headword that a row is in this database. */
static struct charindex_text
headword_of(const struct matches *matches, uint32_t row, uint32_t code_point)
{
	struct charindex_label label;
	struct charindex_row known;

	if (row == CHARINDEX_NO_ROW)
		return (struct charindex_text){ "", 0 };
	charindex_row(matches->ci, row, code_point, &known, &label);
	return matches->database->kind == DATABASE_CHARACTERS ? known.text : known.name;
}

static bool
take(void *arg, const struct charindex_headword *headword)
{
	struct matches *matches = arg;

	return add(matches,
	    matches->database->kind == DATABASE_CHARACTERS ? headword_of(matches, headword->row, 0)
	                                                   : headword->text);
}

static bool
find_headwords(struct matches *matches, struct charindex_text word)
{
	struct charindex_lookup lookup = {
		.vocabulary = matches->database->vocabulary,
		.language = matches->database->language,
		.matching = matches->strategy->matching,
		.text = word.bytes,
		.length = word.length,
		.take = take,
		.arg = matches,
	};

	return charindex_look_up(matches->ci, &lookup) == CHARINDEX_OK;
}

/* Of names, those of the rows that the prompt finds; of others, those with the words. */
static bool
take_searched(struct matches *matches)
{
	struct charindex_hit hit;

	if (matches->database->vocabulary != CHARINDEX_NAMES)
		return find_headwords(matches, matches->word);
	while (charindex_answer_next_hit(&matches->answer, &hit) &&
	    add(matches, headword_of(matches, hit.row, hit.code_point)))
		;
	return true;
}

static bool
ask(struct matches *matches)
{
	if (matches->database->kind == DATABASE_SEARCH || matches->database->kind == DATABASE_EXIT)
		return true;
	memset(matches->seen, 0, sizeof(matches->seen));
	matches->seen_count = 0;
	if (matches->strategy->kind == STRATEGY_SEARCH)
		return take_searched(matches);
	return find_headwords(matches, matches->word);
}

static bool
ask_all(struct matches *matches, const struct database_range *range)
{
	for (unsigned n = range->first;
	     n < range->end && matches->most > 0 && !(range->until_first && matches->count > 0); n++) {
		struct database *database = &matches->databases[matches->database_count];

		database_get(matches->ci, n, database);
		matches->database = database;
		if (!ask(matches))
			return false;
		matches->first[++matches->database_count] = (uint16_t)matches->count;
	}
	return true;
}

/* The prompt's search comes first, for all databases. */
static bool
search_all(struct matches *matches, const struct database_range *range)
{
	struct charindex_settings settings = {
		.mode = matches->strategy->mode,
		.limit = MATCH_MOST_SEARCHED,
	};
	struct charindex_summary summary;
	bool done;

	synonyms_apply(matches->service->snapshot->synonyms, matches->word.bytes, matches->word.length,
	    &settings);
	done = long_way_begin(matches->service, &matches->answer, &settings, matches->word) ==
	    CHARINDEX_OK;
	if (done) {
		charindex_answer_summary(&matches->answer, &summary);
		if (summary.corrected != NULL)
			matches->word = (struct charindex_text){ summary.corrected, summary.corrected_length };
		done = ask_all(matches, range);
	}
	charindex_answer_release(&matches->answer);
	return done;
}

/* ---- what is asked -------------------------------------------------------------------- */

/* Reads a number that ends with `#`, and that. */
static bool
read_number(struct charindex_text *text, uint32_t *number)
{
	size_t i = 0;

	*number = 0;
	for (; i < text->length && i < 7 && ascii_is_digit(text->bytes[i]); i++)
		*number = *number * 10 + (uint32_t)(text->bytes[i] - '0');
	if (i == 0 || i == text->length || text->bytes[i] != '#')
		return false;
	*text = (struct charindex_text){ text->bytes + i + 1, text->length - i - 1 };
	return true;
}

/* "20#10#arrow": a word without numbers is the first page of all. */
static void
read_page(struct matches *matches)
{
	struct charindex_text rest = matches->word;
	uint32_t skip, most;

	if (!read_number(&rest, &skip) || !read_number(&rest, &most))
		return;
	matches->skip = skip;
	matches->most = most < MATCH_MOST ? most : MATCH_MOST;
	matches->word = rest;
}

/* ---- all of it ------------------------------------------------------------------------ */

static void
write_all(const struct dict *dict, const struct matches *matches)
{
	struct reply reply;

	reply_begin(&reply, dict->stream);
	reply_format(&reply, "152 %u matches found" REPLY_CRLF, matches->count);
	if (dict->mime)
		reply_end_line(&reply);
	for (unsigned n = 0; n < matches->database_count; n++)
		for (unsigned i = matches->first[n]; i < matches->first[n + 1]; i++) {
			reply_puts(&reply, matches->databases[n].name);
			reply_puts(&reply, " ");
			reply_quoted(&reply, matches->list[i]);
			reply_end_line(&reply);
		}
	reply_puts(&reply, "." REPLY_CRLF "250 ok" REPLY_CRLF);
	reply_end(&reply);
}

static void
count_answer(struct dict *dict, const struct matches *matches)
{
	connection_count_answer(dict->connection, matches->count);
	if (dict->connection->service->verbose)
		log_line(LOG_QUERY, "c%llu answered matches=%u",
		    (unsigned long long)dict->connection->number, matches->count);
}

bool
match_is_costly(const struct dict *dict)
{
	const struct strategy *strategy = strategy_find(dict->words->word[2]);

	if (strategy == NULL)
		return false;
	return strategy->kind != STRATEGY_HEADWORDS || strategy->matching != CHARINDEX_MATCH_EXACT ||
	    define_has_many_names(dict->connection->service->snapshot->ci, dict->words->word[3]);
}

static bool
answer(struct dict *dict, struct matches *matches, const struct database_range *range)
{
	bool done = true;

	if (matches->strategy->kind == STRATEGY_PAGE)
		read_page(matches);
	matches->word.bytes = charindex_strip(matches->word.bytes, &matches->word.length);
	if (matches->word.length > 0)
		done = (matches->strategy->kind == STRATEGY_SEARCH ? search_all : ask_all)(matches, range);
	if (!done)
		return false;
	count_answer(dict, matches);
	if (matches->count == 0)
		stream_puts(dict->stream, DEFINE_NO_MATCH);
	else
		write_all(dict, matches);
	return true;
}

bool
match_run(struct dict *dict)
{
	struct service *service = dict->connection->service;
	const struct charindex *ci = service->snapshot->ci;
	const struct strategy *strategy = strategy_find(dict->words->word[2]);
	struct matches *matches;
	struct database_range range;
	bool done;

	if (!database_find(ci, dict->words->word[1], &range)) {
		stream_puts(dict->stream, DEFINE_NO_DATABASE);
		return true;
	}
	if (strategy == NULL) {
		stream_puts(dict->stream, MATCH_NO_STRATEGY);
		return true;
	}
	matches = malloc(sizeof(*matches));
	if (matches == NULL)
		return false;
	matches->service = service;
	matches->ci = ci;
	matches->strategy = strategy;
	matches->word = dict->words->word[3];
	matches->skip = matches->count = matches->database_count = matches->first[0] = 0;
	matches->most = MATCH_MOST;
	done = answer(dict, matches, &range);
	free(matches);
	return done;
}
