/* database.h - what the index is to clients of DICT: a table of databases, and those of the
 * languages that it has keywords in. */
#ifndef DATABASE_H
#define DATABASE_H

#include <stdbool.h>
#include <stddef.h>

#include "charindex.h"

enum database_kind {
	DATABASE_HEADWORDS,
	DATABASE_CHARACTERS, /* headwords are the characters themselves */
	DATABASE_SEARCH,     /* one definition: the answer of the prompt */
	DATABASE_EXIT,       /* ends those that are asked by default */
};

/* Room for a name, and a NUL. */
#define DATABASE_NAME_SIZE 24

struct database {
	enum database_kind kind;
	enum charindex_vocabulary vocabulary;
	const char *language; /* of keywords; lives as long as the index */
	const char *about;    /* more than the title says, in one line */
	char name[DATABASE_NAME_SIZE];
	char title[80];
};

/* The number of those that are asked for `*` and `!`: the first ones. */
#define DATABASE_DEFAULTS 5

/* The number of the one of kind DATABASE_SEARCH. */
#define DATABASE_OF_SEARCH 2

/* The database with number `n`: false if there are no more. */
bool database_get(const struct charindex *ci, unsigned n, struct database *out);

/* How many there are. */
unsigned database_count(const struct charindex *ci);

/* Databases that are asked one after the other: numbers, from `first` to before `end`. */
struct database_range {
	unsigned first, end;
	bool until_first; /* that has an answer */
};

/* Those that `name` stands for: for `*` and `!` all by default. False if there is no such database. */
bool database_find(const struct charindex *ci, struct charindex_text name,
    struct database_range *range);

#endif
