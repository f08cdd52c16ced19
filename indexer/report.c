/* report.c - hides how an index is shown to people. */
#include "report.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dictionary.h"
#include "fold.h"
#include "property.h"
#include "relation.h"
#include "trait.h"

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

/* ---- beyond the names -------------------------------------------------------------------- */

static void
dump_extra_rows(const struct charindex *ci)
{
	for (uint32_t row = ci->row_count; row < extra_all_rows(ci); row++) {
		struct charindex_text text = extra_row_text(ci, row);
		int length = (int)(text.length >= 2 ? text.length - 2 : text.length);

		printf("row %u %.*s\n", (unsigned)row, length, text.bytes);
	}
}

static bool
is_same_rank(struct format_rank a, struct format_rank b)
{
	return a.words == b.words && a.rarity == b.rarity && a.flags == b.flags;
}

/* Those of rows that follow each other and have the same are one line. */
static void
dump_ranks(const struct charindex *ci)
{
	uint32_t count = extra_entries(ci, SECTION_RANK), end;

	for (uint32_t row = 0; row < count; row = end) {
		struct format_rank rank = extra_rank(ci, row);

		for (end = row + 1; end < count && is_same_rank(rank, extra_rank(ci, end));)
			end++;
		printf("rank %u-%u words %u rarity %u flags %u\n", (unsigned)row, (unsigned)(end - 1),
		    rank.words, rank.rarity, rank.flags);
	}
}

static void
dump_record(const struct dictionary_record *record)
{
	printf(" %u %s %u %.*s\n", (unsigned)record->row,
	    charindex_record_kind_name((enum charindex_record_kind)record->kind), record->words,
	    (int)record->text.length, record->text.bytes);
}

static void
dump_lexeme(const struct dictionary *dictionary, uint32_t n)
{
	struct charindex_text word = dictionary_word(dictionary, n);
	struct posting_list list = dictionary_postings(dictionary, n);

	/* a word without its accents is shown after a ~, one as it is written after a = */
	if (word.length > 0 && word.bytes[0] == FOLD_PLAIN)
		printf(" ~%.*s", (int)word.length - 1, word.bytes + 1);
	else if (word.length > 0 && word.bytes[0] == FOLD_EXACT)
		printf(" =%.*s", (int)word.length - 1, word.bytes + 1);
	else
		printf(" %.*s", (int)word.length, word.bytes);
	for (uint32_t i = 0; i < list.count; i++)
		printf(" %u", (unsigned)posting_at(&list, i));
	putchar('\n');
}

static void
dump_dictionaries(const struct charindex *ci)
{
	static const char *const kinds[] = { "none", "aliases", "keywords", "definitions", "elsewhere",
		"crowd" };
	struct dictionary dictionary;

	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++) {
		const char *kind = kinds[dictionary.kind <= DICTIONARY_CROWD ? dictionary.kind : 0];
		struct dictionary_record record;

		printf("dictionary %u %s %s\n", (unsigned)n, kind, dictionary.language);
		for (uint32_t i = 0; i < dictionary.record_count; i++) {
			printf("record %u", (unsigned)i);
			if (dictionary_record(&dictionary, i, &record))
				dump_record(&record);
			else
				puts(" of no row");
		}
		for (uint32_t i = 0; i < dictionary.term_count; i++) {
			printf("lexeme %u", (unsigned)i);
			dump_lexeme(&dictionary, i);
		}
	}
}

static void
dump_properties(const struct charindex *ci)
{
	for (uint32_t n = 0; n < extra_entries(ci, SECTION_PROPERTIES); n++) {
		printf("property %04X", (unsigned)property_begin(ci, n));
		for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++) {
			enum charindex_property property = (enum charindex_property)i;
			struct charindex_text name =
			    property_value_name(ci, property, property_value(ci, property, n));

			printf("%s%.*s", i > 0 ? ", " : " ", (int)name.length, name.bytes);
		}
		putchar('\n');
	}
}

static void
dump_values(const struct charindex *ci)
{
	const struct format_value *values = extra_section(ci, SECTION_VALUES);

	for (uint32_t n = 0; n < extra_entries(ci, SECTION_VALUES); n++) {
		struct charindex_text name = extra_text(ci, SECTION_VALUE_NAMES,
		    le32toh(values[n].name_offset), le16toh(values[n].name_length));

		printf("value %u %u %.*s\n", le16toh(values[n].property), le16toh(values[n].value),
		    (int)name.length, name.bytes);
	}
}

static void
dump_references(const struct charindex *ci)
{
	const struct format_reference *references = extra_section(ci, SECTION_REFERENCES);

	for (uint32_t n = 0; n < extra_entries(ci, SECTION_REFERENCES); n++)
		printf("reference %u %04X\n", (unsigned)le32toh(references[n].row),
		    (unsigned)le32toh(references[n].code_point));
}

static void
dump_binary(const struct charindex *ci)
{
	const struct format_binary *entries = extra_section(ci, SECTION_BINARY);

	for (uint32_t n = 0; n < extra_entries(ci, SECTION_BINARY); n++)
		printf("binary %04X %08X%08X\n", (unsigned)le32toh(entries[n].first),
		    (unsigned)le32toh(entries[n].bits[1]), (unsigned)le32toh(entries[n].bits[0]));
}

static void
dump_blocks(const struct charindex *ci)
{
	struct charindex_block block;

	for (uint32_t n = 0; charindex_block(ci, n, &block); n++)
		printf("block %04X..%04X %.*s\n", (unsigned)block.first, (unsigned)block.last,
		    (int)block.name.length, block.name.bytes);
}

static void
dump_traits(const struct charindex *ci)
{
	for (unsigned n = 0; n < CHARINDEX_TRAIT_COUNT; n++) {
		struct trait_runs runs = trait_runs(ci, (enum charindex_trait)n);

		for (uint32_t i = runs.begin; i < runs.end; i++) {
			struct charindex_text name =
			    property_value_name(ci, FORMAT_TRAIT_NAMES + n, trait_run_value(&runs, i));

			printf("trait %04X %s %.*s\n", (unsigned)trait_run_first(&runs, i),
			    charindex_trait_name((enum charindex_trait)n), (int)name.length, name.bytes);
		}
	}
}

static void
dump_relations(const struct charindex *ci)
{
	uint32_t codes[RELATION_MAX_CODES], entry, end;

	for (unsigned n = 0; n < CHARINDEX_RELATION_COUNT; n++) {
		enum charindex_relation relation = (enum charindex_relation)n;

		for (relation_entries(ci, relation, &entry, &end); entry < end; entry++) {
			size_t count = relation_to(ci, entry, codes, RELATION_MAX_CODES);

			printf("relation %04X %s", (unsigned)relation_from(ci, entry),
			    charindex_relation_name(relation));
			for (size_t i = 0; i < count && i < RELATION_MAX_CODES; i++)
				printf(" %04X", (unsigned)codes[i]);
			putchar('\n');
		}
	}
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
	dump_extra_rows(ci);
	dump_ranks(ci);
	dump_dictionaries(ci);
	dump_properties(ci);
	dump_values(ci);
	dump_references(ci);
	dump_binary(ci);
	dump_traits(ci);
	dump_relations(ci);
	dump_blocks(ci);
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
