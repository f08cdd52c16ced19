/* test_connection.c - a connection from accept to close, and what the log says of it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>

#include "admission.h"
#include "connection.h"
#include "leftovers.h"
#include "prompt.h"
#include "unit.h"
#include "unit_index.h"
#include "unit_service.h"
#include "wire.h"

#define P "?> "
#define EURO P "U+20A0 \t\u20A0\tEURO-CURRENCY SIGN\r\n1 match for 'euro currency'\r\n" P
#define OPENED "c1 opened peer=127.0.0.1:54321 face=prompt\n"

/* Seconds after which a connection that waits for its client to close has ended. */
#define LINGER_TICKS 4

static struct admission *admission;
static struct wire wire;
static unsigned emptied;

static void
on_emptied(void *arg)
{
	(void)arg;
	emptied++;
}

static struct face_counters face_counters;
static const struct service_face face = { &prompt_face, NULL, &face_counters };

static void
make_service(void)
{
	leftovers_remember();
	signal(SIGPIPE, SIG_IGN); /* as the server does */
	wire_make_loop();
	admission = admission_new(0, 0);
	ck_assert_ptr_nonnull(admission);
	unit_service_make();
	unit_service.admission = admission;
	unit_service.throttle = throttle_new(wire_base, 0);
	unit_service.pool = stream_pool_new(wire_base, connection_turn, unit_service.throttle);
	ck_assert_ptr_nonnull(unit_service.pool);
	task_group_init(&unit_service.connections, on_emptied, NULL);
}

/* All connections must have ended. */
static void
free_service(void)
{
	ck_assert_uint_eq(unit_service.connections.count, 0);
	stream_pool_free(unit_service.pool);
	throttle_free(unit_service.throttle);
	admission_free(admission);
	unit_service_must_be_idle();
	wire_release(&wire);
	wire_free_loop();
	leftovers_must_be_none();
}

static void
spawn(struct wire *to, bool small)
{
	struct sockaddr_in peer = { .sin_family = AF_INET, .sin_port = htons(54321) };

	peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	connection_accept(&unit_service, &face, wire_make(to, small), (const struct sockaddr *)&peer,
	    false);
}

static void
log_must_be(const char *expected)
{
	bytes_must_be("the log", unit_log.data, unit_log.length, expected, strlen(expected));
}

static void
received_must_be(const char *expected)
{
	wire_receive(&wire, SIZE_MAX);
	bytes_must_be("what was received", wire.received.data, wire.received.length, expected,
	    strlen(expected));
}

static bool
all_have_ended(void *arg)
{
	(void)arg;
	return unit_service.connections.count == 0;
}

/* The client sends this, is answered this, and the server closes; then the client does. */
static void
must_converse(const char *input, bool half_close, const char *output, const char *log)
{
	spawn(&wire, false);
	wire_send(&wire, input);
	if (half_close)
		wire_half_close(&wire);
	wire_run_until(wire_has_ended, &wire);
	wire_close(&wire);
	wire_run_until(all_have_ended, NULL);
	received_must_be(output);
	log_must_be(log);
	ck_assert_uint_eq(emptied, 1);
}

START_TEST(begins_with_the_prompt)
{
	spawn(&wire, false);
	received_must_be(P);
	log_must_be(OPENED);
	connections_cancel(&unit_service);
}
END_TEST

START_TEST(answers_until_the_input_ends)
{
	must_converse("euro currency\r\n", true, EURO,
	    OPENED "c1 closed reason=end-of-input queries=1\n");
}
END_TEST

START_TEST(answers_a_last_line_without_a_line_end)
{
	must_converse("euro currency", true, EURO, OPENED "c1 closed reason=end-of-input queries=1\n");
}
END_TEST

START_TEST(answers_what_was_asked_before_a_quit)
{
	must_converse("euro currency\n\x03\nrook\n", false, EURO,
	    OPENED "c1 closed reason=quit queries=1\n");
}
END_TEST

START_TEST(quits_in_a_line_of_its_own)
{
	must_converse("\x04\r\n", false, P, OPENED "c1 closed reason=quit queries=0\n");
}
END_TEST

START_TEST(quits_without_a_line_end)
{
	must_converse("\x04", false, P, OPENED "c1 closed reason=quit queries=0\n");
}
END_TEST

START_TEST(answers_what_was_asked_before_the_interrupt)
{
	must_converse("euro currency\nro\xFF\xF4\xFF\xFD\x06", false, EURO,
	    OPENED "c1 closed reason=interrupt queries=1\n");
}
END_TEST

