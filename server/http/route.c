/* route.c - the table of all paths, and the parameters that each takes. */
#include "route.h"

#include <string.h>
#include <strings.h>

#include "api.h"
#include "api_char.h"
#include "api_languages.h"
#include "api_suggest.h"
#include "assets.h"
#include "base_path.h"
#include "browse.h"
#include "char_path.h"
#include "connection.h"
#include "exchange.h"
#include "names.h"
#include "page.h"
#include "problem.h"
#include "response.h"
#include "search.h"
#include "sitemap.h"
#include "snapshot.h"
#include "status.h"

#define MAX_NAMES 12

/* The parameters of search_filter_names. */
#define FILTERS "cat", "script", "block", "age"

struct route {
	const char *path; /* ending in a slash: all that begins with it; else this one */
	const char *parameters[MAX_NAMES]; /* that it knows; others are refused */
	bool lenient; /* ... unless so: what it does not know is none of its business */
	void (*ask)(struct exchange *exchange);             /* answers, or leaves that to answer() */
	void (*answer)(struct exchange *exchange);          /* the rest, with what was found */
	bool (*is_costly)(const struct exchange *exchange); /* is answer()? NULL: never */
};

static bool
always(const struct exchange *exchange)
{
	(void)exchange;
	return true;
}

/* clang-format off */
static const struct route routes[] = {
	{ "/search", { "q", "limit", "from", "lang", "mode", FILTERS }, false, api_ask_classic,
	    api_answer_classic, NULL },
	{ "/", { "query", "from", "lang", "mode", "typing", FILTERS }, true, page_ask, page_answer, always },
	{ "/api/v1/search", { "q", "limit", "from", "lang", "mode", "facets", "fields", "typing", FILTERS }, false,
	    api_ask, api_answer, api_is_costly },
	{ "/api/v1/languages", { NULL }, false, api_languages, NULL, NULL },
	{ "/api/v1/blocks", { NULL }, false, browse_ask, browse_answer, always },
	{ "/api/v1/scripts", { NULL }, false, browse_ask, browse_answer, always },
	{ "/api/v1/categories", { NULL }, false, browse_ask, browse_answer, always },
	{ "/api/v1/versions", { NULL }, false, browse_ask, browse_answer, always },
	{ "/api/v1/suggest", { "q", "limit", "lang", "mode" }, false, api_ask_suggest, api_answer_suggest,
	    NULL },
	{ "/api/v1/char", { "codes", "fields" }, false, api_ask_chars, api_answer_chars, always },
	{ "/api/v1/char/", { "fields" }, false, api_ask_char, api_answer_char, always },
	{ "/api/v1/identify", { "text", "limit", "from", "fields" }, false, api_ask_text, api_answer, NULL },
	{ "/browse", { "lang" }, true, page_ask_browse, page_answer_browse, always },
	{ "/char/", { "query", "lang" }, true, page_ask_char, page_answer_char, always },
	{ "/random", { "lang" }, true, page_ask_random, NULL, NULL },
	{ "/assets/", { NULL }, true, assets_answer, NULL, NULL },
	{ "/favicon.ico", { NULL }, true, assets_favicon, NULL, NULL },
	{ "/robots.txt", { NULL }, true, sitemap_robots, NULL, NULL },
	{ "/sitemap.xml", { NULL }, true, sitemap_ask_index, sitemap_answer_index, always },
	{ "/sitemap/", { NULL }, true, sitemap_ask_block, sitemap_answer_block, NULL },
	{ "/names.txt", { NULL }, true, names_ask, names_answer, NULL },
	{ "/worker.js", { NULL }, true, assets_worker, NULL, NULL },
	{ "/manifest.webmanifest", { NULL }, true, assets_manifest, NULL, NULL },
	{ "/opensearch.xml", { NULL }, true, sitemap_opensearch, NULL, NULL },
	{ "/openapi.json", { NULL }, true, assets_openapi, NULL, NULL },
	{ "/version", { NULL }, true, status_version, NULL, NULL },
};

/* What may have an address of its own (--admin). */
static const struct route admin_routes[] = {
	{ "/healthz", { NULL }, true, status_health, NULL, NULL },
	{ "/readyz", { NULL }, true, status_ready, NULL, NULL },
	{ "/metrics", { NULL }, true, status_metrics, NULL, NULL },
};
/* clang-format on */

static const struct route *
find_in(const struct route *table, size_t count, struct exchange *exchange, const char *path)
{
	for (const struct route *route = table; route < table + count; route++) {
		size_t length = strlen(route->path);
		bool prefix = length > 1 && route->path[length - 1] == '/';

		if (strncmp(path, route->path, length) != 0 || (!prefix && path[length] != '\0'))
			continue;
		exchange->rest = path + length;
		return route;
	}
	return NULL;
}

