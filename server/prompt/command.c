/* command.c - hides what can be told to a session besides queries. One row of the table owns
 * all there is to know of a command. */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "about_find.h"
#include "ascii.h"
#include "config.h"
#include "connection.h"
#include "service.h"
#include "snapshot.h"
#include "stream.h"

#define CRLF "\r\n"

/* What stands after the name of a command. */
struct argument {
	const char *text;
	size_t length;
};

struct command {
	const char *name;
	const char *argument; /* as :help shows it */
	const char *help;
	enum command_result (*run)(struct prompt *prompt, const struct argument *argument);
	bool takes_text; /* of any kind, so that it is a command whatever the line ends with */
};

static __attribute__((format(printf, 2, 3))) void
say(struct prompt *prompt, const char *format, ...)
{
	char line[1024];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(line, sizeof(line) - 2, format, args);
	va_end(args);
	if (length < 0)
		return;
	if ((size_t)length > sizeof(line) - 3)
		length = sizeof(line) - 3;
	memcpy(line + length, CRLF, 2);
	stream_write(prompt->stream, line, (size_t)length + 2);
}

/* As much of an argument as an error shows: ASCII, so that it may be cut anywhere. */
static int
shown(const struct argument *argument)
{
	size_t length = 0;

	while (length < argument->length && length < 40 && argument->text[length] >= 0x20 &&
	    argument->text[length] < 0x7F)
		length++;
	return (int)length;
}

static bool
is(const struct argument *argument, const char *word)
{
	return strlen(word) == argument->length &&
	    strncasecmp(word, argument->text, argument->length) == 0;
}

/* A number from `least` to `most`: false, and an error, if it is none. */
static bool
read_number(struct prompt *prompt, const char *command, const struct argument *argument,
    uint32_t least, uint32_t most, uint32_t *number)
{
	uint32_t n = 0;
	bool right = argument->length > 0 && argument->length <= 7;

	for (size_t i = 0; right && i < argument->length; i++) {
		right = ascii_is_digit(argument->text[i]);
		n = n * 10 + (uint32_t)(argument->text[i] - '0');
	}
	if (right && n >= least && n <= most) {
		*number = n;
		return true;
	}
	say(prompt, "Error: :%s takes a number from %u to %u, not '%.*s'", command, (unsigned)least,
	    (unsigned)most, shown(argument), argument->text);
	return false;
}

static enum command_result
run_more(struct prompt *prompt, const struct argument *argument)
{
	(void)argument;
	if (prompt->paged != NULL)
		return COMMAND_MORE;
	say(prompt, "Error: there are no more rows; :limit N makes pages of N");
	return COMMAND_DONE;
}

static enum command_result
run_limit(struct prompt *prompt, const struct argument *argument)
{
	struct charindex_settings *settings = &prompt->settings;

	if (!charindex_read_limit(argument->text, argument->length, settings))
		say(prompt, "Error: :limit takes a number of rows from 1 to 9999999, or all, not '%.*s'",
		    shown(argument), argument->text);
	else if (settings->all)
		say(prompt, "limit: all rows");
	else
		say(prompt, "limit: %u rows a page", (unsigned)settings->limit);
	return COMMAND_DONE;
}

static enum command_result
run_from(struct prompt *prompt, const struct argument *argument)
{
	struct charindex_settings settings = { .from = 1 };

	if (charindex_read_from(argument->text, argument->length, &settings)) {
		prompt->from = settings.from;
		say(prompt, "from: row %u of an answer", (unsigned)prompt->from);
	} else {
		say(prompt, "Error: :from takes a number from 1 to 9999999, not '%.*s'", shown(argument),
		    argument->text);
	}
	return COMMAND_DONE;
}

/* Makes the argument the prompt's line: false if nothing is left of it. */
static bool
take_line(struct prompt *prompt, const struct argument *argument)
{
	prompt->line.text = argument->text;
	prompt->line.length = argument->length;
	prompt->line.text = charindex_strip(prompt->line.text, &prompt->line.length);
	return prompt->line.length > 0;
}

