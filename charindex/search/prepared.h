/* prepared.h - a query that has been prepared: what each stage is given of it. */
#ifndef CHARINDEX_PREPARED_H
#define CHARINDEX_PREPARED_H

#include "query.h"
#include "result.h"

struct prepared {
	const struct charindex *ci;
	const struct charindex_settings *settings;
	const struct query *query;
	const char *text; /* of the query; of a plain one, without its settings */
	size_t length;
	const char *whole; /* with all that there is */
	size_t whole_length;
	const struct charindex_search *classic; /* of `text`, at its beginning; NULL: not begun yet */
	struct folded folded;                   /* the words of `text`, once they are needed */
	struct folded_words words;              /* these, if they are not too many to be looked for */
	bool corrected;                         /* they are what a typing error has been mended to */
	struct charindex_result *result;        /* what is filled */
	struct hits *hits;                      /* of the result */
};

/* What is searched for. */
static inline struct charindex_text
prepared_text(const struct charindex_answer *answer)
{
	const struct charindex_settings *settings = &answer->settings;

	if (settings->instead != NULL)
		return (struct charindex_text){ settings->instead, settings->instead_length };
	return (struct charindex_text){ answer->query, answer->query_length };
}

#endif
