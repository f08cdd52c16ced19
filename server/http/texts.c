/* texts.c - finds what the page says in a language. */
#include "texts.h"

#include <string.h>
#include <strings.h>

const struct texts *const texts_all[] = { &texts_en, &texts_ar, &texts_de, &texts_es, &texts_fr,
	&texts_ja, &texts_pt, &texts_ru, &texts_zh, NULL };

/* clang-format off */
const char *const texts_names[TEXT_COUNT] = {
	[TEXT_SKIP] = "skip",
	[TEXT_QUERY] = "query",
	[TEXT_PLACEHOLDER] = "placeholder",
	[TEXT_LANGUAGE] = "language",
	[TEXT_MORE_LANGUAGES] = "moreLanguages",
	[TEXT_FIND] = "find",
	[TEXT_EXAMPLES] = "examples",
	[TEXT_BROWSE] = "browse",
	[TEXT_DESCRIPTION] = "description",
	[TEXT_ENTER_WORDS] = "enterWords",
	[TEXT_STATUS] = "status",
	[TEXT_NO_MATCH] = "noMatch",
	[TEXT_CORRECTED] = "corrected",
	[TEXT_NEARLY] = "nearly",
	[TEXT_WITHOUT_FILTERS] = "withoutFilters",
	[TEXT_PAGES] = "pages",
	[TEXT_PREVIOUS] = "previous",
	[TEXT_NEXT] = "next",
	[TEXT_RANGE] = "range",
	[TEXT_FOUND] = "found",
	[TEXT_CODE] = "code",
	[TEXT_CHARACTER] = "character",
	[TEXT_NAME] = "name",
	[TEXT_CATEGORY] = "category",
	[TEXT_SCRIPT] = "script",
	[TEXT_BLOCK] = "block",
	[TEXT_VERSION] = "version",
	[TEXT_SINCE] = "since",
	[TEXT_CATEGORIES] = "categories",
	[TEXT_SCRIPTS] = "scripts",
	[TEXT_BLOCKS] = "blocks",
	[TEXT_VERSIONS] = "versions",
	[TEXT_RANDOM] = "random",
	[TEXT_NEW_IN] = "newIn",
	[TEXT_COPY] = "copy",
	[TEXT_THE_CHARACTER] = "theCharacter",
	[TEXT_FORMS] = "forms",
	[TEXT_MEANING] = "meaning",
	[TEXT_ALSO_KNOWN_AS] = "alsoKnownAs",
	[TEXT_OTHER_LANGUAGES] = "otherLanguages",
	[TEXT_SEE_ALSO] = "seeAlso",
	[TEXT_NEIGHBOURS] = "neighbours",
	[TEXT_HOW_TO_TYPE] = "howToType",
	[TEXT_COMPOSE] = "compose",
	[TEXT_CHATS] = "chats",
	[TEXT_MADE_OF] = "madeOf",
	[TEXT_OTHER_CASE] = "otherCase",
	[TEXT_VARIANTS] = "variants",
	[TEXT_LOOKS_LIKE] = "looksLike",
	[TEXT_ELSEWHERE] = "elsewhere",
	[TEXT_CODE_CHART] = "codeChart",
	[TEXT_NO_MEMORY] = "noMemory",
	[TEXT_NO_CHARACTER] = "noCharacter",
	[TEXT_NO_SEQUENCE] = "noSequence",
	[TEXT_NOTHING_HERE] = "nothingHere",
	[TEXT_WRONG_PARAMETER] = "wrongParameter",
	[TEXT_FAULT_OPEN_QUOTES] = "fault-open-quotes",
	[TEXT_FAULT_EMPTY_QUOTES] = "fault-empty-quotes",
	[TEXT_FAULT_NEGATION] = "fault-negation",
	[TEXT_FAULT_BEFORE_OR] = "fault-before-or",
	[TEXT_FAULT_AFTER_OR] = "fault-after-or",
	[TEXT_FAULT_FIELD] = "fault-field",
	[TEXT_FAULT_VALUE] = "fault-value",
	[TEXT_FAULT_CODE_POINT] = "fault-code-point",
	[TEXT_FAULT_ENTITY] = "fault-entity",
	[TEXT_FAULT_TOO_MUCH] = "fault-too-much",
	[TEXT_COPY_NAME] = "copyName",
	[TEXT_COPIED_NAME] = "copiedName",
	[TEXT_COPY_AS] = "copyAs",
	[TEXT_LIST] = "list",
	[TEXT_GRID] = "grid",
	[TEXT_LOADING] = "loading",
	[TEXT_ROW_OF] = "rowOf",
	[TEXT_PRINTED] = "printed",
	[TEXT_NO_ANSWER] = "noAnswer",
	[TEXT_OFFLINE] = "offline",
	[TEXT_CANNOT_COPY] = "cannotCopy",
	[TEXT_HALF] = "half",
	[TEXT_TRAY] = "tray",
	[TEXT_COPIED] = "copied",
	[TEXT_COPY_ALL] = "copyAll",
	[TEXT_CLEAR] = "clear",
	[TEXT_KEEP] = "keep",
	[TEXT_CHARACTERS] = "characters",
	[TEXT_CLOSE] = "close",
	[TEXT_PREVIEW] = "preview",
	[TEXT_DECIMAL] = "decimal",
	[TEXT_CODE_POINT] = "codePoint",
};

const char *const texts_category_codes[] = {
	"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe",
	"Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn", NULL,
};
/* clang-format on */

_Static_assert(sizeof(texts_category_codes) / sizeof(texts_category_codes[0]) ==
        TEXTS_CATEGORIES + 1,
    "one for each");

const struct texts *
texts_in(const char *tag, size_t length)
{
	for (const struct texts *const *texts = texts_all; *texts != NULL; texts++) {
		size_t known = strlen((*texts)->tag);

		if (length >= known && strncasecmp(tag, (*texts)->tag, known) == 0 &&
		    (length == known || tag[known] == '-' || tag[known] == '_'))
			return *texts;
	}
	return NULL;
}

enum page_text
texts_fault(enum charindex_fault fault)
{
	return (enum page_text)(TEXT_FAULT_OPEN_QUOTES + (fault - CHARINDEX_FAULT_OPEN_QUOTES));
}

const char *
texts_category(const struct texts *texts, struct charindex_text code)
{
	for (size_t i = 0; texts_category_codes[i] != NULL; i++)
		if (code.length == 2 && memcmp(texts_category_codes[i], code.bytes, 2) == 0 &&
		    texts->categories[i] != NULL)
			return texts->categories[i];
	return charindex_category_name(code);
}

const char *
texts_kind(const struct texts *texts, enum charindex_record_kind kind)
{
	return texts->kinds[kind] != NULL ? texts->kinds[kind] : charindex_record_kind_name(kind);
}

const char *
texts_trait(const struct texts *texts, enum charindex_trait trait)
{
	return texts->traits[trait] != NULL ? texts->traits[trait] : charindex_trait_name(trait);
}
