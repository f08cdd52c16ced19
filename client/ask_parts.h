/* ask_parts.h - a conversation with a server, for the files that it is made of (ask.c). */
#ifndef ASK_PARTS_H
#define ASK_PARTS_H

#include "answer_reader.h"
#include "batch.h"
#include "coro.h"
#include "peer.h"
#include "requests.h"
#include "settings.h"

struct addrinfo;

/* Bytes that are read at a time. */
#define RECEIVE_SIZE (256 * 1024)

struct ask {
	struct worker worker; /* first */
	struct coro coro;
	struct batch *batch;
	struct peer peer;
	struct answer_reader reader;
	struct settings settings;
	struct queries in_flight; /* in the order in which they were taken */
	unsigned rowless;         /* of these, those whose rows have not been answered */
	struct requests requests;
	unsigned failures;  /* to open the connection, one after the other */
	unsigned settled;   /* prompts that have come before the first query */
	bool lost_one;      /* and this is opened instead */
	bool timed;         /* the timer is set */
	uint64_t paused_at; /* ns */
	const struct addrinfo *address;
	struct strbuf prefix;
	char problem[160]; /* of the last attempt */
};

/* Keeps in mind what went wrong last. */
void ask_note(struct ask *ask, const char *problem);

/* ns that an answer may take. */
uint64_t ask_timeout(const struct ask *ask);

/* Where to receive: one buffer for all, RECEIVE_SIZE bytes, that are used up before another
 * receives. */
extern char ask_received[RECEIVE_SIZE];

/* ---- ask_opening.c --------------------------------------------------------------------------- */

/* Has the attempt to connect come to an end? Notes how, if not well. */
bool ask_has_connected(struct ask *ask);

/* The connection is there: the settings will be said when the server greets. */
void ask_begin_conversation(struct ask *ask);

/* Is everything said before the first query? Or has it come to nothing: see peer_lost(). */
bool ask_has_opened(struct ask *ask);

/* So it is, and well. */
void ask_has_begun(struct ask *ask);

/* ---- ask_queries.c --------------------------------------------------------------------------- */

/* Is there something to be asked that may be? Who does not read does not ask. */
bool ask_can_ask(struct ask *ask);

/* Asks as much as may be in flight. */
void ask_more(struct ask *ask, uint64_t now);

/* ---- ask_answers.c --------------------------------------------------------------------------- */

/* Takes the answers that have come. */
void ask_take_answers(struct ask *ask);

/* Reads, or not, for too much is held. What has waited meanwhile has time added. */
void ask_pause_or_read(struct ask *ask, uint64_t now);

/* The query is answered, or will not be. It is not the connection's any more. */
void ask_complete(struct ask *ask, struct query *query, uint64_t now);

/* ---- ask_facts.c ----------------------------------------------------------------------------- */

/* The next row about which nothing has been asked, or a character that was asked for itself: true if
 * there is one, and it is asked about. */
bool ask_about_next(struct ask *ask, uint64_t now);
bool ask_has_unasked(const struct ask *ask);

/* Takes an answer to that. False if it is not one. */
bool ask_take_facts(struct ask *ask, struct query *query, const char *text, size_t length,
    uint64_t now);

/* ---- ask_losses.c ---------------------------------------------------------------------------- */

/* When the timer has run out: lets go of what is late. The connection is lost then, for its
 * answer may come still. */
void ask_look_at_deadlines(struct ask *ask, uint64_t now);

/* The connection is over. The one whose answer was due has to do with it, perhaps: it is asked
 * again so many times. The others may be asked by anybody. */
void ask_lose(struct ask *ask);

#endif
