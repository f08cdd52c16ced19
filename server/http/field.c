/* field.c - reads the values of header fields. Nothing is believed of their bytes. */
#include "field.h"

#include <string.h>

#include "list.h"

/* ---- weights (RFC 9110, section 12.4.2) -------------------------------------------------- */

#define WEIGHT_ONE 1000

/* The thousandths that "0.5", "1", "1.000" are: -1 if it is none of them. */
static int
read_weight(const struct list_element *text)
{
	int weight = 0, digit = WEIGHT_ONE;

	if (text->length == 0 || text->length > strlen("0.123") ||
	    (text->length > 1 && text->bytes[1] != '.'))
		return -1;
	for (size_t i = 0; i < text->length; i++) {
		char c = text->bytes[i];

		if (i == 1)
			continue;
		if (c < '0' || c > (i == 0 ? '1' : '9'))
			return -1;
		weight += (c - '0') * digit;
		digit /= 10;
	}
	return weight <= WEIGHT_ONE ? weight : -1;
}

/* The weight in what comes after "gzip;": -1 if it is not one. */
static int
read_parameter(struct list_element text)
{
	if (text.length < 2 || (text.bytes[0] | 0x20) != 'q' || text.bytes[1] != '=')
		return -1;
	text.bytes += 2;
	text.length -= 2;
	return read_weight(&text);
}

/* ---- Accept-Encoding --------------------------------------------------------------------- */

static uint16_t *
find_encoding(struct field_encodings *encodings, const struct list_element *name)
{
	if (list_is(name, "gzip"))
		return &encodings->gzip;
	if (list_is(name, "identity"))
		return &encodings->identity;
	return list_is(name, "*") ? &encodings->others : NULL;
}

static void
read_encoding(struct field_encodings *encodings, struct list_element element)
{
	bool weighted = memchr(element.bytes, ';', element.length) != NULL;
	struct list_element name = list_cut(&element, ';');
	uint16_t *known = find_encoding(encodings, &name);
	int weight;

	if (known == NULL)
		return;
	weight = weighted ? read_parameter(element) : WEIGHT_ONE;
	if (weight >= 0 && (*known == 0 || weight + 1 < *known))
		*known = (uint16_t)(weight + 1);
}

void
field_read_encodings(struct field_encodings *encodings, const char *value, size_t length)
{
	struct list list = { value, length };
	struct list_element element;

	while (list_next(&list, &element))
		read_encoding(encodings, element);
}

bool
field_prefers_gzip(const struct field_encodings *encodings)
{
	unsigned gzip = encodings->gzip != 0 ? encodings->gzip : encodings->others;

	return gzip > 1 && gzip >= encodings->identity;
}

/* ---- Accept-Language --------------------------------------------------------------------- */

static void
add_language(struct field_languages *languages, const struct field_language *language)
{
	unsigned at = languages->count;

	while (at > 0 && languages->list[at - 1].weight < language->weight)
		at--;
	if (at == FIELD_MAX_LANGUAGES)
		return;
	if (languages->count < FIELD_MAX_LANGUAGES)
		languages->count++;
	memmove(&languages->list[at + 1], &languages->list[at],
	    (languages->count - at - 1) * sizeof(languages->list[0]));
	languages->list[at] = *language;
}

void
field_read_languages(struct field_languages *languages, const char *value, size_t length)
{
	struct list list = { value, length };
	struct list_element element;

	while (list_next(&list, &element)) {
		bool weighted = memchr(element.bytes, ';', element.length) != NULL;
		struct list_element tag = list_cut(&element, ';');
		struct field_language language = { tag.bytes, tag.length,
			weighted ? read_parameter(element) : WEIGHT_ONE };

		if (language.weight > 0 && tag.length > 0 && !list_is(&tag, "*"))
			add_language(languages, &language);
	}
}

/* ---- Connection -------------------------------------------------------------------------- */

bool
field_has_token(const char *value, size_t length, const char *token)
{
	struct list list = { value, length };
	struct list_element element;

	while (list_next(&list, &element))
		if (list_is(&element, token))
			return true;
	return false;
}

/* ---- If-None-Match ----------------------------------------------------------------------- */

static bool
is_tag(struct list_element element, const char *tag, size_t tag_length)
{
	if (element.length > 2 && memcmp(element.bytes, "W/", 2) == 0) {
		element.bytes += 2;
		element.length -= 2;
	}
	return element.length == tag_length && memcmp(element.bytes, tag, tag_length) == 0;
}

bool
field_has_tag(const char *value, size_t length, const char *tag)
{
	struct list list = { value, length };
	struct list_element element;
	size_t tag_length = strlen(tag);

	if (length == 1 && value[0] == '*')
		return true;
	while (list_next(&list, &element))
		if (is_tag(element, tag, tag_length))
			return true;
	return false;
}

/* ---- Content-Length ---------------------------------------------------------------------- */

bool
field_promises_body(const char *value, size_t length)
{
	bool all_zero = true;

	for (size_t i = 0; i < length; i++) {
		if (value[i] < '0' || value[i] > '9')
			return false;
		all_zero &= value[i] == '0';
	}
	return !all_zero;
}
