/* row_template.h - rows as their reader wants them: text in which %(name) stands for what is known
 * of the row (--format). */
#ifndef ROW_TEMPLATE_H
#define ROW_TEMPLATE_H

#include <stdbool.h>

#include "columns.h"
#include "forms.h"

struct template_row {
	struct columns columns;
	struct charindex_text
	    query; /* whose row it is, with a tab at its end; empty if there is one only */
	const struct charindex *ci; /* NULL for rows of a server, which have no entities */
	char text[FORMS_MAX_TEXT];  /* its characters, controls too */
	size_t text_length;
};

/* Adds the template, filled in, and no line end. The template is one that has been checked. */
void row_template_put(struct strbuf *out, const char *template, const struct template_row *row);

/* Is it one? If not, adds what is wrong, as a string: of a field that there is not, which there are. */
bool row_template_check(const char *template, struct strbuf *problem)
    __attribute__((warn_unused_result));

#endif
