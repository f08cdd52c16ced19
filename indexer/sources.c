/* sources.c - hides which table says what, and in which order they are read: first what makes
 * rows, then what is said of them. */
#include "sources.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "binary.h"
#include "elsewhere.h"
#include "fold.h"
#include "row.h"

/* ---- rows ------------------------------------------------------------------------- */

#define ALIASES "aliases.tsv", "code\talias\ttype"
#define ENTITIES "entities.tsv", "name\tcode"
#define SEQUENCES "sequences.tsv", "codes\tname\ttype\tbase"

/* Can the row be shown? What is not UTF-8, or a control character, would break the line. */
static void
check_row(const struct tsv *tsv, const uint32_t *codes, uint32_t count, const char *name)
{
	size_t length = strlen(name), at = 0;

	for (uint32_t i = 0; i < count; i++)
		if (U_IS_SURROGATE(codes[i]))
			tsv_fail(tsv, "a surrogate is no character");
	if (length == 0 || length > BUILDER_MAX_NAME)
		tsv_fail(tsv, "the name is empty or longer than 255 bytes");
	while (at < length) {
		UChar32 c;

		U8_NEXT((const uint8_t *)name, at, length, c);
		if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			tsv_fail(tsv, "the name is not UTF-8 or has a control character");
	}
}

/* Controls have no name: the first of their aliases stands in its place. */
static void
read_controls(struct reading *reading)
{
	uint32_t last = UINT32_MAX, codes[TSV_MAX_CODES];
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, ALIASES))
		return;
	while (tsv_next(&tsv)) {
		if (tsv_code_points(&tsv, tsv.columns[0], codes) != 1)
			tsv_fail(&tsv, "the alias is not of one code point");
		if (codes[0] == last || builder_find(reading->builder, codes[0]) != UINT32_MAX)
			continue;
		last = codes[0];
		check_row(&tsv, codes, 1, tsv.columns[1]);
		extras_add(&reading->extras, codes, 1, tsv.columns[1], CHARINDEX_IS_CONTROL);
	}
	tsv_close(&tsv);
}

static unsigned
sequence_flags(const char *type)
{
	unsigned flags = CHARINDEX_IS_SEQUENCE;

	if (strcmp(type, "named") != 0)
		flags |= CHARINDEX_IS_EMOJI;
	if (strcmp(type, "tone") == 0)
		flags |= CHARINDEX_IS_TONED;
	return flags;
}

/* Official names go before those of emoji. */
static void
read_sequences(struct reading *reading, bool named)
{
	uint32_t codes[TSV_MAX_CODES], count;
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, SEQUENCES))
		return;
	while (tsv_next(&tsv)) {
		if ((strcmp(tsv.columns[2], "named") == 0) != named)
			continue;
		count = tsv_code_points(&tsv, tsv.columns[0], codes);
		if (count < 2)
			tsv_fail(&tsv, "the sequence is of one code point");
		check_row(&tsv, codes, count, tsv.columns[1]);
		extras_add(&reading->extras, codes, count, tsv.columns[1], sequence_flags(tsv.columns[2]));
	}
	tsv_close(&tsv);
}

/* The name of a character, from its row. */
static const char *
name_of(const struct reading *reading, uint32_t code_point, int *length)
{
	uint32_t row = builder_find(reading->builder, code_point);
	size_t row_length;
	const char *text, *tab;

	if (row == UINT32_MAX)
		return NULL;
	text = builder_row(reading->builder, row, &row_length);
	tab = memrchr(text, '\t', row_length);
	*length = (int)(text + row_length - 2 - (tab + 1));
	return tab + 1;
}

