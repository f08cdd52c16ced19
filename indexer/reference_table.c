/* reference_table.c - gathers the references, and puts them in the order of rows. */
#include "reference_table.h"

#include <err.h>
#include <stdlib.h>

struct reference {
	uint32_t row, number, code_point; /* the number of the line and place, in order */
};

static int
compare_references(const void *a, const void *b)
{
	const struct reference *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* In the order of rows, which is not that of code points: controls are behind all names. */
static void
append_references(struct reading *reading, struct buffer *gathered)
{
	struct buffer *section = &reading->builder->section[SECTION_REFERENCES];
	struct reference *references = (struct reference *)gathered->bytes;
	size_t count = gathered->length / sizeof(*references);

	if (gathered->failed)
		errx(1, "out of memory");
	if (count > 0)
		qsort(references, count, sizeof(*references), compare_references);
	for (size_t i = 0; i < count; i++) {
		buffer_append_u32(section, references[i].row);
		buffer_append_u32(section, references[i].code_point);
	}
	buffer_release(gathered);
}

void
reference_table_read(struct reading *reading)
{
	struct buffer gathered = { 0 };
	uint32_t codes[CHARINDEX_MAX_CODES];
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, "references.tsv", "code\tsee"))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_find_row(reading, &tsv, tsv.columns[0]);
		uint32_t count = tsv_code_points(&tsv, tsv.columns[1], codes);

		for (uint32_t i = 0; row != UINT32_MAX && i < count; i++) {
			struct reference reference = { row, (uint32_t)gathered.length, codes[i] };

			buffer_append(&gathered, &reference, sizeof(reference));
		}
	}
	tsv_close(&tsv);
	append_references(reading, &gathered);
}
