/* answer_many.h - the queries of a list, or one, answered by a server or from the index. */
#ifndef ANSWER_MANY_H
#define ANSWER_MANY_H

#include "charindex.h"
#include "options.h"

/* Does all that the options say, and returns the exit status. `ci` is the index, or NULL: then a
 * server is asked. `words` is the query, or NULL: there is a list. */
int answer_many(const struct options *options, const struct charindex *ci, const char *words);

#endif
