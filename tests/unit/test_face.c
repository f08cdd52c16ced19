/* test_face.c - that another protocol is a coroutine and a row: an echo, which gets admission, a
 * number, deadlines, the PROXY header, the log, counters and the drain from its connection. */
#include <arpa/inet.h>
#include <signal.h>
#include <string.h>

#include "admission.h"
#include "connection.h"
#include "unit.h"
#include "unit_index.h"
#include "unit_service.h"
#include "wire.h"

/* ---- the face ------------------------------------------------------------------------ */

struct echo {
	struct coro coro;
	enum line_status got;
	struct line line;
	struct connection *connection;
};

static void
init(void *state, struct connection *connection)
{
	struct echo *echo = state;

	echo->connection = connection;
}

static void
say(struct echo *echo)
{
	stream_write(&echo->connection->stream, echo->line.text, echo->line.length);
	stream_puts(&echo->connection->stream, "\n");
	echo->connection->queries++;
}

static enum coro_status
run(void *state)
{
	struct echo *echo = state;

	CORO_BEGIN(&echo->coro);
	for (;;) {
		CORO_AWAIT(&echo->coro, stream_drained(&echo->connection->stream));
		CORO_AWAIT(&echo->coro,
		    (echo->got = stream_take_line(&echo->connection->stream, &echo->line)) != LINE_PARTIAL);
		if (echo->got != LINE_READY)
			break;
		say(echo);
	}
	CORO_END(&echo->coro);
}

static enum close_reason
reason(const void *state)
{
	return stream_reason(&((const struct echo *)state)->connection->stream);
}

static void
release(void *state)
{
	(void)state;
}

static const struct face echo_face = {
	.name = "echo",
	.too_many = "no\n",
	.state_size = sizeof(struct echo),
	.init = init,
	.run = run,
	.reason = reason,
	.release = release,
};

/* ---- what comes with it ---------------------------------------------------------------- */

static struct face_counters counters;
static const struct service_face face = { &echo_face, NULL, &counters };
static struct admission *admission;
static struct wire wire;

static void
make(void)
{
	signal(SIGPIPE, SIG_IGN);
	wire_make_loop();
	unit_service_make();
	admission = admission_new(1, 0);
	unit_service.admission = admission;
	unit_service.throttle = throttle_new(wire_base, 0);
	unit_service.pool = stream_pool_new(wire_base, connection_turn, unit_service.throttle);
	task_group_init(&unit_service.connections, NULL, NULL);
	deadlines_init(&unit_service.deadlines, &(struct wait_limits){ .idle = 5, .line = 2 });
	counters = (struct face_counters){ 0 };
}

static void
release_all(void)
{
	connections_cancel(&unit_service);
	stream_pool_free(unit_service.pool);
	throttle_free(unit_service.throttle);
	admission_free(admission);
	unit_service_must_be_idle();
	wire_release(&wire);
	wire_free_loop();
}

static void
come_in(struct wire *client, bool proxied)
{
	struct sockaddr_in peer = { .sin_family = AF_INET, .sin_port = htons(7) };

	peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	connection_accept(&unit_service, &face, wire_make(client, false), (struct sockaddr *)&peer,
	    proxied);
}

static void
must_have_received(struct wire *client, const char *expected)
{
	wire_run_on();
	wire_receive(client, SIZE_MAX);
	bytes_must_be("what was received", client->received.data, client->received.length, expected,
	    strlen(expected));
}

static void
must_have_logged(const char *expected)
{
	ck_assert_ptr_nonnull(strstr(unit_log.data, expected));
}

static void
let_pass(unsigned seconds)
{
	for (unsigned i = 0; i < seconds; i++) {
		connections_tick(&unit_service);
		wire_run_on();
	}
}

START_TEST(converses)
{
	come_in(&wire, false);
	wire_send(&wire, "one\r\ntwo\n\n");
	must_have_received(&wire, "one\ntwo\n\n");
	must_have_logged("c1 opened peer=127.0.0.1:7 face=echo\n");
	ck_assert_uint_eq(counters.accepted, 1);
	ck_assert_uint_eq(counters.traffic.received, 10);
	ck_assert_uint_eq(counters.traffic.sent, 9);
}
END_TEST

START_TEST(ends_with_its_client)
{
	come_in(&wire, false);
	wire_send(&wire, "one\n");
	wire_half_close(&wire);
	must_have_received(&wire, "one\n");
	ck_assert(wire.ended);
	must_have_logged("c1 closed reason=end-of-input queries=1\n");
	ck_assert_uint_eq(counters.closed, 1);
}
END_TEST

START_TEST(turns_away_in_its_own_words)
{
	struct wire second;

	come_in(&wire, false);
	come_in(&second, false);
	must_have_received(&second, "no\n");
	must_have_logged("refused peer=127.0.0.1:7 reason=max-clients\n");
	wire_release(&second);
}
END_TEST

START_TEST(has_deadlines)
{
	come_in(&wire, false);
	let_pass(5);
	ck_assert_uint_eq(unit_service.connections.count, 1);
	wire_send(&wire, "one\ntw");
	must_have_received(&wire, "one\n");
	let_pass(2);
	ck_assert(!wire.ended);
	let_pass(1);
	must_have_received(&wire, "one\n");
	ck_assert(wire.ended);
	let_pass(4);
	must_have_logged("c1 closed reason=line-timeout queries=1\n");
}
END_TEST

START_TEST(comes_behind_a_balancer)
{
	come_in(&wire, true);
	wire_send(&wire, "PROXY TCP4 192.0.2.7 192.0.2.1 4711 7\r\none\n");
	must_have_received(&wire, "one\n");
	must_have_logged("c1 proxied peer=192.0.2.7:4711\n");
}
END_TEST

START_TEST(is_drained)
{
	come_in(&wire, false);
	wire_send(&wire, "one\ntwo\n");
	connections_drain(&unit_service);
	must_have_received(&wire, "one\ntwo\n");
	ck_assert(wire.ended);
	wire_close(&wire);
	wire_run_on();
	must_have_logged("c1 closed reason=shutdown queries=2\n");
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_checked_fixture(tests, make, release_all);
	tcase_add_test(tests, converses);
	tcase_add_test(tests, ends_with_its_client);
	tcase_add_test(tests, turns_away_in_its_own_words);
	tcase_add_test(tests, has_deadlines);
	tcase_add_test(tests, comes_behind_a_balancer);
	tcase_add_test(tests, is_drained);
}

UNIT_MAIN("face", add_tests)
