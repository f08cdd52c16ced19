/* format.h - charindex.db as C structs; FORMAT.md is the specification. */
#ifndef CHARINDEX_FORMAT_H
#define CHARINDEX_FORMAT_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>

#define FORMAT_MAGIC "\x89\x43\x49\x58\x0D\x0A\x1A\x0A"
#define FORMAT_MAGIC_SIZE 8
#define FORMAT_VERSION 5
#define FORMAT_MAX_SECTIONS 64
#define FORMAT_ALIGNMENT 8
#define FORMAT_MAX_WORD 255
#define FORMAT_PREFIX 8
#define FORMAT_MAX_SET_PLACE 0xFFFFFF

/* Fields are little-endian in the file: read them through le16toh and its like. */

struct format_header {
	char magic[FORMAT_MAGIC_SIZE];
	uint32_t version;
	uint32_t unicode_version;
	uint64_t file_size;
	uint32_t row_count;
	uint32_t term_count;
	uint32_t section_count;
	uint32_t crc;
	uint64_t zero;
};

struct format_section {
	char name[4];
	uint32_t crc;
	uint64_t offset;
	uint64_t length;
};

struct format_term {
	char prefix[FORMAT_PREFIX]; /* of its word, NUL-padded */
	uint32_t word_offset;
	uint32_t set_length; /* from bit 8 on the place of its set, or 0; the word's length */
	uint32_t first_run;
	uint32_t row_count;
};

struct format_run {
	uint32_t first; /* first row */
	uint32_t end;   /* row after the last */
};

/* Which of 64 parts of the rows a set has any of, at its first or second level. Places count words of 8
 * bytes. */
struct format_set_node {
	uint64_t bits;
	uint32_t first; /* place of what the lowest bit stands for; those of the others follow it */
	uint32_t zero;
};

struct format_category {
	uint32_t first; /* code point */
	uint32_t category;
};

/* A row's place among those that a query matches equally well. */
struct format_rank {
	uint8_t words;  /* distinct words of the name; 255: that many or more */
	uint8_t rarity; /* 0: everyday, to 15: hardly ever used */
	uint8_t flags;  /* CHARINDEX_IS_… of charindex.h */
	uint8_t zero;
};

/* A dictionary: the terms, and the records, of one kind of text in one language. */
struct format_dictionary {
	char language[12]; /* NUL-padded; empty: none */
	uint32_t kind;     /* enum format_dictionary_kind */
	uint32_t first_term, term_count;
	uint32_t first_record, record_count;
	uint32_t first_posting; /* in DPST or DPSW */
	uint32_t text_offset;
};

enum format_dictionary_kind {
	DICTIONARY_ALIASES = 1, /* other names, of all kinds, and the names of sequences */
	DICTIONARY_KEYWORDS = 2,
	DICTIONARY_DEFINITIONS = 3, /* and readings */
	DICTIONARY_ELSEWHERE = 4,   /* names in other systems, each a term as it is too */
	DICTIONARY_CROWD = 5,       /* keywords that CLDR does not have */
};

/* A dictionary of more records than this has its postings in DPSW. */
#define FORMAT_NARROW_RECORDS 65536

/* A term of a dictionary; both numbers count from the dictionary's own. */
struct format_lexeme {
	uint32_t word_offset;
	uint32_t first_posting;
};

struct format_record {
	uint32_t row_kind_words;
	uint32_t text;
};

/* The fields of a record: how many bits from which on. */
enum {
	RECORD_ROW_BITS = 21,
	RECORD_KIND_BITS = 6,  /* from bit 21: enum charindex_record_kind */
	RECORD_WORDS_BITS = 5, /* from bit 27: distinct words */
	RECORD_OFFSET_BITS = 23,
	RECORD_LENGTH_BITS = 9, /* from bit 23 */
	RECORD_MAX_LENGTH = (1 << RECORD_LENGTH_BITS) - 1,
	RECORD_MANY_WORDS = (1 << RECORD_WORDS_BITS) - 1, /* or never the whole of a name */
};

static inline uint32_t
format_record_row(const struct format_record *record)
{
	return le32toh(record->row_kind_words) & ((1u << RECORD_ROW_BITS) - 1);
}

struct format_property {
	uint32_t first; /* code point */
	uint16_t script;
	uint16_t block;
	uint8_t category;
	uint8_t age;
	uint16_t zero;
};

