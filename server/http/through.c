/* through.c - looks for the words of a query in the records of a row. */
#include "through.h"

#include <string.h>
#include <strings.h>

#include "connection.h"
#include "exchange.h"
#include "snapshot.h"

/* What it costs to look into a hundred languages, in bytes that are only copied
 * (stream_charge()). */
#define WORK_OF_ALL_LANGUAGES 50000

/* Words of a query that are looked for. */
#define MOST_WORDS 8

struct looking {
	struct charindex_text words[MOST_WORDS];
	unsigned count;
	unsigned most; /* words in *record; 0: there is none */
	struct charindex_record *record;
};

static void
take_words(struct looking *looking, struct charindex_text text)
{
	static const char between[] = " \t\"|()*,.:_";
	const char *at = text.bytes, *end = at + text.length;

	while (at < end && looking->count < MOST_WORDS) {
		const char *begin = at;

		while (at < end && memchr(between, *at, sizeof(between) - 1) == NULL)
			at++;
		if (at > begin)
			looking->words[looking->count++] =
			    (struct charindex_text){ begin, (size_t)(at - begin) };
		else
			at++;
	}
}

/* Does it stand in the text? Bytes of UTF-8 beyond ASCII have to be the same. */
static bool
has_word(struct charindex_text text, struct charindex_text word)
{
	for (size_t at = 0; at + word.length <= text.length; at++)
		if (strncasecmp(text.bytes + at, word.bytes, word.length) == 0)
			return true;
	return false;
}

static void
look(void *arg, const struct charindex_record *record)
{
	struct looking *looking = arg;
	unsigned count = 0;

	for (unsigned i = 0; i < looking->count; i++)
		count += has_word(record->text, looking->words[i]);
	if (count <= looking->most)
		return;
	looking->most = count;
	*looking->record = *record;
}

/* Rows whose name says enough, or of which the query says something else. */
static bool
is_by_name(enum charindex_source source)
{
	return source <= CHARINDEX_BY_WHOLE_NAME || source == CHARINDEX_BY_NAME ||
	    source == CHARINDEX_BY_PROPERTY || source == CHARINDEX_SOURCE_COUNT;
}

static bool
is_foreign(enum charindex_source source)
{
	return source == CHARINDEX_BY_FOREIGN || source == CHARINDEX_BY_WHOLE_FOREIGN;
}

/* The query that has found the row. */
static struct charindex_text
asked_of(const struct search *search, const struct charindex_hit *hit)
{
	const struct charindex_summary *summary = &search->summary;

	if (hit->source == CHARINDEX_BY_CORRECTION && summary->also != NULL)
		return (struct charindex_text){ summary->also, summary->also_length };
	if (summary->corrected != NULL)
		return (struct charindex_text){ summary->corrected, summary->corrected_length };
	return (struct charindex_text){ search->text, search->length };
}

bool
through_find(const struct exchange *exchange, const struct charindex_hit *hit,
    struct charindex_record *record)
{
	const struct charindex *ci = exchange->snapshot->ci;
	const struct search *search = &exchange->search;
	const char *language = search->settings.language;
	struct looking looking = { .record = record };

	if (is_by_name(hit->source) || hit->row == CHARINDEX_NO_ROW)
		return false;
	take_words(&looking, asked_of(search, hit));
	charindex_records_in(ci, hit->row, "en", look, &looking);
	if (language[0] != '\0' && strcmp(language, "en") != 0)
		charindex_records_in(ci, hit->row, language, look, &looking);
	if (looking.most == 0 && is_foreign(hit->source)) {
		stream_charge(&exchange->connection->stream, WORK_OF_ALL_LANGUAGES);
		charindex_records(ci, hit->row, look, &looking);
	}
	return looking.most > 0;
}
