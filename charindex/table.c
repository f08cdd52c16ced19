/* table.c - hides the form of data/characters.tsv (data/README.md). */
#include "table.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/uchar.h>

enum column { COLUMN_CODE, COLUMN_NAME, COLUMN_CATEGORY, COLUMN_SCRIPT, COLUMN_BLOCK, COLUMN_AGE, COLUMN_COUNT };

/* A table being read, for error messages and progress. */
struct table {
	char path[4096];
	FILE *file;
	unsigned line_number;
	char *line; /* owned by getline() */
	size_t line_size;
	/* categories: where the last one began and what comes after it */
	uint32_t category, next_code;
	struct builder *builder;
};

#define REMEDY "regenerate it with data/update"

static _Noreturn void
fail(const struct table *table, const char *what)
{
	errx(1, "%s:%u: %s; " REMEDY, table->path, table->line_number, what);
}

/* The next line without its line end: false at the end of the file. */
static bool
next_line(struct table *table)
{
	ssize_t length = getline(&table->line, &table->line_size, table->file);

	if (length < 0) {
		if (ferror(table->file))
			err(1, "cannot read %s", table->path);
		return false;
	}
	table->line_number++;
	if (length == 0 || table->line[length - 1] != '\n')
		fail(table, "the last line has no line end, the file is truncated");
	if (memchr(table->line, '\0', (size_t)length) != NULL)
		fail(table, "a NUL byte");
	table->line[length - 1] = '\0';
	return true;
}

static void
split_columns(const struct table *table, char *columns[COLUMN_COUNT])
{
	char *rest = table->line;

	for (int i = 0; i < COLUMN_COUNT; i++)
		columns[i] = strsep(&rest, "\t");
	if (columns[COLUMN_COUNT - 1] == NULL || rest != NULL)
		fail(table, "not six columns");
}

/* A code point of four to six upper-case hexadecimal digits at *text, stepped over. */
static uint32_t
read_code_point(const struct table *table, const char **text)
{
	size_t digits = strspn(*text, "0123456789ABCDEF");
	unsigned long code_point;

	if (digits < 4 || digits > 6)
		fail(table, "the code point is not of four to six hexadecimal digits");
	code_point = strtoul(*text, NULL, 16);
	if (code_point > 0x10FFFF)
		fail(table, "the code point is above 10FFFF");
	*text += digits;
	return (uint32_t)code_point;
}

static void
read_range(const struct table *table, const char *text, uint32_t *first, uint32_t *last)
{
	*first = *last = read_code_point(table, &text);
	if (strncmp(text, "..", 2) == 0) {
		text += 2;
		*last = read_code_point(table, &text);
	}
	if (*text != '\0' || *last < *first)
		fail(table, "the code is neither 0041 nor 3400..4DBF");
	if (*first < table->next_code)
		fail(table, "the code points do not ascend");
}

static uint32_t
read_category(const struct table *table, const char *name)
{
	/* UAX #44, table 12, in the order of ICU's UCharCategory */
	static const char names[U_CHAR_CATEGORY_COUNT][3] = {
		"Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp",
		"Cc", "Cf", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf",
	};

	for (uint32_t i = 0; i < U_CHAR_CATEGORY_COUNT; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	fail(table, "the category is not one of UAX #44");
}

/* Says that `category` holds from `first` on, if it does not already. */
static void
set_category(struct table *table, uint32_t first, uint32_t category)
{
	if (first == 0 || category != table->category)
		builder_category(table->builder, first, category);
	table->category = category;
}

/* Adds the row of each code point in the range, `*` in the name replaced by it. */
static void
add_rows(const struct table *table, uint32_t first, uint32_t last, const char *pattern)
{
	const char *star = strchr(pattern, '*');
	int head = (int)(star != NULL ? star - pattern : 0);
	char name[BUILDER_MAX_NAME + 8];
	enum builder_err error;

	if (first != last && star == NULL)
		fail(table, "the name of a range has no *");
	if (strlen(pattern) > BUILDER_MAX_NAME)
		fail(table, builder_strerror(BUILDER_NAME));
	for (uint32_t code = first; code <= last; code++) {
		if (star != NULL)
			snprintf(name, sizeof(name), "%.*s%04X%s", head, pattern, (unsigned)code, star + 1);
		else
			strcpy(name, pattern);
		error = builder_add(table->builder, code, name, strlen(name));
		if (error == BUILDER_MEMORY)
			errx(1, "out of memory");
		if (error != BUILDER_OK)
			fail(table, builder_strerror(error));
	}
}

static void
read_character(struct table *table)
{
	char *columns[COLUMN_COUNT];
	uint32_t first, last;

	split_columns(table, columns);
	read_range(table, columns[COLUMN_CODE], &first, &last);
	if (first > table->next_code)
		set_category(table, table->next_code, U_UNASSIGNED);
	set_category(table, first, read_category(table, columns[COLUMN_CATEGORY]));
	if (*columns[COLUMN_NAME] != '\0')
		add_rows(table, first, last, columns[COLUMN_NAME]);
	table->next_code = last + 1;
}

/* The first two lines: the version, and the names of the columns. */
static uint32_t
read_heading(struct table *table)
{
	unsigned major, minor, update;
	int end = 0;

	if (!next_line(table) ||
	    sscanf(table->line, "# Unicode %3u.%3u.%3u%n", &major, &minor, &update, &end) != 3 ||
	    table->line[end] != '\0' || minor > 255 || update > 255)
		fail(table, "the first line is not `# Unicode` and a version");
	if (!next_line(table) || strcmp(table->line, "# code\tname\tcategory\tscript\tblock\tage") != 0)
		fail(table, "the second line does not name the columns as this release knows them");
	return major << 16 | minor << 8 | update;
}

void
table_read_characters(const char *directory, struct builder *builder, uint32_t *unicode_version,
    table_progress *progress)
{
	struct table table = { .builder = builder };
	struct stat st;

	if ((size_t)snprintf(table.path, sizeof(table.path), "%s/characters.tsv", directory) >=
	    sizeof(table.path))
		errx(1, "the name of the data directory is too long; use a shorter one");
	table.file = fopen(table.path, "r");
	if (table.file == NULL || fstat(fileno(table.file), &st) != 0)
		err(1, "cannot open %s", table.path);
	*unicode_version = read_heading(&table);
	while (next_line(&table)) {
		read_character(&table);
		if (progress != NULL && table.line_number % 1024 == 0 && st.st_size > 0)
			progress((unsigned)(ftell(table.file) * 100 / st.st_size));
	}
	if (builder->row_count == 0)
		fail(&table, "the table names no character");
	if (table.next_code <= 0x10FFFF)
		set_category(&table, table.next_code, U_UNASSIGNED);
	free(table.line);
	fclose(table.file);
}
