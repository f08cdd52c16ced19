/* http_assets.c - hides how the embedded files are served. */
#include "http_assets.h"

#include <string.h>

#include "http_exchange.h"
#include "http_problem.h"
#include "http_reply.h"

const struct http_asset *
http_assets_find(const char *name)
{
	for (const struct http_asset *asset = http_assets; asset->name != NULL; asset++)
		if (strcmp(asset->name, name) == 0)
			return asset;
	return NULL;
}

static void
answer_with(struct http_exchange *exchange, const char *name)
{
	const struct http_asset *asset = http_assets_find(name);
	const struct http_param *version = http_param(&exchange->params, "v");
	struct http_reply reply = { .open = true };

	if (asset == NULL || asset->type == NULL) {
		http_problem(exchange, 404, (struct http_place){ 0 }, "There is no such file.");
		return;
	}
	reply.type = asset->type;
	reply.cache = version != NULL && strcmp(version->value, http_assets_hash) == 0 ?
	    HTTP_CACHE_FOREVER : HTTP_CACHE_ASK;
	if (!http_reply_not_modified(exchange, &reply))
		http_reply_bytes(exchange, &reply, asset->bytes, asset->length);
}

void
http_assets_answer(struct http_exchange *exchange)
{
	answer_with(exchange, exchange->rest);
}

void
http_assets_favicon(struct http_exchange *exchange)
{
	answer_with(exchange, "favicon.svg");
}

void
http_assets_openapi(struct http_exchange *exchange)
{
	answer_with(exchange, "openapi.json");
}
