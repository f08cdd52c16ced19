/* members.h - the members of a JSON object, and which of them are wanted. */
#ifndef MEMBERS_H
#define MEMBERS_H

#include <stdbool.h>
#include <stdint.h>

struct text;

enum member {
	MEMBER_CODE,
	MEMBER_CODES,
	MEMBER_CHAR,
	MEMBER_SHOWN,
	MEMBER_BOXED,
	MEMBER_NAME,
	MEMBER_CATEGORY, /* properties, in the order of enum charindex_property */
	MEMBER_SCRIPT,
	MEMBER_BLOCK,
	MEMBER_AGE,
	MEMBER_SOURCE, /* of results only ... */
	MEMBER_THROUGH,
	MEMBER_ENTITY,
	MEMBER_PROPERTIES, /* ... and of details only */
	MEMBER_FORMS,
	MEMBER_RECORDS,
	MEMBER_RELATED,
	MEMBER_REFERENCES,
	MEMBER_PREVIOUS,
	MEMBER_NEXT,
	MEMBER_COUNT,
};

/* Those of a character, of one that was found, and of one with its details. */
#define MEMBERS_OF_CHARACTER ((1u << MEMBER_SOURCE) - 1)
#define MEMBERS_OF_SEARCH (1u << MEMBER_SOURCE | 1u << MEMBER_THROUGH | 1u << MEMBER_ENTITY)
#define MEMBERS_OF_RESULT (MEMBERS_OF_CHARACTER | MEMBERS_OF_SEARCH)
#define MEMBERS_OF_DETAILS (((1u << MEMBER_COUNT) - 1) & ~MEMBERS_OF_SEARCH)

/* An object that is being written. */
struct members {
	struct text *out;
	uint32_t wanted; /* a bit for each */
	bool begun;
};

/* Is the member wanted? Then its name has been written, and its value is next. */
bool members_next(struct members *members, enum member member);

/* A constant. */
const char *members_name(enum member member);

#endif
