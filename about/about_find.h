/* about_find.h - a character as somebody names it who wants to know all about it
 * (server/prompt/PROTOCOL.md, "All that is known"). */
#ifndef ABOUT_FIND_H
#define ABOUT_FIND_H

#include "char_id.h"

struct text;

/* Finds "U+2657", "U+0023 U+20E3" as in a row, the character or sequence itself, or what is called
 * so, in full: "white chess bishop". The text is valid UTF-8, and stripped. False if there is none.
 * It takes some microseconds. */
bool about_find(const struct charindex *ci, const char *text, size_t length, struct char_id *found)
    __attribute__((warn_unused_result));

/* Adds what to say if there is none: "No match for 'rookie'; give U+2657, a character, or the whole
 * of its name". */
void about_find_problem(struct text *out, const struct charindex *ci, const char *text,
    size_t length);

/* What is right instead, as the end of a sentence. */
#define ABOUT_FIND_HELP "give U+2657, a character, or the whole of its name"

#endif
