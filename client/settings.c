/* settings.c - options as commands of a session. */
#include "settings.h"

#include <stdio.h>
#include <string.h>

static char *
add(struct settings *settings)
{
	return settings->lines[settings->count++];
}

static void
add_number(struct settings *settings, const char *name, uint32_t number)
{
	snprintf(add(settings), sizeof(settings->lines[0]), ":%s %u", name, (unsigned)number);
}

static void
add_word(struct settings *settings, const char *name, const char *word)
{
	snprintf(add(settings), sizeof(settings->lines[0]), ":%s %.30s", name, word);
}

void
settings_make(struct settings *settings, const struct options *options)
{
	const struct charindex_settings *wanted = &options->settings;

	*settings = (struct settings){ .format = options->rows };
	settings->classic = wanted->mode == CHARINDEX_CLASSIC;
	if (options->language != NULL)
		add_word(settings, "lang", options->language);
	if (wanted->all && wanted->mode == CHARINDEX_WIDE)
		add_word(settings, "limit", "all");
	else if (wanted->limit > 0 && !wanted->all)
		add_number(settings, "limit", wanted->limit);
	if (wanted->from > 1)
		add_number(settings, "from", wanted->from);
	/* text on a terminal is made of TSV, but of text as well */
	settings->plain_is_enough = settings->count == 0 && options->format == CHARINDEX_TEXT &&
	    !options->details && !options->about && (settings->classic || !options->mode_given);
	if (settings->format != CHARINDEX_TEXT)
		add_word(settings, "format", charindex_format_name(settings->format));
	/* there is no way back from classic, which has no commands: so it comes last */
	add_word(settings, "mode", charindex_mode_name(wanted->mode));
}

/* "limit: 3 rows a page" for ":limit 3" */
static bool
confirms(const char *line, const char *answer, size_t length)
{
	size_t name = strcspn(line, " ") - 1;

	return length > name + 2 && memcmp(answer, line + 1, name) == 0 && answer[name] == ':';
}

/* "No match for ':mode auto'", or even some rows and how many matches */
static bool
is_search(const char *answer, size_t length)
{
	return memmem(answer, length, "match", 5) != NULL;
}

enum settings_verdict
settings_accept(struct settings *settings, unsigned n, const char *answer, size_t length,
    char problem[SETTINGS_PROBLEM_SIZE])
{
	static const char error[] = "Error: ";
	size_t prefix = strlen(error);
	const char *end = memchr(answer, '\r', length);

	if (confirms(settings->lines[n], answer, length))
		return SETTINGS_ACCEPTED;
	if (end != NULL && length > prefix && memcmp(answer, error, prefix) == 0) {
		answer += prefix;
		snprintf(problem, SETTINGS_PROBLEM_SIZE, "%.*s", (int)(end - answer), answer);
		return SETTINGS_REFUSED;
	}
	if (!is_search(answer, length))
		return SETTINGS_NONSENSE;
	if (settings->plain_is_enough) {
		settings->classic = true;
		return SETTINGS_ACCEPTED;
	}
	snprintf(problem, SETTINGS_PROBLEM_SIZE,
	    "the server answers words only, so that --mode=classic is all that can be had");
	return SETTINGS_REFUSED;
}
