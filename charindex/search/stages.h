/* stages.h - the stages by which a query is answered, one after the other, until one has hits. */
#ifndef CHARINDEX_STAGES_H
#define CHARINDEX_STAGES_H

#include "prepared.h"

/* Answers the query. False if there is no memory. */
bool stages_run(struct prepared *prepared);

#endif
