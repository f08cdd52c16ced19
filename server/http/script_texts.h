/* script_texts.h - what the script of the page says. */
#ifndef SCRIPT_TEXTS_H
#define SCRIPT_TEXTS_H

struct text;
struct texts;

/* Adds the texts as an object, by their names, and in `categories` what general categories are
 * called, if the API does not say it in the same language. */
void script_texts_put(struct text *out, const struct texts *texts);

#endif
