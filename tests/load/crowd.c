/* crowd.c - a crowd of clients that ask questions over and over and compare every byte of
 * the answers, for the tests in which Python would be the slow one.
 *
 *	crowd [OPTION]... ADDRESS PORT QUERY FILE[,FILE]... [QUERY FILE...]...
 *
 * A FILE holds the answer to QUERY, up to and with the next prompt. Where there are more,
 * an answer is right if it is all of any one of them, and wrong if it is a bit of each.
 *
 * The crowd asks until it has --answers of them, or gets SIGTERM, or none of its
 * connections is left; with --again, a client connects again when its connection has ended.
 * Then it prints one line of counts. An answer of which only a part came before the
 * connection ended is truncated; a query of whose answer nothing came is unanswered. Exit
 * status 1 if an answer was wrong or truncated. */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_CHOICES 8
#define SEND_SIZE 4096
#define RETRY_MILLISECONDS 2
#define PATIENCE_SECONDS 120 /* with a daemon that says nothing */

/* What may be answered to a question. */
struct choice {
	const char *bytes;
	size_t length;
	uint64_t count; /* answers that were this one */
};

struct question {
	char *line;
	size_t length;
	struct choice choices[MAX_CHOICES];
	unsigned choice_count;
};

/* What the client is about to get. */
enum expectation {
	EXPECT_NOTHING, /* not yet connected */
	EXPECT_CONNECTION,
	EXPECT_PROMPT,
	EXPECT_ANSWERS,
	EXPECT_NO_MORE,
};

struct client {
	int fd;
	enum expectation expects;
	unsigned asks;  /* number of the next question to ask */
	unsigned asked; /* number of the question that is being answered */
	unsigned in_flight;
	unsigned possible; /* one bit for each choice that the answer may still be */
	size_t at;         /* bytes of it that have come */
	uint64_t asked_at; /* in nanoseconds; for --depth=1 */
	size_t unsent;     /* bytes in `send` */
	char send[SEND_SIZE];
};

static struct {
	unsigned clients, depth;
	uint64_t answers, report; /* 0: no end; no reports */
	bool again;
} options = { .clients = 1, .depth = 1 };

static struct {
	uint64_t answers, wrong, truncated, unanswered, connections, ended, resets, refused;
} counts;

static const struct choice prompt = { .bytes = "?> ", .length = 3 };

static struct question *questions;
static unsigned question_count;
static struct client *clients;
static struct addrinfo *server;
static int poller;
static uint64_t last_heard;    /* when the last byte came, in nanoseconds */
static uint32_t *microseconds; /* that each answer took, for --depth=1 */
static volatile sig_atomic_t stopped;

static void *
must(void *memory)
{
	if (memory == NULL)
		errx(1, "out of memory");
	return memory;
}

static uint64_t
nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Is it the last that is expected of the crowd? */
static bool
is_over(void)
{
	return stopped || counts.wrong > 0 ||
	    (options.answers > 0 && counts.answers >= options.answers) ||
	    (!options.again && counts.ended + counts.refused == options.clients);
}

/* ---- connections ----------------------------------------------------------------- */

static void
watch(struct client *client, int operation, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = client };

	if (epoll_ctl(poller, operation, client->fd, &event) != 0)
		err(1, "epoll_ctl");
}

/* The connection is over, or never came to be: `error` is 0 at a proper end. */
static void
client_end(struct client *client, int error)
{
	if (client->expects == EXPECT_CONNECTION) {
		counts.refused++;
	} else {
		bool truncated = client->expects == EXPECT_ANSWERS && client->at > 0;

		counts.ended++;
		counts.resets += error != 0;
		counts.truncated += truncated;
		counts.unanswered += client->in_flight - truncated;
		if (truncated)
			warnx("truncated after %zu bytes of an answer to '%.*s': %s", client->at,
			    (int)questions[client->asked].length - 1, questions[client->asked].line,
			    error != 0 ? strerror(error) : "end of output");
	}
	close(client->fd);
	client->expects = options.again ? EXPECT_NOTHING : EXPECT_NO_MORE;
}

