/* lazy.c - hides how threads agree on whose table is kept. */
#include "lazy.h"

#include <stdatomic.h>
#include <stdlib.h>

struct place {
	_Atomic(void *) table; /* owned; NULL: not yet */
	atomic_uint asked;     /* how often, in vain */
};

struct lazy {
	uint32_t count;
	struct place places[];
};

struct lazy *
lazy_new(uint32_t dictionaries)
{
	size_t count = (dictionaries + (size_t)1) * LAZY_KINDS;
	struct lazy *lazy = calloc(1, sizeof(*lazy) + count * sizeof(lazy->places[0]));

	if (lazy != NULL)
		lazy->count = (uint32_t)count;
	return lazy;
}

void
lazy_free(struct lazy *lazy)
{
	if (lazy == NULL)
		return;
	for (uint32_t n = 0; n < lazy->count; n++)
		free(atomic_load(&lazy->places[n].table));
	free(lazy);
}

/* Another thread may have made one meanwhile: it is the same, and one is enough. */
static void *
publish(struct place *place, void *made)
{
	void *theirs = NULL;

	if (atomic_compare_exchange_strong(&place->table, &theirs, made))
		return made;
	free(made);
	return theirs;
}

void *
lazy_get(struct lazy *lazy, enum lazy_kind kind, uint32_t text, uint32_t patience,
    void *(*make)(const void *arg), const void *arg)
{
	struct place *place = &lazy->places[text * LAZY_KINDS + kind];
	void *table = atomic_load(&place->table);

	if (table != NULL)
		return table;
	if (atomic_fetch_add(&place->asked, 1) < patience)
		return NULL;
	table = make(arg);
	return table != NULL ? publish(place, table) : NULL;
}
