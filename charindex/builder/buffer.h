/* buffer.h - bytes that grow. Running out of memory is remembered, not reported at
 * each call: check `failed` once, when all has been appended. */
#ifndef CHARINDEX_BUFFER_H
#define CHARINDEX_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
	unsigned char *bytes; /* owned; NULL while nothing has been appended */
	size_t length, capacity;
	bool failed; /* memory ran out; what was appended since is lost */
};

/* All zero is an empty buffer. */
void buffer_release(struct buffer *buffer);

/* Appends `length` bytes (of zeros, if `data` is NULL) and returns where they stand
 * until the next append; NULL if memory ran out, or of no bytes in an empty buffer. */
void *buffer_append(struct buffer *buffer, const void *data, size_t length);

/* Appends `value` in little-endian order, of 2 bytes or 4. */
void buffer_append_u16(struct buffer *buffer, uint16_t value);
void buffer_append_u32(struct buffer *buffer, uint32_t value);

#endif
