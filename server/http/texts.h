/* texts.h - what the page says, in each of the languages that it speaks. */
#ifndef TEXTS_H
#define TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "charindex.h"

/* Places in braces, "{total}", are filled; a text has the same ones in all languages. */
enum page_text {
	/* around all pages */
	TEXT_SKIP,
	TEXT_QUERY,
	TEXT_PLACEHOLDER, /* a query that has an answer in the language */
	TEXT_LANGUAGE,
	TEXT_MORE_LANGUAGES,
	TEXT_FIND,
	TEXT_EXAMPLES,
	TEXT_BROWSE,
	TEXT_DESCRIPTION,
	/* an answer */
	TEXT_ENTER_WORDS,
	TEXT_STATUS, /* in English the library says it, with the grammar of that */
	TEXT_NO_MATCH,
	TEXT_CORRECTED,
	TEXT_NEARLY,
	TEXT_WITHOUT_FILTERS,
	TEXT_PAGES,
	TEXT_PREVIOUS,
	TEXT_NEXT,
	TEXT_RANGE,
	TEXT_FOUND,
	TEXT_CODE,
	TEXT_CHARACTER,
	TEXT_NAME,
	/* properties, and what there is of them */
	TEXT_CATEGORY,
	TEXT_SCRIPT,
	TEXT_BLOCK,
	TEXT_VERSION,
	TEXT_SINCE,
	TEXT_CATEGORIES,
	TEXT_SCRIPTS,
	TEXT_BLOCKS,
	TEXT_VERSIONS,
	TEXT_RANDOM,
	TEXT_NEW_IN,
	/* details */
	TEXT_COPY,
	TEXT_THE_CHARACTER, /* behind TEXT_COPY, of those who do not see what it belongs to */
	TEXT_FORMS,
	TEXT_MEANING,
	TEXT_ALSO_KNOWN_AS,
	TEXT_OTHER_LANGUAGES,
	TEXT_SEE_ALSO,
	TEXT_NEIGHBOURS,
	TEXT_HOW_TO_TYPE,
	TEXT_COMPOSE,
	TEXT_CHATS,
	TEXT_MADE_OF,
	TEXT_OTHER_CASE,
	TEXT_VARIANTS,
	TEXT_LOOKS_LIKE,
	TEXT_ELSEWHERE,
	TEXT_CODE_CHART,
	/* what is wrong */
	TEXT_NO_MEMORY,
	TEXT_NO_CHARACTER,
	TEXT_NO_SEQUENCE,
	TEXT_NOTHING_HERE,
	/* from here on the script says it, too */
	TEXT_WRONG_PARAMETER,
	TEXT_FAULT_OPEN_QUOTES, /* of queries: enum charindex_fault, in its order */
	TEXT_FAULT_EMPTY_QUOTES,
	TEXT_FAULT_NEGATION,
	TEXT_FAULT_BEFORE_OR,
	TEXT_FAULT_AFTER_OR,
	TEXT_FAULT_FIELD,
	TEXT_FAULT_VALUE,
	TEXT_FAULT_CODE_POINT,
	TEXT_FAULT_ENTITY,
	TEXT_FAULT_TOO_MUCH,
	/* what only the script says */
	TEXT_COPY_NAME,
	TEXT_COPIED_NAME,
	TEXT_COPY_AS,
	TEXT_LIST,
	TEXT_GRID,
	TEXT_LOADING,
	TEXT_ROW_OF,
	TEXT_PRINTED,
	TEXT_NO_ANSWER,
	TEXT_OFFLINE,
	TEXT_CANNOT_COPY,
	TEXT_HALF,
	TEXT_TRAY,
	TEXT_COPIED,
	TEXT_COPY_ALL,
	TEXT_CLEAR,
	TEXT_KEEP,
	TEXT_CHARACTERS,
	TEXT_CLOSE,
	TEXT_PREVIEW,
	TEXT_DECIMAL,
	TEXT_CODE_POINT,
	TEXT_COUNT,
};

#define TEXTS_CATEGORIES 30

struct texts {
	const char *tag; /* BCP 47; that of the Wikipedia in it as well */
	bool right_to_left;
	const char *text[TEXT_COUNT];
	/* Of general categories, in the order of texts_category_codes, of kinds of records, and of further
	 * properties. In English categories are the library's. */
	const char *categories[TEXTS_CATEGORIES];
	const char *kinds[CHARINDEX_RECORD_KIND_COUNT];
	const char *traits[CHARINDEX_TRAIT_COUNT];
};

extern const struct texts texts_ar, texts_de, texts_en, texts_es, texts_fr, texts_ja, texts_pt,
    texts_ru, texts_zh;

/* The languages of the page, and last NULL; English is the first. */
extern const struct texts *const texts_all[];

/* What they are called in templates and scripts: "skip", "noMatch" …. */
extern const char *const texts_names[TEXT_COUNT];

/* "Lu", "Ll" …, and last NULL. */
extern const char *const texts_category_codes[];

/* The texts in the language that a tag begins with, as "de-AT", of `length` bytes: NULL if the page
 * does not speak it. */
const struct texts *texts_in(const char *tag, size_t length);

/* What says that a query is wrong so. */
enum page_text texts_fault(enum charindex_fault fault);

/* What a general category is called, a kind of record, and a further property. */
const char *texts_category(const struct texts *texts, struct charindex_text code);
const char *texts_kind(const struct texts *texts, enum charindex_record_kind kind);
const char *texts_trait(const struct texts *texts, enum charindex_trait trait);

#endif
