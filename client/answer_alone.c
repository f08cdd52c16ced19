/* answer_alone.c - in place of answer_many.c where there is no libevent: tells about characters, one
 * after the other, and has neither servers nor lists (./configure --disable-daemon). */
#include "answer_many.h"

#include <err.h>
#include <string.h>

#include "about_find.h"
#include "char_id.h"
#include "options.h"
#include "print_facts.h"
#include "text.h"

/* Ends the program if it is asked for what it has not. */
static void
refuse(const struct options *options)
{
	const char *name = options->server != NULL ? "--server" : "--batch";

	if (options->server != NULL || options->batch)
		errx(EXIT_ERROR, "%s is not in this charfinder, which was built without libevent", name);
}

static bool
tell_about(const struct printer *printer, const char *name, size_t length)
{
	struct text problem = { 0 };
	struct char_id found;

	if (about_find(printer->ci, name, length, &found)) {
		print_known(printer, (struct charindex_text){ "", 0 }, &found);
		print_flush(printer);
		return true;
	}
	about_find_problem(&problem, printer->ci, name, length);
	warnx("%.*s", (int)problem.length, problem.bytes);
	text_release(&problem);
	return false;
}

int
answer_many(const struct options *options, const struct charindex *ci, const char *words)
{
	struct strbuf out = { 0 };
	const struct printer printer = {
		.ci = ci,
		.format = options->format,
		.rows = options->rows,
		.terminal = options->terminal,
		.color = options->color == WHEN_ALWAYS,
		.streams = true,
		.out = &out,
	};
	int status = EXIT_FOUND;

	refuse(options);
	while (*words != '\0') {
		size_t line = strcspn(words, "\n"), length = line;
		const char *name = charindex_strip(words, &length);

		if (length > 0 && !tell_about(&printer, name, length))
			status = EXIT_ERROR;
		words += line + (words[line] == '\n');
	}
	strbuf_release(&out);
	return status;
}
