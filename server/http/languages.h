/* languages.h - the languages of keywords in the index: their tags (BCP 47) and names. */
#ifndef LANGUAGES_H
#define LANGUAGES_H

#include "charindex.h"

struct exchange;
struct search;
struct text;

/* Adds the tag of a language of the index: zh-Hant for zh_Hant. */
void languages_put_tag(struct text *out, const char *language);

/* Room for what a language is called in itself, in UTF-8. */
#define LANGUAGES_NAME_SIZE 200

/* Writes that, or its tag if nobody knows: returns its length. */
size_t languages_name(const char *language, char name[LANGUAGES_NAME_SIZE]);

/* Takes the languages of the parameters `lang` for the search of the exchange: several are separated
 * by commas, or in parameters of their own, and an empty one, as forms send it, is English. False if
 * the index has none of that name, or they are too many. */
bool languages_of_params(struct exchange *exchange);

/* After that: what the browser of a reader accepts, as far as the index has it, is taken where no
 * parameter says anything. The page is in the first of both that it speaks. */
void languages_of_reader(struct exchange *exchange);

/* Adds the parameter that links need to lead to a page in the same languages, "lang=fr%2Cde";
 * nothing if they need none. */
void languages_put_kept(struct text *out, const struct search *search);

/* The language of the list whose forms of ideographs are meant, as a tag of HTML: NULL if none
 * of them has any. */
const char *languages_of_glyphs(const char *list);

#endif
