/* relation_tables.c - gathers what characters are related to, and sorts it by kind. */
#include "relation_tables.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "charindex.h"
#include "tsv.h"

/* Code points of one mapping at most, as readers have room for. */
#define MAX_CODES 32

struct relations {
	struct buffer entries; /* of the relation being read, in the order of its table */
	struct buffer *codes;
};

static uint32_t
read_codes(const struct tsv *tsv, const char *text, uint32_t codes[MAX_CODES])
{
	uint32_t count = 0;

	for (;;) {
		if (count == MAX_CODES)
			tsv_fail(tsv, "more than 32 code points");
		codes[count++] = tsv_code_point(tsv, &text);
		if (*text == '\0')
			return count;
		if (*text++ != ' ')
			tsv_fail(tsv, "the code points are not separated by single spaces");
	}
}

static void
add(struct relations *relations, const struct tsv *tsv, enum charindex_relation relation)
{
	const char *from = tsv->columns[0];
	uint32_t codes[MAX_CODES], count = read_codes(tsv, tsv->columns[2], codes);
	uint32_t target = codes[0];

	if (count > 1) {
		target = (uint32_t)(relations->codes->length / sizeof(uint32_t));
		for (uint32_t i = 0; i < count; i++)
			buffer_append_u32(relations->codes, codes[i]);
	}
	buffer_append_u32(&relations->entries,
	    (uint32_t)relation << RELATION_CODE_BITS | tsv_code_point(tsv, &from));
	buffer_append_u32(&relations->entries, count << RELATION_CODE_BITS | target);
}

static enum charindex_relation
relation_of(const struct tsv *tsv)
{
	static const struct {
		const char *name;
		enum charindex_relation relation;
	} kinds[] = {
		{ "lower", CHARINDEX_RELATION_LOWER },
		{ "upper", CHARINDEX_RELATION_UPPER },
		{ "title", CHARINDEX_RELATION_TITLE },
		{ "mirror", CHARINDEX_RELATION_MIRROR },
		{ "simplified", CHARINDEX_RELATION_SIMPLIFIED },
		{ "traditional", CHARINDEX_RELATION_TRADITIONAL },
		{ "variant", CHARINDEX_RELATION_VARIANT },
		{ "looks", CHARINDEX_RELATION_LOOKS },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, tsv->columns[1]) == 0)
			return kinds[i].relation;
	tsv_fail(tsv, "the kind of the mapping is not known");
}

static int
compare(const void *a, const void *b)
{
	const struct format_relation *x = a, *y = b;
	uint32_t left = le32toh(x->kind_code), right = le32toh(y->kind_code);

	return (left > right) - (left < right);
}

void
relation_tables_read(struct builder *builder, const char *directory)
{
	struct relations relations = { .codes = &builder->section[SECTION_RELATED_CODES] };
	struct buffer *entries = &relations.entries;
	struct tsv tsv;

	if (tsv_open(&tsv, directory, "decompositions.tsv", "code\ttype\tcodes")) {
		while (tsv_next(&tsv))
			add(&relations, &tsv, CHARINDEX_RELATION_DECOMPOSITION);
		tsv_close(&tsv);
	}
	if (tsv_open(&tsv, directory, "mappings.tsv", "code\tkind\tcodes")) {
		while (tsv_next(&tsv))
			add(&relations, &tsv, relation_of(&tsv));
		tsv_close(&tsv);
	}
	if (entries->failed)
		errx(1, "out of memory");
	if (entries->length > 0)
		qsort(entries->bytes, entries->length / sizeof(struct format_relation),
		    sizeof(struct format_relation), compare);
	buffer_append(&builder->section[SECTION_RELATIONS], entries->bytes, entries->length);
	buffer_release(entries);
}