static const struct route *
find(struct exchange *exchange, const char *path)
{
	const struct connection *connection = exchange->connection;
	bool is_admin = connection->face->face->admin;
	const struct route *route = NULL;

	if (!is_admin)
		route = find_in(routes, sizeof(routes) / sizeof(routes[0]), exchange, path);
	if (route == NULL && (is_admin || !connection->service->admin))
		route =
		    find_in(admin_routes, sizeof(admin_routes) / sizeof(admin_routes[0]), exchange, path);
	return route;
}

/* "/U+2657" and "/%E2%99%97" are short for the page about a character, if there is one. */
static const struct route *
find_char(struct exchange *exchange, const char *path)
{
	const struct route *route;
	struct char_id found;
	int status;

	if (path[1] != '%' && strncasecmp(path + 1, "U+", 2) != 0)
		return NULL;
	if (char_path_find(exchange->snapshot->ci, path + 1, &found, &status) != NULL)
		return NULL;
	route = find(exchange, "/char/");
	if (route != NULL)
		exchange->rest = path + 1;
	return route;
}

static const struct route *
find_any(struct exchange *exchange, const char *path)
{
	const struct route *route = find(exchange, path);

	return route != NULL ? route : find_char(exchange, path);
}

static bool
knows(const struct route *route, const char *name)
{
	for (int n = 0; n < MAX_NAMES && route->parameters[n] != NULL; n++)
		if (strcmp(route->parameters[n], name) == 0)
			return true;
	return false;
}

/* False if they are wrong, which has been answered then. */
static bool
read_params(struct exchange *exchange, char *room)
{
	const struct request_span *query = &exchange->request->query;
	struct params *params = &exchange->params;
	const char *wrong;
	enum params_error error =
	    params_read(exchange->head + query->at, query->length, params, room, &wrong);

	if (error != PARAMS_OK) {
		problem_of(exchange, 400, wrong, 0, "The parameter '%s' %s.", wrong,
		    params_error_text(error));
		return false;
	}
	for (unsigned i = 0; i < params->count && !exchange->route->lenient; i++) {
		const char *name = params->list[i].name;

		if (knows(exchange->route, name))
			continue;
		problem_of(exchange, 400, name, 0,
		    "The parameter '%s' is not known here; see %s/openapi.json.", name,
		    base_path(exchange));
		return false;
	}
	return true;
}

/* What may be done with what is there: all of it may be read, and nothing else. */
static void
answer_options(struct exchange *exchange)
{
	static const struct reply reply = { .open = true };

	response_whole(exchange, 204, &reply);
}

/* From the base path to the page, whose address has a slash behind it (head.c). */
static void
redirect(struct exchange *exchange)
{
	static const struct reply reply = {
		.type = "text/plain; charset=utf-8",
		.cache = CACHE_ASK,
		.open = true,
	};

	base_path_link(&exchange->body, exchange, "/\n");
	response_whole(exchange, 301, &reply);
}

/* There is nothing at the path; who goes there with a browser is led on. */
static void
answer_nothing(struct exchange *exchange)
{
	if (exchange->request->wants_page && !exchange->connection->face->face->admin)
		page_nothing(exchange);
	else
		problem(exchange, 404, "There is nothing at this path; see %s/openapi.json.",
		    base_path(exchange));
}

static void
follow(struct exchange *exchange)
{
	const struct request_span *path = &exchange->request->path;
	char *room = exchange->room;
	const char *behind;

	memcpy(room, exchange->head + path->at, path->length);
	room[path->length] = '\0';
	behind = base_path_behind(exchange, room);
	if (behind != NULL && *behind == '\0') {
		redirect(exchange);
		return;
	}
	exchange->route = behind != NULL ? find_any(exchange, behind) : NULL;
	if (exchange->route == NULL)
		answer_nothing(exchange);
	else if (exchange->request->method == REQUEST_OPTIONS)
		answer_options(exchange);
	else if (read_params(exchange, room + path->length + 1))
		exchange->route->ask(exchange);
}

void
route_request(struct exchange *exchange)
{
	const struct request *request = exchange->request;

	if (request->status == REQUEST_BAD)
		problem(exchange, refusal_status(request->refusal), "%s", refusal_detail(request->refusal));
	else if (!exchange_takes_place(exchange))
		problem(exchange, 429,
		    "There are too many requests from your address; wait for their answers.");
	else
		follow(exchange);
}

bool
route_is_costly(const struct exchange *exchange)
{
	return exchange->pending && exchange->route->is_costly != NULL &&
	    exchange->route->is_costly(exchange);
}

void
route_answer(struct exchange *exchange)
{
	if (exchange->pending)
		exchange->route->answer(exchange);
	exchange->pending = false;
}
