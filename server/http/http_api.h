/* http_api.h - the answers for programs: JSON. server/http/web/openapi.json describes them. */
#ifndef HTTP_API_H
#define HTTP_API_H

struct http_exchange;

/* A list of {"char", "name"}, as the seed's second edition answers. */
void http_api_seed_search(struct http_exchange *exchange);

void http_api_search(struct http_exchange *exchange);
void http_api_identify(struct http_exchange *exchange);
void http_api_char(struct http_exchange *exchange);

#endif
