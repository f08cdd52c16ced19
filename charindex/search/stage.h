/* stage.h - the stages one by one, for the table of stages.c. Each function returns false if
 * there is no memory; `prepared->hits` says what has been found. */
#ifndef CHARINDEX_STAGE_H
#define CHARINDEX_STAGE_H

#include "prepared.h"

/* ---- stage_query.c: what the words are the whole of ------------------------------------- */

/* A query with operators. */
bool stage_query(const struct prepared *prepared);

/* The classic rule, its rows as hits, so that they can be paged. */
bool stage_classic(const struct prepared *prepared);

/* ---- stage_text.c: characters, and not words for them ----------------------------------- */

/* If the query is bytes of UTF-8 in hexadecimal digits, answers with what they are. */
bool stage_bytes(const struct prepared *prepared);

/* If every word is a code form, answers with what they stand for. */
bool stage_codes(const struct prepared *prepared);

/* What is drawn in ASCII, "->" or "<3", if that is the whole query. */
bool stage_drawn(const struct prepared *prepared);

/* "CJK UNIFIED IDEOGRAPH-4E00": names that end in the code point, which for ideographs is no
 * word of theirs. */
bool stage_numbered_name(const struct prepared *prepared);

/* Text that has been pasted; in wide mode one letter alone is for stage_wide(). */
bool stage_text(const struct prepared *prepared);

/* Where nothing else has an answer: text in another script is shown for what it is, and letters
 * may be digits. */
bool stage_last(const struct prepared *prepared);

/* ---- stage_words.c: words, more loosely from one step to the next ------------------------ */

/* Words of a plain query that are looked for in more than exact form. */
#define STAGE_MAX_LOOSE_WORDS 6

/* The shortest words, in bytes, that are looked for inside others, and as their beginnings,
 * without having been asked to. */
#define STAGE_LEAST_SUBSTRING 3
#define STAGE_LEAST_PREFIX 2

/* The steps: names, aliases, keywords in the client's language, in English too, definitions: exact
 * words so far, that a query with operators asks for too; then exact words of keywords that CLDR
 * does not have, and of those in any language; then prefixes and substrings. */
enum { STEP_KEYWORDS = 3, STEP_EXACT_END = 5, STEP_ANY_LANGUAGE = 6, STEP_END = 9 };

/* All steps until one has hits. */
bool stage_words(const struct prepared *prepared);

/* "butterflies", which nothing has, as "butterfly"; wide mode has looked for both. */
bool stage_singulars(const struct prepared *prepared);

/* What wide mode does: all words, everywhere, best first. */
bool stage_wide(const struct prepared *prepared);

/* What the step with this number looks for, and where. */
struct scope step_scope(const struct prepared *prepared, int number);

/* Tries the steps from number `first` to before `end`: what the first that has any rows found is
 * taken. */
bool steps_run(const struct prepared *prepared, const struct folded_words *words, int first,
    int end);

/* Takes the rows that the evaluator has scored, `count` of them, as those that step `number` has
 * found. The evaluator is released. */
bool step_take(const struct prepared *prepared, struct evaluator *evaluator, uint32_t count,
    int number);

/* Is the query as it stands a name or keyword of any row that the evaluator has scored? */
bool steps_found_whole(const struct evaluator *evaluator);

/* The answer to these words, which result->corrected says, as stage_wide() or stage_words() give it to
 * those of the query. */
bool stage_other_words(const struct prepared *prepared, const struct folded_words *words);

/* "5" as "five", "xiao4" as "xiào", where nothing has them as they are. */
bool stage_spelled(const struct prepared *prepared);

/* ---- stage_values.c: names of blocks, scripts and categories ------------------------------ */

/* Is the query such a name? Then *filter is of what it names. */
bool value_named(const struct prepared *prepared, struct charindex_filter *filter);

/* Adds the rows of what it names, behind all others, to those that have been scored, `rows` of them.
 * Returns how many there are in all. */
uint32_t value_add_rows(const struct prepared *prepared, struct evaluator *evaluator,
    uint32_t rows);

/* "letterlike symbols": all that are in the block. */
bool stage_values(const struct prepared *prepared);

/* ---- stage_elsewhere.c: names from other systems ------------------------------------------- */

/* "quotedbl", which is a keysym. */
bool stage_elsewhere(const struct prepared *prepared);

/* Adds what is called so elsewhere to the rows that wide mode has scored. Returns how many rows it had
 * not. */
uint32_t elsewhere_add_rows(const struct prepared *prepared, struct evaluator *evaluator);

/* ---- stage_noise.c: words that say that a character is looked for ------------------------- */

/* "heart emoji", where nothing exact has all the words, as "heart"; "the heart" too unless something is
 * called so. */
bool stage_noise(const struct prepared *prepared);

/* ---- stage_typos.c: words that are misspelt ----------------------------------------------- */

bool stage_typos(const struct prepared *prepared);

/* Where all that wide mode has scored, `rows` rows, is poor: adds the best of what would have been found
 * but for a typing error. Returns how many there are in all. */
uint32_t typos_add_rows(const struct prepared *prepared, struct evaluator *evaluator,
    uint32_t rows);

/* ---- stage_partial.c: words too many ------------------------------------------------------ */

/* "purple elephant", which no row is, as "elephant". */
bool stage_partial(const struct prepared *prepared);

#endif
