/* http_page.h - the pages for people, complete without scripts. */
#ifndef HTTP_PAGE_H
#define HTTP_PAGE_H

struct http_exchange;

/* The search box, and the answer to what is in it. */
void http_page_search(struct http_exchange *exchange);

/* All that is known of one character. */
void http_page_char(struct http_exchange *exchange);

#endif
