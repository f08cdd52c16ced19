/* crc32.c - hides the arithmetic of the checksum: half a byte at a time, with a table of 64 bytes, for what
 * is checked at a start; eight bytes at a time for whole sections, which takes a quarter of the time. */
#include "crc32.h"

#include <endian.h>
#include <pthread.h>
#include <string.h>

/* crc of each nibble, polynomial 0xEDB88320 reflected */
/* clang-format off */
static const uint32_t nibble[16] = {
	0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
	0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
	0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
	0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
};
/* clang-format on */

static uint32_t
add_byte(uint32_t crc, unsigned char byte)
{
	crc ^= byte;
	crc = (crc >> 4) ^ nibble[crc & 15];
	return (crc >> 4) ^ nibble[crc & 15];
}

/* crc of each byte with so many zeros behind it, made by whoever first needs it */
static uint32_t behind[8][256];

static void
make_tables(void)
{
	for (unsigned byte = 0; byte < 256; byte++) {
		behind[0][byte] = add_byte(0, (unsigned char)byte);
		for (int zeros = 1; zeros < 8; zeros++)
			behind[zeros][byte] = add_byte(behind[zeros - 1][byte], 0);
	}
}

/* From how many bytes on the tables are worth it. */
#define MANY 4096

/* Adds `eights` times eight bytes ("slicing by 8", M. Kounavis and F. Berry 2005): that all lookups of one
 * step can be made at once is what makes it fast. */
static uint32_t
add_eights(uint32_t crc, const unsigned char *byte, size_t eights)
{
	static pthread_once_t made = PTHREAD_ONCE_INIT;

	pthread_once(&made, make_tables);
	for (; eights > 0; eights--, byte += 8) {
		uint64_t eight;

		memcpy(&eight, byte, sizeof(eight));
		eight = le64toh(eight) ^ crc;
		crc = 0;
		for (int zeros = 7; zeros >= 0; zeros--, eight >>= 8)
			crc ^= behind[zeros][eight & 0xFF];
	}
	return crc;
}

uint32_t
crc32_update(uint32_t crc, const void *data, size_t length)
{
	const unsigned char *byte = data;
	size_t eights = length >= MANY ? length / 8 : 0;

	crc = ~crc;
	if (eights > 0)
		crc = add_eights(crc, byte, eights);
	for (size_t i = 8 * eights; i < length; i++)
		crc = add_byte(crc, byte[i]);
	return ~crc;
}
