/* phrase.c - hides how neighbours are found: the index knows which words a row has, the text of
 * those few rows then says whether they are neighbours. */
#include "phrase.h"

#include <string.h>

#include "ascii.h"
#include "classic_search.h"
#include "dictionary.h"
#include "match_word.h"
#include "row.h"
#include "substring.h"
#include "words.h"

/* A phrase that is being looked for. */
struct phrase {
	struct evaluator *evaluator;
	const struct folded_words *words;
	bool ascii;
};

static bool
is_ruled_out(const struct phrase *phrase, uint32_t row)
{
	return score_map_get(&phrase->evaluator->alternative, row) == NO_MATCH;
}

/* The small letter or digit that an ASCII character of a word is; 0 if it is of none. */
/* clang-format off */
static const char in_word[256] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
	['7'] = '7', ['8'] = '8', ['9'] = '9',
	['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g',
	['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
	['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u',
	['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
	['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g',
	['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n',
	['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't', ['u'] = 'u',
	['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
};
/* clang-format on */

static char
word_character(char c)
{
	return in_word[(unsigned char)c];
}

/* Do the words of the phrase begin `text`, where a word begins? All but ASCII separates words. */
static bool
begin_ascii(const struct folded_words *phrase, const char *text, const char *end)
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

/* Do they stand side by side in `text`? */
static bool
stand_in_ascii(const struct folded_words *phrase, const char *text, size_t length)
{
	const char *first = phrase->bytes + phrase->word[0].offset, *end = text + length, *at = text;
	size_t first_length = phrase->word[0].length;

	for (; (at = substring_find_any_case(at, end, first, first_length)) != NULL; at++)
		if ((at == text || word_character(at[-1]) == 0) && begin_ascii(phrase, at, end))
			return true;
	return false;
}

/* How many bytes the character at `text` has if it is not in ASCII and, whatever folding makes of it,
 * no letter or digit that is; 0 if that is not known. Ideographs, which stand in many definitions, and
 * punctuation are such: U+2010 to U+2027, U+3400 to U+9FFF, and from U+20000 on. */
static size_t
never_ascii(const unsigned char *text, size_t length)
{
	if (length >= 3 &&
	    ((text[0] >= 0xE4 && text[0] <= 0xE9) || (text[0] == 0xE3 && text[1] >= 0x90)))
		return 3;
	if (length >= 3 && text[0] == 0xE2 && text[1] == 0x80 && text[2] >= 0x90 && text[2] <= 0xA7)
		return 3;
	return length >= 4 && text[0] == 0xF0 && text[1] >= 0xA0 ? 4 : 0;
}

/* Can words in ASCII come only from what is written in ASCII in the text? */
static bool
is_ascii_but_for_others(const char *text, size_t length)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t size;

	for (size_t i = 0; i < length; i += size) {
		size = s[i] < 0x80 ? 1 : never_ascii(s + i, length - i);
		if (size == 0)
			return false;
	}
	return true;
}

/* Do the words of the phrase stand side by side in `text`? */
static bool
stands_in(const struct phrase *phrase, const char *text, size_t length)
{
	struct evaluator *evaluator = phrase->evaluator;
	struct folded folded;
	struct folded_words words;

	evaluator->work += WORK_OF_TEXT(length) + 8;
	if (ascii_is_text(text, length))
		return stand_in_ascii(phrase->words, text, length);
	/* most texts can be ruled out without being folded */
	if (phrase->ascii && is_ascii_but_for_others(text, length) &&
	    !stand_in_ascii(phrase->words, text, length))
		return false;
	evaluator->work += WORK_OF_FOLDING(length);
	/* a phrase in ASCII has none of the words that would have to be segmented */
	folder_fold(&evaluator->folder, &folded, text, length,
	    phrase->ascii ? FOLD_RUNS : FOLD_SEGMENTS);
	words = folded_all(&folded);
	for (uint32_t begin = 0; begin + phrase->words->count <= words.count; begin++) {
		uint32_t n = 0;

		while (n < phrase->words->count && folded_same(phrase->words, n, &words, begin + n))
			n++;
		if (n == phrase->words->count)
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
	    memcmp(text.bytes + last->name - 1, last->text.bytes + last->name - 1, last->length + 1) ==
	    0;
}

static void
check_row(const struct phrase *phrase, uint32_t row, struct last_row *last)
{
	struct charindex_text text = extra_row_text(phrase->evaluator->ci, row);
	const char *name;
	size_t length;

	phrase->evaluator->work++;
	if (is_ruled_out(phrase, row))
		return;
	if (!is_like(last, text)) {
		if (!row_name(text.bytes, text.length, &name, &length))
			return;
		length = words_indexed_length(name, length);
		*last = (struct last_row){ text, (size_t)(name - text.bytes), length,
			stands_in(phrase, name, length) };
	}
	if (last->holds)
		score_map_add(&phrase->evaluator->clause, row, CHARINDEX_BY_NAME);
}

/* The rows that have all the words, as the seed's rule finds them, are those to be looked at. */
static void
check_names(const struct phrase *phrase)
{
	const struct folded_words *folded = phrase->words;
	struct last_row last = { .length = 0 };
	struct charindex_search search;
	struct charindex_run run;
	char words[FOLD_MAX_TEXT + FOLD_MAX_WORDS];
	size_t length = 0;

	for (uint32_t i = 0; i < folded->count; i++) {
		memcpy(words + length, folded->bytes + folded->word[i].offset, folded->word[i].length);
		length += folded->word[i].length;
		words[length++] = ' ';
	}
	classic_search_init(&search, phrase->evaluator->ci, words, length);
	while (classic_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count; i++)
			check_row(phrase, run.first + i, &last);
}

/* ---- dictionaries ----------------------------------------------------------------------------- */

/* Words of a phrase whose lists are intersected: the others are only looked for in the text. */
#define MAX_LISTS 8

struct lists {
	uint32_t count, shortest;
	struct posting_list list[MAX_LISTS];
};

static void
find_lists(struct lists *lists, const struct dictionary *dictionary,
    const struct folded_words *phrase)
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
		if (i != lists->shortest && !posting_list_has(lists->list[i], record))
			return false;
	return true;
}

static void
check_records(const struct phrase *phrase, const struct dictionary *dictionary,
    const struct scope *scope)
{
	struct evaluator *evaluator = phrase->evaluator;
	struct dictionary_record record;
	struct posting_list list;
	struct lists lists;

	find_lists(&lists, dictionary, phrase->words);
	list = lists.list[lists.shortest];
	evaluator->work += list.count;
	for (uint32_t i = 0; i < list.count; i++) {
		uint32_t number = posting_at(&list, i);
		enum charindex_source score;

		if (!dictionary_record(dictionary, number, &record) || is_ruled_out(phrase, record.row))
			continue;
		score = scope_score(scope, dictionary, record.kind);
		if (score == CHARINDEX_SOURCE_COUNT ||
		    score_map_get(&evaluator->clause, record.row) <= score || !all_have(&lists, number))
			continue;
		if (stands_in(phrase, record.text.bytes, record.text.length))
			score_map_add(&evaluator->clause, record.row, (uint8_t)score);
	}
}

static bool
words_are_ascii(const struct folded_words *words)
{
	for (uint32_t i = 0; i < words->count; i++)
		if (!ascii_is_text(words->bytes + words->word[i].offset, words->word[i].length))
			return false;
	return true;
}

void
phrase_match(struct evaluator *evaluator, const struct folded_words *words,
    const struct scope *scope)
{
	struct match match = { .ci = evaluator->ci, .map = &evaluator->clause };
	struct phrase phrase = { evaluator, words, words_are_ascii(words) };
	struct dictionary dictionary;

	if (words->count == 1) { /* which has no neighbours */
		match_word(&match, words->bytes + words->word[0].offset, words->word[0].length, scope);
		evaluator->work += match.work;
		return;
	}
	if (words->count == 0)
		return;
	if ((scope->sources & QUERY_NAMES) != 0)
		check_names(&phrase);
	for (uint32_t n = 0; dictionary_get(evaluator->ci, n, &dictionary); n++)
		if (scope_has(scope, &dictionary))
			check_records(&phrase, &dictionary, scope);
}
