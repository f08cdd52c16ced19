/* languages.h - the languages of keywords in the index: their tags (BCP 47) and names. */
#ifndef LANGUAGES_H
#define LANGUAGES_H

#include "charindex.h"

struct text;

/* Adds the tag of a language of the index: zh-Hant for zh_Hant. */
void languages_put_tag(struct text *out, const char *language);

/* Room for what a language is called in itself, in UTF-8. */
#define LANGUAGES_NAME_SIZE 200

/* Writes that, or its tag if nobody knows: returns its length. */
size_t languages_name(const char *language, char name[LANGUAGES_NAME_SIZE]);

/* Adds them as options of a form, of which `chosen` is chosen. */
void languages_put_options(struct text *out, const struct charindex *ci, const char *chosen);

#endif
