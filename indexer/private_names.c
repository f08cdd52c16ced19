/* private_names.c - reads the table, and gives names as characters.tsv comes to their code points. */
#include "private_names.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "ascii.h"

void
private_names_release(struct private_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->list[i].name);
	free(names->list);
	*names = (struct private_names){ 0 };
}

static void
read_line(struct private_names *names, const struct tsv *tsv)
{
	const char *at = tsv->columns[0];
	uint32_t code = tsv_code_point(tsv, &at);
	struct private_name *name;

	if (*at != '\0')
		tsv_fail(tsv, "the first column is not one code point");
	if (names->count > 0 && code <= names->list[names->count - 1].code)
		tsv_fail(tsv, "the code points do not ascend");
	names->list = realloc(names->list, (names->count + 1) * sizeof(*names->list));
	if (names->list == NULL)
		errx(1, "out of memory");
	name = &names->list[names->count++];
	*name = (struct private_name){ code, tsv->line_number, strdup(tsv->columns[1]) };
	if (name->name == NULL)
		errx(1, "out of memory");
	for (char *c = name->name; *c != '\0'; c++)
		*c = ascii_upper(*c);
}

void
private_names_read(struct private_names *names, const char *path)
{
	if (!tsv_open_handmade(&names->tsv, path, "code\tname"))
		err(1, "cannot open %s", path);
	while (tsv_next(&names->tsv))
		read_line(names, &names->tsv);
	tsv_close(&names->tsv);
}

const struct private_name *
private_names_take(struct private_names *names, uint32_t first, uint32_t last)
{
	const struct private_name *name;

	if (names->next == names->count || names->list[names->next].code > last)
		return NULL;
	name = &names->list[names->next];
	if (name->code < first) {
		names->tsv.line_number = name->line;
		tsv_fail(&names->tsv, "the code point is not for private use");
	}
	names->next++;
	return name;
}
