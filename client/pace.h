/* pace.h - so many queries a second, and no more: evenly, but for what a timer cannot tell apart. */
#ifndef PACE_H
#define PACE_H

#include <stdbool.h>
#include <stdint.h>

#define NS_PER_SECOND 1000000000u

struct pace {
	uint64_t interval; /* ns between two; 0: no limit */
	uint64_t due;      /* when the next one is */
};

/* `per_second`: 0 is no limit. `now` in ns, here and below. */
void pace_init(struct pace *pace, unsigned per_second, uint64_t now);

/* Is there a limit? */
static inline bool
pace_is_limited(const struct pace *pace)
{
	return pace->interval > 0;
}

/* Takes one, if one is due: returns 0, or else the ns until one is. */
uint64_t pace_take(struct pace *pace, uint64_t now);

#endif
