/* ask_opening.c - a conversation until its first query: connected, greeted, and told what is
 * wanted. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ask_parts.h"
#include "batch.h"

bool
ask_has_connected(struct ask *ask)
{
	if (peer_connected(&ask->peer))
		return true;
	if (peer_lost(&ask->peer))
		ask_note(ask, peer_problem(&ask->peer));
	else if (peer_rings(&ask->peer))
		ask_note(ask, strerror(ETIMEDOUT));
	else
		return false;
	peer_close(&ask->peer);
	return true;
}

/* The server is none that can be asked, now or later. */
static void
refuse_server(struct ask *ask, int exit_status, const char *why)
{
	struct stop stop = { .now = true, .exit_status = exit_status };

	snprintf(stop.problem, sizeof(stop.problem), "%s: %s", ask->batch->name, why);
	batch_stop(ask->batch, &stop);
}

/* Has all been answered that comes before the first query? */
static bool
is_settled(const struct ask *ask)
{
	return ask->settled > ask->settings.count;
}

static void
put_settings(struct ask *ask)
{
	for (unsigned i = 0; i < ask->settings.count; i++) {
		peer_put(&ask->peer, ask->settings.lines[i], strlen(ask->settings.lines[i]));
		peer_put(&ask->peer, "\r\n", 2);
	}
	peer_flush(&ask->peer);
}

/* What came is no greeting, nor an answer to a setting. Where it has been a charfinderd before, it is
 * an accident. */
static void
take_nonsense(struct ask *ask)
{
	if (ask->batch->opened == 0 && ask->settled == 0)
		refuse_server(ask, EXIT_NO_ANSWER, "this is not the prompt of a charfinderd");
	peer_lose(&ask->peer, EBADMSG);
}

static void
take_setting(struct ask *ask, const char *answer, size_t length)
{
	char problem[SETTINGS_PROBLEM_SIZE];
	enum settings_verdict verdict =
	    settings_accept(&ask->settings, ask->settled - 1, answer, length, problem);

	if (verdict == SETTINGS_REFUSED)
		refuse_server(ask, EXIT_ERROR, problem);
	else if (verdict == SETTINGS_NONSENSE)
		take_nonsense(ask);
}

/* Takes the greeting, which is a prompt alone, and the answers to the settings. */
static void
take_settled(struct ask *ask)
{
	const char *answer;
	size_t length;

	while (!peer_lost(&ask->peer) && !is_settled(ask) &&
	    answer_reader_next(&ask->reader, &answer, &length)) {
		if (ask->settled > 0)
			take_setting(ask, answer, length);
		else if (length == 0)
			put_settings(ask);
		else
			take_nonsense(ask);
		ask->settled++;
	}
}

/* What came instead of the greeting: one line of it, "Error: too many clients", say. */
static void
note_rest(struct ask *ask)
{
	static const char error[] = "Error: ";
	const char *rest;
	size_t length = answer_reader_rest(&ask->reader, &rest);

	if (length > strlen(error) && memcmp(rest, error, strlen(error)) == 0)
		snprintf(ask->problem, sizeof(ask->problem), "%.*s",
		    (int)strcspn(rest + strlen(error), "\r\n"), rest + strlen(error));
}

/* It has taken the connection, and waits for us to begin, as servers of HTTP do. */
static void
note_silence(struct ask *ask)
{
	const char *rest;

	if (ask->settled == 0 && answer_reader_rest(&ask->reader, &rest) == 0)
		ask_note(ask, "no prompt comes; HTTP and dictionary programs have ports of their own");
}

/* Does not greet as a charfinderd does, and will not. */
static bool
is_another_protocol(const struct ask *ask)
{
	const char *rest;
	size_t length = answer_reader_rest(&ask->reader, &rest);

	return ask->settled == 0 && length > 0 && memcmp(rest, "?> ", length < 3 ? length : 3) != 0 &&
	    memcmp(rest, "Error: ", length < 7 ? length : 7) != 0;
}

static void
take_opening(struct ask *ask)
{
	size_t length = peer_receive(&ask->peer, ask_received, RECEIVE_SIZE);

	if (length == 0)
		return;
	if (!answer_reader_feed(&ask->reader, ask_received, length)) {
		peer_lose(&ask->peer, ENOMEM);
		return;
	}
	take_settled(ask);
	if (!answer_reader_keep(&ask->reader))
		peer_lose(&ask->peer, ENOMEM);
	if (is_another_protocol(ask))
		take_nonsense(ask);
}

bool
ask_has_opened(struct ask *ask)
{
	bool too_late = peer_rings(&ask->peer);

	if (peer_has_input(&ask->peer))
		take_opening(ask);
	if (too_late)
		peer_lose(&ask->peer, ETIMEDOUT);
	if (peer_lost(&ask->peer)) {
		ask_note(ask, peer_problem(&ask->peer));
		if (too_late)
			note_silence(ask);
		note_rest(ask);
		return true;
	}
	return is_settled(ask);
}

void
ask_begin_conversation(struct ask *ask)
{
	answer_reader_release(&ask->reader);
	ask->settled = 0;
	settings_make(&ask->settings, ask->batch->options);
	peer_set_timer(&ask->peer, ask_timeout(ask));
	peer_read(&ask->peer, true);
}

void
ask_has_begun(struct ask *ask)
{
	peer_stop_timer(&ask->peer);
	ask->timed = false;
	ask->failures = 0;
	ask->batch->opened++;
	ask->batch->tally.reopened += ask->lost_one;
	ask->lost_one = false;
}
