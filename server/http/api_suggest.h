/* api_suggest.h - what somebody who types into the search box of a browser may be looking for. */
#ifndef API_SUGGEST_H
#define API_SUGGEST_H

struct exchange;

void api_ask_suggest(struct exchange *exchange);
void api_answer_suggest(struct exchange *exchange);

#endif
