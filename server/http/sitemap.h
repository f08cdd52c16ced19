/* sitemap.h - for crawlers: where everything is that they may read, and opensearch.xml, which tells
 * browsers how to search here. */
#ifndef SITEMAP_H
#define SITEMAP_H

struct exchange;

/* robots.txt, with the address of the sitemap. */
void sitemap_robots(struct exchange *exchange);

/* sitemap.xml: one for each block. */
void sitemap_ask_index(struct exchange *exchange);
void sitemap_answer_index(struct exchange *exchange);

/* sitemap/Basic_Latin.xml: the characters of a block. */
void sitemap_ask_block(struct exchange *exchange);
void sitemap_answer_block(struct exchange *exchange);

void sitemap_opensearch(struct exchange *exchange);

#endif
