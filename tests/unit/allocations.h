/* allocations.h - memory that runs out when a test wants it to, and how much is held. For
 * programs linked with -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free; concerns
 * the code linked into them, not shared libraries. */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

/* The `n`-th allocation from now fails; the next is the first. 0: none does. */
void allocations_fail_at(unsigned n);

/* Ends what allocations_fail_at() began: has an allocation failed? */
bool allocations_have_failed(void);

/* Counts from now on; what is freed must have been allocated since. */
void allocations_count(void);

/* Ends the counting. */
struct allocations {
	unsigned calls; /* that asked for memory */
	size_t held;    /* bytes that have not been freed */
	size_t most;    /* bytes held at once, in the sizes that the allocator gives */
};
struct allocations allocations_counted(void);

/* Lets ICU allocate through here too, so that its memory counts. Before anything is done
 * with ICU. */
void allocations_of_icu(void);

#endif
