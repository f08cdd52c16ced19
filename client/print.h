/* print.h - rows of answers, in the format that was asked for: from the index, or as a server
 * sends them. */
#ifndef PRINT_H
#define PRINT_H

#include <stdbool.h>

#include "charindex.h"
#include "strbuf.h"

struct columns;

struct printer {
	const struct charindex *ci; /* NULL for rows of a server */
	enum charindex_format format;
	enum charindex_format rows; /* as they come; text on a terminal is made of TSV */
	const char *row_template;   /* what is printed of each row in TSV (row_template.h), or NULL */
	struct strbuf *first;       /* where the characters of the first row are kept, or NULL */
	bool all_forms;             /* each row also as escapes of languages and protocols */
	bool details;               /* each row with all that is known, forms too */
	bool color;                 /* of text */
	bool terminal;              /* text is for a terminal: see terminal_row.h */
	bool streams; /* `out` goes to standard output as it fills; what cannot be written ends
	                 * the program (program.h) */
	struct strbuf *out;
	/* whose rows these are, before each of them: columns, or the beginning of an object */
	const char *prefix;
	size_t prefix_length;
	/* what else is said of each, behind its columns, or its members */
	const char *suffix;
	size_t suffix_length;
};

/* Prints a row as the prompt sends it, without its line end. */
void print_row(const struct printer *printer, const char *row, size_t length);

/* Is each row printed as it comes, and nothing besides? */
bool print_is_plain(const struct printer *printer);

/* Prints rows as the prompt sends them, each ended by CRLF. Returns how many there were. */
uint64_t print_lines(const struct printer *printer, const char *rows, size_t length);

/* A byte that is not UTF-8, and its place in the text: both count from 1. */
struct stray_byte {
	unsigned char byte;
	uint64_t line, column;
};

void print_stray_byte(const struct printer *printer, const struct stray_byte *stray);

/* The status of an answer, as the prompt sends it, without its line end. There is none in TSV. */
void print_status(const struct printer *printer, const char *status, size_t length);

/* The status of what is no answer: the line `text` and with it `rest`, further members of the
 * object that it is in JSON. */
void print_total(const struct printer *printer, const char *text, const char *rest);

/* Gives what has been printed so far to standard output. Ends the program if there was no memory
 * for it, or if it cannot be written. */
void print_flush(const struct printer *printer);

/* ---- what lines are put together from --------------------------------------------------- */

/* SGR, ECMA-48. */
#define PRINT_DIM "\033[2m"
#define PRINT_BOLD "\033[1m"
#define PRINT_PLAIN "\033[0m"

void print_colored(const struct printer *printer, const char *color, const char *text,
    size_t length);

/* Ends a line, and writes what there is if that is enough. */
void print_end_line(const struct printer *printer);

/* "U+2657 \t♗\tWHITE CHESS BISHOP", without its end. */
void print_columns(const struct printer *printer, const char *row, size_t length);

/* The columns of a row, in TSV or in text with another category, as a terminal shows them; without
 * their end. */
void print_for_terminal(const struct printer *printer, const struct columns *columns);

/* An object, or columns for programs, after whose they are, and in JSON without the last brace. */
void print_object(const struct printer *printer, const char *row, size_t length);

#endif
