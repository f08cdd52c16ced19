/* api_char.h - all that is known of one character, for programs. */
#ifndef API_CHAR_H
#define API_CHAR_H

struct exchange;

void api_ask_char(struct exchange *exchange);
void api_answer_char(struct exchange *exchange);

#endif