/* Entities of two code points are sequences, called what those are called. */
static void
read_entity_pairs(struct reading *reading)
{
	uint32_t codes[TSV_MAX_CODES];
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, ENTITIES))
		return;
	while (tsv_next(&tsv)) {
		char name[2 * BUILDER_MAX_NAME + 3];
		const char *first, *second;
		int first_length, second_length;

		if (tsv_code_points(&tsv, tsv.columns[1], codes) != 2)
			continue;
		first = name_of(reading, codes[0], &first_length);
		second = name_of(reading, codes[1], &second_length);
		if (first == NULL || second == NULL)
			tsv_fail(&tsv, "a code point without a name");
		snprintf(name, sizeof(name), "%.*s, %.*s", first_length, first, second_length, second);
		check_row(&tsv, codes, 2, name);
		extras_add(&reading->extras, codes, 2, name, CHARINDEX_IS_SEQUENCE | EXTRAS_PAIR);
	}
	tsv_close(&tsv);
}

/* ---- dictionaries ------------------------------------------------------------------ */

static void
read_aliases(struct reading *reading)
{
	/* clang-format off */
	static const enum charindex_record_kind kinds[] = {
		CHARINDEX_RECORD_CORRECTION, CHARINDEX_RECORD_CONTROL, CHARINDEX_RECORD_ALTERNATE,
		CHARINDEX_RECORD_FIGMENT, CHARINDEX_RECORD_ABBREVIATION, CHARINDEX_RECORD_INFORMAL,
	};
	/* clang-format on */
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, ALIASES))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);

		reading_add(reading, row,
		    reading_kind(&tsv, tsv.columns[2], kinds, sizeof(kinds) / sizeof(kinds[0])),
		    tsv.columns[1]);
	}
	tsv_close(&tsv);
}

static void
read_entities(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, ENTITIES))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[1]);

		reading_add(reading, row, CHARINDEX_RECORD_ENTITY, tsv.columns[0]);
		rarity_entity(&reading->rarity, row);
	}
	tsv_close(&tsv);
}

/* The flag of a region spells its code, "FR", in regional indicators. */
static void
add_region(struct reading *reading, const struct tsv *tsv, uint32_t row)
{
	enum { REGIONAL_INDICATOR_A = 0x1F1E6 };
	uint32_t codes[TSV_MAX_CODES], count = tsv_code_points(tsv, tsv->columns[0], codes);
	char region[TSV_MAX_CODES + 1] = "";

	for (uint32_t i = 0; i < count; i++) {
		uint32_t letter = codes[i] - REGIONAL_INDICATOR_A;

		if (letter >= 26)
			tsv_fail(tsv, "the flag is not spelt in regional indicators");
		region[i] = (char)('A' + letter);
	}
	reading_add(reading, row, CHARINDEX_RECORD_ABBREVIATION, region);
}

static void
read_sequence_names(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, SEQUENCES))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);

		reading_add(reading, row, CHARINDEX_RECORD_SEQUENCE, tsv.columns[1]);
		if (strcmp(tsv.columns[2], "flag") == 0)
			add_region(reading, &tsv, row);
	}
	tsv_close(&tsv);
}

/* Those that only entities make sequences of have no other table to be named in. */
static void
add_pair_names(struct reading *reading)
{
	for (uint32_t i = 0; i < reading->extras.count; i++) {
		const struct extra *extra = &reading->extras.list[i];

		if (extra->is_pair)
			reading_add(reading, extra->row, CHARINDEX_RECORD_SEQUENCE, extra->name);
	}
}

/* "U+2713 U+2714": the characters that the synonym names. */
static void
add_synonym_of_codes(struct reading *reading, const struct tsv *tsv)
{
	char *rest = tsv->columns[1], *code;

	while ((code = strsep(&rest, " ")) != NULL) {
		if (strncmp(code, "U+", 2) != 0)
			tsv_fail(tsv, "what follows a code point is none");
		reading_add(reading, reading_must_find_row(reading, tsv, code + 2),
		    CHARINDEX_RECORD_SYNONYM, tsv->columns[0]);
	}
}

