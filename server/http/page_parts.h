/* page_parts.h - what is on a page, and the parts of it that are made elsewhere than in page.c. */
#ifndef PAGE_PARTS_H
#define PAGE_PARTS_H

#include <stdbool.h>

#include "reader.h"

struct char_id;
struct exchange;
struct search;
struct text;

/* Rows of one page. */
#define PAGE_ROWS 200

/* What is on a page: an answer, or one character, or neither. */
struct page {
	struct exchange *exchange;
	struct reader reader;
	struct search *search;       /* of the exchange */
	const struct char_id *found; /* the character; or NULL */
	bool is_wrong;               /* there is this instead of an answer: */
	enum page_text wrong;
	const char *parameter; /* that the text is about; or NULL */
	bool browse;           /* all that there is to look around in, instead of one */
};

/* The whole page. */
void page_fill_template(struct text *out, struct page *page);

/* Text of the head: what the page is called, what it is about, and its one address. */
void page_put_title(struct text *out, const struct page *page);
void page_put_description(struct text *out, const struct page *page);
void page_put_canonical(struct text *out, const struct page *page);

/* The status, filters, and rows of an answer. */
void page_put_answer(struct text *out, struct page *page);

/* Where those may begin who do not know yet what they look for: what is new, and a character that is
 * drawn by lot. */
void page_put_start(struct text *out, const struct page *page);

#endif
