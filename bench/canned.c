/* canned.c - hides which query is answered with what, and how a server comes to have
 * connections. */
#include "canned.h"

#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

static struct workload *workloads;
static int workload_count;

void
canned_read(int argc, char **argv)
{
	if (argc < 2)
		errx(2, "usage: %s WORKLOAD...", argv[0]);
	workload_count = argc - 1;
	workloads = calloc((size_t)workload_count, sizeof(*workloads));
	if (workloads == NULL)
		errx(1, "out of memory");
	for (int i = 0; i < workload_count; i++)
		workload_read(&workloads[i], argv[i + 1]);
}

int
canned_listen(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	signal(SIGPIPE, SIG_IGN);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0 || listen(fd, BACKLOG) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &length) != 0)
		err(1, "cannot listen");
	printf("Serving on 127.0.0.1:%u. Hit CTRL-C to stop.\n", (unsigned)ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

int
canned_accept(int listening)
{
	int fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), on = 1;

	if (fd < 0)
		return -1;
	if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) == 0 &&
	    send(fd, CANNED_PROMPT, strlen(CANNED_PROMPT), 0) == (ssize_t)strlen(CANNED_PROMPT))
		return fd;
	close(fd);
	return -1;
}

uint32_t
canned_count(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	uint32_t count = 0;

	while (bytes < end && (bytes = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL) {
		bytes++;
		count++;
	}
	return count;
}

static bool
is_query(const struct piece *query, const char *bytes, size_t length)
{
	return query->length == length && memcmp(query->bytes, bytes, length) == 0;
}

bool
canned_find(struct canned_place *place, const char *bytes, size_t length)
{
	const char *end = memchr(bytes, '\n', length);

	if (end == NULL)
		return false;
	length = (size_t)(end - bytes);
	if (length > 0 && bytes[length - 1] == '\r')
		length--;
	for (int i = 0; i < workload_count; i++) {
		for (uint32_t n = 0; n < workloads[i].count; n++) {
			if (is_query(&workloads[i].queries[n], bytes, length)) {
				*place = (struct canned_place){ &workloads[i], n };
				return true;
			}
		}
	}
	return false;
}
