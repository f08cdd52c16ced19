/* settings.h - what a conversation is told before its first query, so that the server answers as
 * the index would: a line each (server/prompt/PROTOCOL.md, "Commands"). */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "options.h"

enum { SETTINGS_MOST = 5, SETTINGS_PROBLEM_SIZE = 640 };

struct settings {
	char lines[SETTINGS_MOST][40];
	unsigned count;
	enum charindex_format format; /* of the answers */
	bool classic;                 /* there are no commands from the first query on */
	bool plain_is_enough;         /* a server that has no commands will do */
};

void settings_make(struct settings *settings, const struct options *options);

enum settings_verdict {
	SETTINGS_ACCEPTED,
	SETTINGS_REFUSED,  /* the server does not do what it was told, and will not: see the problem */
	SETTINGS_NONSENSE, /* what came is no answer to that */
};

/* The server's answer to line `n`. A server that answers words instead has no commands. */
enum settings_verdict settings_accept(struct settings *settings, unsigned n, const char *answer,
    size_t length, char problem[SETTINGS_PROBLEM_SIZE]);

#endif
