/* params.h - what a target says besides where it goes: the parameters of its query, and text in its
 * path, both with percent escapes (RFC 3986). */
#ifndef PARAMS_H
#define PARAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PARAMS_MAX 32

struct param {
	const char *name;
	const char *value; /* NUL-terminated */
	size_t length;     /* of the value */
};

struct params {
	unsigned count;
	struct param list[PARAMS_MAX];
};

enum params_error {
	PARAMS_OK,
	PARAMS_NOT_UTF8,
	PARAMS_NUL,
	PARAMS_TWICE,
	PARAMS_TOO_MANY,
};

/* Reads "a=b&c=d", with + for a space; a name by itself has an empty value. `room`, for `length` and
 * 1 bytes, is where the text of them goes, and must live as long as they do. A NUL is refused, but
 * for those in the values of q, query and text, which may be of any characters. Only filters, cat,
 * script, block and age, and lang may come more than once.
 * Anything but PARAMS_OK: *wrong is the name of the parameter that is wrong, in `room`; as it came,
 * if it is the name itself that cannot be read. *params has those before it. */
enum params_error params_read(const char *query, size_t length, struct params *params, char *room,
    const char **wrong);

/* What is wrong, after "The parameter 'x' ". */
const char *params_error_text(enum params_error error);

/* The one that is named so: NULL if there is none. */
const struct param *params_find(const struct params *params, const char *name);

/* Reads a number without sign and at most 9 digits: false if it is not one. */
bool params_number(const struct param *param, uint32_t *number);

/* Decodes a part of a path to `out`, which has room for `length` and 1 bytes, and ends it with a
 * NUL. False if it is not UTF-8 with percent escapes, or has a NUL in it. */
bool params_read_segment(const char *text, size_t length, char *out);

#endif
