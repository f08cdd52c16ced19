/* bytes.h - bytes that a test gathers, and comparing them. Memory that runs out fails the
 * test. */
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>

struct bytes {
	char *data; /* owned; NUL-terminated once something has been added */
	size_t length, capacity;
};

/* All zero is none. */
void bytes_release(struct bytes *bytes);

void bytes_add(struct bytes *bytes, const void *data, size_t length);
void bytes_add_string(struct bytes *bytes, const char *string);

/* Adds what printf() would print. */
void bytes_printf(struct bytes *bytes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds `string` `times` times. */
void bytes_repeat(struct bytes *bytes, const char *string, size_t times);

/* Adds `length` bytes so that all stays readable: others than printable ASCII as \xhh. */
void bytes_add_escaped(struct bytes *bytes, const char *data, size_t length);

/* Adds little-endian integers. */
void bytes_add_u16(struct bytes *bytes, uint16_t value);
void bytes_add_u32(struct bytes *bytes, uint32_t value);
void bytes_add_u64(struct bytes *bytes, uint64_t value);

/* Fails the test, which is about `what`, unless both are the same. */
void bytes_must_be(const char *what, const char *got, size_t got_length, const char *expected,
    size_t expected_length);

/* A copy in memory of exactly this size, for sanitizers to see what is read beyond it.
 * Owned by the caller; never NULL. */
char *bytes_exact_copy(const char *data, size_t length);

#endif
