/* dict_command.c - the table of commands, and the answers that need no search. */
#include "dict_command.h"

#include <string.h>
#include <strings.h>
#include <unicode/utf8.h>

#include "config.h"
#include "connection.h"
#include "database.h"
#include "define.h"
#include "dict_state.h"
#include "log.h"
#include "match.h"
#include "reply.h"
#include "snapshot.h"
#include "strategy.h"

struct dict_command {
	const char *name;
	const char *second;   /* its second word, or NULL */
	unsigned least, most; /* words in all; most 0: any number */
	const char *help;     /* NULL: not told */
	bool (*run)(struct dict *dict);
	bool (*is_costly)(const struct dict *dict); /* of a query; NULL: it is none */
};

/* Answers with one line. */
static bool
say(struct dict *dict, const char *line)
{
	stream_puts(dict->stream, line);
	return true;
}

static const struct charindex *
index_of(const struct dict *dict)
{
	return dict->connection->service->snapshot->ci;
}

/* ---- texts ------------------------------------------------------------------------- */

static void
begin_text(struct reply *reply, const struct dict *dict)
{
	if (dict->mime)
		reply_end_line(reply);
}

static bool
end_text(struct reply *reply)
{
	reply_puts(reply, "." REPLY_CRLF "250 ok" REPLY_CRLF);
	reply_end(reply);
	return true;
}

static bool
show_databases(struct dict *dict)
{
	struct database database;
	struct reply reply;

	reply_begin(&reply, dict->stream);
	reply_format(&reply, "110 %u databases present" REPLY_CRLF, database_count(index_of(dict)));
	begin_text(&reply, dict);
	for (unsigned n = 0; database_get(index_of(dict), n, &database); n++)
		reply_format(&reply, "%s \"%s\"" REPLY_CRLF, database.name, database.title);
	return end_text(&reply);
}

static bool
show_strategies(struct dict *dict)
{
	struct reply reply;
	unsigned count = 0;

	while (strategies[count].name != NULL)
		count++;
	reply_begin(&reply, dict->stream);
	reply_format(&reply, "111 %u strategies present" REPLY_CRLF, count);
	begin_text(&reply, dict);
	for (unsigned n = 0; n < count; n++)
		reply_format(&reply, "%s \"%s\"" REPLY_CRLF, strategies[n].name, strategies[n].description);
	return end_text(&reply);
}

static void
put_versions(struct reply *reply, const struct dict *dict)
{
	struct charindex_info info = charindex_info(index_of(dict));

	reply_format(reply,
	    "  charfinderd %s, Unicode %s: %u characters," REPLY_CRLF
	    "  %u sequences and controls" REPLY_CRLF,
	    PACKAGE_VERSION, info.unicode_version, (unsigned)info.row_count,
	    (unsigned)info.extra_count);
}

static bool
show_info(struct dict *dict)
{
	struct database database;
	struct reply reply;
	struct database_range range;

	if (!database_find(index_of(dict), dict->words->word[2], &range) ||
	    range.end - range.first != 1)
		return say(dict, DEFINE_NO_DATABASE);
	database_get(index_of(dict), range.first, &database);
	reply_begin(&reply, dict->stream);
	reply_format(&reply, "112 information for %s" REPLY_CRLF, database.name);
	begin_text(&reply, dict);
	reply_format(&reply, "  %s" REPLY_CRLF "  %s" REPLY_CRLF, database.title, database.about);
	put_versions(&reply, dict);
	reply_puts(&reply,
	    "  The data are those of Unicode, Inc., under its license:" REPLY_CRLF
	    "  https://www.unicode.org/license.txt" REPLY_CRLF);
	return end_text(&reply);
}

static bool
show_server(struct dict *dict)
{
	struct reply reply;

	reply_begin(&reply, dict->stream);
	reply_puts(&reply, "114 server information" REPLY_CRLF);
	begin_text(&reply, dict);
	put_versions(&reply, dict);
	reply_puts(&reply,
	    "  DEFINE finds characters by what they are called, U+2656, and characters themselves;" REPLY_CRLF
	    "  in the database `search`, what the words that are asked for stand in." REPLY_CRLF
	    "  MATCH lists names; the strategy `.` searches everything, best first." REPLY_CRLF);
	return end_text(&reply);
}

static bool
status(struct dict *dict)
{
	struct reply reply;

	reply_begin(&reply, dict->stream);
	reply_format(&reply, "210 charfinderd %s, %llu queries on this connection" REPLY_CRLF,
	    PACKAGE_VERSION, (unsigned long long)dict->connection->queries);
	reply_end(&reply);
	return true;
}

/* ---- the rest ------------------------------------------------------------------------ */

/* The first part of the words as the log shows them: nothing that a terminal obeys. */
static bool
client(struct dict *dict)
{
	const struct dict_words *words = dict->words;
	const char *begin = words->count > 1 ? words->word[1].bytes : "";
	size_t length = words->count > 1 ? words->word[1].length : 0;
	char shown[64];

	if (length >= sizeof(shown))
		length = sizeof(shown) - 1;
	for (size_t i = 0; i < length; i++)
		shown[i] = begin[i] > 0x20 && begin[i] < 0x7F ? begin[i] : '_';
	shown[length] = '\0';
	log_line(LOG_CONNECTION, "c%llu client=%s", (unsigned long long)dict->connection->number,
	    shown);
	return say(dict, "250 ok" REPLY_CRLF);
}

