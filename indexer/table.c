/* table.c - hides the form of data/characters.tsv (data/README.md). */
#include "table.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "category_table.h"
#include "tsv.h"

enum column {
	COLUMN_CODE,
	COLUMN_NAME,
	COLUMN_CATEGORY,
	COLUMN_SCRIPT,
	COLUMN_BLOCK,
	COLUMN_AGE,
	COLUMN_COUNT
};

struct table {
	struct tsv tsv;
	/* categories: where the last one began and what comes after it */
	uint32_t category, next_code;
	struct builder *builder;
	struct properties_builder *properties;
	struct private_names *own;
};

static void
read_range(const struct table *table, uint32_t *first, uint32_t *last)
{
	tsv_range(&table->tsv, table->tsv.columns[COLUMN_CODE], first, last);
	if (*first < table->next_code)
		tsv_fail(&table->tsv, "the code points do not ascend");
}

static uint32_t
read_category(const struct table *table, const char *name)
{
	for (uint32_t i = 0; i < U_CHAR_CATEGORY_COUNT; i++)
		if (strcmp(name, category_table[i].code) == 0)
			return i;
	tsv_fail(&table->tsv, "the category is not one of UAX #44");
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
		tsv_fail(&table->tsv, "the name of a range has no *");
	if (strlen(pattern) > BUILDER_MAX_NAME)
		tsv_fail(&table->tsv, builder_strerror(BUILDER_NAME));
	for (uint32_t code = first; code <= last; code++) {
		if (star != NULL)
			snprintf(name, sizeof(name), "%.*s%04X%s", head, pattern, (unsigned)code, star + 1);
		else
			strcpy(name, pattern);
		error = builder_add(table->builder, code, name, strlen(name));
		if (error == BUILDER_MEMORY)
			errx(1, "out of memory");
		if (error != BUILDER_OK)
			tsv_fail(&table->tsv, builder_strerror(error));
	}
}

/* Adds the rows of those that have a name of somebody's own. */
static void
add_private_rows(const struct table *table, uint32_t first, uint32_t last)
{
	const struct private_name *name;

	while ((name = private_names_take(table->own, first, last)) != NULL) {
		enum builder_err error =
		    builder_add(table->builder, name->code, name->name, strlen(name->name));

		if (error == BUILDER_MEMORY)
			errx(1, "out of memory");
		table->own->tsv.line_number = name->line;
		if (error != BUILDER_OK)
			tsv_fail(&table->own->tsv, builder_strerror(error));
	}
}

/* The properties of what is not in the table. */
static const struct property_values unassigned = { .category = U_UNASSIGNED };

static void
read_character(struct table *table)
{
	char *const *columns = table->tsv.columns;
	struct property_values values;
	uint32_t first, last;

	read_range(table, &first, &last);
	values.category = read_category(table, columns[COLUMN_CATEGORY]);
	values.script = columns[COLUMN_SCRIPT];
	values.block = columns[COLUMN_BLOCK];
	values.age = columns[COLUMN_AGE];
	if (first > table->next_code) {
		set_category(table, table->next_code, U_UNASSIGNED);
		properties_builder_from(table->properties, table->next_code, &unassigned);
	}
	set_category(table, first, values.category);
	if (!properties_builder_from(table->properties, first, &values))
		tsv_fail(&table->tsv, "too many different scripts, blocks or ages");
	if (*columns[COLUMN_NAME] != '\0')
		add_rows(table, first, last, columns[COLUMN_NAME]);
	else if (values.category == U_PRIVATE_USE_CHAR)
		add_private_rows(table, first, last);
	table->next_code = last + 1;
}

static uint32_t
read_version(const struct table *table)
{
	const char *title = table->tsv.columns[0];
	unsigned major, minor, update;
	int end = 0;

	if (sscanf(title, "# Unicode %3u.%3u.%3u%n", &major, &minor, &update, &end) != 3 ||
	    title[end] != '\0' || minor > 255 || update > 255)
		tsv_fail(&table->tsv, "the first line is not `# Unicode` and a version");
	return major << 16 | minor << 8 | update;
}

void
table_read_characters(const char *directory, struct builder *builder,
    struct properties_builder *properties, struct private_names *own, uint32_t *unicode_version,
    table_progress *progress)
{
	struct table table = { .builder = builder, .properties = properties, .own = own };

	if (!tsv_open(&table.tsv, directory, "characters.tsv",
	        "code\tname\tcategory\tscript\tblock\tage"))
		errx(1,
		    "cannot open %s: %s; DATADIR is the directory of the tables, data in the source or what "
		    "charfinder-tables installs",
		    table.tsv.path, strerror(errno));
	*unicode_version = read_version(&table);
	while (tsv_next(&table.tsv)) {
		read_character(&table);
		if (progress != NULL && table.tsv.line_number % 1024 == 0)
			progress(tsv_percent(&table.tsv));
	}
	if (builder->row_count == 0)
		tsv_fail(&table.tsv, "the table names no character");
	if (table.next_code <= 0x10FFFF) {
		set_category(&table, table.next_code, U_UNASSIGNED);
		properties_builder_from(properties, table.next_code, &unassigned);
	}
	private_names_take(own, 0x110000, 0x110000); /* none may be left */
	tsv_close(&table.tsv);
}
