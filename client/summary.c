/* summary.c - a hash table of what was found, by row, or by code point where there is none. */
#include "summary.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "print_answer.h"

struct found {
	bool used, is_sequence;
	int byte;                 /* that is not UTF-8, or -1 */
	struct charindex_hit hit; /* if there is none */
	uint64_t count;
	struct place first;
};

struct summary {
	const struct charindex *ci;
	struct found *table; /* of 2^n, half of which are free */
	size_t size, count;
};

#define FIRST_SIZE 256

struct summary *
summary_new(const struct charindex *ci)
{
	struct summary *summary = calloc(1, sizeof(*summary));
	struct found *table = calloc(FIRST_SIZE, sizeof(*table));

	if (summary == NULL || table == NULL) {
		free(summary);
		free(table);
		return NULL;
	}
	*summary = (struct summary){ .ci = ci, .table = table, .size = FIRST_SIZE };
	return summary;
}

void
summary_free(struct summary *summary)
{
	if (summary != NULL)
		free(summary->table);
	free(summary);
}

/* ---- taking ---------------------------------------------------------------------------------- */

static bool
is_same(const struct found *a, const struct found *b)
{
	return a->byte == b->byte && a->hit.row == b->hit.row && a->hit.code_point == b->hit.code_point;
}

/* Where it is in the table, or belongs. */
static struct found *
find(struct found *table, size_t size, const struct found *wanted)
{
	uint32_t hash = (wanted->hit.row ^ wanted->hit.code_point << 8 ^ (uint32_t)wanted->byte) *
	    2654435769u; /* the golden ratio, which spreads neighbours */
	size_t at = (hash >> 8) & (size - 1);

	while (table[at].used && !is_same(&table[at], wanted))
		at = (at + 1) & (size - 1);
	return &table[at];
}

static bool
grow(struct summary *summary)
{
	size_t size = 2 * summary->size;
	struct found *table = calloc(size, sizeof(*table));

	if (table == NULL)
		return false;
	for (size_t i = 0; i < summary->size; i++)
		if (summary->table[i].used)
			*find(table, size, &summary->table[i]) = summary->table[i];
	free(summary->table);
	summary->table = table;
	summary->size = size;
	return true;
}

/* What is known of it, after this time: NULL without memory. */
static const struct found *
take(struct summary *summary, const struct found *wanted)
{
	struct found *found;

	if (2 * summary->count >= summary->size && !grow(summary))
		return NULL;
	found = find(summary->table, summary->size, wanted);
	if (!found->used) {
		struct charindex_label label;
		struct charindex_row facts;

		*found = *wanted;
		found->used = true;
		charindex_row(summary->ci, wanted->hit.row, wanted->hit.code_point, &facts, &label);
		found->is_sequence = wanted->byte < 0 && (facts.flags & CHARINDEX_IS_SEQUENCE) != 0;
		summary->count++;
	}
	found->count++;
	return found;
}

bool
summary_take(struct summary *summary, struct charindex_answer *answer, struct place place)
{
	struct found wanted = { .byte = -1 };

	while (charindex_answer_next_hit(answer, &wanted.hit)) {
		const struct found *found;

		wanted.first = place;
		found = take(summary, &wanted);
		if (found == NULL)
			return false;
		if (!found->is_sequence) /* of which the characters follow */
			place.column++;
	}
	return true;
}

bool
summary_take_byte(struct summary *summary, unsigned char byte, struct place place)
{
	const struct found wanted = { .byte = byte,
		.hit = { .row = CHARINDEX_NO_ROW, .code_point = UINT32_MAX },
		.first = place };

	return take(summary, &wanted) != NULL;
}

/* ---- printing -------------------------------------------------------------------------------- */

static int
order(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	uint64_t left = (uint64_t)x->hit.code_point << 32 | x->hit.row;
	uint64_t right = (uint64_t)y->hit.code_point << 32 | y->hit.row;

	return left != right ? (left > right) - (left < right) : x->byte - y->byte;
}

/* What is behind the columns of its row. */
static void
put_count(struct strbuf *out, enum charindex_format format, const struct found *found)
{
	switch (format) {
	case CHARINDEX_JSON:
		strbuf_printf(out, ",\"count\":%" PRIu64, found->count);
		if (found->byte < 0) /* whose object has its place */
			strbuf_printf(out, ",\"line\":%" PRIu64 ",\"column\":%" PRIu64, found->first.line,
			    found->first.column);
		break;
	case CHARINDEX_TSV:
		strbuf_printf(out, "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64, found->count, found->first.line,
		    found->first.column);
		break;
	default:
		strbuf_printf(out, "\t%" PRIu64 "\tline %" PRIu64 ", column %" PRIu64, found->count,
		    found->first.line, found->first.column);
	}
}

static void
print_found(const struct printer *printer, const struct found *found)
{
	struct printer counting = *printer;
	struct strbuf count = { 0 };

	put_count(&count, printer->format, found);
	counting.suffix = count.text;
	counting.suffix_length = count.length;
	if (found->byte >= 0)
		print_stray_byte(&counting,
		    &(struct stray_byte){ (unsigned char)found->byte, found->first.line,
		        found->first.column });
	else
		print_hit(&counting, &found->hit);
	printer->out->failed |= count.failed;
	strbuf_release(&count);
}

uint64_t
summary_print(const struct printer *printer, const struct summary *summary, uint64_t from,
    uint64_t limit)
{
	struct found *list = malloc((summary->count + 1) * sizeof(*list));
	size_t count = 0;

	if (list == NULL) {
		printer->out->failed = true;
		return 0;
	}
	for (size_t i = 0; i < summary->size; i++)
		if (summary->table[i].used)
			list[count++] = summary->table[i];
	qsort(list, count, sizeof(*list), order);
	for (uint64_t i = from - 1; i < count && i - (from - 1) < limit; i++)
		print_found(printer, &list[i]);
	free(list);
	return count;
}
