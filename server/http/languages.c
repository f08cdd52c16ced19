/* languages.c - what the languages of keywords are called, here and elsewhere. */
#include "languages.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "exchange.h"
#include "field.h"
#include "language_list.h"
#include "request.h"
#include "snapshot.h"
#include "text.h"
#include "texts.h"

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

/* ---- which are chosen -------------------------------------------------------------------- */

/* Longer tags are no language of ours. */
#define MOST_TAGS 96

/* Adds languages to those that are chosen: false if the index has not all of them, or there is no
 * room. */
static bool
add(const struct charindex *ci, struct charindex_settings *settings, const char *tags,
    size_t length)
{
	char joined[CHARINDEX_LANGUAGES_SIZE + 1 + MOST_TAGS];
	size_t used = strlen(settings->language);

	if (length >= MOST_TAGS)
		return false;
	memcpy(joined, settings->language, used);
	if (used > 0)
		joined[used++] = ',';
	memcpy(joined + used, tags, length);
	return charindex_read_language(ci, joined, used + length, settings);
}

bool
languages_of_params(struct exchange *exchange)
{
	const struct charindex *ci = exchange->snapshot->ci;
	const struct params *params = &exchange->params;
	struct charindex_settings *settings = &exchange->search.settings;
	bool right = true, english = false;

	for (unsigned i = 0; i < params->count; i++) {
		const struct param *param = &params->list[i];

		if (strcmp(param->name, "lang") != 0)
			continue;
		english |= param->length == 0;
		if (param->length == 0)
			continue;
		if (english && settings->language[0] == '\0') /* is asked anyway if it is not there */
			(void)!add(ci, settings, "en", strlen("en"));
		right &= add(ci, settings, param->value, param->length);
	}
	return right;
}

static void
read_accepted(const struct exchange *exchange, struct field_languages *accepted)
{
	struct request_span values[REQUEST_MAX_HEADERS];
	unsigned count =
	    request_find_lines(exchange->request, exchange->head, REQUEST_ACCEPT_LANGUAGE, values);

	*accepted = (struct field_languages){ 0 };
	for (unsigned i = 0; i < count; i++)
		field_read_languages(accepted, exchange->head + values[i].at, values[i].length);
}

/* English alone is what everybody is answered in. */
static void
forget_english(char list[CHARINDEX_LANGUAGES_SIZE])
{
	if (strcmp(list, "en") == 0)
		list[0] = '\0';
}

static const struct texts *
first_texts(const char *list)
{
	const struct texts *texts = NULL;
	const char *tag;
	size_t length;

	while (texts == NULL && (tag = language_list_next(&list, &length)) != NULL)
		texts = texts_in(tag, length);
	return texts;
}

static const struct texts *
accepted_texts(const struct field_languages *accepted)
{
	for (unsigned i = 0; i < accepted->count; i++) {
		const struct texts *texts = texts_in(accepted->list[i].tag, accepted->list[i].length);

		if (texts != NULL)
			return texts;
	}
	return &texts_en;
}

void
languages_of_reader(struct exchange *exchange)
{
	struct search *search = &exchange->search;
	bool asked = params_find(&exchange->params, "lang") != NULL;
	struct charindex_settings usual = { 0 };
	struct field_languages accepted;

	read_accepted(exchange, &accepted);
	for (unsigned i = 0; i < accepted.count; i++) /* one that is not there is passed over */
		(void)!add(exchange->snapshot->ci, &usual, accepted.list[i].tag, accepted.list[i].length);
	forget_english(usual.language);
	strcpy(search->usual_language, usual.language);
	if (!asked)
		strcpy(search->settings.language, usual.language);
	search->texts = asked && search->settings.language[0] == '\0'
	    ? &texts_en
	    : first_texts(search->settings.language);
	if (search->texts == NULL || !asked)
		search->texts = accepted_texts(&accepted);
	forget_english(search->settings.language);
}

void
languages_put_kept(struct text *out, const struct search *search)
{
	const char *language = search->settings.language;

	if (strcmp(language, search->usual_language) == 0)
		return;
	text_puts(out, "lang=");
	if (language[0] == '\0')
		text_puts(out, "en");
	for (; *language != '\0'; language++)
		text_puts(out,
		    *language == ',' ? "%2C" : (char[]){ *language == '_' ? '-' : *language, '\0' });
}

const char *
languages_of_glyphs(const char *list)
{
	static const char *const forms[][2] = { { "zh_Hant", "zh-Hant" }, { "zh", "zh-Hans" },
		{ "ja", "ja" }, { "ko", "ko" } };
	const char *tag;
	size_t length;

	while ((tag = language_list_next(&list, &length)) != NULL)
		for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
			if (strlen(forms[i][0]) == length && memcmp(forms[i][0], tag, length) == 0)
				return forms[i][1];
	return NULL;
}
