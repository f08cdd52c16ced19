/* kind.c - what modes, sources and kinds of records are called. */
#include "charindex.h"

const char *
charindex_mode_name(enum charindex_mode mode)
{
	switch (mode) {
	case CHARINDEX_CLASSIC:
		return "classic";
	case CHARINDEX_AUTO:
		return "auto";
	case CHARINDEX_WIDE:
		return "wide";
	case CHARINDEX_MODE_COUNT:
		break;
	}
	return "unknown";
}

const char *
charindex_source_name(enum charindex_source source)
{
	switch (source) {
	case CHARINDEX_BY_CODE:
		return "code";
	case CHARINDEX_BY_TEXT:
		return "text";
	case CHARINDEX_BY_WHOLE_NAME:
	case CHARINDEX_BY_NAME:
		return "name";
	case CHARINDEX_BY_WHOLE_ALIAS:
	case CHARINDEX_BY_SYNONYM:
	case CHARINDEX_BY_ALIAS:
		return "alias";
	case CHARINDEX_BY_PREFIX:
		return "prefix";
	case CHARINDEX_BY_WHOLE_KEYWORD:
	case CHARINDEX_BY_WHOLE_CROWD:
	case CHARINDEX_BY_WHOLE_FOREIGN:
	case CHARINDEX_BY_KEYWORD:
	case CHARINDEX_BY_FOREIGN:
		return "keyword";
	case CHARINDEX_BY_DEFINITION:
		return "definition";
	case CHARINDEX_BY_SUBSTRING:
		return "substring";
	case CHARINDEX_BY_FILTER:
		return "filter";
	case CHARINDEX_BY_PROPERTY:
		return "property";
	case CHARINDEX_SOURCE_COUNT:
		break;
	}
	return "unknown";
}

const char *
charindex_record_kind_name(enum charindex_record_kind kind)
{
	switch (kind) {
	case CHARINDEX_RECORD_CORRECTION:
		return "correction";
	case CHARINDEX_RECORD_CONTROL:
		return "control";
	case CHARINDEX_RECORD_ALTERNATE:
		return "alternate";
	case CHARINDEX_RECORD_FIGMENT:
		return "figment";
	case CHARINDEX_RECORD_ABBREVIATION:
		return "abbreviation";
	case CHARINDEX_RECORD_INFORMAL:
		return "informal";
	case CHARINDEX_RECORD_ENTITY:
		return "entity";
	case CHARINDEX_RECORD_SYNONYM:
		return "synonym";
	case CHARINDEX_RECORD_SEQUENCE:
		return "sequence";
	case CHARINDEX_RECORD_SHORT_NAME:
		return "short-name";
	case CHARINDEX_RECORD_KEYWORD:
		return "keyword";
	case CHARINDEX_RECORD_DEFINITION:
		return "definition";
	case CHARINDEX_RECORD_MANDARIN:
		return "mandarin";
	case CHARINDEX_RECORD_CANTONESE:
		return "cantonese";
	case CHARINDEX_RECORD_ON:
		return "japanese-on";
	case CHARINDEX_RECORD_KUN:
		return "japanese-kun";
	case CHARINDEX_RECORD_HANGUL:
		return "hangul";
	case CHARINDEX_RECORD_VIETNAMESE:
		return "vietnamese";
	case CHARINDEX_RECORD_READING:
		return "reading";
	case CHARINDEX_RECORD_RADICAL:
		return "radical";
	case CHARINDEX_RECORD_MODERN:
		return "modern";
	case CHARINDEX_RECORD_LATEX:
		return "latex";
	case CHARINDEX_RECORD_SHORTCODE:
		return "shortcode";
	case CHARINDEX_RECORD_KEYSYM:
		return "keysym";
	case CHARINDEX_RECORD_GLYPH:
		return "glyph";
	case CHARINDEX_RECORD_DIGRAPH:
		return "digraph";
	case CHARINDEX_RECORD_COMPOSE:
		return "compose";
	case CHARINDEX_RECORD_ASCII:
		return "ascii";
	case CHARINDEX_RECORD_JARGON:
		return "jargon";
	case CHARINDEX_RECORD_APL:
		return "apl";
	case CHARINDEX_RECORD_CROWD:
		return "crowd";
	case CHARINDEX_RECORD_KIND_COUNT:
		break;
	}
	return "unknown";
}
