/* glance.h - what a check of a text asks of a character, from the tables of the index, once for each
 * character that comes again. */
#ifndef GLANCE_H
#define GLANCE_H

#include <stdbool.h>

#include "charindex.h"

/* Scripts, numbered as they come. */
enum { SCRIPTS_WORDS = 4, SCRIPTS_MOST = 64 * SCRIPTS_WORDS };

struct scripts {
	uint64_t bits[SCRIPTS_WORDS];
};

bool scripts_meet(const struct scripts *a, const struct scripts *b);
void scripts_unite(struct scripts *into, const struct scripts *other);

/* Leaves those that are in both: false if none is. */
bool scripts_intersect(struct scripts *into, const struct scripts *other);

enum {
	GLANCE_WORD = 1 << 0,      /* letter, mark, number, low line: words are made of them */
	GLANCE_BIDI = 1 << 1,      /* Bidi_Control */
	GLANCE_INVISIBLE = 1 << 2, /* has no glyph, where it may not be */
	GLANCE_SELECTOR = 1 << 3,  /* Variation_Selector */
	GLANCE_EMOJI = 1 << 4,
	GLANCE_IDEOGRAPH = 1 << 5,
	GLANCE_VIRAMA = 1 << 6, /* may have a joiner after it */
	GLANCE_ARABIC = 1 << 7, /* a letter that joins: the same */
	GLANCE_MONGOLIAN = 1 << 8,
	GLANCE_PLAIN =
	    1 << 9, /* what it looks like is what it is: typographic quotes, signs of Latin-1 */
	GLANCE_EVERYWHERE = 1 << 10, /* of no script in particular */
	GLANCE_IGNORED = 1 << 11,    /* does not end a word */
};

struct glance {
	uint32_t code_point;
	unsigned is; /* GLANCE_… */
	struct scripts scripts;
	char looks[8]; /* ASCII that it looks like, or "" */
};

struct glances;

/* Glances at the characters of the index, which must outlive them: NULL without memory. */
struct glances *glances_new(const struct charindex *ci);
void glances_free(struct glances *glances);

/* What is to be known of the character, until the next call. */
const struct glance *glances_at(struct glances *glances, uint32_t code_point);

#endif
