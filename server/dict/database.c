/* database.c - the table of databases. */
#include "database.h"

#include <stdio.h>
#include <string.h>

#include "ascii.h"

struct row {
	const char *name;
	const char *title; /* printf() with the version of Unicode, if it is wanted */
	const char *about;
	enum database_kind kind;
	enum charindex_vocabulary vocabulary;
};

/* clang-format off */
static const struct row rows[] = {
	{ "unicode", "Unicode %s: characters by name",
	  "Names of characters and sequences, and aliases of controls; also U+2656, or characters.",
	  DATABASE_HEADWORDS, CHARINDEX_NAMES },
	{ "alias", "Unicode %s: characters by other names",
	  "Formal aliases, informal names of the code charts, HTML entities, synonyms.",
	  DATABASE_HEADWORDS, CHARINDEX_ALIASES },
	{ "search", "charfinder: all characters found", "All sources at once, with the query language of "
	  "charfinder; typos are corrected.", DATABASE_SEARCH, CHARINDEX_NAMES },
	{ "emoji", "CLDR: emoji and symbols by keyword", "English short names and keywords.",
	  DATABASE_HEADWORDS, CHARINDEX_KEYWORDS },
	{ "unihan", "Unihan: ideographs by definition and reading",
	  "Each word of definitions and readings is a headword.", DATABASE_HEADWORDS,
	  CHARINDEX_DEFINITIONS },
	{ "--exit--", "Stop default search here.", "Databases from here on have to be named.",
	  DATABASE_EXIT, CHARINDEX_NAMES },
	{ "chars", "Unicode %s: the characters themselves", "MATCH gives characters instead of names.",
	  DATABASE_CHARACTERS, CHARINDEX_NAMES },
};
/* clang-format on */

#define ROW_COUNT ((int)(sizeof(rows) / sizeof(rows[0])))

static void
make_of_row(const struct charindex *ci, const struct row *row, struct database *out)
{
	struct charindex_info info = charindex_info(ci);
	const char *version = strstr(row->title, "%s");

	*out = (struct database){ .kind = row->kind,
		.vocabulary = row->vocabulary,
		.language = "en",
		.about = row->about };
	snprintf(out->name, sizeof(out->name), "%s", row->name);
	if (version == NULL)
		snprintf(out->title, sizeof(out->title), "%s", row->title);
	else
		snprintf(out->title, sizeof(out->title), "%.*s%s%s", (int)(version - row->title),
		    row->title, info.unicode_version, version + strlen("%s"));
}

#define OF_LANGUAGE "emoji-"

/* "emoji-zh-hant", of zh_Hant. */
static void
name_of_language(const char *language, char name[DATABASE_NAME_SIZE])
{
	char *p = stpcpy(name, OF_LANGUAGE);

	for (; *language != '\0' && p < name + DATABASE_NAME_SIZE - 1; language++) {
		char c = *language;

		*p++ = c == '_' ? '-' : ascii_lower(c);
	}
	*p = '\0';
}

static void
make_of_language(const char *language, struct database *out)
{
	*out = (struct database){ .kind = DATABASE_HEADWORDS,
		.vocabulary = CHARINDEX_KEYWORDS,
		.language = language,
		.about = "Short names and keywords in this language." };
	name_of_language(language, out->name);
	snprintf(out->title, sizeof(out->title), "CLDR: emoji and symbols by keyword (%s)", language);
}

bool
database_get(const struct charindex *ci, unsigned n, struct database *out)
{
	const char *language;

	if (n < ROW_COUNT) {
		make_of_row(ci, &rows[n], out);
		return true;
	}
	language = charindex_language(ci, n - ROW_COUNT);
	if (language == NULL)
		return false;
	make_of_language(language, out);
	return true;
}

unsigned
database_count(const struct charindex *ci)
{
	unsigned n = ROW_COUNT;

	while (charindex_language(ci, n - ROW_COUNT) != NULL)
		n++;
	return n;
}

static bool
is(struct charindex_text text, const char *string)
{
	return text.length == strlen(string) && memcmp(text.bytes, string, text.length) == 0;
}

/* The number of the database with the name: false if there is none. */
static bool
find_one(const struct charindex *ci, struct charindex_text name, unsigned *number)
{
	char of_language[DATABASE_NAME_SIZE];
	const char *language;

	for (*number = 0; *number < ROW_COUNT; ++*number)
		if (is(name, rows[*number].name))
			return true;
	for (; (language = charindex_language(ci, *number - ROW_COUNT)) != NULL; ++*number) {
		name_of_language(language, of_language);
		if (is(name, of_language))
			return true;
	}
	return false;
}

bool
database_find(const struct charindex *ci, struct charindex_text name, struct database_range *range)
{
	unsigned number;

	*range = (struct database_range){ 0, DATABASE_DEFAULTS, is(name, "!") };
	if (range->until_first || is(name, "*"))
		return true;
	if (!find_one(ci, name, &number))
		return false;
	*range = (struct database_range){ number, number + 1, false };
	return true;
}
