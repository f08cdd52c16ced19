/* http_query.h - the parameters of a search, and of a character, as both the API and the page
 * take them. */
#ifndef HTTP_QUERY_H
#define HTTP_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charindex.h"

struct http_exchange;

/* The longest query in bytes, as in PROTOCOL.md. */
#define HTTP_MAX_QUERY 4096

struct http_query {
	struct charindex_settings settings;
	const char *text; /* stripped; "" if there is none */
	size_t length;
	/* what is wrong with the parameters, if http_query_read() is false */
	const char *parameter;
	char wrong[200];
};

/* How many rows an answer may have. */
struct http_limits {
	uint32_t usual; /* 0: all */
	uint32_t most;
	bool verbatim; /* white space around the text belongs to it */
};

/* Reads the query from the parameter called `name`, and limit, from, lang and mode: false if
 * one of them is wrong. *query is valid as long as the exchange's parameters. */
bool http_query_read(const struct http_exchange *exchange, const char *name,
    struct http_limits limits, struct http_query *query);

/* May the query be answered now? If not, the handler returns, as http_exchange_alone() says: it
 * takes long, unless the seed's rule settles it. */
bool http_query_may_begin(struct http_exchange *exchange, const struct http_query *query);

/* The mode of a query that does not say which. */
enum charindex_mode http_usual_mode(const struct http_exchange *exchange);

/* A character, or a sequence of them that has a name. */
struct http_char {
	uint32_t row; /* or CHARINDEX_NO_ROW */
	struct charindex_row facts;
	struct charindex_label label;
};

/* Finds "U+2657", or "U+1F468-U+200D-U+1F4BB", as it stands in a URL. NULL if that is done,
 * else what is wrong with it; *status is 400 or 404 then. */
const char *http_char_find(const struct charindex *ci, const char *id, struct http_char *found,
    int *status);

/* The character as such, also if it is a control and its row does not show it, in UTF-8: returns
 * its length, 0 if it has none (surrogates). `room` is for where it is not in the index. */
size_t http_char_text(const struct http_char *found, const char **text, char room[4]);

#endif
