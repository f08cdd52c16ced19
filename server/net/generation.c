/* generation.c - hides when an index that has been replaced can be closed. */
#include "generation.h"

#include <stdatomic.h>
#include <stdlib.h>

struct generation {
	struct charindex *ci; /* owned */
	unsigned number;
	atomic_uint references;
};

struct generation *
generation_new(struct charindex *ci, unsigned number)
{
	struct generation *generation = malloc(sizeof(*generation));

	if (generation == NULL)
		return NULL;
	generation->ci = ci;
	generation->number = number;
	atomic_init(&generation->references, 1);
	return generation;
}

struct generation *
generation_acquire(struct generation *generation)
{
	atomic_fetch_add(&generation->references, 1);
	return generation;
}

void
generation_release(struct generation *generation)
{
	if (atomic_fetch_sub(&generation->references, 1) != 1)
		return;
	charindex_close(generation->ci);
	free(generation);
}

unsigned
generation_number(const struct generation *generation)
{
	return generation->number;
}

const struct charindex *
generation_index(const struct generation *generation)
{
	return generation->ci;
}

struct lease *
lease_new(struct generation *generation)
{
	struct lease *lease = malloc(sizeof(*lease));

	if (lease == NULL)
		return NULL;
	*lease = (struct lease){
		.ci = generation->ci,
		.generation = generation_acquire(generation),
		.current = true,
	};
	return lease;
}

static void
end_if_unused(struct lease *lease)
{
	if (lease->current || lease->answers > 0)
		return;
	generation_release(lease->generation);
	free(lease);
}

struct lease *
lease_hold(struct lease *lease)
{
	lease->answers++;
	return lease;
}

void
lease_drop(struct lease *lease)
{
	lease->answers--;
	end_if_unused(lease);
}

void
lease_retire(struct lease *lease)
{
	if (lease == NULL)
		return;
	lease->current = false;
	end_if_unused(lease);
}
