/* bytes.c - hides how bytes are gathered and shown. */
#include "bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

void
bytes_release(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){ 0 };
}

void
bytes_add(struct bytes *bytes, const void *data, size_t length)
{
	if (bytes->capacity - bytes->length <= length) {
		bytes->capacity = 2 * bytes->capacity + length + 64;
		bytes->data = realloc(bytes->data, bytes->capacity);
		UNIT_HOLDS(bytes->data != NULL);
	}
	if (length > 0)
		memcpy(bytes->data + bytes->length, data, length);
	bytes->length += length;
	bytes->data[bytes->length] = '\0';
}

void
bytes_add_string(struct bytes *bytes, const char *string)
{
	bytes_add(bytes, string, strlen(string));
}

void
bytes_printf(struct bytes *bytes, const char *format, ...)
{
	va_list arguments;
	char *text;
	int length;

	va_start(arguments, format);
	length = vasprintf(&text, format, arguments);
	va_end(arguments);
	UNIT_HOLDS(length >= 0);
	bytes_add(bytes, text, (size_t)length);
	free(text);
}

void
bytes_repeat(struct bytes *bytes, const char *string, size_t times)
{
	while (times-- > 0)
		bytes_add_string(bytes, string);
}

void
bytes_add_escaped(struct bytes *bytes, const char *data, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (data[i] >= 0x20 && data[i] < 0x7F)
			bytes_add(bytes, data + i, 1);
		else
			bytes_printf(bytes, "\\x%02x", (unsigned char)data[i]);
	}
}

static void
add_number(struct bytes *bytes, uint64_t value, int size)
{
	for (int i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)(value >> (8 * i));

		bytes_add(bytes, &byte, 1);
	}
}

void
bytes_add_u16(struct bytes *bytes, uint16_t value)
{
	add_number(bytes, value, 2);
}

void
bytes_add_u32(struct bytes *bytes, uint32_t value)
{
	add_number(bytes, value, 4);
}

void
bytes_add_u64(struct bytes *bytes, uint64_t value)
{
	add_number(bytes, value, 8);
}

/* What is around `at`, for the message of a failure. */
static void
add_surroundings(struct bytes *message, const char *data, size_t length, size_t at)
{
	size_t begin = at > 40 ? at - 40 : 0, end = length - at > 40 ? at + 40 : length;

	bytes_add_escaped(message, data + begin, end - begin);
}

void
bytes_must_be(const char *what, const char *got, size_t got_length, const char *expected,
    size_t expected_length)
{
	size_t common = got_length < expected_length ? got_length : expected_length, at = 0;
	struct bytes message = { 0 };

	while (at < common && got[at] == expected[at])
		at++;
	if (at == got_length && at == expected_length)
		return;
	bytes_printf(&message, "from byte %zu on, of %zu, it is:\n\t", at, got_length);
	add_surroundings(&message, got, got_length, at);
	bytes_printf(&message, "\ninstead of, of %zu:\n\t", expected_length);
	add_surroundings(&message, expected, expected_length, at);
	ck_abort_msg("%s: %s", what, message.data);
}

char *
bytes_exact_copy(const char *data, size_t length)
{
	/* no memory of 0 bytes: its address may be NULL */
	char *copy = malloc(length > 0 ? length : 1);

	UNIT_HOLDS(copy != NULL);
	if (length > 0)
		memcpy(copy, data, length);
	return copy;
}
