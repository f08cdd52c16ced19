/* define.c - what is called exactly so in each database that is asked; characters that are given by
 * their code or as they are; and what the prompt would answer. */
#include "define.h"

#include <stdlib.h>
#include <unicode/utf8.h>

#include "ascii.h"
#include "connection.h"
#include "database.h"
#include "definition.h"
#include "dict_state.h"
#include "log.h"
#include "long_way.h"
#include "snapshot.h"

/* What a definition costs to make, in bytes that are only copied. */
#define WORK_OF_DEFINITION (24u * 1024u)

struct definition {
	unsigned database; /* number in `databases`; for the search, the rows of `answer` are defined */
	uint32_t row, code_point;
	struct charindex_text headword; /* empty: the name of the row */
};

struct definitions {
	struct service *service;
	const struct charindex *ci;
	struct charindex_text word;
	struct charindex_settings settings; /* of the search */
	struct database databases[DATABASE_DEFAULTS];
	unsigned database_count;
	struct definition list[DATABASE_DEFAULTS * DEFINE_MOST];
	unsigned count;
	unsigned in_database;             /* of them, in the last one */
	struct charindex_answer *answer;  /* owned: of the search, if there is one; else NULL */
	struct charindex_summary summary; /* of it */
};

/* ---- finding ------------------------------------------------------------------------- */

static void
add(struct definitions *definitions, uint32_t row, uint32_t code_point,
    struct charindex_text headword)
{
	definitions->list[definitions->count++] =
	    (struct definition){ definitions->database_count - 1, row, code_point, headword };
	definitions->in_database++;
}

/* A row that has two headwords which are folded alike is defined once. */
static bool
take(void *arg, const struct charindex_headword *headword)
{
	struct definitions *definitions = arg;

	for (unsigned i = definitions->count - definitions->in_database; i < definitions->count; i++)
		if (definitions->list[i].row == headword->row)
			return true;
	add(definitions, headword->row, 0, headword->text);
	return definitions->in_database < DEFINE_MOST;
}

static bool
find_headwords(struct definitions *definitions, const struct database *database)
{
	struct charindex_lookup lookup = {
		.vocabulary = database->vocabulary,
		.language = database->language,
		.matching = CHARINDEX_MATCH_EXACT,
		.text = definitions->word.bytes,
		.length = definitions->word.length,
		.take = take,
		.arg = definitions,
	};

	return charindex_look_up(definitions->ci, &lookup) == CHARINDEX_OK;
}

static bool
is_letter_or_blank(char c)
{
	return ascii_is_letter(c) || c == ' ' || c == '-';
}

/* May the word be a code, or characters, instead of a name? */
static bool
may_be_characters(struct charindex_text word)
{
	for (size_t i = 0; i < word.length; i++)
		if (!is_letter_or_blank(word.bytes[i]))
			return true;
	return word.length == 1;
}

static bool
is_by_characters(const struct charindex_answer *answer)
{
	struct charindex_summary summary;

	charindex_answer_summary(answer, &summary);
	return summary.source == CHARINDEX_BY_CODE || summary.source == CHARINDEX_BY_TEXT;
}

/* "U+2656", "&hearts;", or a text that has been pasted, sequences before what they consist of. */
static bool
find_characters(struct definitions *definitions)
{
	static const struct charindex_settings settings = { .mode = CHARINDEX_AUTO,
		.limit = DEFINE_MOST };
	struct charindex_text word = definitions->word;
	struct charindex_answer answer;
	struct charindex_hit hit;
	enum charindex_err error;

	if (word.length == 1) /* a letter is a word of names, too */
		error =
		    charindex_answer_identify(&answer, definitions->ci, &settings, word.bytes, word.length);
	else
		error = long_way_begin(definitions->service, &answer, &settings, word);
	if (error == CHARINDEX_OK && is_by_characters(&answer))
		while (definitions->in_database < DEFINE_MOST && charindex_answer_next_hit(&answer, &hit))
			add(definitions, hit.row, hit.code_point, (struct charindex_text){ "", 0 });
	charindex_answer_release(&answer);
	return error == CHARINDEX_OK;
}

