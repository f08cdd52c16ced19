/* http_params.c - hides how text is written in URLs. */
#include "http_params.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

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

long
http_decode(const char *text, size_t length, bool plus, char *out)
{
	size_t written = 0;

	for (size_t i = 0; i < length; i++) {
		char c = text[i];

		if (c == '%') {
			if (length - i < 3 || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0)
				return -1;
			c = (char)(hex(text[i + 1]) << 4 | hex(text[i + 2]));
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[written++] = c;
	}
	out[written] = '\0';
	return is_utf8(out, written) ? (long)written : -1;
}

/* Reads one "name=value". */
static const char *
read_one(const char *text, size_t length, struct http_params *params, char **room)
{
	const char *equals = memchr(text, '=', length);
	size_t name_length = equals != NULL ? (size_t)(equals - text) : length;
	struct http_param param = { .name = *room };
	long decoded = http_decode(text, name_length, true, *room);

	if (decoded < 0)
		return "is not UTF-8 with percent escapes (RFC 3986)";
	*room += decoded + 1;
	param.value = *room;
	if (equals != NULL)
		decoded = http_decode(equals + 1, length - name_length - 1, true, *room);
	else
		**room = '\0', decoded = 0;
	if (decoded >= 0)
		*room += decoded + 1;
	if (params->count == HTTP_MAX_PARAMS)
		return "is one parameter too many";
	if (http_param(params, param.name) != NULL)
		return "is given twice";
	param.length = decoded >= 0 ? (size_t)decoded : 0;
	params->list[params->count++] = param;
	return decoded < 0 ? "is not UTF-8 with percent escapes (RFC 3986)" : NULL;
}

const char *
http_params_read(const char *query, struct http_params *params, char *room)
{
	const char *wrong = NULL;

	params->count = 0;
	while (*query != '\0' && wrong == NULL) {
		size_t length = strcspn(query, "&");

		if (length > 0)
			wrong = read_one(query, length, params, &room);
		query += length + (query[length] == '&');
	}
	return wrong;
}

const struct http_param *
http_param(const struct http_params *params, const char *name)
{
	for (unsigned i = 0; i < params->count; i++)
		if (strcmp(params->list[i].name, name) == 0)
			return &params->list[i];
	return NULL;
}

bool
http_param_number(const struct http_param *param, uint32_t *number)
{
	if (param->length == 0 || param->length > 9 ||
	    strspn(param->value, "0123456789") != param->length)
		return false;
	*number = (uint32_t)strtoul(param->value, NULL, 10);
	return true;
}
