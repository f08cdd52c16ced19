/* extras_builder.c - hides how extra rows are sorted and found. */
#include "extras_builder.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

void
extras_builder_release(struct extras_builder *extras)
{
	for (uint32_t i = 0; i < extras->count; i++)
		free(extras->list[i].name);
	free(extras->list);
	*extras = (struct extras_builder){ 0 };
}

/* In the order of code points, which is that of UTF-8; a beginning is before the whole. */
static int
compare(const void *a, const void *b)
{
	const struct extra *x = a, *y = b;

	for (uint32_t i = 0; i < x->code_count && i < y->code_count; i++)
		if (x->codes[i] != y->codes[i])
			return x->codes[i] < y->codes[i] ? -1 : 1;
	return (x->code_count > y->code_count) - (x->code_count < y->code_count);
}

void
extras_builder_add(struct extras_builder *extras, const uint32_t *codes, uint32_t code_count,
    const char *name, unsigned flags)
{
	struct extra *extra;

	if (extras->count == extras->capacity) {
		extras->capacity = extras->capacity > 0 ? 2 * extras->capacity : 1024;
		extras->list = realloc(extras->list, extras->capacity * sizeof(*extras->list));
		if (extras->list == NULL)
			errx(1, "out of memory");
	}
	extra = &extras->list[extras->count++];
	*extra = (struct extra){ .code_count = code_count,
		.row = extras->count,
		.flags = flags & 0xFF,
		.is_pair = (flags & EXTRAS_PAIR) != 0 };
	memcpy(extra->codes, codes, code_count * sizeof(*codes));
	extra->name = strdup(name);
	if (extra->name == NULL)
		errx(1, "out of memory");
}

/* By code points, and what was added first before what came later. */
static int
compare_stably(const void *a, const void *b)
{
	const struct extra *x = a, *y = b;
	int order = compare(x, y);

	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* Makes one of those with the same code points. */
static void
unite(struct extras_builder *extras)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < extras->count; i++) {
		if (kept > 0 && compare(&extras->list[kept - 1], &extras->list[i]) == 0) {
			extras->list[kept - 1].flags |= extras->list[i].flags;
			extras->list[kept - 1].is_pair &= extras->list[i].is_pair;
			free(extras->list[i].name);
		} else {
			extras->list[kept++] = extras->list[i];
		}
	}
	extras->count = kept;
}

void
extras_builder_finish(struct extras_builder *extras, struct builder *builder)
{
	if (extras->count > 0)
		qsort(extras->list, extras->count, sizeof(*extras->list), compare_stably);
	unite(extras);
	for (uint32_t i = 0; i < extras->count; i++) {
		struct extra *extra = &extras->list[i];
		struct builder_extra row = { extra->codes, extra->code_count, extra->name,
			strlen(extra->name) };
		enum builder_err error = builder_add_extra(builder, &row);

		if (error != BUILDER_OK)
			errx(1, "U+%04X, %s: %s", (unsigned)extra->codes[0], extra->name,
			    builder_strerror(error));
		extra->row = builder->row_count + i;
	}
}

uint32_t
extras_builder_find(const struct extras_builder *extras, const struct builder *builder,
    const uint32_t *codes, uint32_t code_count)
{
	struct extra wanted = { .code_count = code_count };
	uint32_t row = code_count == 1 ? builder_find(builder, codes[0]) : UINT32_MAX;
	const struct extra *found;

	if (row != UINT32_MAX || extras->count == 0 || code_count > CHARINDEX_MAX_CODES)
		return row;
	memcpy(wanted.codes, codes, code_count * sizeof(*codes));
	found = bsearch(&wanted, extras->list, extras->count, sizeof(*extras->list), compare);
	return found != NULL ? found->row : UINT32_MAX;
}
