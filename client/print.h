/* print.h - rows of answers on standard output, in the format that was asked for. What cannot
 * be written ends the program (program.h). */
#ifndef PRINT_H
#define PRINT_H

#include <stdbool.h>

#include "charindex.h"

struct printer {
	const struct charindex *ci;
	enum charindex_format format;
	bool all_forms; /* each row also as escapes of languages and protocols */
	bool color;     /* of text */
};

/* Prints the rows of the answer that have not been taken from it. */
void print_rows(const struct printer *printer, struct charindex_answer *answer);

/* A byte that is not UTF-8, and its place in the text: both count from 1. */
struct stray_byte {
	unsigned char byte;
	uint64_t line, column;
};

void print_stray_byte(const struct printer *printer, const struct stray_byte *stray);

/* The status of an answer, or, for what is not an answer, the line `text` and with it `rest`,
 * further members of the object that it is in JSON. There is none in TSV. */
void print_answer_status(const struct printer *printer, const struct charindex_answer *answer);
void print_status(const struct printer *printer, const char *text, const char *rest);

#endif
