/* http_status.c - hides where the daemon's state is found. */
#include "http_status.h"

#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "generation.h"
#include "http_connection.h"
#include "http_exchange.h"
#include "http_reply.h"
#include "http_server.h"

static const struct http_reply plain = { .type = "text/plain; charset=utf-8" };

void
http_status_health(struct http_exchange *exchange)
{
	http_reply_bytes(exchange, &plain, "ok\n", 3);
}

void
http_status_ready(struct http_exchange *exchange)
{
	static const char draining[] = "draining\n";

	if (!exchange->connection->pool->draining) {
		http_status_health(exchange);
		return;
	}
	exchange->status = 503;
	http_reply_bytes(exchange, &plain, draining, strlen(draining));
}

void
http_status_metrics(struct http_exchange *exchange)
{
	static const struct http_reply reply = { .type = "text/plain; version=0.0.4; charset=utf-8" };
	const struct http_shared *shared = exchange->connection->pool->shared;
	struct text *out = &exchange->connection->pool->scratch;
	size_t length = 0;
	char *metrics = shared->metrics(shared->arg, &length);

	text_clear(out);
	if (metrics != NULL)
		text_add(out, metrics, length);
	else
		out->failed = true;
	free(metrics);
	http_reply_text(exchange, &reply);
}

void
http_status_version(struct http_exchange *exchange)
{
	static const struct http_reply reply = { .type = "application/json", .open = true };
	struct text *out = &exchange->connection->pool->scratch;
	struct charindex_info info = charindex_info(exchange->lease->ci);

	text_clear(out);
	text_puts(out, "{\"name\":\"charfinder\",\"version\":\"" PACKAGE_VERSION "\",\"unicode\":");
	text_json(out, info.unicode_version, strlen(info.unicode_version));
	text_format(out, ",\"characters\":%u,\"words\":%u,\"generation\":%u}\n",
	    (unsigned)info.row_count, (unsigned)info.term_count,
	    generation_number(exchange->lease->generation));
	http_reply_text(exchange, &reply);
}