static enum command_result
run_find(struct prompt *prompt, const struct argument *argument)
{
	if (take_line(prompt, argument))
		return COMMAND_FIND;
	say(prompt, "Error: :find takes what is to be found");
	return COMMAND_DONE;
}

static enum command_result
run_about(struct prompt *prompt, const struct argument *argument)
{
	if (take_line(prompt, argument))
		return COMMAND_ABOUT;
	say(prompt, "Error: :about takes a character: " ABOUT_FIND_HELP);
	return COMMAND_DONE;
}

static enum command_result
run_lang(struct prompt *prompt, const struct argument *argument)
{
	const struct charindex *ci = prompt->connection->service->snapshot->ci;
	const char *language;
	char known[768] = "";
	size_t used = 0;

	if (charindex_read_language(ci, argument->text, argument->length, &prompt->settings)) {
		say(prompt, "lang: %s", prompt->settings.language);
		return COMMAND_DONE;
	}
	for (uint32_t n = 0; (language = charindex_language(ci, n)) != NULL; n++)
		if (used + strlen(language) + 2 < sizeof(known))
			used += (size_t)sprintf(known + used, " %s", language);
	say(prompt,
	    "Error: :lang takes up to %d languages with commas between, not '%.*s'; there are%s",
	    CHARINDEX_MAX_LANGUAGES, shown(argument), argument->text,
	    used > 0 ? known : " none in this index");
	return COMMAND_DONE;
}

static enum command_result
run_format(struct prompt *prompt, const struct argument *argument)
{
	enum charindex_format format;

	if (charindex_read_format(argument->text, argument->length, &format)) {
		prompt->format = (uint8_t)format;
		say(prompt, "format: %s", charindex_format_name(format));
	} else {
		say(prompt, "Error: :format takes text, tsv or json, not '%.*s'", shown(argument),
		    argument->text);
	}
	return COMMAND_DONE;
}

static enum command_result
run_mode(struct prompt *prompt, const struct argument *argument)
{
	enum charindex_mode *mode = &prompt->settings.mode;

	if (charindex_read_mode(argument->text, argument->length, mode))
		say(prompt, "mode: %s", charindex_mode_name(*mode));
	else
		say(prompt, "Error: :mode takes classic, auto or wide, not '%.*s'", shown(argument),
		    argument->text);
	return COMMAND_DONE;
}

static enum command_result
run_version(struct prompt *prompt, const struct argument *argument)
{
	struct charindex_info info = charindex_info(prompt->connection->service->snapshot->ci);

	(void)argument;
	say(prompt, "charfinderd %s, Unicode %s: %u characters, %u sequences and controls",
	    PACKAGE_VERSION, info.unicode_version, (unsigned)info.row_count,
	    (unsigned)info.extra_count);
	return COMMAND_DONE;
}

static enum command_result
run_words(struct prompt *prompt, const struct argument *argument)
{
	enum { MOST_WORDS = 1000 };
	const struct charindex *ci = prompt->connection->service->snapshot->ci;
	uint32_t numbers[MOST_WORDS], count;

	if (!read_number(prompt, "words", argument, 1, MOST_WORDS, &count))
		return COMMAND_DONE;
	count = charindex_frequent_words(ci, numbers, count);
	for (uint32_t i = 0; i < count; i++) {
		struct charindex_word word = charindex_word(ci, numbers[i]);

		say(prompt, "%5u %.*s", (unsigned)word.row_count, (int)word.length, word.text);
	}
	stream_yield(prompt->stream);
	return COMMAND_DONE;
}

static enum command_result
run_quit(struct prompt *prompt, const struct argument *argument)
{
	(void)prompt, (void)argument;
	return COMMAND_QUIT;
}

static enum command_result run_help(struct prompt *prompt, const struct argument *argument);

