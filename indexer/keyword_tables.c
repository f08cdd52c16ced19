/* keyword_tables.c - finds the tables of languages, and reads short names and keywords. */
#include "keyword_tables.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
read_keywords(struct reading *reading, const char *language)
{
	bool english = strcmp(language, "en") == 0;
	bool ideographs = strncmp(language, "zh", 2) == 0 || strcmp(language, "ja") == 0;
	char name[64];
	struct tsv tsv;

	snprintf(name, sizeof(name), "keywords/%s.tsv", language);
	if (!tsv_open(&tsv, reading->directory, name, "codes\tname\tkeywords"))
		err(1, "cannot open %s", tsv.path);
	dictionary_builder_begin(&reading->dictionary, DICTIONARY_KEYWORDS, language);
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);
		char *rest = tsv.columns[2], *keyword;

		if (ideographs) {
			rarity_builder_written(&reading->rarity, tsv.columns[1]);
			rarity_builder_written(&reading->rarity, tsv.columns[2]);
		}
		reading_add(reading, row, CHARINDEX_RECORD_SHORT_NAME, tsv.columns[1]);
		while ((keyword = strsep(&rest, "|")) != NULL)
			reading_add(reading, row, CHARINDEX_RECORD_KEYWORD, keyword);
		if (english)
			rarity_builder_keyword(&reading->rarity, row);
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
	const char *list = reading->languages;
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
	const char *list = reading->languages;

	for (; list != NULL && *list != '\0'; list += *list == ',') {
		size_t size = strcspn(list, ",");
		int i = 0;

		while (i < count &&
		    (strlen(entries[i]->d_name) != size || strncmp(entries[i]->d_name, list, size) != 0))
			i++;
		if (i == count && size > 0)
			errx(1, "--languages: there is no table %s/keywords/%.*s.tsv", reading->directory,
			    (int)size, list);
		list += size;
	}
}

/* The dictionaries are in the order of the languages' names, whatever that of the list is. */
void
keyword_tables_read(struct reading *reading)
{
	struct dirent **entries = NULL;
	char *directory;
	int count;

	if (asprintf(&directory, "%s/keywords", reading->directory) < 0)
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
