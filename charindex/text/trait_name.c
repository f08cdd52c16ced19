/* trait_name.c - what traits and relations are called, for people. */
#include "charindex.h"

const char *
charindex_trait_name(enum charindex_trait trait)
{
	static const char *const names[CHARINDEX_TRAIT_COUNT] = {
		[CHARINDEX_TRAIT_WIDTH] = "width",
		[CHARINDEX_TRAIT_BIDI] = "bidi-class",
		[CHARINDEX_TRAIT_COMBINING] = "combining-class",
		[CHARINDEX_TRAIT_EXTENSIONS] = "script-extensions",
		[CHARINDEX_TRAIT_NUMERIC] = "numeric-value",
		[CHARINDEX_TRAIT_DECOMPOSITION] = "decomposition-type",
		[CHARINDEX_TRAIT_STROKES] = "strokes",
		[CHARINDEX_TRAIT_RADICAL] = "kangxi-radical",
	};

	return (unsigned)trait < CHARINDEX_TRAIT_COUNT ? names[trait] : "";
}

const char *
charindex_relation_name(enum charindex_relation relation)
{
	static const char *const names[CHARINDEX_RELATION_COUNT] = {
		[CHARINDEX_RELATION_DECOMPOSITION] = "decomposition",
		[CHARINDEX_RELATION_LOWER] = "lowercase",
		[CHARINDEX_RELATION_UPPER] = "uppercase",
		[CHARINDEX_RELATION_TITLE] = "titlecase",
		[CHARINDEX_RELATION_MIRROR] = "mirror",
		[CHARINDEX_RELATION_SIMPLIFIED] = "simplified",
		[CHARINDEX_RELATION_TRADITIONAL] = "traditional",
		[CHARINDEX_RELATION_VARIANT] = "variant",
		[CHARINDEX_RELATION_LOOKS] = "skeleton",
	};

	return (unsigned)relation < CHARINDEX_RELATION_COUNT ? names[relation] : "";
}
