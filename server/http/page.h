/* page.h - the pages for people, complete without scripts. */
#ifndef PAGE_H
#define PAGE_H

struct exchange;

/* The search box, and the answer to what is in it. */
void page_ask(struct exchange *exchange);
void page_answer(struct exchange *exchange);

/* All that is known of one character. */
void page_ask_char(struct exchange *exchange);
void page_answer_char(struct exchange *exchange);

/* The same of one that is drawn by lot, of those whose names are not made by rule. */
void page_ask_random(struct exchange *exchange);

/* All blocks, scripts, categories and versions. */
void page_ask_browse(struct exchange *exchange);
void page_answer_browse(struct exchange *exchange);

/* Where there is nothing. */
void page_nothing(struct exchange *exchange);

#endif
