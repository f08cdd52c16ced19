/* refusal.h - why a request is refused before anybody has asked what it wants. The connection
 * is closed after each: what follows is not read. */
#ifndef REFUSAL_H
#define REFUSAL_H

enum refusal {
	REFUSED_NOT,
	REFUSED_NO_REQUEST,
	REFUSED_LINES,
	REFUSED_TARGET,
	REFUSED_NOT_ASCII,
	REFUSED_NO_HOST, /* or two */
	REFUSED_HOST,
	REFUSED_FRAMING,
	REFUSED_METHOD,
	REFUSED_BODY,
	REFUSED_EXPECTATION,
	REFUSED_SIZE,
	REFUSED_HEADERS,
	REFUSED_UNKNOWN_METHOD,
	REFUSED_VERSION,
};

#define REFUSALS 15

/* The status of the answer, as 400; 0 for REFUSED_NOT. */
int refusal_status(enum refusal refusal);

/* A sentence that says what is wrong and what would be right. */
const char *refusal_detail(enum refusal refusal);

#endif
