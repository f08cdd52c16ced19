/* buffer.c - hides how bytes grow. */
#include "buffer.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

void
buffer_release(struct buffer *buffer)
{
	free(buffer->bytes);
	*buffer = (struct buffer){ 0 };
}

static bool
reserve(struct buffer *buffer, size_t length)
{
	size_t capacity = buffer->capacity > 0 ? buffer->capacity : 256;
	unsigned char *bytes;

	if (buffer->failed)
		return false;
	if (length <= buffer->capacity - buffer->length)
		return true;
	while (length > capacity - buffer->length)
		capacity *= 2;
	bytes = realloc(buffer->bytes, capacity);
	if (bytes == NULL) {
		buffer->failed = true;
		return false;
	}
	buffer->bytes = bytes;
	buffer->capacity = capacity;
	return true;
}

void *
buffer_append(struct buffer *buffer, const void *data, size_t length)
{
	unsigned char *at;

	if (!reserve(buffer, length))
		return NULL;
	if (length == 0) /* there may be no bytes yet to point to */
		return buffer->bytes;
	at = buffer->bytes + buffer->length;
	if (data != NULL)
		memcpy(at, data, length);
	else
		memset(at, 0, length);
	buffer->length += length;
	return at;
}

void
buffer_append_u16(struct buffer *buffer, uint16_t value)
{
	value = htole16(value);
	buffer_append(buffer, &value, sizeof(value));
}

void
buffer_append_u32(struct buffer *buffer, uint32_t value)
{
	uint32_t le = htole32(value);

	buffer_append(buffer, &le, sizeof(le));
}
