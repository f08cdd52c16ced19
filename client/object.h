/* object.h - strings of JSON. */
#ifndef OBJECT_H
#define OBJECT_H

#include "charindex.h"
#include "strbuf.h"

/* Adds the text of a string that is between its quotes, with its escapes undone. */
void object_unescape(struct strbuf *out, struct charindex_text string);

#endif
