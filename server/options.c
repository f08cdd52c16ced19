/* options.c - hides the command line. One row of the table owns all there is to know of
 * an option. */
#include "options.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_path.h"
#include "dict.h"
#include "http.h"
#include "option_table.h"
#include "prompt.h"
#include "rate.h"

#define MAX_WORKERS 1024
#define MAX_CLIENTS 100000000
#define MAX_SECONDS (24 * 60 * 60)
#define MAX_CACHE (1u << 30)

static void *
must_grow(void *array, unsigned count, size_t size)
{
	array = realloc(array, (count + 1) * size);
	if (array == NULL)
		errx(1, "out of memory");
	return array;
}

static void
add_listen(struct options *options, const struct address_name *address, const struct face *face)
{
	options->listens =
	    must_grow(options->listens, options->listen_count, sizeof(*options->listens));
	options->listens[options->listen_count++] = (struct listen_name){ *address, face };
}

static void
take_address(struct options *options, const char *option, const char *argument, const char *example,
    const struct face *face)
{
	struct address_name address;

	if (!address_split(argument, &address))
		errx(2,
		    "--%s=%s is not ADDRESS:PORT[,proxy], as 127.0.0.1:%s or [::1]:%s, and not "
		    "unix:PATH[,mode=0660][,proxy]",
		    option, argument, example, example);
	add_listen(options, &address, face);
}

static void
take_listen(struct options *options, const char *argument)
{
	if (strcmp(argument, "systemd") == 0)
		options->listen_inherited = true;
	else
		take_address(options, "listen", argument, OPTIONS_DEFAULT_PORT, &prompt_face);
}

static void
take_http(struct options *options, const char *argument)
{
	take_address(options, "http", argument, "8888", &http_face);
}

static void
take_http_base(struct options *options, const char *argument)
{
	if (!base_path_is_valid(argument))
		errx(2,
		    "--http-base=%s is not a path as /chars: letters, digits and -._~ behind each slash, and "
		    "none at the end",
		    argument);
	options->http_base = argument;
}

static void
take_dict(struct options *options, const char *argument)
{
	take_address(options, "dict", argument, "2628", &dict_face);
}

static void
take_admin(struct options *options, const char *argument)
{
	take_address(options, "admin", argument, "9102", &admin_face);
}

static void
take_trusted_proxy(struct options *options, const char *argument)
{
	struct address_network network;

	if (!address_read_network(argument, &network))
		errx(2,
		    "--trusted-proxy=%s is not an IP address or network, as 192.0.2.1, 10.0.0.0/8 or "
		    "2001:db8::/32, nor unix",
		    argument);
	options->trusted_proxies =
	    must_grow(options->trusted_proxies, options->trusted_count, sizeof(network));
	options->trusted_proxies[options->trusted_count++] = network;
}

OPTION_STRING(index)
OPTION_STRING(synonyms)
OPTION_STRING(user)
OPTION_STRING(probe)
OPTION_FLAG(check)
OPTION_FLAG(help)
OPTION_FLAG(version)

static void
take_mode(struct options *options, const char *argument)
{
	if (!charindex_read_mode(argument, strlen(argument), &options->mode))
		errx(2, "--mode=%s is not classic, auto or wide", argument);
}

OPTION_NUMBER(workers, "workers", 1, MAX_WORKERS)
OPTION_NUMBER(max_clients, "max-clients", 1, MAX_CLIENTS)
OPTION_NUMBER(max_clients_per_address, "max-clients-per-address", 0, MAX_CLIENTS)
OPTION_NUMBER(max_rate_per_address, "max-rate-per-address", 0, RATE_MAX)
OPTION_NUMBER(cache, "cache", 0, MAX_CACHE)
OPTION_NUMBER(idle_timeout, "idle-timeout", 0, MAX_SECONDS)
OPTION_NUMBER(line_timeout, "line-timeout", 0, MAX_SECONDS)
OPTION_NUMBER(answer_timeout, "answer-timeout", 0, MAX_SECONDS)
OPTION_NUMBER(shutdown_timeout, "shutdown-timeout", 0, MAX_SECONDS)

