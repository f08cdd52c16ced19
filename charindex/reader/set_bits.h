/* set_bits.h - counting bits, for what a set has on its next level (FORMAT.md, "Posting lists"). */
#ifndef CHARINDEX_SET_BITS_H
#define CHARINDEX_SET_BITS_H

#include <stdint.h>

/* How many bits are set: side by side in ever larger fields, for not all processors that programs are
 * built for have an instruction for it, and gcc would call a function. */
static inline uint32_t
set_bit_count(uint64_t bits)
{
	bits -= bits >> 1 & 0x5555555555555555u;
	bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
	bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
	return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

#endif
