/* languages.c - what the languages of keywords are called, here and elsewhere. */
#include "languages.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "text.h"

void
languages_put_tag(struct text *out, const char *language)
{
	for (; *language != '\0'; language++)
		text_add(out, *language == '_' ? "-" : language, 1);
}

size_t
languages_name(const char *language, char name[LANGUAGES_NAME_SIZE])
{
	UChar wide[LANGUAGES_NAME_SIZE / 4];
	UErrorCode error = U_ZERO_ERROR;
	int32_t length =
	    uloc_getDisplayName(language, language, wide, sizeof(wide) / sizeof(wide[0]), &error);
	int32_t written = 0;

	if (U_SUCCESS(error))
		u_strToUTF8(name, LANGUAGES_NAME_SIZE, &written, wide, length, &error);
	if (U_SUCCESS(error))
		return (size_t)written;
	strcpy(name, language);
	return strlen(name);
}

static void
put_option(struct text *out, const char *language, bool chosen)
{
	char name[LANGUAGES_NAME_SIZE];
	size_t length = languages_name(language, name);

	text_puts(out, "<option value=\"");
	languages_put_tag(out, language);
	text_puts(out, "\" lang=\"");
	languages_put_tag(out, language);
	text_puts(out, chosen ? "\" selected>" : "\">");
	text_html(out, name, length);
	text_puts(out, "</option>\n");
}

void
languages_put_options(struct text *out, const struct charindex *ci, const char *chosen)
{
	const char *language;

	text_puts(out, "<option value=\"\">English</option>\n");
	for (uint32_t n = 0; (language = charindex_language(ci, n)) != NULL; n++)
		if (strcmp(language, "en") != 0)
			put_option(out, language, strcmp(language, chosen) == 0);
}