static void
take_verbose(struct options *options, const char *argument)
{
	(void)argument;
	options->log = LOG_QUERY;
}

static void
take_log(struct options *options, const char *argument)
{
	if (!log_level_read(argument, &options->log))
		errx(2, "--log=%s is not errors, connections or queries", argument);
}

/* clang-format off */
static const struct option_row rows[] = {
	{ "listen", 'l', "ADDRESS:PORT", "listen there; may be repeated; [::1]:2323\n"
	  "for IPv6; port 0 is any free one; with\n"
	  ",proxy at the end, connections begin with\n"
	  "a PROXY header; unix:PATH is a UNIX socket,\n"
	  "with ,mode=0660 for its file; `systemd` is\n"
	  "the sockets of the service manager; default:\n"
	  "those, or " OPTIONS_DEFAULT_ADDRESS ":" OPTIONS_DEFAULT_PORT, take_listen },
	{ "http", 0, "ADDRESS:PORT", "also serve a web page, and JSON, there; may\n"
	  "be repeated, and have ,proxy at the end;\n"
	  "default: nowhere", take_http },
	{ "http-base", 0, "BASE", "serve what --http serves under this path, as\n"
	  "/chars, and nothing beside it: for a proxy\n"
	  "that has other things, too; default: none", take_http_base },
	{ "dict", 0, "ADDRESS:PORT", "also serve dictionary clients (RFC 2229)\n"
	  "there; may be repeated, and have ,proxy at\n"
	  "the end; default: nowhere", take_dict },
	{ "admin", 0, "ADDRESS:PORT", "tell metrics and health there, and not on\n"
	  "the addresses of HTTP; may be repeated;\n"
	  "default: on those", take_admin },
	{ "trusted-proxy", 0, "NETWORK", "believe what those of this address, or\n"
	  "network as 10.0.0.0/8, or unix, say in\n"
	  "X-Forwarded-For of a client's address; may\n"
	  "be repeated; default: nobody", take_trusted_proxy },
	{ "index", 'i', "FILE", "the index to search; default\n" PKGDATADIR "/charindex.db",
	  take_index },
	{ "synonyms", 0, "FILE", "queries that stand for others; see\n"
	  "charfinderd(8); default: none", take_synonyms },
	{ "mode", 'm', "MODE", "how queries are understood: classic, the\n"
	  "seed's rule alone; auto, which helps where\n"
	  "that has no answer; wide, all sources at\n"
	  "once, best first; default auto", take_mode },
	{ "workers", 'w', "N", "threads that serve; default: one for each\n"
	  "CPU, or socket of the service manager", take_workers },
	{ "max-clients", 0, "N", "connections at a time; default: what the\n"
	  "limit on open files allows", take_max_clients },
	{ "max-clients-per-address", 0, "N", "connections at a time from one address\n"
	  "(IPv6: one /64); default 0, no limit", take_max_clients_per_address },
	{ "max-rate-per-address", 0, "N", "queries a second from one address; more\n"
	  "have to wait; default 0, no limit", take_max_rate_per_address },
	{ "cache", 0, "BYTES", "memory of each worker for answers that took\n"
	  "long to find; default 1048576; 0: none", take_cache },
	{ "idle-timeout", 0, "SECONDS", "how long a client may ask nothing; default\n"
	  "600; 0 is for ever, here and below", take_idle_timeout },
	{ "line-timeout", 0, "SECONDS", "how long a query, from its first byte, or a\n"
	  "PROXY header may take to come; default 30", take_line_timeout },
	{ "answer-timeout", 0, "SECONDS", "how long a client may take to read an\n"
	  "answer; default 120", take_answer_timeout },
	{ "shutdown-timeout", 0, "SECONDS", "how long answers may take to be delivered\n"
	  "after SIGINT or SIGTERM; 0 is not at all;\n"
	  "default 10", take_shutdown_timeout },
	{ "user", 'u', "NAME", "become this user, for good, when the sockets\n"
	  "are open; default: stay who one is", take_user },
	{ "log", 0, "WHAT", "errors: only what the daemon has to say of\n"
	  "itself; connections: these too; queries:\n"
	  "each of them too; default connections", take_log },
	{ "verbose", 'v', NULL, "as --log=queries", take_verbose },
	{ "probe", 0, "ADDRESS:PORT", "ask the daemon there, or by HTTP or DICT at\n"
	  "http://... or dict://..., whether it is\n"
	  "well, and exit with 0 if it is", take_probe },
	{ "check", 0, NULL, "say what would be served, and exit", take_check },
	{ "help", 'h', NULL, "print this and exit", take_help },
	{ "version", 'V', NULL, "print the version, and that of the index,\n"
	  "and exit", take_version },
};
/* clang-format on */

