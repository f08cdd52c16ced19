/* fold.h - text in any language taken apart into folded words, as the dictionaries of the
 * index have them (FORMAT.md, "Dictionaries"). */
#ifndef CHARINDEX_FOLD_H
#define CHARINDEX_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "folded.h"

/* Stands before a word whose accents have been removed. */
#define FOLD_PLAIN 0x01

/* Stands before a name that is a term as it is written, in the names from other systems: "->". */
#define FOLD_EXACT 0x02

/* What becomes of runs of words that are written without spaces. */
enum fold_runs {
	FOLD_SEGMENTS, /* their words */
	FOLD_BOTH,     /* and, before the last of them, the run as a whole */
	FOLD_RUNS,     /* they are one word: for those who need others, and in less time */
};

/* Takes `text` apart. Bytes that are not UTF-8 separate words; words that are too long are left out.
 * False if the text is too long, has too many words, or memory ran out: `folded` has no words then. */
bool fold_text(struct folded *folded, const char *text, size_t length, enum fold_runs runs);

/* What folding takes a while to make, and is kept from one text to the next. All zero at first. */
struct folder {
	void *utf16;    /* two texts */
	void *words;    /* a UBreakIterator */
	bool no_memory; /* there was none at some time */
};

/* As fold_text(), for those who fold many texts. */
bool folder_fold(struct folder *folder, struct folded *folded, const char *text, size_t length,
    enum fold_runs runs);
void folder_release(struct folder *folder);

#endif