/* A block: all its code points, assigned or not. */
struct format_block {
	uint32_t first, last; /* code points */
	uint32_t block;       /* as in struct format_property */
};

/* Binary properties: a bit each. */
struct format_binary {
	uint32_t first;   /* code point */
	uint32_t bits[2]; /* bit n is bit n mod 32 of the number n / 32 */
};

/* The bits of properties that the library asks for; the others are known by their names. */
enum format_binary_bit {
	BINARY_EMOJI,
	BINARY_EMOJI_PRESENTATION,
	BINARY_VARIATION_SELECTOR,
	BINARY_IDEOGRAPHIC,
};

/* In the place of a property in PVAL: the value is a bit. */
#define FORMAT_BINARY_NAMES 16

struct format_value {
	uint16_t property; /* enum charindex_property, or FORMAT_BINARY_NAMES */
	uint16_t value;
	uint32_t name_offset;
	uint16_t name_length;
	uint16_t zero;
};

struct format_reference {
	uint32_t row;
	uint32_t code_point;
};

/* Where a run of a trait begins, and the value from there on: a number of PVAL, 0 for none. */
enum {
	TRAIT_CODE_BITS = 21,
	TRAIT_VALUE_BITS = 11, /* from bit 21 */
	TRAIT_MAX_VALUE = (1 << TRAIT_VALUE_BITS) - 1,
};

/* In the place of a property in PVAL: of trait 0, enum charindex_trait, and so on. */
#define FORMAT_TRAIT_NAMES 32

/* What a code point is related to. */
struct format_relation {
	uint32_t kind_code; /* the code point, and from bit 21 on enum charindex_relation */
	uint32_t target;    /* a code point, or its place in RELC; from bit 21 on how many there are */
};

#define RELATION_CODE_BITS 21

_Static_assert(sizeof(struct format_header) == 48, "FORMAT.md, header");
_Static_assert(sizeof(struct format_section) == 24, "FORMAT.md, section table");
_Static_assert(sizeof(struct format_term) == 24, "FORMAT.md, TERM");
_Static_assert(sizeof(struct format_run) == 8, "FORMAT.md, RUNS");
_Static_assert(sizeof(struct format_set_node) == 16, "FORMAT.md, SETS");
_Static_assert(sizeof(struct format_category) == 8, "FORMAT.md, GCAT");
_Static_assert(sizeof(struct format_rank) == 4, "FORMAT.md, RANK");
_Static_assert(sizeof(struct format_dictionary) == 40, "FORMAT.md, DICT");
_Static_assert(sizeof(struct format_lexeme) == 8, "FORMAT.md, DTRM");
_Static_assert(sizeof(struct format_record) == 8, "FORMAT.md, DREC");
_Static_assert(sizeof(struct format_property) == 12, "FORMAT.md, PROP");
_Static_assert(sizeof(struct format_block) == 12, "FORMAT.md, BLKS");
_Static_assert(sizeof(struct format_value) == 12, "FORMAT.md, PVAL");
_Static_assert(sizeof(struct format_binary) == 12, "FORMAT.md, BINP");
_Static_assert(sizeof(struct format_reference) == 8, "FORMAT.md, XREF");
_Static_assert(sizeof(struct format_relation) == 8, "FORMAT.md, RELA");

/* The sections, in the order in which they are written. `entry` is the size of one
 * entry; a section's length is a multiple of it. */
enum section_id {
	SECTION_HASH,
	SECTION_TERM,
	SECTION_WORD,
	SECTION_RUNS,
	SECTION_SETS,
	SECTION_GCAT,
	SECTION_ROWS,
	SECTION_CODE,
	SECTION_TEXT,
	SECTION_NEEDED, /* those before must be there, those after may be missing */
	SECTION_EXTRA_ROWS = SECTION_NEEDED,
	SECTION_EXTRA_CODES,
	SECTION_EXTRA_TEXT,
	SECTION_RANK,
	SECTION_DICTIONARIES,
	SECTION_LEXEMES,
	SECTION_LEXEME_POSTINGS,
	SECTION_LEXEME_WIDE_POSTINGS,
	SECTION_RECORDS,
	SECTION_RECORD_TEXT,
	SECTION_PROPERTIES,
	SECTION_VALUES,
	SECTION_VALUE_NAMES,
	SECTION_REFERENCES,
	SECTION_BINARY,
	SECTION_TRAIT_DIRECTORY,
	SECTION_TRAITS,
	SECTION_RELATIONS,
	SECTION_RELATED_CODES,
	SECTION_BLOCKS,
	SECTION_COUNT,
};

