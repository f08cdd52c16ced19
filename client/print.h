/* print.h - rows of answers, in the format that was asked for: from the index, or as a server
 * sends them. */
#ifndef PRINT_H
#define PRINT_H

#include <stdbool.h>

#include "charindex.h"
#include "strbuf.h"

struct printer {
	const struct charindex *ci; /* NULL for rows of a server */
	enum charindex_format format;
	bool all_forms; /* each row also as escapes of languages and protocols */
	bool details;   /* text rows also with what the other formats say */
	bool color;     /* of text */
	bool streams;   /* `out` goes to standard output as it fills; what cannot be written ends
	                 * the program (program.h) */
	struct strbuf *out;
	/* whose rows these are, before each of them: columns, or the beginning of an object */
	const char *prefix;
	size_t prefix_length;
};

/* Prints the rows of the answer that have not been taken from it. */
void print_rows(const struct printer *printer, struct charindex_answer *answer);

/* Prints a row as the prompt sends it, without its line end. */
void print_row(const struct printer *printer, const char *row, size_t length);

/* Prints rows as the prompt sends them, each ended by CRLF. Returns how many there were. */
uint64_t print_lines(const struct printer *printer, const char *rows, size_t length);

/* What the formats other than text say of a row, below it; by enum charindex_property. */
void print_details(const struct printer *printer, const struct charindex_text *properties);

/* A byte that is not UTF-8, and its place in the text: both count from 1. */
struct stray_byte {
	unsigned char byte;
	uint64_t line, column;
};

void print_stray_byte(const struct printer *printer, const struct stray_byte *stray);

/* The status of an answer, from the index or as the prompt sends it, without its line end. There
 * is none in TSV. */
void print_answer_status(const struct printer *printer, const struct charindex_answer *answer);
void print_status(const struct printer *printer, const char *status, size_t length);

/* The status of what is no answer: the line `text` and with it `rest`, further members of the
 * object that it is in JSON. */
void print_total(const struct printer *printer, const char *text, const char *rest);

/* Gives what has been printed so far to standard output. Ends the program if there was no memory
 * for it, or if it cannot be written. */
void print_flush(const struct printer *printer);

#endif
