/* forms.h - characters in all the forms that rows may be printed in: those of charform.h, and the
 * names that they have in HTML and LaTeX, which only an index knows. */
#ifndef FORMS_H
#define FORMS_H

#include "charform.h"
#include "charindex.h"
#include "strbuf.h"

enum { FORM_ENTITY = CHARFORM_COUNT, FORM_LATEX, FORM_COUNT };

/* Bytes of the characters of one row at most, of which forms are told. */
#define FORMS_MAX_TEXT (24 * 4)

/* The characters of a row in UTF-8, by its code points: rows do not show controls, but those
 * have forms, and surrogates have none. Returns the bytes. */
size_t forms_text(const char *row, size_t length, enum charindex_format format,
    char text[FORMS_MAX_TEXT]);

/* "utf-8", "entity" …; a constant. */
const char *form_name(unsigned form);

/* Adds the text, valid UTF-8 of FORMS_MAX_TEXT bytes at most, in the form: several names have commas
 * between them, and where there is none, or no index, nothing is added. */
void form_put(struct strbuf *out, const struct charindex *ci, unsigned form, const char *text,
    size_t length);

#endif
