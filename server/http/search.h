/* search.h - the search that a request asks for: its parameters, and its running. */
#ifndef SEARCH_H
#define SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charindex.h"
#include "search_state.h"

struct exchange;

/* The longest query in bytes, as in PROTOCOL.md. */
#define SEARCH_MAX_QUERY 4096

/* The most filters, and the parameters that are some: cat, script, block, age. */
#define SEARCH_MAX_FILTERS 16
extern const char *const search_filter_names[CHARINDEX_PROPERTY_COUNT];

/* Room for what is wrong with a parameter, as a sentence. */
#define SEARCH_WRONG_SIZE 200

/* What a path lets be asked. */
struct search_form {
	const char *parameter; /* the name of that with the query */
	uint32_t usual_rows;   /* of a page; 0: all */
	uint32_t most_rows;
	bool verbatim; /* the query is a text, of which the characters are wanted, and white
	                        * space around it belongs to it. So is one of nothing but white space
	                        * that is not all ASCII, wherever it is asked for */
	bool page;     /* for a person: in wide mode, and in the languages of the browser */
};

/* Reads the parameters of a search. False if one of them is wrong: *parameter is the one, and
 * `wrong` says what about it. */
bool search_read(struct exchange *exchange, const struct search_form *form, const char **parameter,
    char wrong[SEARCH_WRONG_SIZE]);

/* As search_read(), for the API: what is wrong is answered. The query must be there. If true, the
 * search is wanted. */
bool search_prepare(struct exchange *exchange, const struct search_form *form);

/* May the client search now (--max-rate-per-address)? If not, that has been answered. */
bool search_is_allowed(struct exchange *exchange);

/* The search is to be run. */
bool search_is_wanted(const struct exchange *exchange);

/* Runs it by the classic rule, in some microseconds: false if that does not settle it. */
bool search_at_once(struct exchange *exchange);

/* Runs it, which may take some milliseconds. */
void search_further(struct exchange *exchange);

/* Has it an answer? If not, what is wrong has been answered: for the API. */
bool search_has_answer(struct exchange *exchange);

/* The status line of the answer: in memory that the caller frees, and its length. NULL without
 * memory. */
char *search_status(const struct search *search, size_t *length);

#endif