static bool
search(struct definitions *definitions)
{
	definitions->answer = malloc(sizeof(*definitions->answer));
	if (definitions->answer == NULL)
		return false;
	if (long_way_begin(definitions->service, definitions->answer, &definitions->settings,
	        definitions->word) != CHARINDEX_OK)
		return false;
	charindex_answer_summary(definitions->answer, &definitions->summary);
	if (definitions->summary.count > 0)
		add(definitions, CHARINDEX_NO_ROW, 0, definitions->word);
	return true;
}

static bool
ask(struct definitions *definitions, const struct database *database)
{
	definitions->in_database = 0;
	switch (database->kind) {
	case DATABASE_EXIT:
		return true;
	case DATABASE_SEARCH:
		return search(definitions);
	case DATABASE_HEADWORDS:
	case DATABASE_CHARACTERS:
		break;
	}
	if (!find_headwords(definitions, database))
		return false;
	if (definitions->in_database > 0 || database->vocabulary != CHARINDEX_NAMES ||
	    !may_be_characters(definitions->word))
		return true;
	return find_characters(definitions);
}

static bool
ask_all(struct definitions *definitions, const struct database_range *range)
{
	for (unsigned n = range->first;
	     n < range->end && !(range->until_first && definitions->count > 0); n++) {
		struct database *database = &definitions->databases[definitions->database_count++];

		database_get(definitions->ci, n, database);
		if (!ask(definitions, database))
			return false;
	}
	return true;
}

/* ---- writing ------------------------------------------------------------------------- */

static struct charindex_text
headword_of(const struct definitions *definitions, const struct definition *definition,
    struct charindex_label *label)
{
	struct charindex_row row;

	if (definition->headword.length > 0)
		return definition->headword;
	charindex_row(definitions->ci, definition->row, definition->code_point, &row, label);
	return row.name;
}

static void
begin_definition(struct reply *reply, const struct dict *dict, struct charindex_text headword,
    const struct database *database)
{
	reply_puts(reply, "151 ");
	reply_quoted(reply, headword);
	reply_format(reply, " %s \"%s\"" REPLY_CRLF, database->name, database->title);
	reply->column = 0;
	if (dict->mime)
		reply_end_line(reply);
}

/* The word as it fits into a line: cut between two characters. */
static struct charindex_text
shown_word(struct charindex_text word)
{
	enum { MOST = 200 };

	while (word.length > MOST || (word.length == MOST && U8_IS_TRAIL(word.bytes[word.length])))
		word.length = word.length > MOST ? MOST : word.length - 1;
	return word;
}

static void
write_status(struct reply *reply, const struct charindex_summary *summary, uint64_t shown)
{
	reply_format(reply, "  %llu match%s", (unsigned long long)summary->total,
	    summary->total == 1 ? "" : "es");
	if (summary->corrected != NULL) {
		reply_puts(reply, " as ");
		reply_quoted(reply,
		    (struct charindex_text){ summary->corrected, summary->corrected_length });
	}
	if (shown < summary->total)
		reply_format(reply, "; these are the first %llu", (unsigned long long)shown);
	reply_end_line(reply);
}

/* The rows, as the prompt shows them. */
static void
write_search(struct reply *reply, const struct definitions *definitions)
{
	struct charindex_text word = shown_word(definitions->word);
	struct charindex_run run;
	uint64_t shown = 0;

	reply_puts(reply, "Search for ");
	reply_quoted(reply, word);
	reply_end_line(reply);
	while (shown < DEFINE_MOST_ROWS && charindex_answer_next(definitions->answer, 1, &run)) {
		reply_puts(reply, "  ");
		reply_bytes(reply, run.text, run.length);
		shown++;
	}
	write_status(reply, &definitions->summary, shown);
}

