/* params.c - reads text in URLs. */
#include "params.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "ascii.h"

/* ---- percent escapes ------------------------------------------------------------------- */

static bool
is_utf8(const char *text, size_t length)
{
	const uint8_t *bytes = (const uint8_t *)text;
	int32_t at = 0, end = (int32_t)length;
	UChar32 c;

	while (at < end) {
		if (U8_IS_SINGLE(bytes[at])) {
			at++;
			continue;
		}
		U8_NEXT(bytes, at, end, c);
		if (c < 0)
			return false;
	}
	return true;
}

/* Decodes to `out`, ends that with a NUL and sets *written to its length: false if it is not UTF-8
 * with percent escapes. `plus` stands for itself, or for a space. */
static bool
decode(const char *text, size_t length, char plus, char *out, size_t *written)
{
	char *end = out;

	for (size_t i = 0; i < length; i++) {
		char c = text[i] == '+' ? plus : text[i];

		if (c == '%') {
			bool whole = length - i >= 3;
			int high = whole ? ascii_hex(text[i + 1]) : -1,
			    low = whole ? ascii_hex(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		}
		*end++ = c;
	}
	*end = '\0';
	*written = (size_t)(end - out);
	return is_utf8(out, *written);
}

bool
params_read_segment(const char *text, size_t length, char *out)
{
	size_t written;

	return decode(text, length, '+', out, &written) && strlen(out) == written;
}

/* ---- parameters ------------------------------------------------------------------------- */

static bool
is_one_of(const char *const *names, const char *name)
{
	while (*names != NULL && strcmp(*names, name) != 0)
		names++;
	return *names != NULL;
}

/* Which may have any characters. */
static const char *const of_any_characters[] = { "q", "query", "text", NULL };

/* Which may come more than once. */
static const char *const repeatable[] = { "cat", "script", "block", "age", "lang", NULL };

/* Reads the name to *room, which then is after it; if it cannot be read, as it came. */
static enum params_error
read_name(const char *text, size_t length, struct param *param, char **room)
{
	size_t written;
	bool decoded = decode(text, length, ' ', *room, &written);

	if (!decoded || strlen(*room) != written) {
		memcpy(*room, text, length);
		(*room)[length] = '\0';
		param->name = *room;
		return decoded ? PARAMS_NUL : PARAMS_NOT_UTF8;
	}
	param->name = *room;
	*room += written + 1;
	return PARAMS_OK;
}

static enum params_error
read_value(const char *text, size_t length, struct param *param, char **room)
{
	if (!decode(text, length, ' ', *room, &param->length))
		return PARAMS_NOT_UTF8;
	if (strlen(*room) != param->length && !is_one_of(of_any_characters, param->name))
		return PARAMS_NUL;
	param->value = *room;
	*room += param->length + 1;
	return PARAMS_OK;
}

/* Reads "name=value", or a name. */
static enum params_error
read_one(const char *text, size_t length, const struct params *params, struct param *param,
    char **room)
{
	const char *equals = memchr(text, '=', length);
	size_t name_length = equals != NULL ? (size_t)(equals - text) : length;
	enum params_error error = read_name(text, name_length, param, room);

	if (error != PARAMS_OK)
		return error;
	if (params->count == PARAMS_MAX)
		return PARAMS_TOO_MANY;
	if (params_find(params, param->name) != NULL && !is_one_of(repeatable, param->name))
		return PARAMS_TWICE;
	/* without a value, the NUL after its name is it: so the room needed is that of the query */
	param->value = *room - 1;
	if (equals == NULL)
		return PARAMS_OK;
	return read_value(equals + 1, length - name_length - 1, param, room);
}

enum params_error
params_read(const char *query, size_t length, struct params *params, char *room, const char **wrong)
{
	const char *end = query + length;

	params->count = 0;
	while (query < end) {
		const char *ampersand = memchr(query, '&', (size_t)(end - query));
		const char *one_end = ampersand != NULL ? ampersand : end;
		struct param param = { 0 };
		enum params_error error = PARAMS_OK;

		if (one_end > query) {
			error = read_one(query, (size_t)(one_end - query), params, &param, &room);
			*wrong = param.name;
			if (error != PARAMS_OK)
				return error;
			params->list[params->count++] = param;
		}
		query = one_end + (ampersand != NULL);
	}
	return PARAMS_OK;
}

const char *
params_error_text(enum params_error error)
{
	static const char *const texts[] = {
		[PARAMS_OK] = "",
		[PARAMS_NOT_UTF8] = "is not UTF-8 with percent escapes (RFC 3986)",
		[PARAMS_NUL] = "has a NUL in it",
		[PARAMS_TWICE] = "is given twice",
		[PARAMS_TOO_MANY] = "is one parameter too many",
	};

	return texts[error];
}

const struct param *
params_find(const struct params *params, const char *name)
{
	for (unsigned i = 0; i < params->count; i++)
		if (strcmp(params->list[i].name, name) == 0)
			return &params->list[i];
	return NULL;
}

bool
params_number(const struct param *param, uint32_t *number)
{
	if (param->length == 0 || param->length > 9 ||
	    strspn(param->value, "0123456789") != param->length)
		return false;
	*number = (uint32_t)strtoul(param->value, NULL, 10);
	return true;
}
