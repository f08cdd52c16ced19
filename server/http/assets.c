/* assets.c - the embedded files, as they are served. */
#include "assets.h"

#include <string.h>

#include "base_path.h"
#include "embedded.h"
#include "exchange.h"
#include "problem.h"
#include "response.h"

static void
answer_with(struct exchange *exchange, const char *name)
{
	const struct http_asset *asset = http_assets_find(name);
	const struct param *version = params_find(&exchange->params, "v");
	struct reply reply = { .open = true };

	if (asset == NULL || asset->type == NULL) {
		problem(exchange, 404, "There is no such file.");
		return;
	}
	reply.type = asset->type;
	reply.cache = version != NULL && strcmp(version->value, http_assets_hash) == 0 ? CACHE_FOREVER
	                                                                               : CACHE_ASK;
	if (response_not_modified(exchange, &reply))
		return;
	base_path_fill(&exchange->body, exchange, asset);
	response_whole(exchange, 200, &reply);
}

void
assets_answer(struct exchange *exchange)
{
	answer_with(exchange, exchange->rest);
}

void
assets_favicon(struct exchange *exchange)
{
	answer_with(exchange, "favicon.svg");
}

void
assets_openapi(struct exchange *exchange)
{
	answer_with(exchange, "openapi.json");
}

void
assets_manifest(struct exchange *exchange)
{
	answer_with(exchange, "manifest.webmanifest");
}

/* It is responsible for all that is beside it and below. */
void
assets_worker(struct exchange *exchange)
{
	answer_with(exchange, "worker.js");
}
