/* api_char.h - all that is known of characters, for programs. */
#ifndef API_CHAR_H
#define API_CHAR_H

struct exchange;

void api_ask_char(struct exchange *exchange);
void api_answer_char(struct exchange *exchange);

/* Those of codes=. */
void api_ask_chars(struct exchange *exchange);
void api_answer_chars(struct exchange *exchange);

#endif