static void
write_definition(struct reply *reply, const struct dict *dict,
    const struct definitions *definitions, const struct definition *definition)
{
	const struct database *database = &definitions->databases[definition->database];
	struct charindex_label label;

	begin_definition(reply, dict, shown_word(headword_of(definitions, definition, &label)),
	    database);
	if (database->kind == DATABASE_SEARCH)
		write_search(reply, definitions);
	else
		definition_write(reply, definitions->ci, definition->row, definition->code_point,
		    database->vocabulary == CHARINDEX_NAMES);
	reply_puts(reply, "." REPLY_CRLF);
}

static void
write_all(const struct dict *dict, const struct definitions *definitions)
{
	struct reply reply;

	reply_begin(&reply, dict->stream);
	reply_format(&reply, "150 %u definitions retrieved" REPLY_CRLF, definitions->count);
	for (unsigned i = 0; i < definitions->count; i++)
		write_definition(&reply, dict, definitions, &definitions->list[i]);
	reply_puts(&reply, "250 ok" REPLY_CRLF);
	reply_end(&reply);
}

/* ---- all of it ------------------------------------------------------------------------ */

static void
count_answer(struct dict *dict, const struct definitions *definitions)
{
	connection_count_answer(dict->connection, definitions->count);
	if (dict->connection->service->verbose)
		log_line(LOG_QUERY, "c%llu answered definitions=%u",
		    (unsigned long long)dict->connection->number, definitions->count);
}

static struct charindex_text
word_of(const struct dict *dict)
{
	struct charindex_text word = dict->words->word[2];

	word.bytes = charindex_strip(word.bytes, &word.length);
	return word;
}

/* Those of the search. */
static struct charindex_settings
settings_for(const struct dict *dict, struct charindex_text word)
{
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO };

	synonyms_apply(dict->connection->service->snapshot->synonyms, word.bytes, word.length,
	    &settings);
	return settings;
}

/* Names that have all the words, of which each is looked at, and those found are shown: so many take
 * some 20 us, and there may be fifty who ask. */
#define MANY_NAMES 512

bool
define_has_many_names(const struct charindex *ci, struct charindex_text word)
{
	static const struct charindex_settings settings = { .mode = CHARINDEX_CLASSIC };
	struct charindex_summary summary;
	struct charindex_answer answer;

	if (!charindex_answer_prepare(&answer, ci, &settings, word.bytes, word.length))
		return true;
	charindex_answer_summary(&answer, &summary);
	return summary.total > MANY_NAMES;
}

bool
define_is_costly(const struct dict *dict)
{
	const struct charindex *ci = dict->connection->service->snapshot->ci;
	struct charindex_text word = word_of(dict);
	struct charindex_settings settings = settings_for(dict, word);
	struct charindex_answer answer;
	struct database_range range;

	if (!database_find(ci, dict->words->word[1], &range))
		return false;
	if (may_be_characters(word) || define_has_many_names(ci, word))
		return true;
	return range.first <= DATABASE_OF_SEARCH && range.end > DATABASE_OF_SEARCH &&
	    !charindex_answer_prepare(&answer, ci, &settings, word.bytes, word.length);
}

bool
define_run(struct dict *dict)
{
	struct service *service = dict->connection->service;
	struct definitions definitions = {
		.service = service,
		.ci = service->snapshot->ci,
		.word = word_of(dict),
	};
	struct database_range range;
	bool done = true;

	if (!database_find(definitions.ci, dict->words->word[1], &range)) {
		stream_puts(dict->stream, DEFINE_NO_DATABASE);
		return true;
	}
	definitions.settings = settings_for(dict, definitions.word);
	if (definitions.word.length > 0)
		done = ask_all(&definitions, &range);
	if (done) {
		count_answer(dict, &definitions);
		if (definitions.count == 0)
			stream_puts(dict->stream, DEFINE_NO_MATCH);
		else
			write_all(dict, &definitions);
		stream_charge(dict->stream, definitions.count * WORK_OF_DEFINITION);
	}
	if (definitions.answer != NULL)
		charindex_answer_release(definitions.answer);
	free(definitions.answer);
	return done;
}