#define ROW_COUNT ((int)(sizeof(rows) / sizeof(rows[0])))
_Static_assert((int)ROW_COUNT <= OPTION_TABLE_MAX_ROWS, "make room for more options");

void
options_print_help(void)
{
	enum { HELP_COLUMN = 36 };

	fputs("Usage: charfinderd [OPTION]... [ADDRESS [PORT]]\n"
	      "Serves searches for Unicode characters by the words in their names over TCP.\n"
	      "\n",
	    stdout);
	option_table_print(rows, ROW_COUNT, HELP_COLUMN);
}

/* As the seed: [ADDRESS [PORT]]. */
static void
take_operands(struct options *options, int count, char **operands)
{
	const char *port = count > 1 ? operands[1] : OPTIONS_DEFAULT_PORT;
	struct address_name name;

	if (count > 2)
		errx(2, "'%s' is one argument too many; see charfinderd --help", operands[2]);
	if (count == 0)
		return;
	/* to getaddrinfo() it would be an address, 2323 that of 0.0.9.19 */
	if (strspn(operands[0], "0123456789") == strlen(operands[0]) && operands[0][0] != '\0')
		errx(2,
		    "'%s' is no address; the port comes second, as in: charfinderd " OPTIONS_DEFAULT_ADDRESS
		    " " OPTIONS_DEFAULT_PORT,
		    operands[0]);
	if (count == 1 && address_split(operands[0], &name))
		errx(2, "'%s': give address and port apart, as %s %s, or --listen=%s", operands[0],
		    name.port[0] != '\0' ? name.host : OPTIONS_DEFAULT_ADDRESS,
		    name.port[0] != '\0' ? name.port : OPTIONS_DEFAULT_PORT, operands[0]);
	if (options_listen(options, &prompt_face) || options->listen_inherited)
		errx(2, "'%s' and --listen together; give all addresses with --listen", operands[0]);
	if (!address_join(operands[0], port, &name))
		errx(2, "'%s' '%s' is not an address and a port from 0 to 65535", operands[0], port);
	add_listen(options, &name, &prompt_face);
}

void
options_parse(struct options *options, int argc, char **argv)
{
	*options = (struct options){
		.index = PKGDATADIR "/charindex.db",
		.mode = CHARINDEX_AUTO,
		.http_base = "",
		.log = LOG_CONNECTION,
		.cache = 1024 * 1024,
		.idle_timeout = 600,
		.line_timeout = 30,
		.answer_timeout = 120,
		.shutdown_timeout = 10,
	};
	option_words_init(&options->words, OPTIONS_VARIABLE, argc, argv);
	option_table_parse(rows, ROW_COUNT, options, options->words.argc, options->words.argv,
	    options->words.argc > argc ? "; " OPTIONS_VARIABLE " has options too" : "");
	take_operands(options, options->words.argc - optind, options->words.argv + optind);
}

bool
options_listen(const struct options *options, const struct face *face)
{
	for (unsigned i = 0; i < options->listen_count; i++)
		if (options->listens[i].face == face)
			return true;
	return false;
}

const struct listen_name *
options_default_listen(void)
{
	/* clang-format off */
	static const struct listen_name name = {
		{ .host = OPTIONS_DEFAULT_ADDRESS, .port = OPTIONS_DEFAULT_PORT }, &prompt_face,
	};
	/* clang-format on */

	return &name;
}

void
options_release(struct options *options)
{
	free(options->listens);
	free(options->trusted_proxies);
	option_words_release(&options->words);
}
