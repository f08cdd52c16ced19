/* crc32.h - the checksum of charindex.db (CRC-32/ISO-HDLC, as zlib and PNG use). */
#ifndef CHARINDEX_CRC32_H
#define CHARINDEX_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* The CRC-32 of some bytes that `crc` is the checksum of, followed by `length` bytes
 * at `data`. Begin with crc 0. */
uint32_t crc32_update(uint32_t crc, const void *data, size_t length);

#endif
