/* lazy.c - hides how threads agree on whose table is kept. */
#include "lazy.h"

#include <stdatomic.h>
#include <stdlib.h>

struct lazy {
	uint32_t count;
	_Atomic(void *) tables[]; /* owned; NULL: not yet */
};

struct lazy *
lazy_new(uint32_t dictionaries)
{
	size_t count = (dictionaries + (size_t)1) * LAZY_KINDS;
	struct lazy *lazy = calloc(1, sizeof(*lazy) + count * sizeof(lazy->tables[0]));

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
		free(atomic_load(&lazy->tables[n]));
	free(lazy);
}

/* Another thread may have made one meanwhile: it is the same, and one is enough. */
static const void *
publish(_Atomic(void *) *place, void *made)
{
	void *theirs = NULL;

	if (atomic_compare_exchange_strong(place, &theirs, made))
		return made;
	free(made);
	return theirs;
}

const void *
lazy_get(struct lazy *lazy, enum lazy_kind kind, uint32_t text, void *(*make)(const void *arg),
    const void *arg)
{
	_Atomic(void *) *place = &lazy->tables[text * LAZY_KINDS + kind];
	void *made = atomic_load(place);

	if (made != NULL)
		return made;
	made = make(arg);
	return made != NULL ? publish(place, made) : NULL;
}