static void
client_connect(struct client *client)
{
	int on = 1;

	client->fd = socket(server->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (client->fd < 0)
		err(1, "socket");
	setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	client->expects = EXPECT_CONNECTION;
	client->in_flight = 0;
	client->at = client->unsent = 0;
	if (connect(client->fd, server->ai_addr, server->ai_addrlen) != 0 && errno != EINPROGRESS) {
		client_end(client, errno);
		return;
	}
	watch(client, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

/* ---- asking ---------------------------------------------------------------------- */

/* Makes questions as far as the depth and the room for them allow. */
static void
make_questions(struct client *client)
{
	while (client->in_flight < options.depth) {
		const struct question *question = &questions[client->asks];

		if (question->length > SEND_SIZE - client->unsent)
			break;
		memcpy(client->send + client->unsent, question->line, question->length);
		client->unsent += question->length;
		client->in_flight++;
		client->asks = (client->asks + 1) % question_count;
		client->asked_at = nanoseconds();
	}
}

/* Asks as much as the depth and the socket allow. */
static void
client_ask(struct client *client)
{
	for (make_questions(client); client->unsent > 0; make_questions(client)) {
		ssize_t sent = send(client->fd, client->send, client->unsent, MSG_NOSIGNAL);

		if (sent < 0)
			return; /* full, or over: reading will tell */
		client->unsent -= (size_t)sent;
		memmove(client->send, client->send + sent, client->unsent);
	}
}

static void
client_watch(struct client *client)
{
	watch(client, EPOLL_CTL_MOD, client->unsent > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

/* ---- being answered -------------------------------------------------------------- */

static void
answered(struct client *client, struct choice *choice)
{
	if (options.depth == 1 && (counts.answers & (counts.answers - 1)) == 0)
		microseconds =
		    must(reallocarray(microseconds, 2 * (size_t)counts.answers + 1, sizeof(*microseconds)));
	if (options.depth == 1)
		microseconds[counts.answers] = (uint32_t)((nanoseconds() - client->asked_at) / 1000);
	choice->count++;
	counts.answers++;
	client->in_flight--;
	client->asked = (client->asked + 1) % question_count;
	client->at = 0;
	if (options.report > 0 && counts.answers % options.report == 0) {
		printf("%llu answers\n", (unsigned long long)counts.answers);
		fflush(stdout);
	}
}

/* Compares some of `length` bytes with the choices that are still possible; returns how
 * many, 0 if none is possible any more. Sets *whole if it is the last of one. */
static size_t
compare(struct client *client, const struct choice *choices, unsigned choice_count,
    const char *bytes, size_t length, unsigned *whole)
{
	*whole = MAX_CHOICES;
	for (unsigned i = 0; i < choice_count; i++)
		if ((client->possible & 1u << i) != 0 && choices[i].length - client->at < length)
			length = choices[i].length - client->at;
	for (unsigned i = 0; i < choice_count; i++) {
		if ((client->possible & 1u << i) == 0)
			continue;
		if (memcmp(bytes, choices[i].bytes + client->at, length) != 0)
			client->possible &= ~(1u << i);
		else if (choices[i].length - client->at == length)
			*whole = i;
	}
	client->at += length;
	return client->possible != 0 ? length : 0;
}

static void
report_wrong(const struct client *client, const char *bytes, size_t length)
{
	counts.wrong++;
	warnx("wrong within %zu bytes of an answer to '%.*s':\n%.*s", client->at,
	    (int)questions[client->asked].length - 1, questions[client->asked].line,
	    (int)(length < 200 ? length : 200), bytes);
}

static void
client_take(struct client *client, const char *bytes, size_t length)
{
	while (length > 0 && !is_over()) {
		struct question *question = &questions[client->asked];
		bool greeted = client->expects == EXPECT_ANSWERS;
		unsigned whole;
		size_t taken;

		if (client->at == 0)
			client->possible = greeted ? (1u << question->choice_count) - 1 : 1;
		taken = greeted
		    ? compare(client, question->choices, question->choice_count, bytes, length, &whole)
		    : compare(client, &prompt, 1, bytes, length, &whole);
		if (taken == 0 || (greeted && client->in_flight == 0)) {
			report_wrong(client, bytes, length);
			return;
		}
		bytes += taken;
		length -= taken;
		if (whole < MAX_CHOICES && greeted) {
			answered(client, &question->choices[whole]);
		} else if (whole < MAX_CHOICES) {
			client->expects = EXPECT_ANSWERS;
			client->at = 0;
		}
	}
}

static void
client_read(struct client *client)
{
	static char bytes[256 * 1024];
	ssize_t length = recv(client->fd, bytes, sizeof(bytes), 0);

	last_heard = nanoseconds();
	if (length > 0)
		client_take(client, bytes, (size_t)length);
	else if (length == 0 || errno != EAGAIN)
		client_end(client, length == 0 ? 0 : errno);
}

static void
client_turn(struct client *client, uint32_t events)
{
	if (client->expects == EXPECT_CONNECTION && (events & EPOLLOUT) != 0 &&
	    (events & EPOLLERR) == 0) {
		counts.connections++;
		client->expects = EXPECT_PROMPT;
		client->asked = client->asks;
	}
	if ((events & ~(uint32_t)EPOLLOUT) != 0)
		client_read(client);
	if (client->expects == EXPECT_NOTHING || client->expects == EXPECT_NO_MORE || is_over())
		return;
	if (client->expects == EXPECT_ANSWERS)
		client_ask(client);
	client_watch(client);
}

/* ---- the crowd ------------------------------------------------------------------- */

/* Connects the clients that are not; says whether there are any left. */
static bool
connect_all(void)
{
	bool some_left = false;

	for (unsigned i = 0; i < options.clients; i++) {
		if (clients[i].expects == EXPECT_NOTHING)
			client_connect(&clients[i]);
		some_left |= clients[i].expects == EXPECT_NOTHING;
	}
	return some_left;
}

static void
run(void)
{
	struct epoll_event events[64];
	uint64_t retry = nanoseconds();
	bool some_left = true;

	last_heard = retry;
	while (!is_over()) {
		int count;

		if (nanoseconds() - last_heard > PATIENCE_SECONDS * UINT64_C(1000000000))
			errx(1, "no answer for %d seconds", PATIENCE_SECONDS);
		if (some_left && nanoseconds() >= retry) {
			some_left = connect_all();
			retry = nanoseconds() + RETRY_MILLISECONDS * 1000000;
		}
		count = epoll_wait(poller, events, 64, some_left ? RETRY_MILLISECONDS : 1000);
		for (int i = 0; i < count && !is_over(); i++) {
			struct client *client = events[i].data.ptr;

			client_turn(client, events[i].events);
			some_left |= client->expects == EXPECT_NOTHING;
		}
	}
}

static int
by_size(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return (left > right) - (left < right);
}

static void
print_counts(void)
{
	printf("answers=%llu wrong=%llu truncated=%llu unanswered=%llu connections=%llu ended=%llu "
	       "resets=%llu refused=%llu",
	    (unsigned long long)counts.answers, (unsigned long long)counts.wrong,
	    (unsigned long long)counts.truncated, (unsigned long long)counts.unanswered,
	    (unsigned long long)counts.connections, (unsigned long long)counts.ended,
	    (unsigned long long)counts.resets, (unsigned long long)counts.refused);
	for (unsigned i = 0; i < MAX_CHOICES; i++) {
		uint64_t count = 0;

		for (unsigned n = 0; n < question_count; n++)
			count += questions[n].choices[i].count;
		printf(" choice%u=%llu", i, (unsigned long long)count);
	}
	if (options.depth == 1 && counts.answers > 0) {
		qsort(microseconds, (size_t)counts.answers, sizeof(*microseconds), by_size);
		printf(" median=%u p99=%u max=%u", microseconds[counts.answers / 2],
		    microseconds[counts.answers * 99 / 100], microseconds[counts.answers - 1]);
	}
	putchar('\n');
}

/* ---- the command line ------------------------------------------------------------ */

static void
read_choice(struct choice *choice, const char *path)
{
	FILE *file = fopen(path, "rb");
	char *bytes;
	long length;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) <= 0)
		err(1, "%s", path);
	rewind(file);
	bytes = must(malloc((size_t)length));
	if (fread(bytes, (size_t)length, 1, file) != 1)
		err(1, "%s", path);
	fclose(file);
	choice->bytes = bytes;
	choice->length = (size_t)length;
}

static void
read_question(struct question *question, const char *query, char *paths)
{
	int length = asprintf(&question->line, "%s\n", query);
	char *path;

	if (length < 0 || length > SEND_SIZE)
		errx(1, "the query '%s' is too long", query);
	question->length = (size_t)length;
	while ((path = strsep(&paths, ",")) != NULL) {
		if (question->choice_count == MAX_CHOICES)
			errx(1, "more than %d answers to '%s'", MAX_CHOICES, query);
		read_choice(&question->choices[question->choice_count++], path);
	}
}

static void
parse_options(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "clients", required_argument, NULL, 'c' },
		{ "depth", required_argument, NULL, 'd' },
		{ "answers", required_argument, NULL, 'n' },
		{ "report", required_argument, NULL, 'r' },
		{ "again", no_argument, NULL, 'a' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		unsigned long long value = optarg != NULL ? strtoull(optarg, NULL, 10) : 0;

		if (c == 'c')
			options.clients = (unsigned)value;
		else if (c == 'd')
			options.depth = (unsigned)value;
		else if (c == 'n')
			options.answers = value;
		else if (c == 'r')
			options.report = value;
		else if (c == 'a')
			options.again = true;
		else
			exit(2);
	}
	if (argc - optind < 4 || (argc - optind) % 2 != 0 || options.clients == 0 || options.depth == 0)
		errx(2, "usage: crowd [OPTION]... ADDRESS PORT QUERY FILE[,FILE]... [QUERY FILE...]...");
}

static void
on_stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

int
main(int argc, char **argv)
{
	const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM };
	int error;

	parse_options(argc, argv);
	sigaction(SIGTERM, &(struct sigaction){ .sa_handler = on_stop }, NULL);
	error = getaddrinfo(argv[optind], argv[optind + 1], &hints, &server);
	if (error != 0)
		errx(2, "%s: %s", argv[optind], gai_strerror(error));
	question_count = (unsigned)(argc - optind - 2) / 2;
	questions = must(calloc(question_count, sizeof(*questions)));
	for (unsigned i = 0; i < question_count; i++)
		read_question(&questions[i], argv[optind + 2 + 2 * (int)i], argv[optind + 3 + 2 * (int)i]);
	poller = epoll_create1(EPOLL_CLOEXEC);
	if (poller < 0)
		err(1, "epoll_create1");
	clients = must(calloc(options.clients, sizeof(*clients)));
	for (unsigned i = 0; i < options.clients; i++)
		clients[i].asks = i % question_count;
	run();
	print_counts();
	return counts.wrong > 0 || counts.truncated > 0;
}
