/* api.h - the answers for programs: JSON. server/http/web/openapi.json describes them. */
#ifndef API_H
#define API_H

#include <stdbool.h>

struct exchange;

/* What all of them are like. */
extern const struct reply api_json;

/* A list of {"char", "name"}, as the seed's second edition answers. */
void api_ask_classic(struct exchange *exchange);
void api_answer_classic(struct exchange *exchange);

/* A search, or the characters of a text, with all that is known of each. */
void api_ask(struct exchange *exchange);
void api_ask_text(struct exchange *exchange);
void api_answer(struct exchange *exchange);
bool api_is_costly(const struct exchange *exchange);

#endif