/* The synonym stands for words of a name: it is the whole of one that has no others. */
static void
add_synonym_of_name(struct reading *reading, const struct tsv *tsv, uint32_t row,
    const struct folded *words)
{
	struct folded name;
	size_t length, name_length;
	const char *text = builder_row(reading->builder, row, &length), *begin;

	if (!row_name(text, length, &begin, &name_length) ||
	    !fold_text(&name, begin, name_length, false) || !folded_has(&name, words))
		return;
	if (!lexicon_add(&reading->lexicon, row, CHARINDEX_RECORD_SYNONYM, tsv->columns[0],
	        strlen(tsv->columns[0]), folded_has(words, &name)))
		tsv_fail(tsv, "the first column is too long");
}

/* Words of the names of characters and sequences. */
static void
add_synonym_of_words(struct reading *reading, const struct tsv *tsv)
{
	struct builder *builder = reading->builder;
	size_t before = reading->lexicon.records.length;
	struct folded words;
	uint32_t *rows, count;

	rows = builder_rows_with(builder, tsv->columns[1], strlen(tsv->columns[1]), &count);
	if (rows == NULL)
		errx(1, "out of memory");
	fold_text(&words, tsv->columns[1], strlen(tsv->columns[1]), false);
	for (uint32_t i = 0; i < count; i++)
		add_synonym_of_name(reading, tsv, rows[i], &words);
	free(rows);
	for (uint32_t i = 0; i < builder->extra_count; i++)
		add_synonym_of_name(reading, tsv, builder->row_count + i, &words);
	if (reading->lexicon.records.length == before)
		tsv_fail(tsv, "no name has all the words in the second column");
}

/* Tables that are written by hand are checked for what the makers of others see to. */
static void
check_synonym(const struct tsv *tsv)
{
	enum { MAX_SYNONYM = 255 };
	const uint8_t *synonym = (const uint8_t *)tsv->columns[0];
	UChar32 c;

	if (*synonym == '\0')
		tsv_fail(tsv, "the first column is empty");
	if (strlen(tsv->columns[0]) > MAX_SYNONYM)
		tsv_fail(tsv, "the first column is longer than 255 bytes");
	for (int32_t i = 0; synonym[i] != '\0';) {
		U8_NEXT(synonym, i, -1, c);
		if (c < 0)
			tsv_fail(tsv, "the first column is not UTF-8");
	}
}

static void
read_synonyms(struct reading *reading, const char *path, bool optional)
{
	struct tsv table, *tsv = &table;

	if (!tsv_open_handmade(tsv, path, "synonym\tof")) {
		if (optional)
			return;
		err(1, "cannot open %s", path);
	}
	while (tsv_next(tsv)) {
		check_synonym(tsv);
		if (strncmp(tsv->columns[1], "U+", 2) == 0)
			add_synonym_of_codes(reading, tsv);
		else
			add_synonym_of_words(reading, tsv);
	}
	tsv_close(tsv);
}

static void
read_alias_dictionary(struct reading *reading)
{
	const struct sources *sources = reading->sources;
	char *synonyms;

	if (asprintf(&synonyms, "%s/synonyms.tsv", sources->directory) < 0)
		errx(1, "out of memory");
	lexicon_begin(&reading->lexicon, DICTIONARY_ALIASES, "");
	read_aliases(reading);
	read_entities(reading);
	read_sequence_names(reading);
	add_pair_names(reading);
	read_synonyms(reading, synonyms, true);
	if (sources->synonyms != NULL)
		read_synonyms(reading, sources->synonyms, false);
	free(synonyms);
	reading_end_dictionary(reading);
}

