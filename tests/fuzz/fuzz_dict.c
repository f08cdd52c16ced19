/* fuzz_dict.c - a line of DICT, taken apart into words; what is found for them.
 * Holds: the words are those of a model that reads the line from left to right, one state at a time;
 * each lies in the room that is given, which is no longer than the line; quoting a word makes that
 * word again; and what is looked up in whatever way stands in the index, as often as it is asked. */
#include "charindex.h"
#include "dict_words.h"
#include "fuzz.h"
#include "the_index.h"

const char fuzz_name[] = "dict";

/* ---- words ------------------------------------------------------------------------- */

struct model {
	const char *line;
	size_t length;
	char *out;
	size_t used;
};

/* Is the quote at `i` closed by a later one, and where? Reads what is in between as text. */
static bool
model_closes(const struct model *model, size_t i, size_t *closing)
{
	char quote = model->line[i];

	for (size_t at = i + 1; at < model->length; at++) {
		bool at_end = at + 2 == model->length && model->line[at + 1] == quote;

		if (model->line[at] == quote) {
			*closing = at;
			return true;
		}
		if (model->line[at] == '\\' && at + 1 < model->length && !at_end)
			at++;
	}
	return false;
}

static void
model_put(struct model *model, char c)
{
	if (c != '\0')
		model->out[model->used++] = c;
}

/* The word with number `wanted`: false if there are not so many. */
static bool
model_word(struct model *model, unsigned wanted)
{
	size_t closing = 0, i = 0;
	bool in_quotes = false, any = false;
	unsigned number = 0;

	for (model->used = 0; i <= model->length; i++) {
		char c = i < model->length ? model->line[i] : ' ';

		if (!in_quotes && (c == ' ' || c == '\t' || c == '\r')) {
			if ((any || model->used > 0) && number++ == wanted)
				return true;
			any = false;
			model->used = 0;
		} else if (in_quotes && i == closing) {
			in_quotes = false;
		} else if (!in_quotes && (c == '"' || c == '\'') && model_closes(model, i, &closing)) {
			in_quotes = any = true;
		} else {
			bool escape = c == '\\' && i + 1 < model->length;

			if (in_quotes && i + 1 == closing && closing + 1 == model->length)
				escape = false;
			model_put(model, escape ? model->line[++i] : c);
		}
	}
	return false;
}

static void
check_words(const struct dict_words *words, const char *line, size_t length, const char *out)
{
	struct model model = { line, length, malloc(length + 1), 0 };

	FUZZ_HOLDS(model.out != NULL);
	for (unsigned n = 0; n < words->count; n++) {
		FUZZ_HOLDS(model_word(&model, n));
		if (n >= DICT_WORDS_KEPT)
			continue;
		FUZZ_HOLDS(words->word[n].bytes >= out &&
		    words->word[n].bytes + words->word[n].length <= out + length);
		FUZZ_HOLDS(words->word[n].length == model.used);
		FUZZ_HOLDS(memcmp(words->word[n].bytes, model.out, model.used) == 0);
	}
	FUZZ_HOLDS(!model_word(&model, words->count));
	free(model.out);
}

/* Quoted as RFC 2229 says, with another word behind it, it is the word again. */
static void
check_quoted(struct charindex_text word)
{
	char *line = malloc(2 * word.length + 8), *out, *end = line;
	struct dict_words words;

	FUZZ_HOLDS(line != NULL);
	*end++ = '"';
	for (size_t i = 0; i < word.length; i++) {
		if (word.bytes[i] == '"' || word.bytes[i] == '\\')
			*end++ = '\\';
		*end++ = word.bytes[i];
	}
	end = stpcpy(end, "\" x");
	out = malloc((size_t)(end - line));
	FUZZ_HOLDS(out != NULL);
	dict_words_read(&words, line, (size_t)(end - line), out);
	FUZZ_HOLDS(words.count == 2 && words.word[0].length == word.length);
	FUZZ_HOLDS(memcmp(words.word[0].bytes, word.bytes, word.length) == 0);
	free(out);
	free(line);
}

/* ---- looking up ----------------------------------------------------------------------- */

struct seen {
	uint32_t rows;
	unsigned count;
	uint64_t sum;
};

static bool
take(void *arg, const struct charindex_headword *headword)
{
	struct seen *seen = arg;

	FUZZ_HOLDS(headword->row < seen->rows);
	FUZZ_HOLDS(headword->text.length > 0);
	for (size_t i = 0; i < headword->text.length; i++)
		seen->sum = seen->sum * 31 + (unsigned char)headword->text.bytes[i];
	return ++seen->count < 1000;
}

static struct seen
look_up(const struct charindex *ci, enum charindex_vocabulary vocabulary,
    enum charindex_matching matching, struct charindex_text word)
{
	struct charindex_info info = charindex_info(ci);
	struct seen seen = { info.row_count + info.extra_count, 0, 0 };
	struct charindex_lookup lookup = { vocabulary, "en", matching, word.bytes, word.length, take,
		&seen };

	FUZZ_HOLDS(charindex_look_up(ci, &lookup) == CHARINDEX_OK);
	return seen;
}

/* Exact ones are among those that begin so and end so, and those are among what has it inside. */
static void
check_look_up(const struct charindex *ci, struct charindex_text word)
{
	for (unsigned v = 0; v < CHARINDEX_DEFINITIONS; v++) {
		unsigned counts[CHARINDEX_MATCHING_COUNT];

		for (unsigned m = 0; m < CHARINDEX_MATCHING_COUNT; m++)
			counts[m] = look_up(ci, v, m, word).count;
		FUZZ_HOLDS(counts[CHARINDEX_MATCH_EXACT] <= counts[CHARINDEX_MATCH_FIRST]);
		FUZZ_HOLDS(counts[CHARINDEX_MATCH_EXACT] <= counts[CHARINDEX_MATCH_LAST]);
		FUZZ_HOLDS(counts[CHARINDEX_MATCH_FIRST] <= counts[CHARINDEX_MATCH_PREFIX]);
		FUZZ_HOLDS(counts[CHARINDEX_MATCH_LAST] <= counts[CHARINDEX_MATCH_SUFFIX]);
		FUZZ_HOLDS(counts[CHARINDEX_MATCH_FIRST] <= counts[CHARINDEX_MATCH_WORDS]);
	}
	FUZZ_HOLDS(look_up(ci, CHARINDEX_DEFINITIONS, CHARINDEX_MATCH_SUBSTRING, word).sum ==
	    look_up(ci, CHARINDEX_DEFINITIONS, CHARINDEX_MATCH_SUBSTRING, word).sum);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct charindex *ci = the_index();
	char *line, *out;
	struct dict_words words;

	if (size > 4096)
		return 0;
	line = fuzz_copy(data, size);
	out = malloc(size > 0 ? size : 1);
	FUZZ_HOLDS(out != NULL);
	dict_words_read(&words, line, size, out);
	check_words(&words, line, size, out);
	for (unsigned i = 0; i < words.count && i < DICT_WORDS_KEPT; i++)
		check_quoted(words.word[i]);
	if (words.count > 0)
		check_look_up(ci, words.word[words.count <= DICT_WORDS_KEPT ? words.count - 1 : 0]);
	free(out);
	free(line);
	return 0;
}
