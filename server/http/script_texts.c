/* script_texts.c - hands texts on to the script of the page. */
#include "script_texts.h"

#include "text.h"
#include "texts.h"

/* Those that the server says as well. */
static const enum page_text common[] = { TEXT_ENTER_WORDS, TEXT_STATUS, TEXT_NO_MATCH,
	TEXT_CORRECTED, TEXT_NEARLY, TEXT_WITHOUT_FILTERS, TEXT_FOUND, TEXT_CODE, TEXT_CHARACTER,
	TEXT_NAME, TEXT_CATEGORY, TEXT_SCRIPT, TEXT_BLOCK, TEXT_VERSION, TEXT_COPY };

static void
put(struct text *out, const struct texts *texts, enum page_text text)
{
	text_json_puts(out, texts_names[text]);
	text_puts(out, ":");
	text_json_puts(out, texts->text[text]);
	text_puts(out, ",");
}

void
script_texts_put(struct text *out, const struct texts *texts)
{
	text_puts(out, "{");
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		put(out, texts, common[i]);
	for (int text = TEXT_WRONG_PARAMETER; text < TEXT_COUNT; text++)
		put(out, texts, (enum page_text)text);
	text_puts(out, "\"categories\":{");
	for (size_t i = 0; texts->categories[0] != NULL && texts_category_codes[i] != NULL; i++) {
		text_puts(out, i > 0 ? "," : "");
		text_json_puts(out, texts_category_codes[i]);
		text_puts(out, ":");
		text_json_puts(out, texts->categories[i]);
	}
	text_puts(out, "}}");
}
