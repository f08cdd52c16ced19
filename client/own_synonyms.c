/* own_synonyms.c - where a person's table is. */
#include "own_synonyms.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "options.h"

/* The path, which the caller frees; NULL if there is no home. */
static char *
table_path(void)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char *path = NULL;
	int length = 0;

	if (config != NULL && *config == '/')
		length = asprintf(&path, "%s/charfinder/synonyms.tsv", config);
	else if (home != NULL && *home == '/')
		length = asprintf(&path, "%s/.config/charfinder/synonyms.tsv", home);
	if (length < 0)
		errx(EXIT_ERROR, "out of memory");
	return path;
}

static bool
is_there(const char *path)
{
	return access(path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

struct synonyms *
own_synonyms(void)
{
	char *path = table_path(), problem[SYNONYMS_PROBLEM_SIZE];
	struct synonyms *synonyms = NULL;

	if (path != NULL && is_there(path)) {
		synonyms = synonyms_read(path, problem);
		if (synonyms == NULL)
			errx(EXIT_ERROR, "%s", problem);
	}
	free(path);
	return synonyms;
}
