/* synonyms.c - hides where the table is, and how it is read. */
#include "synonyms.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "charindex.h"
#include "options.h"
#include "strbuf.h"

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

static _Noreturn void
refuse(const char *path, unsigned line, const char *what)
{
	errx(EXIT_ERROR, "%s:%u: %s; mend it, mkcharindex(1) has an example", path, line, what);
}

/* The second line names the columns, the others have two. */
static void
take_line(struct strbuf *found, const char *query, const char *path, unsigned number, char *line)
{
	char *tab = strchr(line, '\t');

	if (number == 1 ? strncmp(line, "# ", 2) != 0
	                : number == 2 && strcmp(line, "# synonym\tof") != 0)
		refuse(path, number,
		    "the two lines of heading are not `# ` and a title, and `# synonym<TAB>of`");
	if (number <= 2)
		return;
	if (tab == NULL || tab == line || tab[1] == '\0' || strchr(tab + 1, '\t') != NULL)
		refuse(path, number, "not two columns with one tab between them");
	*tab = '\0';
	if (strcasecmp(line, query) != 0)
		return;
	if (found->length > 0)
		strbuf_puts(found, " | ");
	strbuf_puts(found, tab + 1);
}

/* The whole table is read, so that an error in it is told whatever is asked. */
static void
read_table(struct strbuf *found, const char *query, const char *path, FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	unsigned number = 0;

	while ((length = getline(&line, &size, file)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		take_line(found, query, path, ++number, line);
	}
	if (ferror(file))
		err(EXIT_ERROR, "cannot read %s", path);
	free(line);
}

char *
synonyms_find(const char *query)
{
	char *path = table_path();
	FILE *file = path != NULL ? fopen(path, "re") : NULL;
	struct strbuf found = { 0 };

	if (file == NULL && path != NULL && errno != ENOENT && errno != ENOTDIR)
		err(EXIT_ERROR, "cannot open %s", path);
	if (file != NULL) {
		read_table(&found, query, path, file);
		fclose(file);
	}
	free(path);
	if (found.length > 0)
		strbuf_putc(&found, '\0');
	if (found.failed)
		errx(EXIT_ERROR, "out of memory");
	return found.text;
}
