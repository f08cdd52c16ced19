/* close_reason.h - why a connection was closed; every one has a reason, for the log. */
#ifndef CLOSE_REASON_H
#define CLOSE_REASON_H

enum close_reason {
	CLOSE_END_OF_INPUT, /* the client closed its side */
	CLOSE_QUIT,         /* a control character began a query */
	CLOSE_INTERRUPT,    /* telnet's IAC IP */
	CLOSE_NO_LINE_END,  /* too much input without a line end */
	CLOSE_RESET,        /* reading or writing failed */
	CLOSE_SHUTDOWN,     /* the server shuts down, nothing was left to answer */
	CLOSE_CANCELLED,    /* the server shuts down, the deadline passed first */
	CLOSE_IDLE,         /* --idle-timeout: no query came */
	CLOSE_SLOW_LINE,    /* --line-timeout: a query was begun and not ended */
	CLOSE_SLOW_READER,  /* --answer-timeout: an answer was not taken */
	CLOSE_PROXY_HEADER, /* no PROXY header where one has to be, or not in time */
	CLOSE_TOO_MANY,     /* --max-clients-per-address, behind a balancer */
	CLOSE_ANSWERED,     /* HTTP: that was the last answer, as both sides know */
	CLOSE_BAD_REQUEST,  /* HTTP: after what came it is unclear where the next request begins */
	CLOSE_NO_MEMORY,
};

#define CLOSE_REASON_COUNT (CLOSE_NO_MEMORY + 1)

/* The reason as the log writes it: "end-of-input". A constant string. */
const char *close_reason_name(enum close_reason reason);

#endif
