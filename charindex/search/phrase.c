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

static char
word_character(char c)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return c;
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : 0;
}

/* Do the words of the phrase begin `text`, which is ASCII and begins with a word? */
static bool
begin_ascii(const struct folded *phrase, const char *text, const char *end)
{
	for (uint32_t n = 0; n < phrase->count; n++) {
		const char *word = phrase->bytes + phrase->word[n].offset;
		size_t length = phrase->word[n].length, i = 0;

		while (i < length && text + i < end && word_character(text[i]) == word[i])
			i++;
		text += i;
		if (i < length || (text < end && word_character(*text) != 0))
			return false;
		while (text < end && word_character(*text) == 0)
			text++;
	}
	return true;
}

static bool
is_ascii(const char *text, size_t length)
{
	unsigned char all = 0;

	for (size_t i = 0; i < length; i++)
		all |= (unsigned char)text[i];
	return all < 0x80;
}

static bool
stands_in_ascii(const struct folded *phrase, const char *text, size_t length)
{
	for (const char *end = text + length; text < end;) {
		if (word_character(*text) != 0 && begin_ascii(phrase, text, end))
			return true;
		while (text < end && word_character(*text) != 0)
			text++;
		while (text < end && word_character(*text) == 0)
			text++;
	}
	return false;
}

/* Do the words of the phrase stand side by side in `text`? */
static bool
stands_in(const struct folded *phrase, const char *text, size_t length)
{
	struct folded words;

	if (is_ascii(text, length))
		return stands_in_ascii(phrase, text, length);
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

/* The last row that was looked at: of names that differ in their code point only, one is
 * enough. */
struct last_row {
	struct charindex_text text;
	size_t name, length; /* where in it the name's words are */
	bool holds;
};

static bool
is_like(const struct last_row *last, struct charindex_text text)
{
	return text.length == last->text.length && last->length > 0 &&
	    memcmp(text.bytes + last->name - 1, last->text.bytes + last->name - 1, last->length + 1) == 0;
}

static void
check_row(const struct charindex *ci, const struct folded *phrase, uint32_t row, uint8_t *map,
    struct last_row *last)
{
	struct charindex_text text = extra_row_text(ci, row);
	const char *name;
	size_t length;

	if (!is_like(last, text)) {
		if (!row_name(text.bytes, text.length, &name, &length))
			return;
		length = words_indexed_length(name, length);
		*last = (struct last_row){ text, (size_t)(name - text.bytes), length,
			stands_in(phrase, name, length) };
	}
	if (last->holds)
		map[row] = CHARINDEX_BY_NAME;
}

/* The rows that have all the words, as the seed's rule finds them, are those to be looked at. */
static void
mark_names(const struct charindex *ci, uint8_t *map, const struct folded *phrase)
{
	struct last_row last = { .length = 0 };
	struct charindex_search search;
	struct charindex_run run;
	char words[FOLD_MAX_TEXT + FOLD_MAX_WORDS];
	size_t length = 0;

	for (uint32_t i = 0; i < phrase->count; i++) {
		memcpy(words + length, phrase->bytes + phrase->word[i].offset, phrase->word[i].length);
		length += phrase->word[i].length;
		words[length++] = ' ';
	}
	charindex_search_init(&search, ci, words, length);
	while (charindex_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count; i++)
			check_row(ci, phrase, run.first + i, map, &last);
}

/* ---- dictionaries ----------------------------------------------------------------------------- */

/* Words of a phrase whose lists are intersected: the others are only looked for in the text. */
enum { MAX_LISTS = 8 };

struct lists {
	uint32_t count, shortest;
	struct posting_list list[MAX_LISTS];
};

static void
find_lists(struct lists *lists, const struct dictionary *dictionary, const struct folded *phrase)
{
	lists->shortest = 0;
	lists->count = phrase->count < MAX_LISTS ? phrase->count : MAX_LISTS;
	for (uint32_t i = 0; i < lists->count; i++) {
		lists->list[i] = dictionary_lookup(dictionary, phrase->bytes + phrase->word[i].offset,
		    phrase->word[i].length);
		if (lists->list[i].count < lists->list[lists->shortest].count)
			lists->shortest = i;
	}
}

static bool
all_have(const struct lists *lists, uint32_t record)
{
	for (uint32_t i = 0; i < lists->count; i++)
		if (i != lists->shortest && !mark_list_has(lists->list[i], record))
			return false;
	return true;
}

static void
mark_records(uint8_t *map, const struct folded *phrase, const struct dictionary *dictionary,
    const struct evaluation *evaluation)
{
	struct dictionary_record record;
	struct posting_list list;
	struct lists lists;

	find_lists(&lists, dictionary, phrase);
	list = lists.list[lists.shortest];
	for (uint32_t i = 0; i < list.count; i++) {
		uint32_t number = posting_at(&list, i);
		enum charindex_source score;

		if (!dictionary_record(dictionary, number, &record))
			continue;
		score = mark_score(dictionary, record.kind, evaluation);
		if (score == CHARINDEX_SOURCE_COUNT || map[record.row] <= score || !all_have(&lists, number))
			continue;
		if (stands_in(phrase, record.text.bytes, record.text.length))
			map[record.row] = (uint8_t)score;
	}
}

void
phrase_mark(const struct charindex *ci, uint8_t *map, const char *text, size_t length,
    const struct evaluation *evaluation)
{
	struct marking marking = { .ci = ci, .map = map };
	struct dictionary dictionary;
	struct folded phrase;

	fold_text(&phrase, text, length, FOLD_SEGMENTS);
	if (phrase.count == 1) { /* which has no neighbours */
		mark_word(&marking, phrase.bytes + phrase.word[0].offset, phrase.word[0].length, evaluation);
		return;
	}
	if (phrase.count == 0)
		return;
	if ((evaluation->sources & QUERY_NAMES) != 0)
		mark_names(ci, map, &phrase);
	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++)
		if (mark_is_asked(&dictionary, evaluation))
			mark_records(map, &phrase, &dictionary, evaluation);
}
