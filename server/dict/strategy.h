/* strategy.h - the ways in which MATCH compares: a table. */
#ifndef STRATEGY_H
#define STRATEGY_H

#include <stdbool.h>

#include "charindex.h"

enum strategy_kind {
	STRATEGY_HEADWORDS, /* each headword for itself, as charindex_look_up() does */
	STRATEGY_PAGE,      /* the same, and part of them */
	STRATEGY_SEARCH,    /* as the prompt finds rows, best first */
};

struct strategy {
	const char *name;
	const char *description;
	enum strategy_kind kind;
	enum charindex_matching matching;
	enum charindex_mode mode; /* of STRATEGY_SEARCH */
};

/* All of them, ended by one without a name. */
extern const struct strategy strategies[];

/* The one with the name, in capitals or small letters, or `.` for the default; or NULL. */
const struct strategy *strategy_find(struct charindex_text name);

#endif