START_TEST(closes_after_a_mebibyte_without_a_line_end)
{
	static char piece[4096];

	memset(piece, 'a', sizeof(piece));
	spawn(&wire, false);
	for (size_t sent = 0; sent < 1024 * 1024; wire_run_once())
		sent += wire_send_some(&wire, piece, sizeof(piece));
	wire_run_until(wire_has_ended, &wire);
	received_must_be(P "Error: the query is longer than 4096 bytes\r\n" P);
	wire_close(&wire);
	wire_run_until(all_have_ended, NULL);
	log_must_be(OPENED "c1 closed reason=no-line-end queries=0\n");
}
END_TEST

START_TEST(ends_when_the_client_is_gone)
{
	spawn(&wire, true);
	wire_send(&wire, "letter\n");
	wire_run_on();
	wire_close(&wire);
	wire_run_until(all_have_ended, NULL);
	log_must_be(OPENED "c1 closed reason=reset queries=0\n");
}
END_TEST

START_TEST(logs_each_query_if_told_to)
{
	unit_service.verbose = true;
	must_converse("euro currency\nx\x1Byzzy\n", true, EURO "No match for 'x\\x1byzzy'\r\n" P,
	    OPENED "c1 answered status=\"1 match for 'euro currency'\"\n"
	           "c1 answered status=\"No match for 'x\\x1byzzy'\"\n"
	           "c1 closed reason=end-of-input queries=2\n");
}
END_TEST

START_TEST(connections_are_numbered_in_steps)
{
	struct wire second;

	spawn(&wire, false);
	spawn(&second, false);
	connections_cancel(&unit_service);
	log_must_be(OPENED "c3 opened peer=127.0.0.1:54321 face=prompt\n"
	                   "c3 closed reason=shutdown-timeout queries=0\n"
	                   "c1 closed reason=shutdown-timeout queries=0\n");
	wire_release(&second);
}
END_TEST

/* ---- a client that does not close ------------------------------------------------- */

START_TEST(closes_in_the_end_on_a_client_that_does_not)
{
	spawn(&wire, false);
	wire_send(&wire, "\x03");
	wire_run_until(wire_has_ended, &wire);
	wire_run_on();
	ck_assert_uint_eq(unit_service.connections.count, 1);
	for (int i = 0; i < LINGER_TICKS; i++)
		connections_tick(&unit_service);
	ck_assert_uint_eq(unit_service.connections.count, 0);
	log_must_be(OPENED "c1 closed reason=quit queries=0\n");
}
END_TEST

START_TEST(time_does_not_end_a_conversation)
{
	spawn(&wire, false);
	for (int i = 0; i < 1000; i++)
		connections_tick(&unit_service);
	wire_run_on();
	ck_assert_uint_eq(unit_service.connections.count, 1);
	wire_send(&wire, "euro currency\n");
	wire_run_on();
	received_must_be(EURO);
	connections_cancel(&unit_service);
}
END_TEST

/* What the client still sends is not answered, and does not cut off what it is sent. */
START_TEST(a_client_that_goes_on_sending_gets_its_whole_answer)
{
	static const char junk[1000];
	size_t answer;

	spawn(&wire, true);
	wire_send(&wire, "letter\n\x03\n");
	while (!wire.ended) {
		wire_send_some(&wire, junk, sizeof(junk));
		wire_run_once();
		wire_receive(&wire, 10000);
		UNIT_HOLDS(!wire.broken);
	}
	answer = wire.received.length;
	ck_assert_uint_gt(answer, 400000);
	ck_assert_mem_eq(wire.received.data + answer - 3, P, 3);
	for (int i = 0; i < LINGER_TICKS; i++)
		connections_tick(&unit_service);
	log_must_be(OPENED "c1 closed reason=quit queries=1\n");
}
END_TEST

/* ---- shutdown ---------------------------------------------------------------------- */

START_TEST(shutting_down_ends_idle_connections)
{
	struct wire second;

	spawn(&wire, false);
	spawn(&second, false);
	wire_run_on();
	wire_receive(&wire, SIZE_MAX);
	wire_receive(&second, SIZE_MAX);
	connections_drain(&unit_service);
	wire_run_until(all_have_ended, NULL);
	received_must_be(P);
	ck_assert(wire.ended);
	ck_assert_uint_eq(emptied, 1);
	log_must_be(OPENED "c3 opened peer=127.0.0.1:54321 face=prompt\n"
	                   "c3 closed reason=shutdown queries=0\n"
	                   "c1 closed reason=shutdown queries=0\n");
	wire_release(&second);
}
END_TEST

