/* report.c - hides how an index is shown to people. */
#include "report.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "index.h"

static void
dump_sections(const struct charindex *ci)
{
	const struct format_header *header = (const struct format_header *)ci->map;
	const struct format_section *table = (const struct format_section *)(header + 1);
	uint32_t count = le32toh(header->section_count);

	for (uint32_t i = 0; i < count; i++)
		printf("section %.4s offset %" PRIu64 " length %" PRIu64 " crc %08x\n", table[i].name,
		    le64toh(table[i].offset), le64toh(table[i].length), (unsigned)le32toh(table[i].crc));
}

static void
dump_rows(const struct charindex *ci)
{
	for (uint32_t row = 0; row < ci->row_count; row++) {
		uint32_t offset = index_row_offset(ci, row);
		uint32_t length = index_row_offset(ci, row + 1) - offset;

		if (length >= 2)
			length -= 2;
		printf("row %u %.*s\n", (unsigned)row, (int)length, ci->text + offset);
	}
}

static void
dump_terms(const struct charindex *ci)
{
	for (uint32_t n = 0; n < ci->term_count; n++) {
		struct charindex_word word = charindex_word(ci, n);

		printf("term %u %.*s", (unsigned)n, (int)word.length, word.text);
		for (uint32_t i = index_first_run(ci, n); i < index_end_run(ci, n); i++) {
			struct format_run run = index_run(ci, i);

			printf(run.end - run.first == 1 ? " %u" : " %u-%u", (unsigned)run.first,
			    (unsigned)(run.end - 1));
		}
		putchar('\n');
	}
}

static void
dump_categories(const struct charindex *ci)
{
	for (uint32_t i = 0; i < ci->category_count; i++)
		printf("category %04X %u\n", (unsigned)le32toh(ci->categories[i].first),
		    (unsigned)le32toh(ci->categories[i].category));
}

void
report_dump(const struct charindex *ci)
{
	struct charindex_info info = charindex_info(ci);

	printf("format %d\nunicode %s\nsize %zu\nrows %u\nterms %u\n", FORMAT_VERSION,
	    info.unicode_version, info.file_size, (unsigned)info.row_count, (unsigned)info.term_count);
	dump_sections(ci);
	dump_rows(ci);
	dump_terms(ci);
	dump_categories(ci);
}

void
report_words(const struct charindex *ci, uint32_t limit)
{
	uint32_t count = charindex_info(ci).term_count, *numbers;

	if (limit == 0 || limit > count)
		limit = count;
	numbers = calloc(limit + 1, sizeof(*numbers));
	if (numbers == NULL)
		errx(1, "out of memory");
	limit = charindex_frequent_words(ci, numbers, limit);
	for (uint32_t i = 0; i < limit; i++) {
		struct charindex_word word = charindex_word(ci, numbers[i]);

		printf("%5u %.*s\n", (unsigned)word.row_count, (int)word.length, word.text);
	}
	free(numbers);
}
