/* phrase.c - hides how neighbours are found: the index knows which words a row has, the text of
 * those few rows then says whether they are neighbours. */
#include "phrase.h"

#include <string.h>

#include "dictionary.h"
#include "mark.h"
#include "row.h"
#include "words.h"

static bool
same(const struct folded *a, uint32_t i, const struct folded *b, uint32_t j)
{
	return a->word[i].length == b->word[j].length &&
	    memcmp(a->bytes + a->word[i].offset, b->bytes + b->word[j].offset, a->word[i].length) == 0;
}

/* Do the words of the phrase stand side by side in `text`? */
static bool
stands_in(const struct folded *phrase, const char *text, size_t length)
{
	struct folded words;

	/* a phrase in ASCII has none of the words that would have to be segmented */
	fold_text(&words, text, length, phrase->ascii ? FOLD_RUNS : FOLD_SEGMENTS);
	for (uint32_t begin = 0; begin + phrase->count <= words.count; begin++) {
		uint32_t n = 0;

		while (n < phrase->count && same(phrase, n, &words, begin + n))
			n++;
		if (n == phrase->count)
			return true;
	}
	return false;
}

/* ---- names --------------------------------------------------------------------------------- */

/* The last name that was looked at: of those that differ in their code point only, one is
 * enough. */
struct last_name {
	const char *text;
	size_t length;
	bool holds;
};

static void
check_row(const struct charindex *ci, const struct folded *phrase, uint32_t row, uint8_t *map,
    struct last_name *last)
{
	struct charindex_text text = extra_row_text(ci, row);
	const char *name;
	size_t length;

	if (!row_name(text.bytes, text.length, &name, &length))
		return;
	length = words_indexed_length(name, length);
	if (last->text == NULL || length != last->length || memcmp(name, last->text, length) != 0)
		*last = (struct last_name){ name, length, stands_in(phrase, name, length) };
	if (last->holds)
		map[row] = CHARINDEX_BY_NAME;
}

static void
mark_names(const struct charindex *ci, uint8_t *map, const struct folded *phrase, const char *text,
    size_t length)
{
	struct last_name last = { NULL, 0, false };
	struct charindex_search search;
	struct charindex_run run;

	charindex_search_init(&search, ci, text, length);
	while (charindex_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count; i++)
			check_row(ci, phrase, run.first + i, map, &last);
}

/* ---- dictionaries ----------------------------------------------------------------------------- */

/* The shortest of the lists of the phrase's words. */
static struct posting_list
shortest_list(const struct dictionary *dictionary, const struct folded *phrase)
{
	struct posting_list shortest = { NULL, UINT32_MAX };

	for (uint32_t i = 0; i < phrase->count; i++) {
		struct posting_list list = dictionary_lookup(dictionary,
		    phrase->bytes + phrase->word[i].offset, phrase->word[i].length);

		if (list.count < shortest.count)
			shortest = list;
	}
	return shortest;
}

static void
mark_records(const struct charindex *ci, uint8_t *map, const struct folded *phrase,
    const struct dictionary *dictionary, const struct evaluation *evaluation)
{
	struct posting_list list = shortest_list(dictionary, phrase);
	struct format_record record;

	for (uint32_t i = 0; i < list.count; i++) {
		struct charindex_text text;
		enum charindex_source score;

		if (!dictionary_record(dictionary, le32toh(list.records[i]), &record))
			continue;
		score = mark_score(dictionary, record.kind, evaluation);
		if (score == CHARINDEX_SOURCE_COUNT || map[record.row] <= score)
			continue;
		text = extra_text(ci, SECTION_RECORD_TEXT, record.text_offset, record.text_length);
		if (stands_in(phrase, text.bytes, text.length))
			map[record.row] = (uint8_t)score;
	}
}

void
phrase_mark(const struct charindex *ci, uint8_t *map, const char *text, size_t length,
    const struct evaluation *evaluation)
{
	struct dictionary dictionary;
	struct folded phrase;

	fold_text(&phrase, text, length, FOLD_SEGMENTS);
	if (phrase.count == 0)
		return;
	if ((evaluation->sources & QUERY_NAMES) != 0)
		mark_names(ci, map, &phrase, text, length);
	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++)
		if (mark_is_asked(&dictionary, evaluation))
			mark_records(ci, map, &phrase, &dictionary, evaluation);
}
