/* query_field.h - what can stand before a colon, and what after it. */
#ifndef CHARINDEX_QUERY_FIELD_H
#define CHARINDEX_QUERY_FIELD_H

#include "query_parser.h"

#define FIELD_NAMES \
	"cat, script, block, age, is, looks, numeric, strokes, radical, in, lang, limit, from and others"

struct field;

/* The field that `name` is called, or NULL. */
const struct field *field_find(const char *name, size_t length);

/* Does it say how to answer, and not which rows are meant? */
bool field_is_setting(const struct field *field);

/* Takes the value, which is where the query says it: false if it is wrong, which has been said. */
bool field_take(const struct field *field, struct parser *parser, const char *value, size_t length);

#endif
