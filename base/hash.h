/* hash.h - FNV-1a, 64 bits: tells texts apart that nobody makes alike on purpose. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_BEGIN UINT64_C(14695981039346656037)

/* Goes on from `hashed`, or from HASH_BEGIN. */
static inline uint64_t
hash_bytes(uint64_t hashed, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < length; i++)
		hashed = (hashed ^ at[i]) * UINT64_C(1099511628211);
	return hashed;
}

#endif
