/* kind.c - what modes, sources and kinds of records are called. */
#include "charindex.h"

/* No answer has one that is not in its table; a caller may. */
#define NAME_OF(names, value) \
	((size_t)(value) < sizeof(names) / sizeof((names)[0]) ? (names)[value] : "unknown")

static const char *const mode_names[CHARINDEX_MODE_COUNT] = {
	[CHARINDEX_CLASSIC] = "classic",
	[CHARINDEX_AUTO] = "auto",
	[CHARINDEX_WIDE] = "wide",
};

const char *
charindex_mode_name(enum charindex_mode mode)
{
	return NAME_OF(mode_names, mode);
}

static const char *const source_names[CHARINDEX_SOURCE_COUNT] = {
	[CHARINDEX_BY_CODE] = "code",
	[CHARINDEX_BY_TEXT] = "text",
	[CHARINDEX_BY_WHOLE_NAME] = "name",
	[CHARINDEX_BY_NAME] = "name",
	[CHARINDEX_BY_WHOLE_ALIAS] = "alias",
	[CHARINDEX_BY_SYNONYM] = "alias",
	[CHARINDEX_BY_ALIAS] = "alias",
	[CHARINDEX_BY_CORRECTION] = "correction",
	[CHARINDEX_BY_PREFIX] = "prefix",
	[CHARINDEX_BY_WHOLE_KEYWORD] = "keyword",
	[CHARINDEX_BY_WHOLE_CROWD] = "keyword",
	[CHARINDEX_BY_WHOLE_FOREIGN] = "keyword",
	[CHARINDEX_BY_KEYWORD] = "keyword",
	[CHARINDEX_BY_FOREIGN] = "keyword",
	[CHARINDEX_BY_DEFINITION] = "definition",
	[CHARINDEX_BY_SUBSTRING] = "substring",
	[CHARINDEX_BY_FILTER] = "filter",
	[CHARINDEX_BY_PROPERTY] = "property",
};

const char *
charindex_source_name(enum charindex_source source)
{
	return NAME_OF(source_names, source);
}

static const char *const record_kind_names[CHARINDEX_RECORD_KIND_COUNT] = {
	[CHARINDEX_RECORD_CORRECTION] = "correction",
	[CHARINDEX_RECORD_CONTROL] = "control",
	[CHARINDEX_RECORD_ALTERNATE] = "alternate",
	[CHARINDEX_RECORD_FIGMENT] = "figment",
	[CHARINDEX_RECORD_ABBREVIATION] = "abbreviation",
	[CHARINDEX_RECORD_INFORMAL] = "informal",
	[CHARINDEX_RECORD_ENTITY] = "entity",
	[CHARINDEX_RECORD_SYNONYM] = "synonym",
	[CHARINDEX_RECORD_SEQUENCE] = "sequence",
	[CHARINDEX_RECORD_SHORT_NAME] = "short-name",
	[CHARINDEX_RECORD_KEYWORD] = "keyword",
	[CHARINDEX_RECORD_DEFINITION] = "definition",
	[CHARINDEX_RECORD_MANDARIN] = "mandarin",
	[CHARINDEX_RECORD_CANTONESE] = "cantonese",
	[CHARINDEX_RECORD_ON] = "japanese-on",
	[CHARINDEX_RECORD_KUN] = "japanese-kun",
	[CHARINDEX_RECORD_HANGUL] = "hangul",
	[CHARINDEX_RECORD_VIETNAMESE] = "vietnamese",
	[CHARINDEX_RECORD_READING] = "reading",
	[CHARINDEX_RECORD_RADICAL] = "radical",
	[CHARINDEX_RECORD_MODERN] = "modern",
	[CHARINDEX_RECORD_LATEX] = "latex",
	[CHARINDEX_RECORD_SHORTCODE] = "shortcode",
	[CHARINDEX_RECORD_KEYSYM] = "keysym",
	[CHARINDEX_RECORD_GLYPH] = "glyph",
	[CHARINDEX_RECORD_DIGRAPH] = "digraph",
	[CHARINDEX_RECORD_COMPOSE] = "compose",
	[CHARINDEX_RECORD_ASCII] = "ascii",
	[CHARINDEX_RECORD_JARGON] = "jargon",
	[CHARINDEX_RECORD_APL] = "apl",
	[CHARINDEX_RECORD_CROWD] = "crowd",
};

const char *
charindex_record_kind_name(enum charindex_record_kind kind)
{
	return NAME_OF(record_kind_names, kind);
}
