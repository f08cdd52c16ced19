/* language_choices.h - the languages of the index in a form, for who reads a page. */
#ifndef LANGUAGE_CHOICES_H
#define LANGUAGE_CHOICES_H

struct reader;
struct text;

/* Adds them as the options of a select: the first that is chosen is selected, or English. */
void language_choices_put_options(struct text *out, const struct reader *reader);

/* Adds them as boxes, of which those behind the first are ticked. */
void language_choices_put_boxes(struct text *out, const struct reader *reader);

#endif
