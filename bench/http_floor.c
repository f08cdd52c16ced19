/* http_floor.c - the floor over HTTP: what it costs to move the bytes of an answer and nothing
 * else. One thread on epoll, as floor.c; a wake-up is one read of all that has come and one write
 * of as many answers as there are ends of heads in it. Its argument is a file with the headers,
 * but for the status line, and the body. */
#include <err.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_SIZE 65536
#define EVENTS 512
#define ANSWERS_AT_ONCE 32

/* Answers, one after the other. */
static char answers[ANSWERS_AT_ONCE * 8192];
static size_t answer_length;

static void
read_answer(const char *path)
{
	static const char status[] = "HTTP/1.1 200 OK\r\n";
	FILE *file = fopen(path, "rb");

	if (file == NULL)
		err(1, "%s", path);
	memcpy(answers, status, sizeof(status) - 1);
	answer_length = sizeof(status) - 1;
	answer_length += fread(answers + answer_length, 1, 8192 - answer_length, file);
	fclose(file);
	for (size_t n = 1; n < ANSWERS_AT_ONCE; n++)
		memcpy(answers + n * answer_length, answers, answer_length);
}

static int
listen_somewhere(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	signal(SIGPIPE, SIG_IGN);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0 || listen(fd, 1024) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &length) != 0)
		err(1, "cannot listen");
	printf("HTTP on http://127.0.0.1:%u/\n", (unsigned)ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

static void
add(int epoll, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		err(1, "epoll_ctl");
}

static void
accept_all(int epoll, int listening)
{
	int fd, on = 1;

	while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		add(epoll, fd);
	}
}

/* How many heads end in what has come. The clients of the benchmark send them whole. */
static size_t
count_heads(const char *bytes, size_t length)
{
	const char *end = bytes + length, *at = bytes;
	size_t count = 0;

	while ((at = memmem(at, (size_t)(end - at), "\r\n\r\n", 4)) != NULL) {
		at += 4;
		count++;
	}
	return count;
}

/* False: the connection is over, or does not take what it has asked for. */
static bool
serve(int fd)
{
	static char input[READ_SIZE];
	ssize_t got = recv(fd, input, sizeof(input), 0);
	size_t owed;

	if (got <= 0)
		return got < 0 && errno == EAGAIN;
	owed = count_heads(input, (size_t)got);
	while (owed > 0) {
		size_t count = owed < ANSWERS_AT_ONCE ? owed : ANSWERS_AT_ONCE;

		if (send(fd, answers, count * answer_length, 0) != (ssize_t)(count * answer_length))
			return false;
		owed -= count;
	}
	return true;
}

int
main(int argc, char **argv)
{
	struct epoll_event events[EVENTS];
	int epoll = epoll_create1(EPOLL_CLOEXEC), listening, count;

	if (argc != 2 || epoll < 0)
		errx(2, "usage: http_floor FILE");
	read_answer(argv[1]);
	listening = listen_somewhere();
	add(epoll, listening);
	while ((count = epoll_wait(epoll, events, EVENTS, -1)) >= 0 || errno == EINTR) {
		for (int i = 0; i < count; i++) {
			if (events[i].data.fd == listening)
				accept_all(epoll, listening);
			else if (!serve(events[i].data.fd))
				close(events[i].data.fd);
		}
	}
	err(1, "epoll_wait");
}
