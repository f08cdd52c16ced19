/* inspect.h - what a reader of a text cannot see (charfinder(1), "Checking a text"). */
#ifndef INSPECT_H
#define INSPECT_H

#include <stddef.h>

#include "glance.h"

enum finding_kind {
	FINDING_BIDI,      /* changes the order in which text is shown */
	FINDING_INVISIBLE, /* is not shown at all */
	FINDING_MIXED,     /* of another script than the word before it */
	FINDING_LOOKS,     /* looks like ASCII */
	FINDING_NOT_NFC,   /* is another text in NFC */
	FINDING_NOT_UTF8,  /* a byte that is no part of a character */
	FINDING_COUNT,
};

/* "bidi", "invisible", "mixed-script", "look-alike", "not-nfc", "not-utf-8"; a constant. */
const char *finding_name(enum finding_kind kind);

struct finding {
	enum finding_kind kind;
	size_t at; /* character of the text, from 0 */
	uint32_t code_point;
	const char *looks; /* of FINDING_LOOKS, what like */
};

/* Characters of a text at most. */
#define INSPECT_MOST (64 * 1024)

struct inspection {
	struct glances *glances;
	uint32_t text[INSPECT_MOST];
	size_t length;
	bool begins;                /* the text is the beginning of a file */
	bool changed[INSPECT_MOST]; /* its own: what is another text in NFC */
	size_t token_end;           /* its own: of what is around it up to white space ... */
	bool token_has_ascii;       /* ... in which there are letters of ASCII */
	void (*take)(void *arg, const struct finding *finding);
	void *arg;
};

/* Calls `take` for each finding, in the order of the text. */
void inspect(struct inspection *inspection);

#endif
