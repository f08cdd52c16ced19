/* script.c - hides the protocols. One row of the table is all that there is to know of
 * one. */
#include "script.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct protocol {
	const char *name;
	const char *greeting;
	const char *miss;
	void (*put_request)(FILE *out, const struct piece *query);
	/* what comes before and after the answer in a reply */
	void (*put_head)(FILE *out, const struct piece *query, size_t length);
	const char *tail;
};

/* The query as a key: memcached's have no spaces. bench.py stores the answers so. */
static void
put_key(FILE *out, const struct piece *query)
{
	for (size_t i = 0; i < query->length; i++)
		putc(query->bytes[i] == ' ' ? '_' : query->bytes[i], out);
}

static void
put_prompt_request(FILE *out, const struct piece *query)
{
	fprintf(out, "%.*s\r\n", (int)query->length, query->bytes);
}

static void
put_prompt_head(FILE *out, const struct piece *query, size_t length)
{
	(void)out, (void)query, (void)length;
}

static void
put_memcached_request(FILE *out, const struct piece *query)
{
	fputs("get ", out);
	put_key(out, query);
	fputs("\r\n", out);
}

static void
put_memcached_head(FILE *out, const struct piece *query, size_t length)
{
	fputs("VALUE ", out);
	put_key(out, query);
	fprintf(out, " 0 %zu\r\n", length);
}

static void
put_redis_request(FILE *out, const struct piece *query)
{
	fprintf(out, "*2\r\n$3\r\nGET\r\n$%zu\r\n", query->length);
	put_key(out, query);
	fputs("\r\n", out);
}

static void
put_redis_head(FILE *out, const struct piece *query, size_t length)
{
	(void)query;
	fprintf(out, "$%zu\r\n", length);
}

static const struct protocol protocols[] = {
	{ "prompt", "?> ", "", put_prompt_request, put_prompt_head, "" },
	{ "memcached", "", "END\r\n", put_memcached_request, put_memcached_head, "\r\nEND\r\n" },
	{ "redis", "", "$-1\r\n", put_redis_request, put_redis_head, "\r\n" },
};

static const struct protocol *
find_protocol(const char *name)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (strcmp(protocols[i].name, name) == 0)
			return &protocols[i];
	errx(2, "there is no protocol '%s'", name);
}

static FILE *
open_text(char **text, size_t *length)
{
	FILE *out = open_memstream(text, length);

	if (out == NULL)
		err(1, "cannot render the workload");
	return out;
}

static void
close_text(FILE *out)
{
	if (ferror(out) || fclose(out) != 0)
		errx(1, "out of memory");
}

static struct piece
make_reply(const struct protocol *protocol, const struct piece *query, const struct piece *answer)
{
	char *text;
	size_t length;
	FILE *out = open_text(&text, &length);

	protocol->put_head(out, query, answer->length);
	fwrite(answer->bytes, 1, answer->length, out);
	fputs(protocol->tail, out);
	close_text(out);
	return (struct piece){ text, length };
}

static void
make_requests(struct script *script, const struct protocol *protocol,
    const struct workload *workload, uint32_t depth)
{
	uint32_t rendered = script->count + depth;
	size_t length;
	FILE *out = open_text(&script->requests, &length);

	for (uint32_t i = 0; i < rendered; i++) {
		script->starts[i] = (size_t)ftell(out);
		protocol->put_request(out, &workload->queries[i % script->count]);
	}
	script->starts[rendered] = (size_t)ftell(out);
	close_text(out);
}

void
script_make(struct script *script, const char *name, const struct workload *workload,
    uint32_t depth)
{
	const struct protocol *protocol = find_protocol(name);

	script->greeting = (struct piece){ protocol->greeting, strlen(protocol->greeting) };
	script->miss = (struct piece){ protocol->miss, strlen(protocol->miss) };
	script->count = workload->count;
	script->replies = calloc(script->count, sizeof(*script->replies));
	script->starts = calloc((size_t)script->count + depth + 1, sizeof(*script->starts));
	if (script->replies == NULL || script->starts == NULL)
		errx(1, "out of memory");
	for (uint32_t i = 0; i < script->count; i++)
		script->replies[i] = make_reply(protocol, &workload->queries[i], &workload->answers[i]);
	make_requests(script, protocol, workload, depth);
}
