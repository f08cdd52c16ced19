/* print_answer.c - answers from the index: their rows, with facts if these are wanted, and their
 * status. */
#include "print_answer.h"

#include <stdlib.h>

#include "answer_reader.h"
#include "char_id.h"
#include "print_facts.h"

/* Rows that are fetched at a time. */
#define ROWS_AT_ONCE 1024

void
print_hit(const struct printer *printer, const struct charindex_hit *hit)
{
	char rendered[CHARINDEX_RENDER_SIZE];
	size_t length = charindex_render(printer->ci, hit, printer->rows, rendered);
	struct char_id found = { .row = hit->row };

	if (!printer->details) {
		print_row(printer, rendered, length);
		return;
	}
	charindex_row(printer->ci, hit->row, hit->code_point, &found.facts, &found.label);
	print_known(printer, (struct charindex_text){ rendered, length }, &found);
}

bool
print_rows(const struct printer *printer, struct charindex_answer *answer)
{
	struct charindex_run run;
	struct charindex_hit hit;

	if (print_is_plain(printer)) {
		while (charindex_answer_next(answer, ROWS_AT_ONCE, &run))
			print_lines(printer, run.text, run.length);
		return true;
	}
	while (charindex_answer_next_hit(answer, &hit)) {
		print_hit(printer, &hit);
		if (printer->details && printer->out->length > ANSWER_MAX_LENGTH)
			return false;
	}
	return true;
}

void
print_answer_status(const struct printer *printer, const struct charindex_answer *answer)
{
	enum { ROOM = 16 * 1024 };
	size_t size = CHARINDEX_RENDER_STATUS_SIZE(charindex_answer_longest(answer));
	char room[ROOM], *status = size <= sizeof(room) ? room : malloc(size);

	if (status == NULL) {
		printer->out->failed = true;
		return;
	}
	print_status(printer, status, charindex_render_status(answer, printer->format, status));
	if (status != room)
		free(status);
}
