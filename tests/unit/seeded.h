/* seeded.h - numbers that look random and are the same in every run. */
#ifndef SEEDED_H
#define SEEDED_H

#include <stdint.h>

/* Begin with any `state` but 0. */
struct seeded {
	uint64_t state;
};

/* A number below `limit`, which is not 0 (xorshift64*). */
static inline uint32_t
seeded_below(struct seeded *seeded, uint32_t limit)
{
	seeded->state ^= seeded->state >> 12;
	seeded->state ^= seeded->state << 25;
	seeded->state ^= seeded->state >> 27;
	return (uint32_t)((seeded->state * 2685821657736338717u) >> 32) % limit;
}

#endif