static void
read_keywords(struct reading *reading, const char *language)
{
	bool english = strcmp(language, "en") == 0;
	bool ideographs = strncmp(language, "zh", 2) == 0 || strcmp(language, "ja") == 0;
	char name[64];
	struct tsv tsv;

	snprintf(name, sizeof(name), "keywords/%s.tsv", language);
	if (!tsv_open(&tsv, reading->sources->directory, name, "codes\tname\tkeywords"))
		err(1, "cannot open %s", tsv.path);
	lexicon_begin(&reading->lexicon, DICTIONARY_KEYWORDS, language);
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);
		char *rest = tsv.columns[2], *keyword;

		if (ideographs) {
			rarity_written(&reading->rarity, tsv.columns[1]);
			rarity_written(&reading->rarity, tsv.columns[2]);
		}
		reading_add(reading, row, CHARINDEX_RECORD_SHORT_NAME, tsv.columns[1]);
		while ((keyword = strsep(&rest, "|")) != NULL)
			reading_add(reading, row, CHARINDEX_RECORD_KEYWORD, keyword);
		if (english)
			rarity_keyword(&reading->rarity, row);
	}
	tsv_close(&tsv);
	reading_end_dictionary(reading);
}

/* "de" of "de.tsv", if the file is a table with a name that can be a language's. */
static int
is_keyword_table(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot != NULL && strcmp(dot, ".tsv") == 0 && dot > entry->d_name &&
	    dot - entry->d_name < CHARINDEX_LANGUAGE_SIZE;
}

/* Is the language one of those that are asked for? */
static bool
is_chosen(const struct reading *reading, const char *language)
{
	const char *list = reading->sources->languages;
	size_t length = strlen(language);

	if (list == NULL)
		return true;
	for (; *list != '\0'; list += *list == ',') {
		size_t size = strcspn(list, ",");

		if (size == length && strncmp(list, language, length) == 0)
			return true;
		list += size;
	}
	return false;
}

/* Ends the program if a language that is asked for is none of the `count` in `entries`. */
static void
check_languages(const struct reading *reading, struct dirent **entries, int count)
{
	const char *list = reading->sources->languages;

	for (; list != NULL && *list != '\0'; list += *list == ',') {
		size_t size = strcspn(list, ",");
		int i = 0;

		while (i < count &&
		    (strlen(entries[i]->d_name) != size || strncmp(entries[i]->d_name, list, size) != 0))
			i++;
		if (i == count && size > 0)
			errx(1, "--languages: there is no table %s/keywords/%.*s.tsv",
			    reading->sources->directory, (int)size, list);
		list += size;
	}
}

/* The dictionaries are in the order of the languages' names, whatever that of the list is. */
static void
read_keyword_tables(struct reading *reading)
{
	struct dirent **entries = NULL;
	char *directory;
	int count;

	if (asprintf(&directory, "%s/keywords", reading->sources->directory) < 0)
		errx(1, "out of memory");
	count = scandir(directory, &entries, is_keyword_table, alphasort);
	if (count < 0 && errno != ENOENT)
		err(1, "cannot read %s", directory);
	for (int i = 0; i < count; i++)
		*strrchr(entries[i]->d_name, '.') = '\0';
	check_languages(reading, entries, count);
	for (int i = 0; i < count; i++) {
		if (is_chosen(reading, entries[i]->d_name))
			read_keywords(reading, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	free(directory);
}

static void
read_ideographs(struct reading *reading)
{
	static const char heading[] =
	    "code\tdefinition\tmandarin\tcantonese\ton\tkun\thangul\tvietnamese";
	/* clang-format off */
	static const enum charindex_record_kind kinds[] = {
		CHARINDEX_RECORD_DEFINITION, CHARINDEX_RECORD_MANDARIN, CHARINDEX_RECORD_CANTONESE,
		CHARINDEX_RECORD_ON, CHARINDEX_RECORD_KUN, CHARINDEX_RECORD_HANGUL,
		CHARINDEX_RECORD_VIETNAMESE,
	};
	/* clang-format on */
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, "ideographs.tsv", heading))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);

		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			reading_add(reading, row, kinds[i], tsv.columns[i + 1]);
	}
	tsv_close(&tsv);
}

static void
read_definition_dictionary(struct reading *reading)
{
	lexicon_begin(&reading->lexicon, DICTIONARY_DEFINITIONS, "");
	read_ideographs(reading);
	elsewhere_historic(reading);
	reading_end_dictionary(reading);
}

