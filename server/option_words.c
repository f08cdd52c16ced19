/* option_words.c - as systemd parts the words of an unquoted $VARIABLE: nothing is quoted or escaped. */
#include "option_words.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#define WHITE_SPACE " \t\r\n"

static void *
must(void *memory)
{
	if (memory == NULL)
		errx(1, "out of memory");
	return memory;
}

void
option_words_init(struct option_words *words, const char *variable, int argc, char **argv)
{
	const char *value = getenv(variable);
	char *rest, *word;

	words->text = must(strdup(value != NULL ? value : ""));
	/* every other byte is a word at the most */
	words->argv = must(calloc((size_t)argc + strlen(words->text) / 2 + 2, sizeof(*words->argv)));
	words->argc = 0;
	words->argv[words->argc++] = argv[0];
	for (rest = words->text; (word = strtok_r(NULL, WHITE_SPACE, &rest)) != NULL;)
		words->argv[words->argc++] = word;
	for (int i = 1; i < argc; i++)
		words->argv[words->argc++] = argv[i];
}

void
option_words_release(struct option_words *words)
{
	free(words->argv);
	free(words->text);
}