static const struct command commands[] = {
	{ "help", "", "this list", run_help, false },
	{ "find", "TEXT", "TEXT, even if it looks like a command", run_find, true },
	{ "about", "U+2657", "all that is known of a character", run_about, true },
	{ "more", "", "the next page of the last answer", run_more, false },
	{ "limit", "N", "rows of a page; or all", run_limit, false },
	{ "from", "N", "begin with row N", run_from, false },
	{ "lang", "fr", "the language of keywords, besides English", run_lang, false },
	{ "format", "text", "what rows look like: text, tsv or json", run_format, false },
	{ "mode", "wide", "how words are looked for: classic, auto or wide", run_mode, false },
	{ "version", "", "of the server and of Unicode", run_version, false },
	{ "words", "20", "the most frequent words of names", run_words, false },
	{ "quit", "", "end the conversation", run_quit, false },
};

#define COMMAND_COUNT ((int)(sizeof(commands) / sizeof(commands[0])))

/* What a query can be made of, for :help. */
static const char *const query_help[][2] = {
	{ "chess rook", "names with both words" },
	{ "sun* *moon*", "words that begin so; that have it inside" },
	{ "\"heavy heart\"", "words side by side" },
	{ "rook -black | pawn", "not; or" },
	{ "cat:Sm block:arrows", "also script: age: is: in: lang: limit: from:" },
	{ "looks:a numeric:1/2", "also strokes: radical: width: bidi: scx:, is:alphabetic" },
	{ "U+20AC 20AC..20CF", "code points, also as &euro; or \\u20ac; or paste characters" },
};

static enum command_result
run_help(struct prompt *prompt, const struct argument *argument)
{
	(void)argument;
	for (size_t i = 0; i < sizeof(query_help) / sizeof(query_help[0]); i++)
		say(prompt, "%-20s %s", query_help[i][0], query_help[i][1]);
	for (int i = 0; i < COMMAND_COUNT; i++) {
		int width = 18 - (int)strlen(commands[i].name);

		say(prompt, ":%s %-*s %s", commands[i].name, width, commands[i].argument, commands[i].help);
	}
	return COMMAND_DONE;
}

/* Does the name of a command begin so? */
static bool
begins_command(char letter)
{
	for (int i = 0; i < COMMAND_COUNT; i++)
		if (strncasecmp(commands[i].name, &letter, 1) == 0)
			return true;
	return false;
}

/* Is it a command, with a space behind its name, that takes any text? */
static bool
takes_text(const char *line, size_t length)
{
	for (int i = 0; i < COMMAND_COUNT; i++) {
		size_t name = strlen(commands[i].name);

		if (commands[i].takes_text && length > name + 2 && line[name + 1] == ' ' &&
		    strncasecmp(line + 1, commands[i].name, name) == 0)
			return true;
	}
	return false;
}

bool
command_is(const struct prompt *prompt, const char *line, size_t length)
{
	if (prompt->settings.mode == CHARINDEX_CLASSIC || length < 2 || line[0] != ':')
		return false;
	if (takes_text(line, length))
		return true;
	if (length == 2 && !begins_command(line[1])) /* :D and :P are faces */
		return false;
	return ascii_is_letter(line[1]) && line[length - 1] != ':';
}

enum command_result
command_run(struct prompt *prompt, const char *line, size_t length)
{
	const char *space = memchr(line, ' ', length), *end = line + length;
	struct argument name = { line + 1, (size_t)((space != NULL ? space : end) - (line + 1)) };
	struct argument argument = { end, 0 };

	if (space != NULL) {
		while (space < end && *space == ' ')
			space++;
		argument = (struct argument){ space, (size_t)(end - space) };
	}
	for (int i = 0; i < COMMAND_COUNT; i++)
		if (is(&name, commands[i].name))
			return commands[i].run(prompt, &argument);
	say(prompt, "Error: there is no command ':%.*s'; :help lists them", shown(&name), name.text);
	return COMMAND_DONE;
}
