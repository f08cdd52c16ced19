/* evhttp_floor.c - one answer, headers and body, from a plain evhttp server, written as its
 * manual teaches: what it costs to send these bytes if nothing is asked, searched or checked. */
#include <err.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <netinet/in.h>
#include <signal.h>

#define MAX_HEADERS 32

static struct {
	char *names[MAX_HEADERS], *values[MAX_HEADERS];
	int header_count;
	char *body;
	size_t length;
} answer;

/* Reads the answer as it comes over the wire, but for its status line. */
static void
read_answer(const char *path)
{
	FILE *file = fopen(path, "rb");
	char line[4096];

	if (file == NULL)
		err(1, "%s", path);
	while (fgets(line, sizeof(line), file) != NULL && strcmp(line, "\r\n") != 0) {
		char *value = strstr(line, ": ");

		if (value == NULL || answer.header_count == MAX_HEADERS)
			errx(1, "%s: '%s' is no header, or one too many", path, line);
		*value = '\0';
		value[strcspn(value + 2, "\r") + 2] = '\0';
		answer.names[answer.header_count] = strdup(line);
		answer.values[answer.header_count++] = strdup(value + 2);
	}
	answer.body = malloc(1 << 20);
	answer.length = answer.body != NULL ? fread(answer.body, 1, 1 << 20, file) : 0;
	fclose(file);
}

static void
on_request(struct evhttp_request *request, void *arg)
{
	struct evbuffer *body = evbuffer_new();

	(void)arg;
	for (int i = 0; i < answer.header_count; i++)
		evhttp_add_header(evhttp_request_get_output_headers(request), answer.names[i],
		    answer.values[i]);
	if (body == NULL || evbuffer_add(body, answer.body, answer.length) != 0)
		errx(1, "out of memory");
	evhttp_send_reply(request, 200, "OK", body);
	evbuffer_free(body);
}

static void
on_stop(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	event_base_loopbreak(arg);
}

int
main(int argc, char **argv)
{
	struct event_base *base = event_base_new();
	struct evhttp *http = base != NULL ? evhttp_new(base) : NULL;
	struct evhttp_bound_socket *bound;
	struct sockaddr_in name;
	socklen_t length = sizeof(name);

	if (argc != 2 || http == NULL)
		errx(1, "usage: evhttp_floor FILE");
	read_answer(argv[1]);
	evhttp_set_gencb(http, on_request, NULL);
	bound = evhttp_bind_socket_with_handle(http, "127.0.0.1", 0);
	if (bound == NULL ||
	    getsockname(evhttp_bound_socket_get_fd(bound), (struct sockaddr *)&name, &length) != 0)
		err(1, "cannot listen");
	printf("HTTP on http://127.0.0.1:%u/\n", ntohs(name.sin_port));
	fflush(stdout);
	event_add(evsignal_new(base, SIGTERM, on_stop, base), NULL);
	event_base_dispatch(base);
	return 0;
}
