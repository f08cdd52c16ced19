/* api_languages.h - the languages of keywords, in JSON. */
#ifndef API_LANGUAGES_H
#define API_LANGUAGES_H

struct exchange;

void api_languages(struct exchange *exchange);

#endif
