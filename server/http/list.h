/* list.h - the comma-separated lists that header values are (RFC 9110, section 5.6.1). Reads
 * values whose bytes are those that request.c lets pass, and any others too. */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

/* What has not been read of a value yet. */
struct list {
	const char *bytes;
	size_t length;
};

/* One of its elements, without the white space around it; points into the value. */
struct list_element {
	const char *bytes;
	size_t length; /* at least 1 */
};

/* Takes the first element off the list, passing over empty ones: false if there is none. A comma
 * between two quotation marks is part of the element. */
bool list_next(struct list *list, struct list_element *element);

/* Takes what is after the last comma off the list: false if the list has nothing left. Quotation
 * marks mean nothing here, so that what was at the beginning of the list cannot swallow what
 * others have appended. Here elements may be empty (length 0). */
bool list_last(struct list *list, struct list_element *element);

/* Takes what is before the first `separator` of the element, or all of it, off it, without the
 * white space around either of them. */
struct list_element list_cut(struct list_element *element, char separator);

/* Is it `token`, which is in lower case, but for the case of its letters? */
bool list_is(const struct list_element *element, const char *token);

#endif
