/* api_languages.c - lists the languages of keywords that the index has. */
#include "api_languages.h"

#include "api.h"
#include "exchange.h"
#include "languages.h"
#include "response.h"
#include "snapshot.h"

static void
put_language(struct text *out, const char *language, bool begun)
{
	char name[LANGUAGES_NAME_SIZE];
	size_t length = languages_name(language, name);

	text_puts(out, begun ? ",{\"tag\":\"" : "{\"tag\":\"");
	languages_put_tag(out, language);
	text_puts(out, "\",\"name\":");
	text_json(out, name, length);
	text_puts(out, "}");
}

void
api_languages(struct exchange *exchange)
{
	const struct charindex *ci = exchange->snapshot->ci;
	struct text *out = &exchange->body;
	const char *language;

	if (response_not_modified(exchange, &api_json))
		return;
	text_puts(out, "{\"languages\":[");
	for (uint32_t n = 0; (language = charindex_language(ci, n)) != NULL; n++)
		put_language(out, language, n > 0);
	text_puts(out, "]}\n");
	response_whole(exchange, 200, &api_json);
}
