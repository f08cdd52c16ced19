/* language_list.h - lists of languages as settings have them: "fr", or "fr,de". */
#ifndef BASE_LANGUAGE_LIST_H
#define BASE_LANGUAGE_LIST_H

#include <stdbool.h>
#include <string.h>

/* The next language of the list, and its length; *list goes on behind it. NULL: there is none. */
static inline const char *
language_list_next(const char **list, size_t *length)
{
	const char *language = *list;

	*length = strcspn(language, ",");
	*list += *length + (language[*length] == ',');
	return *length > 0 ? language : NULL;
}

static inline bool
language_list_has(const char *list, const char *language)
{
	size_t wanted = strlen(language), length;
	const char *at;

	while ((at = language_list_next(&list, &length)) != NULL)
		if (length == wanted && memcmp(at, language, length) == 0)
			return true;
	return false;
}

#endif