START_TEST(shutting_down_answers_what_has_been_asked)
{
	spawn(&wire, false);
	wire_run_on();
	wire_send(&wire, "euro currency\nro");
	connections_drain(&unit_service);
	wire_run_until(wire_has_ended, &wire);
	received_must_be(EURO);
	wire_close(&wire);
	wire_run_until(all_have_ended, NULL);
	log_must_be(OPENED "c1 closed reason=shutdown queries=1\n");
}
END_TEST

START_TEST(shutting_down_lets_an_answer_be_read_to_its_end)
{
	spawn(&wire, true);
	wire_send(&wire, "letter\n");
	wire_run_on();
	connections_drain(&unit_service);
	wire_run_on();
	ck_assert_uint_eq(unit_service.connections.count, 1);
	wire_run_until(wire_has_ended, &wire);
	ck_assert_uint_gt(wire.received.length, 400000);
	ck_assert_mem_eq(wire.received.data + wire.received.length - 3, P, 3);
	wire_close(&wire);
	wire_run_until(all_have_ended, NULL);
	log_must_be(OPENED "c1 closed reason=shutdown queries=1\n");
}
END_TEST

START_TEST(shutting_down_does_not_wait_longer_for_a_client_that_does_not_close)
{
	spawn(&wire, false);
	wire_send(&wire, "\x03");
	wire_run_until(wire_has_ended, &wire);
	connections_drain(&unit_service);
	for (int i = 0; i < LINGER_TICKS; i++) {
		wire_run_on();
		connections_tick(&unit_service);
	}
	ck_assert_uint_eq(unit_service.connections.count, 0);
	log_must_be(OPENED "c1 closed reason=quit queries=0\n");
}
END_TEST

START_TEST(a_client_that_closes_while_it_is_waited_for_ends_at_once_also_when_shutting_down)
{
	spawn(&wire, false);
	wire_send(&wire, "\xFF\xF4");
	wire_run_until(wire_has_ended, &wire);
	connections_drain(&unit_service);
	wire_run_on();
	wire_close(&wire);
	wire_run_on();
	ck_assert_uint_eq(unit_service.connections.count, 0);
	log_must_be(OPENED "c1 closed reason=interrupt queries=0\n");
}
END_TEST

START_TEST(cancelling_cuts_answers_short)
{
	spawn(&wire, true);
	wire_send(&wire, "letter\n");
	wire_run_on();
	connections_cancel(&unit_service);
	ck_assert_uint_eq(unit_service.connections.count, 0);
	ck_assert_uint_eq(emptied, 1);
	log_must_be(OPENED "c1 closed reason=shutdown-timeout queries=0\n");
	wire_run_until(wire_has_ended, &wire);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_checked_fixture(tests, make_service, free_service);
	tcase_add_test(tests, begins_with_the_prompt);
	tcase_add_test(tests, answers_until_the_input_ends);
	tcase_add_test(tests, answers_a_last_line_without_a_line_end);
	tcase_add_test(tests, answers_what_was_asked_before_a_quit);
	tcase_add_test(tests, quits_in_a_line_of_its_own);
	tcase_add_test(tests, quits_without_a_line_end);
	tcase_add_test(tests, answers_what_was_asked_before_the_interrupt);
	tcase_add_test(tests, closes_after_a_mebibyte_without_a_line_end);
	tcase_add_test(tests, ends_when_the_client_is_gone);
	tcase_add_test(tests, logs_each_query_if_told_to);
	tcase_add_test(tests, connections_are_numbered_in_steps);
	tcase_add_test(tests, closes_in_the_end_on_a_client_that_does_not);
	tcase_add_test(tests, time_does_not_end_a_conversation);
	tcase_add_test(tests, a_client_that_goes_on_sending_gets_its_whole_answer);
	tcase_add_test(tests, shutting_down_ends_idle_connections);
	tcase_add_test(tests, shutting_down_answers_what_has_been_asked);
	tcase_add_test(tests, shutting_down_lets_an_answer_be_read_to_its_end);
	tcase_add_test(tests, shutting_down_does_not_wait_longer_for_a_client_that_does_not_close);
	tcase_add_test(tests,
	    a_client_that_closes_while_it_is_waited_for_ends_at_once_also_when_shutting_down);
	tcase_add_test(tests, cancelling_cuts_answers_short);
}

UNIT_MAIN("connection", add_tests)
