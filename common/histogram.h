/* histogram.h - times in nanoseconds, counted in slots of some 1.5 % width, so that
 * percentiles need no memory per time. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

/* A power of two is cut into 2^6 slots; below 2^7 every number has its own. */
#define HISTOGRAM_BITS 6
#define HISTOGRAM_SLOTS ((64 - HISTOGRAM_BITS + 1) << HISTOGRAM_BITS)

/* All zero is empty. */
struct histogram {
	uint64_t total;
	uint64_t slots[HISTOGRAM_SLOTS];
};

static inline uint32_t
histogram_slot(uint64_t value)
{
	uint32_t shift = 0;

	if (value >> (HISTOGRAM_BITS + 1) != 0)
		shift = 63 - (uint32_t)__builtin_clzll(value) - HISTOGRAM_BITS;
	return (shift << HISTOGRAM_BITS) + (uint32_t)(value >> shift);
}

static inline void
histogram_add(struct histogram *histogram, uint64_t value)
{
	histogram->slots[histogram_slot(value)]++;
	histogram->total++;
}

/* The value that `share`, from 0 to 1, of all values do not exceed; 0 if there are none. */
uint64_t histogram_percentile(const struct histogram *histogram, double share);

#endif
