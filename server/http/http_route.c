/* http_route.c - the table of all paths, and the parameters that each takes. */
#include "http_route.h"

#include <string.h>

#include "http_api.h"
#include "http_assets.h"
#include "http_connection.h"
#include "http_exchange.h"
#include "http_page.h"
#include "http_problem.h"
#include "http_status.h"

#define MAX_NAMES 8

struct route {
	const char *path;      /* ending in a slash: all that begins with it; else this one */
	const char *parameters[MAX_NAMES]; /* that it knows; others are refused */
	bool lenient;          /* ... unless so: what it does not know is none of its business */
	void (*answer)(struct http_exchange *exchange);
};

static const struct route routes[] = {
	{ "/search", { "q", "limit", "from", "lang", "mode" }, false, http_api_seed_search },
	{ "/", { "query", "from", "lang", "mode" }, true, http_page_search },
	{ "/api/v1/search", { "q", "limit", "from", "lang", "mode", "facets" }, false, http_api_search },
	{ "/api/v1/char/", { NULL }, false, http_api_char },
	{ "/api/v1/identify", { "text", "limit", "from" }, false, http_api_identify },
	{ "/char/", { "query" }, true, http_page_char },
	{ "/assets/", { NULL }, true, http_assets_answer },
	{ "/favicon.ico", { NULL }, true, http_assets_favicon },
	{ "/openapi.json", { NULL }, true, http_assets_openapi },
	{ "/healthz", { NULL }, true, http_status_health },
	{ "/readyz", { NULL }, true, http_status_ready },
	{ "/metrics", { NULL }, true, http_status_metrics },
	{ "/version", { NULL }, true, http_status_version },
};

static const struct route *
find(struct http_exchange *exchange)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		size_t length = strlen(routes[i].path);
		bool prefix = length > 1 && routes[i].path[length - 1] == '/';

		if (strncmp(exchange->path, routes[i].path, length) != 0 ||
		    (!prefix && exchange->path[length] != '\0'))
			continue;
		exchange->rest = exchange->path + length;
		return &routes[i];
	}
	return NULL;
}

/* The first parameter that the route does not know, or NULL. */
static const char *
find_unknown(const struct route *route, const struct http_params *params)
{
	for (unsigned i = 0; i < params->count; i++) {
		int n = 0;

		while (n < MAX_NAMES && route->parameters[n] != NULL &&
		    strcmp(route->parameters[n], params->list[i].name) != 0)
			n++;
		if (n == MAX_NAMES || route->parameters[n] == NULL)
			return params->list[i].name;
	}
	return NULL;
}

/* False if they are wrong, which has been said then. */
static bool
read_params(struct http_exchange *exchange, const struct route *route)
{
	struct http_params *params = &exchange->params;
	const char *wrong = http_params_read(exchange->query, params,
	    exchange->connection->pool->decoded);
	const char *unknown = route->lenient ? NULL : find_unknown(route, params);
	const char *name = params->count > 0 ? params->list[params->count - 1].name : "";

	if (wrong != NULL)
		http_problem(exchange, 400, (struct http_place){ name, 0 }, "The parameter '%s' %s.", name,
		    wrong);
	else if (unknown != NULL)
		http_problem(exchange, 400, (struct http_place){ unknown, 0 },
		    "The parameter '%s' is not known here; see /openapi.json.", unknown);
	return wrong == NULL && unknown == NULL;
}

void
http_route(struct http_exchange *exchange)
{
	const struct route *route = find(exchange);

	if (route == NULL)
		http_problem(exchange, 404, (struct http_place){ 0 },
		    "There is nothing at this path; see /openapi.json.");
	else if (read_params(exchange, route))
		route->answer(exchange);
}
