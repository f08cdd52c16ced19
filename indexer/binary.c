/* binary.c - data/binary.tsv, read into the section BINP: each property is a bit. */
#include "binary.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "tsv.h"

#define MAX_BITS 64

struct bits {
	struct buffer *section;
	char *names[MAX_BITS]; /* owned */
	unsigned count;
	uint32_t next_code; /* after the last range */
};

/* The bit of a property, a new one if need be. */
static unsigned
bit_of(struct bits *bits, const struct tsv *tsv, const char *name)
{
	unsigned bit = 0;

	while (bit < bits->count && strcmp(bits->names[bit], name) != 0)
		bit++;
	if (bit < bits->count)
		return bit;
	if (bit == MAX_BITS || *name == '\0')
		tsv_fail(tsv, "more than 64 properties, or one without a name");
	bits->names[bit] = strdup(name);
	if (bits->names[bit] == NULL)
		errx(1, "out of memory");
	return bits->count++;
}

/* Those that the library itself asks for have the first bits, whatever comes first in the table. */
static void
name_known_bits(struct bits *bits)
{
	static const char *const known[] = {
		[BINARY_EMOJI] = "Emoji",
		[BINARY_EMOJI_PRESENTATION] = "EPres",
		[BINARY_VARIATION_SELECTOR] = "VS",
		[BINARY_IDEOGRAPHIC] = "Ideo",
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		bit_of(bits, NULL, known[i]);
}

static void
append(struct bits *bits, uint32_t first, uint64_t held)
{
	buffer_append_u32(bits->section, first);
	buffer_append_u32(bits->section, (uint32_t)held);
	buffer_append_u32(bits->section, (uint32_t)(held >> 32));
}

static void
read_row(struct bits *bits, struct tsv *tsv)
{
	char *rest = tsv->columns[1], *name;
	uint64_t held = 0;
	uint32_t first, last;

	tsv_range(tsv, tsv->columns[0], &first, &last);
	if (first < bits->next_code)
		tsv_fail(tsv, "the code points do not ascend");
	while ((name = strsep(&rest, " ")) != NULL)
		held |= (uint64_t)1 << bit_of(bits, tsv, name);
	if (first > bits->next_code)
		append(bits, bits->next_code, 0);
	append(bits, first, held);
	bits->next_code = last + 1;
}

/* The long name of a property first, for people, if properties.tsv has it. */
static void
name_bits_at_length(const struct bits *bits, struct properties_builder *properties,
    const char *directory)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, directory, "properties.tsv", PROPERTIES_TSV_HEADING))
		return;
	while (tsv_next(&tsv))
		for (unsigned bit = 0; strcmp(tsv.columns[0], "is") == 0 && bit < bits->count; bit++)
			if (strcmp(bits->names[bit], tsv.columns[1]) == 0)
				properties_builder_name(properties, FORMAT_BINARY_NAMES, bit, tsv.columns[2]);
	tsv_close(&tsv);
}

void
binary_read(struct properties_builder *properties, const char *directory)
{
	struct bits bits = { .section = &properties->builder->section[SECTION_BINARY] };
	struct tsv tsv;

	if (!tsv_open(&tsv, directory, "binary.tsv", "code\tproperties"))
		return;
	name_known_bits(&bits);
	while (tsv_next(&tsv))
		read_row(&bits, &tsv);
	tsv_close(&tsv);
	if (bits.next_code <= 0x10FFFF)
		append(&bits, bits.next_code, 0);
	name_bits_at_length(&bits, properties, directory);
	for (unsigned bit = 0; bit < bits.count; bit++) {
		properties_builder_name(properties, FORMAT_BINARY_NAMES, bit, bits.names[bit]);
		free(bits.names[bit]);
	}
}
