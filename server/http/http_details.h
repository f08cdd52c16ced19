/* http_details.h - what the page shows of one character. */
#ifndef HTTP_DETAILS_H
#define HTTP_DETAILS_H

#include "http_query.h"
#include "text.h"

/* Adds the path of the page about the characters of a row. */
void http_details_link(struct text *out, const struct charindex_row *row);

/* Adds the section with all that is known of a character. */
void http_details_put(struct text *out, const struct charindex *ci, const struct http_char *found);

#endif
