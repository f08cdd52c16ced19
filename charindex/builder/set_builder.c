/* set_builder.c - hides how a set is laid out: its levels one after the other. */
#include "set_builder.h"

#include "format.h"

/* Where the next node or block of each level is written. */
struct set_writer {
	const uint64_t *sets; /* SETS, from the beginning */
	struct format_set_node *span, *region;
	uint64_t *block;
	const uint32_t *rows, *end; /* those that are not written yet */
};

/* Of how many parts of so many rows each any row is there. */
static size_t
count_parts(const uint32_t *rows, uint32_t count, uint32_t size)
{
	size_t parts = 0;

	for (uint32_t i = 0; i < count; i++)
		parts += i == 0 || rows[i] / size != rows[i - 1] / size;
	return parts;
}

/* Is the next row in this part of so many rows? */
static bool
is_next_in(const struct set_writer *writer, uint32_t part, uint32_t size)
{
	return writer->rows < writer->end && *writer->rows / size == part;
}

/* The three that follow write what the set has in a part of the rows. */

static void
write_block(struct set_writer *writer, uint32_t block)
{
	uint64_t bits = 0;

	for (; is_next_in(writer, block, FORMAT_BLOCK); writer->rows++)
		bits |= (uint64_t)1 << *writer->rows % FORMAT_BLOCK;
	*writer->block++ = htole64(bits);
}

static void
write_region(struct set_writer *writer, uint32_t region)
{
	struct format_set_node *node = writer->region++;
	uint64_t bits = 0;

	node->first = htole32((uint32_t)(writer->block - writer->sets));
	while (is_next_in(writer, region, FORMAT_REGION)) {
		uint32_t block = *writer->rows / FORMAT_BLOCK;

		bits |= (uint64_t)1 << block % 64;
		write_block(writer, block);
	}
	node->bits = htole64(bits);
}

static void
write_span(struct set_writer *writer, uint32_t span)
{
	struct format_set_node *node = writer->span++;
	uint64_t bits = 0;

	node->first = htole32((uint32_t)((const uint64_t *)writer->region - writer->sets));
	while (is_next_in(writer, span, FORMAT_SPAN)) {
		uint32_t region = *writer->rows / FORMAT_REGION;

		bits |= (uint64_t)1 << region % 64;
		write_region(writer, region);
	}
	node->bits = htole64(bits);
}

uint32_t
append_set(struct buffer *sets, const uint32_t *rows, uint32_t count, uint32_t row_count)
{
	size_t spans = format_set_spans(row_count), regions = count_parts(rows, count, FORMAT_REGION);
	size_t blocks = count_parts(rows, count, FORMAT_BLOCK);
	struct set_writer writer = { .rows = rows, .end = rows + count };
	struct format_set_node *set = buffer_append(sets, NULL,
	    (spans + regions) * sizeof(*set) + blocks * sizeof(*writer.block));

	if (set == NULL)
		return 0;
	writer.sets = (const uint64_t *)sets->bytes;
	writer.span = set;
	writer.region = set + spans;
	writer.block = (uint64_t *)(writer.region + regions);
	for (uint32_t span = 0; span < spans; span++)
		write_span(&writer, span);
	return (uint32_t)((const uint64_t *)set - writer.sets);
}
