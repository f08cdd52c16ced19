/* char_id.h - a character, or a sequence of them that has a name. */
#ifndef CHAR_ID_H
#define CHAR_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charindex.h"

struct char_id {
	uint32_t row; /* or CHARINDEX_NO_ROW */
	struct charindex_row facts;
	struct charindex_label label;
};

/* Finds one code point, or a sequence of up to CHARINDEX_MAX_CODES: false if it is none of the index. */
bool char_id_of(const struct charindex *ci, const uint32_t *code_points, unsigned count,
    struct char_id *found);

/* The character as such, also if it is a control and its row does not show it, in UTF-8: returns
 * its length, 0 if it has none (surrogates). `room` is for where it is not in the index. */
size_t char_id_text(const struct char_id *found, const char **text, char room[4]);

/* The rows of the characters before and after it; CHARINDEX_NO_ROW if there is none, as for
 * sequences, and for what has no row itself. */
void char_id_neighbours(const struct charindex *ci, const struct char_id *found, uint32_t *previous,
    uint32_t *next);

/* So many other characters are told of at most. */
#define CHAR_ID_MOST_REFERENCES 32

/* A kind of others that belong to a character: each enum charindex_relation, and what looks like it. */
enum { CHAR_ID_LOOK_ALIKES = CHARINDEX_RELATION_COUNT, CHAR_ID_RELATED_COUNT };

/* "decomposition" …, "looks-like"; a constant. */
const char *char_id_related_name(unsigned kind);

/* The code points of a kind that belong to it, in their order: returns how many. Sequences have none. */
size_t char_id_related(const struct charindex *ci, const struct char_id *found, unsigned kind,
    uint32_t code_points[CHAR_ID_MOST_REFERENCES]);

/* The characters that the names list refers to from it: returns how many. */
size_t char_id_references(const struct charindex *ci, const struct char_id *found,
    uint32_t code_points[CHAR_ID_MOST_REFERENCES]);

#endif
