/* origin.c - scheme, host and port. */
#include "origin.h"

#include "connection.h"
#include "exchange.h"
#include "text.h"
#include "trusted.h"

void
origin_put(struct text *out, const struct exchange *exchange)
{
	const struct connection *connection = exchange->connection;
	const struct request_span *host = &exchange->request->host;
	bool secure = exchange->request->says_https &&
	    trusted_has(connection->service->trusted, &connection->peer);

	text_puts(out, secure ? "https://" : "http://");
	if (host->length > 0)
		text_add(out, exchange->head + host->at, host->length);
	else
		text_puts(out, "localhost");
}
