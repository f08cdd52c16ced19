/* histogram.c - reads a histogram. */
#include "histogram.h"

/* The greatest value that belongs to a slot. */
static uint64_t
upper_end(uint32_t slot)
{
	uint32_t shift = slot >> HISTOGRAM_BITS;
	uint64_t value = slot;

	if (shift <= 1)
		return value;
	shift--;
	value -= (uint64_t)shift << HISTOGRAM_BITS;
	return ((value + 1) << shift) - 1;
}

uint64_t
histogram_percentile(const struct histogram *histogram, double share)
{
	double wanted = share * (double)histogram->total;
	uint64_t seen = 0;

	for (uint32_t slot = 0; slot < HISTOGRAM_SLOTS; slot++) {
		seen += histogram->slots[slot];
		if (seen > 0 && (double)seen >= wanted)
			return upper_end(slot);
	}
	return 0;
}
