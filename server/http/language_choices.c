/* language_choices.c - the names of a hundred languages take ICU half a millisecond: each worker keeps
 * them until the index is another one. */
#include "language_choices.h"

#include <string.h>

#include "exchange.h"
#include "language_list.h"
#include "languages.h"
#include "reader.h"
#include "shared.h"
#include "snapshot.h"

/* ---- what is kept: the language, its tag, and its name in HTML, each ended by a NUL ---------- */

static void
keep(struct text *kept, const struct charindex *ci)
{
	const char *language;
	char name[LANGUAGES_NAME_SIZE];

	text_clear(kept);
	for (uint32_t n = 0; (language = charindex_language(ci, n)) != NULL; n++) {
		size_t length = languages_name(language, name);

		text_add(kept, language, strlen(language) + 1);
		languages_put_tag(kept, language);
		text_add(kept, "", 1);
		text_html(kept, name, length);
		text_add(kept, "", 1);
	}
}

static const struct text *
kept_languages(const struct reader *reader)
{
	struct http_shared *shared = reader->exchange->shared;
	unsigned generation = shared_index_number(reader->exchange->snapshot->shared);

	if (shared->languages_of != generation || shared->languages.failed)
		keep(&shared->languages, reader->ci);
	shared->languages_of = generation;
	return &shared->languages;
}

struct choice {
	const char *language, *tag, *name;
};

/* Takes the next one; *at is NULL before the first. False: there are no more. */
static bool
next_choice(const struct text *kept, const char **at, struct choice *choice)
{
	if (*at == NULL)
		*at = kept->bytes;
	if (kept->failed || *at == kept->bytes + kept->length)
		return false;
	choice->language = *at;
	choice->tag = choice->language + strlen(choice->language) + 1;
	choice->name = choice->tag + strlen(choice->tag) + 1;
	*at = choice->name + strlen(choice->name) + 1;
	return true;
}

/* ---- in the form ------------------------------------------------------------------------------ */

static bool
is_first(const char *list, const char *language)
{
	size_t length = strlen(language);

	return strncmp(list, language, length) == 0 && (list[length] == ',' || list[length] == '\0');
}

void
language_choices_put_options(struct text *out, const struct reader *reader)
{
	const struct text *kept = kept_languages(reader);
	const char *at = NULL;
	struct choice choice;

	text_puts(out, "<option value=\"\" lang=\"en\">English</option>\n");
	while (next_choice(kept, &at, &choice))
		if (strcmp(choice.language, "en") != 0)
			text_format(out, "<option value=\"%s\" lang=\"%s\"%s>%s</option>\n", choice.tag,
			    choice.tag, is_first(reader->languages, choice.language) ? " selected" : "",
			    choice.name);
	out->failed |= kept->failed;
}

void
language_choices_put_boxes(struct text *out, const struct reader *reader)
{
	const struct text *kept = kept_languages(reader);
	const char *list = reader->languages, *at = NULL;
	struct choice choice;

	while (next_choice(kept, &at, &choice)) {
		bool ticked = language_list_has(list, choice.language) && !is_first(list, choice.language);

		if (strcmp(choice.language, "en") != 0)
			text_format(out,
			    "<label lang=\"%s\"><input type=\"checkbox\" name=\"lang\" form=\"search\" "
			    "value=\"%s\"%s>%s</label>\n",
			    choice.tag, choice.tag, ticked ? " checked" : "", choice.name);
	}
	out->failed |= kept->failed;
}
