/* tsv.c - hides how a table is opened, split and complained about. */
#include "tsv.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void
tsv_fail(const struct tsv *tsv, const char *what)
{
	errx(1, "%s:%u: %s; %s", tsv->path, tsv->line_number, what, tsv->remedy);
}

/* The next line without its line end, in columns[0]: false at the end of the file. */
static bool
next_line(struct tsv *tsv)
{
	ssize_t length = getline(&tsv->line, &tsv->line_size, tsv->file);

	if (length < 0) {
		if (ferror(tsv->file))
			err(1, "cannot read %s", tsv->path);
		return false;
	}
	tsv->line_number++;
	if (length == 0 || tsv->line[length - 1] != '\n')
		tsv_fail(tsv, "the last line has no line end, the file is truncated");
	if (memchr(tsv->line, '\0', (size_t)length) != NULL)
		tsv_fail(tsv, "a NUL byte");
	tsv->line[length - 1] = '\0';
	tsv->columns[0] = tsv->line;
	return true;
}

static unsigned
count_columns(const char *heading)
{
	unsigned count = 1;

	while ((heading = strchr(heading, '\t')) != NULL) {
		heading++;
		count++;
	}
	return count;
}

static void
read_heading(struct tsv *tsv, const char *heading)
{
	char *title;

	if (!next_line(tsv) || strncmp(tsv->line, "# ", 2) != 0)
		tsv_fail(tsv, "the first line does not say, after `# `, where the table is from");
	title = strdup(tsv->line);
	if (title == NULL)
		errx(1, "out of memory");
	if (!next_line(tsv) || strncmp(tsv->line, "# ", 2) != 0 || strcmp(tsv->line + 2, heading) != 0)
		tsv_fail(tsv, "the second line does not name the columns as this release knows them");
	free(tsv->line);
	tsv->line = tsv->columns[0] = title;
	tsv->line_size = strlen(title) + 1;
}

static bool
open_file(struct tsv *tsv, const char *heading)
{
	struct stat st;

	tsv->line = NULL;
	tsv->line_size = 0;
	tsv->line_number = 0;
	tsv->column_count = count_columns(heading);
	tsv->file = fopen(tsv->path, "r");
	if (tsv->file == NULL && errno == ENOENT)
		return false;
	if (tsv->file == NULL || fstat(fileno(tsv->file), &st) != 0)
		err(1, "cannot open %s", tsv->path);
	tsv->file_size = (size_t)st.st_size;
	read_heading(tsv, heading);
	return true;
}

bool
tsv_open(struct tsv *tsv, const char *directory, const char *name, const char *heading)
{
	tsv->remedy = "regenerate it with data/update";
	if ((size_t)snprintf(tsv->path, sizeof(tsv->path), "%s/%s", directory, name) >=
	    sizeof(tsv->path))
		errx(1, "the name of the data directory is too long; use a shorter one");
	return open_file(tsv, heading);
}

bool
tsv_open_handmade(struct tsv *tsv, const char *path, const char *heading)
{
	tsv->remedy = "mend it, mkcharindex(1) has an example";
	if ((size_t)snprintf(tsv->path, sizeof(tsv->path), "%s", path) >= sizeof(tsv->path))
		errx(1, "the name of the table is too long; use a shorter one");
	return open_file(tsv, heading);
}

void
tsv_close(struct tsv *tsv)
{
	free(tsv->line);
	fclose(tsv->file);
}

bool
tsv_next(struct tsv *tsv)
{
	char *rest;

	if (!next_line(tsv))
		return false;
	rest = tsv->line;
	for (unsigned i = 0; i < tsv->column_count; i++)
		tsv->columns[i] = strsep(&rest, "\t");
	if (tsv->columns[tsv->column_count - 1] == NULL || rest != NULL)
		tsv_fail(tsv, "not as many columns as the second line names");
	return true;
}

unsigned
tsv_percent(const struct tsv *tsv)
{
	return tsv->file_size > 0 ? (unsigned)((size_t)ftell(tsv->file) * 100 / tsv->file_size) : 100;
}

uint32_t
tsv_code_point(const struct tsv *tsv, const char **text)
{
	size_t digits = strspn(*text, "0123456789ABCDEF");
	unsigned long code_point;

	if (digits < 4 || digits > 6)
		tsv_fail(tsv, "the code point is not of four to six hexadecimal digits");
	code_point = strtoul(*text, NULL, 16);
	if (code_point > 0x10FFFF)
		tsv_fail(tsv, "the code point is above 10FFFF");
	*text += digits;
	return (uint32_t)code_point;
}

void
tsv_range(const struct tsv *tsv, const char *text, uint32_t *first, uint32_t *last)
{
	*first = *last = tsv_code_point(tsv, &text);
	if (strncmp(text, "..", 2) == 0) {
		text += 2;
		*last = tsv_code_point(tsv, &text);
	}
	if (*text != '\0' || *last < *first)
		tsv_fail(tsv, "the code is neither 0041 nor 3400..4DBF");
}

uint32_t
tsv_code_points(const struct tsv *tsv, const char *text, uint32_t codes[CHARINDEX_MAX_CODES])
{
	uint32_t count = 0;

	for (;;) {
		if (count == CHARINDEX_MAX_CODES)
			tsv_fail(tsv, "more than 16 code points");
		codes[count++] = tsv_code_point(tsv, &text);
		if (*text == '\0')
			return count;
		if (*text++ != ' ')
			tsv_fail(tsv, "the code points are not separated by single spaces");
	}
}
