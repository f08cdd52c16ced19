/* tsv.h - the tables in data/, read line by line (data/README.md, "Form"). Whatever is wrong
 * with one ends the program, with one line that names file, line and remedy. */
#ifndef CHARINDEX_TSV_H
#define CHARINDEX_TSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "charindex.h"

/* No table has more columns. */
#define TSV_MAX_COLUMNS 8

struct tsv {
	char path[4096];
	const char *remedy; /* if something is wrong */
	unsigned line_number;
	unsigned column_count;
	char *columns[TSV_MAX_COLUMNS]; /* of the current line, until the next one */
	/* the reader's own */
	FILE *file;
	char *line;
	size_t line_size, file_size;
};

/* Opens `directory`/`name`, whose second line must name the columns, tab-separated, as
 * `heading` does, and whose first is then in columns[0]. False if there is no such file. */
bool tsv_open(struct tsv *tsv, const char *directory, const char *name, const char *heading);

/* The same for a table at `path` that somebody has written by hand. */
bool tsv_open_handmade(struct tsv *tsv, const char *path, const char *heading);

void tsv_close(struct tsv *tsv);

/* The next line: its columns in tsv->columns. False at the end of the table. */
bool tsv_next(struct tsv *tsv);

/* Ends the program because of what the current line says. */
_Noreturn void tsv_fail(const struct tsv *tsv, const char *what);

/* How much of the table has been read, in per cent. */
unsigned tsv_percent(const struct tsv *tsv);

/* A code point of four to six upper-case hexadecimal digits at *text, stepped over. */
uint32_t tsv_code_point(const struct tsv *tsv, const char **text);

/* A code point or a range, "3400..4DBF", which is all of `text`. */
void tsv_range(const struct tsv *tsv, const char *text, uint32_t *first, uint32_t *last);

/* Code points separated by spaces: returns how many. */
uint32_t tsv_code_points(const struct tsv *tsv, const char *text,
    uint32_t codes[CHARINDEX_MAX_CODES]);

#endif
