/* conversation.c - a face that plays a script, again and again. */
#include "conversation.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "unit_service.h"

/* Awaits from which on only some are tried. */
#define MANY_AWAITS 100

void
talk_begin(struct talk *talk, const struct tested_face *tested, const struct fake_line *input,
    enum close_reason end)
{
	unit_service_make();
	talk->face = tested->face;
	fake_stream_init(&talk->fake, input, end, 1);
	talk->state = calloc(1, talk->face->state_size);
	ck_assert_ptr_nonnull(talk->state);
	talk->face->init(talk->state, talk->fake.connection);
}

enum coro_status
talk_run(struct talk *talk)
{
	return talk->face->run(talk->state);
}

size_t
talk_run_to_end(struct talk *talk)
{
	size_t waits = 0;

	while (talk_run(talk) == CORO_WAITING)
		waits++;
	return waits;
}

enum close_reason
talk_reason(const struct talk *talk)
{
	return talk->face->reason(talk->state);
}

void
talk_end(struct talk *talk)
{
	talk->face->release(talk->state);
	free(talk->state);
	fake_stream_release(&talk->fake);
	unit_service_must_be_idle();
}

/* What has been said after the greeting. */
static const char *
said_by(const struct tested_face *tested, const struct talk *talk)
{
	const char *said = talk->fake.output.length > 0 ? talk->fake.output.data : "";

	return tested->after_greeting != NULL ? tested->after_greeting(said) : said;
}

static void
must_have_gone(const struct tested_face *tested, const struct conversation *conversation,
    const struct talk *talk, const char *expected)
{
	const char *said = said_by(tested, talk);

	if (expected != NULL)
		bytes_must_be(conversation->what, said, strlen(said), expected, strlen(expected));
	UNIT_HOLDS(talk_reason(talk) == conversation->reason);
	UNIT_HOLDS(talk->fake.connection->queries == conversation->queries);
}

void
conversation_must_go(const struct tested_face *tested, const struct conversation *conversation)
{
	struct talk talk;

	talk_begin(&talk, tested, conversation->input, conversation->end);
	ck_assert_uint_eq(talk_run_to_end(&talk), 0);
	must_have_gone(tested, conversation, &talk, conversation->output);
	talk_end(&talk);
}

size_t
conversation_awaits(const struct tested_face *tested, const struct conversation *conversation,
    struct bytes *said)
{
	struct talk talk;
	size_t awaits;

	talk_begin(&talk, tested, conversation->input, conversation->end);
	talk_run_to_end(&talk);
	awaits = talk.fake.asked;
	if (said != NULL)
		bytes_add_string(said, said_by(tested, &talk));
	talk_end(&talk);
	return awaits;
}

/* Waits at the `wait_at`-th await, or at each, as long as `patience` says. */
static void
must_be_the_same_if_made_to_wait(const struct tested_face *tested,
    const struct conversation *conversation, size_t wait_at, unsigned patience,
    const char *expected, size_t expected_waits)
{
	struct talk talk;

	talk_begin(&talk, tested, conversation->input, conversation->end);
	talk.fake.wait_at = wait_at;
	talk.fake.patience = patience;
	UNIT_HOLDS(talk_run_to_end(&talk) == expected_waits);
	must_have_gone(tested, conversation, &talk, expected);
	talk_end(&talk);
}

/* From one await that is tried to the next. */
static size_t
step_of(size_t awaits)
{
	return awaits > MANY_AWAITS ? awaits / 6 : 1;
}

void
conversation_may_wait(const struct tested_face *tested, const struct conversation *conversation)
{
	struct bytes said = { 0 };
	size_t awaits = conversation_awaits(tested, conversation, &said);

	ck_assert_uint_ge(awaits, 2);
	for (unsigned patience = 1; patience <= 3; patience++) {
		for (size_t at = 1; at <= awaits; at += step_of(awaits))
			must_be_the_same_if_made_to_wait(tested, conversation, at, patience, said.data,
			    patience);
		must_be_the_same_if_made_to_wait(tested, conversation, 0, patience, said.data,
		    patience * awaits);
	}
	bytes_release(&said);
}

void
conversation_may_be_abandoned(const struct tested_face *tested,
    const struct conversation *conversation)
{
	size_t awaits = conversation_awaits(tested, conversation, NULL);

	for (size_t at = 1; at <= awaits; at += step_of(awaits)) {
		struct talk talk;

		talk_begin(&talk, tested, conversation->input, conversation->end);
		talk.fake.wait_at = at;
		talk.fake.patience = 2;
		UNIT_HOLDS(talk_run(&talk) == CORO_WAITING);
		UNIT_HOLDS(talk_run(&talk) == CORO_WAITING);
		talk_end(&talk);
	}
}
