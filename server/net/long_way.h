/* long_way.h - answers that are not settled at once: recalled, or found and then remembered. */
#ifndef LONG_WAY_H
#define LONG_WAY_H

#include <stdbool.h>

#include "charindex.h"

struct service;
struct snapshot;

/* charindex_answer_recall() from what the snapshot has in its cache: counted. */
bool long_way_recalls(struct service *service, const struct snapshot *snapshot,
    struct charindex_answer *answer);

/* charindex_answer_run(), for which it is the turn of whoever asks. */
enum charindex_err long_way_run(struct service *service, const struct snapshot *snapshot,
    struct charindex_answer *answer);

/* All of charindex_answer_begin() in one, with the snapshot that is served now, for those whose turn it is
 * whatever is asked. */
enum charindex_err long_way_begin(struct service *service, struct charindex_answer *answer,
    const struct charindex_settings *settings, struct charindex_text query);

#endif
