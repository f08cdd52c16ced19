/* allocations.h - memory that runs out when a test wants it to. For programs linked with
 * -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc; concerns the code linked into them, not
 * shared libraries. */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdbool.h>

/* The `n`-th allocation from now fails; the next is the first. 0: none does. */
void allocations_fail_at(unsigned n);

/* Ends what allocations_fail_at() began: has an allocation failed? */
bool allocations_have_failed(void);

#endif