static bool
option_mime(struct dict *dict)
{
	dict->mime = true;
	return say(dict, "250 ok" REPLY_CRLF);
}

/* Not 502, at which dict(1) gives up. */
static bool
deny(struct dict *dict)
{
	return say(dict, "531 access denied, there are no users here" REPLY_CRLF);
}

static bool
refuse(struct dict *dict)
{
	return say(dict, "502 command not implemented" REPLY_CRLF);
}

static bool
quit(struct dict *dict)
{
	say(dict, "221 bye" REPLY_CRLF);
	dict->reason = CLOSE_QUIT;
	return false;
}

static bool help(struct dict *dict);

/* clang-format off */
static const struct dict_command commands[] = {
	{ "define", NULL, 3, 3, "DEFINE database word         -- look up word in database", define_run, define_is_costly },
	{ "match", NULL, 4, 4, "MATCH database strategy word -- match word in database", match_run, match_is_costly },
	{ "show", "db", 2, 2, "SHOW DB                      -- list all databases", show_databases, NULL },
	{ "show", "databases", 2, 2, NULL, show_databases, NULL },
	{ "show", "strat", 2, 2, "SHOW STRAT                   -- list all strategies", show_strategies, NULL },
	{ "show", "strategies", 2, 2, NULL, show_strategies, NULL },
	{ "show", "info", 3, 3, "SHOW INFO database           -- tell of a database", show_info, NULL },
	{ "show", "server", 2, 0, "SHOW SERVER                  -- tell of the server", show_server, NULL },
	{ "client", NULL, 1, 0, "CLIENT info                  -- say who you are", client, NULL },
	{ "option", "mime", 2, 2, "OPTION MIME                  -- a blank line before each text", option_mime, NULL },
	{ "status", NULL, 1, 0, "STATUS                       -- tell of this connection", status, NULL },
	{ "help", NULL, 1, 0, "HELP                         -- this list", help, NULL },
	{ "auth", NULL, 3, 3, NULL, deny, NULL },
	{ "saslauth", NULL, 1, 0, NULL, refuse, NULL },
	{ "saslresp", NULL, 1, 0, NULL, refuse, NULL },
	{ "quit", NULL, 1, 0, "QUIT                         -- end the connection", quit, NULL },
};
/* clang-format on */

#define COMMAND_COUNT ((int)(sizeof(commands) / sizeof(commands[0])))

static bool
help(struct dict *dict)
{
	struct reply reply;

	reply_begin(&reply, dict->stream);
	reply_puts(&reply, "113 help text follows" REPLY_CRLF);
	begin_text(&reply, dict);
	for (int i = 0; i < COMMAND_COUNT; i++)
		if (commands[i].help != NULL)
			reply_format(&reply, "  %s" REPLY_CRLF, commands[i].help);
	return end_text(&reply);
}

/* ---- which one it is --------------------------------------------------------------------- */

static bool
is(struct charindex_text word, const char *name)
{
	return strlen(name) == word.length && strncasecmp(name, word.bytes, word.length) == 0;
}

const struct dict_command *
dict_command_find(const struct dict *dict)
{
	const struct dict_words *words = dict->words;

	for (int i = 0; i < COMMAND_COUNT && words->count > 0; i++) {
		const struct dict_command *command = &commands[i];

		if (is(words->word[0], command->name) && words->count >= command->least &&
		    (command->most == 0 || words->count <= command->most) &&
		    (command->second == NULL || is(words->word[1], command->second)))
			return command;
	}
	return NULL;
}

static bool
is_utf8(struct charindex_text text)
{
	const uint8_t *s = (const uint8_t *)text.bytes;
	UChar32 c = 0;

	for (size_t i = 0; i < text.length && c >= 0;)
		U8_NEXT(s, i, text.length, c);
	return c >= 0;
}

/* CLIENT may say anything; what is searched for has to be text. */
static bool
is_text(const struct dict_words *words)
{
	for (unsigned i = 0; i < words->count && i < DICT_WORDS_KEPT; i++)
		if (!is_utf8(words->word[i]))
			return false;
	return true;
}

bool
dict_command_is_query(const struct dict *dict)
{
	return dict->command != NULL && dict->command->is_costly != NULL;
}

bool
dict_command_is_costly(const struct dict *dict)
{
	return dict_command_is_query(dict) && is_text(dict->words) && dict->command->is_costly(dict);
}

static bool
say_wrong(struct dict *dict)
{
	for (int i = 0; i < COMMAND_COUNT && dict->words->count > 0; i++)
		if (is(dict->words->word[0], commands[i].name))
			return say(dict, "501 syntax error, illegal parameters" REPLY_CRLF);
	return dict->words->count == 0 || say(dict, "500 unknown command" REPLY_CRLF);
}

static void
count_error(struct dict *dict, enum counter counter)
{
	counter_add(&dict->connection->service->counters.values[counter], 1);
}

bool
dict_command_run(struct dict *dict)
{
	if (dict->command == NULL)
		return say_wrong(dict);
	if (dict->command->run != client && !is_text(dict->words)) {
		count_error(dict, COUNTER_ERRORS_UTF8);
		return say(dict, "501 not UTF-8" REPLY_CRLF);
	}
	return dict->command->run(dict);
}

void
dict_command_too_long(struct dict *dict)
{
	count_error(dict, COUNTER_ERRORS_TOO_LONG);
	say(dict, "501 line too long" REPLY_CRLF);
}
