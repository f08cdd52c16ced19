/* tier.h - the tiers of auto mode one by one, for tiers.c, which puts them in their order. Each
 * function returns false if there is no memory; `found` says what has been found. */
#ifndef CHARINDEX_TIER_H
#define CHARINDEX_TIER_H

#include "tiers.h"

/* ---- tier_text.c: characters, and not words for them ---------------------------------- */

/* If every word is a code form, answers with what they stand for. */
bool tier_codes(const struct tiers *tiers);

/* "CJK UNIFIED IDEOGRAPH-4E00": names that end in the code point, which for ideographs is no
 * word of theirs. */
bool tier_numbered_name(const struct tiers *tiers);

/* Text that has been pasted. */
bool tier_text(const struct tiers *tiers);

/* Where nothing else has an answer: text in another script is shown for what it is, and letters
 * may be digits. */
bool tier_last(const struct tiers *tiers);

/* ---- tier_words.c: words, more loosely from one tier to the next ------------------------ */

/* Words of a plain query that are looked for in more than exact form. */
#define TIER_MAX_LOOSE_WORDS 6

/* The shortest words, in bytes, that are looked for inside others, and as their beginnings,
 * without having been asked to. */
#define TIER_LEAST_INSIDE 3
#define TIER_LEAST_PREFIX 2

/* Names, aliases, keywords in the client's language, in English too, definitions: exact words so
 * far; then prefixes and insides. */
enum { TIER_KEYWORDS = 3, TIER_EXACT_END = 5, TIER_WORDS_END = 7 };

/* What the tier with this number looks for, and where. */
struct evaluation tier_evaluation(const struct tiers *tiers, int number);

/* What wide mode does: all words, everywhere. */
struct evaluation tier_evaluation_wide(const struct tiers *tiers, const struct folded_words *words);

/* Tries the tiers from number `first` to before `end`: what the first that has any rows found is
 * taken. */
bool tier_words(const struct tiers *tiers, const struct folded_words *words, int first, int end);

/* Takes the rows that the evaluator has scored, `count` of them, as those that tier `number` has
 * found. The evaluator is released. */
bool tier_take(const struct tiers *tiers, struct evaluator *evaluator, uint32_t count, int number);

/* ---- tier_typos.c: words that are misspelt, or one too many ------------------------------ */

bool tier_typos(const struct tiers *tiers, const struct folded_words *words);

#endif
