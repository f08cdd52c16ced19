/* row.h - a rendered row of an answer taken apart again. */
#ifndef CHARINDEX_ROW_H
#define CHARINDEX_ROW_H

#include <stdbool.h>
#include <stddef.h>

/* Finds the name in the row of `length` bytes at `text`, "U+2657 \t♗\tNAME\r\n":
 * true, *name and *name_length; false if it is not of that form. */
bool row_name(const char *text, size_t length, const char **name, size_t *name_length);

#endif