/* ---- all else ---------------------------------------------------------------------- */

struct reference {
	uint32_t row, number, code_point; /* the number of the line and place, in order */
};

static int
compare_references(const void *a, const void *b)
{
	const struct reference *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* In the order of rows, which is not that of code points: controls are behind all names. */
static void
append_references(struct reading *reading, struct buffer *gathered)
{
	struct buffer *section = &reading->builder->section[SECTION_REFERENCES];
	struct reference *references = (struct reference *)gathered->bytes;
	size_t count = gathered->length / sizeof(*references);

	if (gathered->failed)
		errx(1, "out of memory");
	if (count > 0)
		qsort(references, count, sizeof(*references), compare_references);
	for (size_t i = 0; i < count; i++) {
		buffer_append_u32(section, references[i].row);
		buffer_append_u32(section, references[i].code_point);
	}
	buffer_release(gathered);
}

static void
read_references(struct reading *reading)
{
	struct buffer gathered = { 0 };
	uint32_t codes[TSV_MAX_CODES];
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, "references.tsv", "code\tsee"))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_find_row(reading, &tsv, tsv.columns[0]);
		uint32_t count = tsv_code_points(&tsv, tsv.columns[1], codes);

		for (uint32_t i = 0; row != UINT32_MAX && i < count; i++) {
			struct reference reference = { row, (uint32_t)gathered.length, codes[i] };

			buffer_append(&gathered, &reference, sizeof(reference));
		}
	}
	tsv_close(&tsv);
	append_references(reading, &gathered);
}

static void
read_emoji(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, "emoji.tsv",
	        "code\tpresentation\tgroup\tsubgroup\torder"))
		return;
	while (tsv_next(&tsv))
		rarity_emoji(&reading->rarity, reading_must_find_row(reading, &tsv, tsv.columns[0]),
		    strcmp(tsv.columns[1], "emoji") == 0);
	tsv_close(&tsv);
}

/* Whatever is not canonical is a form of something else. */
static void
read_decompositions(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, "decompositions.tsv", "code\ttype\tcodes"))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);

		if (strcmp(tsv.columns[1], "canonical") != 0)
			rarity_form(&reading->rarity, row);
	}
	tsv_close(&tsv);
}

static void
read_popular(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->sources->directory, "popular.tsv", "code\tname"))
		return;
	while (tsv_next(&tsv))
		rarity_popular(&reading->rarity, reading_must_find_row(reading, &tsv, tsv.columns[0]));
	tsv_close(&tsv);
}

void
sources_read(const struct sources *sources, struct builder *builder, uint32_t *unicode_version)
{
	struct reading reading = {
		.sources = sources,
		.directory = sources->directory,
		.builder = builder,
		.lexicon = { .builder = builder },
	};
	struct properties properties = { .builder = builder };
	enum builder_err error;

	table_read_characters(sources->directory, builder, &properties, unicode_version,
	    sources->progress);
	properties_finish(&properties, sources->directory);
	binary_read(&properties, sources->directory);
	error = builder_finish(builder);
	if (error != BUILDER_OK)
		errx(1, "%s", builder_strerror(error));
	read_controls(&reading);
	read_sequences(&reading, true);
	read_sequences(&reading, false);
	read_entity_pairs(&reading);
	extras_finish(&reading.extras, builder);
	rarity_begin(&reading.rarity, builder, &reading.extras);
	read_alias_dictionary(&reading);
	read_keyword_tables(&reading);
	read_definition_dictionary(&reading);
	elsewhere_names(&reading);
	elsewhere_crowd(&reading);
	read_references(&reading);
	read_emoji(&reading);
	read_decompositions(&reading);
	read_popular(&reading);
	rarity_finish(&reading.rarity);
	for (int id = 0; id < SECTION_COUNT; id++)
		if (builder->section[id].failed)
			errx(1, "out of memory");
	extras_release(&reading.extras);
	properties_release(&properties);
}