struct section_kind {
	char name[5];
	uint32_t entry;
};

static const struct section_kind section_kinds[SECTION_COUNT] = {
	[SECTION_HASH] = { "HASH", sizeof(uint32_t) },
	[SECTION_TERM] = { "TERM", sizeof(struct format_term) },
	[SECTION_WORD] = { "WORD", 1 },
	[SECTION_RUNS] = { "RUNS", sizeof(struct format_run) },
	[SECTION_SETS] = { "SETS", sizeof(uint64_t) },
	[SECTION_GCAT] = { "GCAT", sizeof(struct format_category) },
	[SECTION_ROWS] = { "ROWS", sizeof(uint32_t) },
	[SECTION_CODE] = { "CODE", sizeof(uint32_t) },
	[SECTION_TEXT] = { "TEXT", 1 },
	[SECTION_EXTRA_ROWS] = { "EROW", sizeof(uint32_t) },
	[SECTION_EXTRA_CODES] = { "ECOD", sizeof(uint32_t) },
	[SECTION_EXTRA_TEXT] = { "ETXT", 1 },
	[SECTION_RANK] = { "RANK", sizeof(struct format_rank) },
	[SECTION_DICTIONARIES] = { "DICT", sizeof(struct format_dictionary) },
	[SECTION_LEXEMES] = { "DTRM", sizeof(struct format_lexeme) },
	[SECTION_LEXEME_POSTINGS] = { "DPST", sizeof(uint16_t) },
	[SECTION_LEXEME_WIDE_POSTINGS] = { "DPSW", sizeof(uint32_t) },
	[SECTION_RECORDS] = { "DREC", sizeof(struct format_record) },
	[SECTION_RECORD_TEXT] = { "DTXT", 1 },
	[SECTION_PROPERTIES] = { "PROP", sizeof(struct format_property) },
	[SECTION_VALUES] = { "PVAL", sizeof(struct format_value) },
	[SECTION_VALUE_NAMES] = { "PNAM", 1 },
	[SECTION_REFERENCES] = { "XREF", sizeof(struct format_reference) },
	[SECTION_BINARY] = { "BINP", sizeof(struct format_binary) },
	[SECTION_TRAIT_DIRECTORY] = { "TDIR", sizeof(uint32_t) },
	[SECTION_TRAITS] = { "TRUN", sizeof(uint32_t) },
	[SECTION_RELATIONS] = { "RELA", sizeof(struct format_relation) },
	[SECTION_RELATED_CODES] = { "RELC", sizeof(uint32_t) },
	[SECTION_BLOCKS] = { "BLKS", sizeof(struct format_block) },
};

/* Rows of one bit of a set, at each of its levels: a row, a block of them, a region. */
#define FORMAT_BLOCK 64u
#define FORMAT_REGION (64 * FORMAT_BLOCK)
#define FORMAT_SPAN (64 * FORMAT_REGION) /* of a node at the first level */

/* Words that a node takes. */
#define FORMAT_NODE_WORDS ((uint32_t)(sizeof(struct format_set_node) / sizeof(uint64_t)))

/* Nodes that a set has at its first level. */
static inline uint32_t
format_set_spans(uint32_t row_count)
{
	return (uint32_t)(((uint64_t)row_count + FORMAT_SPAN - 1) / FORMAT_SPAN);
}

/* The place of a term's set, or 0. */
static inline uint32_t
format_set_place(const struct format_term *term)
{
	return le32toh(term->set_length) >> 8;
}

/* The bytes of its word. */
static inline uint32_t
format_word_length(const struct format_term *term)
{
	return le32toh(term->set_length) & 0xFF;
}

/* FNV-1a, one byte at a time, as the tokenizer reads them, and the final folding. */
#define FORMAT_HASH_START 2166136261u

static inline uint32_t
format_hash_byte(uint32_t hash, unsigned char byte)
{
	return (hash ^ byte) * 16777619u;
}

static inline uint32_t
format_hash_end(uint32_t hash)
{
	return hash ^ (hash >> 15);
}

/* Of a whole word. */
static inline uint32_t
format_hash(const char *word, size_t length)
{
	uint32_t hash = FORMAT_HASH_START;

	for (size_t i = 0; i < length; i++)
		hash = format_hash_byte(hash, (unsigned char)word[i]);
	return format_hash_end(hash);
}

#endif
