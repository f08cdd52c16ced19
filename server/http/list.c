/* list.c - takes the lists in header values apart. */
#include "list.h"

#include <string.h>

#include "ascii.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

static void
trim(struct list_element *element)
{
	while (element->length > 0 && is_space(element->bytes[0])) {
		element->bytes++;
		element->length--;
	}
	while (element->length > 0 && is_space(element->bytes[element->length - 1]))
		element->length--;
}

/* Where the first element ends: at a comma, or with the list. */
static size_t
find_end(const struct list *list)
{
	bool quoted = false;
	size_t at;

	for (at = 0; at < list->length && (quoted || list->bytes[at] != ','); at++)
		if (list->bytes[at] == '"')
			quoted = !quoted;
	return at;
}

bool
list_next(struct list *list, struct list_element *element)
{
	while (list->length > 0) {
		size_t end = find_end(list), taken = end < list->length ? end + 1 : end;

		*element = (struct list_element){ list->bytes, end };
		list->bytes += taken;
		list->length -= taken;
		trim(element);
		if (element->length > 0)
			return true;
	}
	return false;
}

bool
list_last(struct list *list, struct list_element *element)
{
	const char *comma = memrchr(list->bytes, ',', list->length);
	size_t before = comma != NULL ? (size_t)(comma - list->bytes) : 0;
	size_t begin = comma != NULL ? before + 1 : 0;

	if (list->length == 0)
		return false;
	*element = (struct list_element){ list->bytes + begin, list->length - begin };
	list->length = before;
	trim(element);
	return true;
}

struct list_element
list_cut(struct list_element *element, char separator)
{
	struct list_element first = *element;
	const char *end = memchr(element->bytes, separator, element->length);
	size_t taken = element->length;

	if (end != NULL) {
		first.length = (size_t)(end - element->bytes);
		taken = first.length + 1;
	}
	element->bytes += taken;
	element->length -= taken;
	trim(&first);
	trim(element);
	return first;
}

bool
list_is(const struct list_element *element, const char *token)
{
	for (size_t i = 0; i < element->length; i++) {
		char c = ascii_lower(element->bytes[i]);

		if (c != token[i] || c == '\0')
			return false;
	}
	return token[element->length] == '\0';
}
