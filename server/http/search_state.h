/* search_state.h - a search that a request asks for, from its parameters to its answer. */
#ifndef SEARCH_STATE_H
#define SEARCH_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "charindex.h"

struct texts;

/* The most filters, and the parameters that are some: cat, script, block, age. */
#define SEARCH_MAX_FILTERS 16

struct search {
	bool wanted;    /* everything about it has been understood so far, and it is to be run */
	bool begun;     /* `answer` is there */
	bool no_memory; /* ... or it would be, had there been memory */
	bool verbatim;
	const char *parameter;
	const char *text; /* the query, stripped; "" if there is none. Lives in exchange->params */
	size_t length;
	struct charindex_settings settings;
	enum charindex_mode usual_mode;                /* which links need not say */
	char usual_language[CHARINDEX_LANGUAGES_SIZE]; /* and of settings.language, on pages */
	const struct texts *texts;                     /* of a page: in the language of who reads it */
	struct charindex_filter filters[SEARCH_MAX_FILTERS]; /* of the settings */
	struct charindex_answer answer;
	struct charindex_summary summary;
};

/* Frees what the search holds. */
void search_release(struct search *search);

#endif
