/* charindex.h - search the names of Unicode characters in a prebuilt index.
 *
 * An index is a file made by mkcharindex (charindex/format/FORMAT.md). It is mapped
 * read-only and never changes, so that one open index serves any number of
 * threads without locks. The library prints nothing and keeps no global state.
 *
 * What is declared here and in charform.h is all that libcharindex.so exports. A program that
 * has been linked with it works with every later one of the same SONAME: there, functions are
 * only added, enumerations only grow at their end, and structures stay as they are. A release
 * that must change more has another SONAME. Fields that are the library's own may change their
 * meaning.
 */
#ifndef CHARINDEX_H
#define CHARINDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

#define CHARINDEX_MUST_CHECK __attribute__((warn_unused_result))

/* No name has more distinct words than this; mkcharindex refuses tables that do.
 * It bounds the state of a search. */
#define CHARINDEX_MAX_WORDS 16

enum charindex_err {
	CHARINDEX_OK,
	CHARINDEX_ERR_OPEN,       /* open, fstat or mmap failed: see errno */
	CHARINDEX_ERR_EMPTY,      /* the file has no bytes */
	CHARINDEX_ERR_MAGIC,      /* not an index at all */
	CHARINDEX_ERR_VERSION,    /* an index of a format this library does not read */
	CHARINDEX_ERR_TRUNCATED,  /* shorter or longer than its header says */
	CHARINDEX_ERR_HEADER,     /* header or section table fail their checksum */
	CHARINDEX_ERR_SECTION,    /* a section is missing, misplaced or of the wrong size */
	CHARINDEX_ERR_ROWS,       /* row offsets are not ascending or leave the text */
	CHARINDEX_ERR_TERMS,      /* a term leaves its section, or its slot is damaged */
	CHARINDEX_ERR_POSTINGS,   /* a posting list is not ascending or leaves the rows */
	CHARINDEX_ERR_CATEGORIES, /* category ranges are not ascending */
	CHARINDEX_ERR_CHECKSUM,   /* a section's bytes fail its checksum */
	CHARINDEX_ERR_CONTENT,    /* sections disagree with each other (deep check) */
	CHARINDEX_ERR_MEMORY,     /* out of memory */
};

/* What `err` means, as the end of a sentence that begins with the file's name:
 * "is not a charfinder index". A constant string; CHARINDEX_ERR_OPEN leaves the
 * detail to errno. */
const char *charindex_strerror(enum charindex_err err);

struct charindex;

/* Maps the index at `path` read-only and checks all that lookups rely on, so that a
 * damaged file is refused here or is safe to search. Section checksums are left to
 * charindex_verify().
 * CHARINDEX_OK: the caller owns *out and ends it with charindex_close().
 * Anything else: *out is NULL, nothing is left open, and errno is set if the
 * result is CHARINDEX_ERR_OPEN.
 * The file may be replaced by rename while it is open; it must never be truncated
 * or rewritten in place (SIGBUS, mmap(2)). */
enum charindex_err charindex_open(const char *path, struct charindex **out) CHARINDEX_MUST_CHECK;

/* Unmaps `ci`. Nothing obtained from it may be used afterwards. NULL is allowed. */
void charindex_close(struct charindex *ci);

/* The deep pass: every section's checksum, and that rows, terms and posting lists
 * tell the same story, by indexing every row's name again. Takes a second or so. */
enum charindex_err charindex_verify(const struct charindex *ci) CHARINDEX_MUST_CHECK;

struct charindex_info {
	char unicode_version[16]; /* "18.0.0" */
	uint32_t row_count;       /* named characters */
	uint32_t extra_count;     /* rows after those: sequences, and controls */
	uint32_t term_count;      /* distinct words */
	size_t file_size;         /* bytes */
	uint32_t fingerprint;     /* of all that it holds: another index has another one */
};

/* What the index holds. */
struct charindex_info charindex_info(const struct charindex *ci);

/* The General_Category (UAX #44, table 12) of any code point, as an ICU
 * UCharCategory value, for the index's Unicode version: 0 (Cn) for what is
 * unassigned in it or beyond U+10FFFF. */
uint8_t charindex_category(const struct charindex *ci, uint32_t code_point);

/* Consecutive rows of an answer. `text` holds them rendered as the prompt sends
 * them, each ended by CRLF; it points into the index and lives as long as it. */
struct charindex_run {
	const char *text;
	size_t length;  /* bytes */
	uint32_t first; /* number of the first row */
	uint32_t count; /* rows, never 0 */
};

/* A search by the seed's rule, in progress: part of an answer. Its fields are the library's own. */
struct charindex_search {
	const struct charindex *ci;
	uint32_t first, end; /* rows found and not yet given, from the first to before the end */
	uint32_t list_count; /* 0: nothing (more) to find */
	bool is_narrow;      /* some words have one run only */
	/* of a single list: runs still ahead, by their numbers; none if there are several */
	uint32_t cursor, run_end;
	/* of several: the rows between which all are, if it is narrow; numbers of the span, region and
	 * block in which rows are being found; and a bit for each part of these that is still ahead */
	uint32_t least, most;
	uint32_t span, region, block;
	uint64_t regions, blocks, rows;
	struct charindex_list {
		uint32_t set;    /* place of its first node */
		uint32_t region; /* place of its node for the region */
	} list[CHARINDEX_MAX_WORDS];
};

/* The part of `text` that is left when white space around it is stripped
 * (White_Space, and U+001C to U+001F, as Python's str.strip() does): returns where
 * it begins and sets *length to its bytes. */
const char *charindex_strip(const char *text, size_t *length);

/* Bytes that charindex_status() needs for a query of `length` bytes. */
#define CHARINDEX_STATUS_SIZE(length) (4 * (length) + 64)

/* Writes the status of an answer, "5 matches for 'white bishop'", with the query
 * quoted as Python's repr() does, without a line end, to `out`, which has room for
 * CHARINDEX_STATUS_SIZE(length) bytes. Returns its length; no NUL is added. */
size_t charindex_status(const struct charindex *ci, uint64_t matches, const char *query,
    size_t length, char *out);

/* One of the words in the index, for reports. */
struct charindex_word {
	const char *text; /* not NUL-terminated; lives as long as the index */
	size_t length;
	uint32_t row_count; /* in how many names it stands */
};

/* The word with number `n`, below term_count; words are in byte order. */
struct charindex_word charindex_word(const struct charindex *ci, uint32_t n);

/* The numbers of the most frequent words, at most `most` (1 or more) of them, to `numbers`: most
 * frequent first, then in byte order. Returns how many there are. */
uint32_t charindex_frequent_words(const struct charindex *ci, uint32_t *numbers, uint32_t most);

/* ---- answers: the whole query language, in every mode --------------------------- */

/* How a query is understood (server/prompt/PROTOCOL.md, "Modes"). */
enum charindex_mode {
	CHARINDEX_CLASSIC, /* the seed's rule alone: the line is words and nothing else */
	CHARINDEX_AUTO, /* the seed's answer where it has one, else that of the first stage that has one */
	CHARINDEX_WIDE, /* all sources at once, best first */
	CHARINDEX_MODE_COUNT,
};

/* "classic", "auto", "wide"; a constant. */
const char *charindex_mode_name(enum charindex_mode mode);

/* Room for a language of the index, "zh_Hant", and a NUL. */
#define CHARINDEX_LANGUAGE_SIZE 12

/* The most languages that a client chooses, and room for a list of so many. */
#define CHARINDEX_MAX_LANGUAGES 4
#define CHARINDEX_LANGUAGES_SIZE (CHARINDEX_MAX_LANGUAGES * CHARINDEX_LANGUAGE_SIZE)

struct charindex_filter;

/* Is the query still being typed? Then quotes may be open and a last `|` is nothing yet. */
enum charindex_typing {
	CHARINDEX_TYPED, /* no: it is as it is meant */
	CHARINDEX_BETWEEN_WORDS,
	CHARINDEX_IN_WORD, /* and the last word may go on: in wide mode, and beside operators */
};

/* What the client has chosen. All zero but for `mode` is the default of that mode. What a query
 * says of limit and language (limit:20, lang:fr) goes before that. */
struct charindex_settings {
	enum charindex_mode mode;
	uint32_t limit; /* rows of one page; 0: the mode's own, 20 in wide mode, else none */
	uint32_t from;  /* number of the first row of the page, from 1; 0: 1, or as the query says */
	uint32_t most_rows; /* of one page, whatever is chosen, also by the query; 0: any number */
	/* Of keywords, besides English: "fr", or several as "fr,zh_Hant"; "": English alone. */
	char language[CHARINDEX_LANGUAGES_SIZE];
	bool all; /* no limit, whatever `limit` is, also in wide mode */
	/* Of the rows that the query has, those are left for which one of the filters of each property
	 * holds; must outlive the answer. Facets count them. */
	const struct charindex_filter *filters;
	uint32_t filter_count;
	enum charindex_typing typing;
	/* What is searched for, stripped, if the query stands for something else, which statuses say behind
	 * it, 'castle' as 'chess rook'; must outlive the answer. NULL: the query itself, and so for whoever
	 * identifies a text. */
	const char *instead;
	size_t instead_length;
};

enum charindex_format {
	CHARINDEX_TEXT, /* as the prompt sends rows */
	CHARINDEX_TSV,  /* code points, characters, name, category, script, block, age, source */
	CHARINDEX_JSON, /* an object with the same, RFC 8259 */
	CHARINDEX_FORMAT_COUNT,
};

/* "text", "tsv", "json"; a constant. */
const char *charindex_format_name(enum charindex_format format);

/* Settings from text, of `length` bytes, which need not be valid UTF-8: each has one grammar,
 * wherever it is said. False if the text is none, and nothing is changed. */

/* The name of a mode or format, in capitals or small letters. */
bool charindex_read_mode(const char *text, size_t length,
    enum charindex_mode *mode) CHARINDEX_MUST_CHECK;
bool charindex_read_format(const char *text, size_t length,
    enum charindex_format *format) CHARINDEX_MUST_CHECK;

/* The rows of a page: 1 to 9999999, in at most seven digits; `all`, or 0, for no limit. Sets `limit`
 * and `all`. */
bool charindex_read_limit(const char *text, size_t length,
    struct charindex_settings *settings) CHARINDEX_MUST_CHECK;

/* The first row of the page: 1 to 9999999, in at most seven digits. Sets `from`. */
bool charindex_read_from(const char *text, size_t length,
    struct charindex_settings *settings) CHARINDEX_MUST_CHECK;

/* A language tag (BCP 47), in capitals or small letters, with `-` or `_` between its subtags: the
 * language of the index that is nearest to it by lookup (RFC 4647, section 3.4) is chosen, fr for
 * fr-FR, zh_Hant for zh-Hant and zh-TW. Several have commas between them, the first is that of who
 * asks. False also if the index has no keywords in one of them, or if they are more than
 * CHARINDEX_MAX_LANGUAGES. Sets `language`. */
bool charindex_read_language(const struct charindex *ci, const char *text, size_t length,
    struct charindex_settings *settings) CHARINDEX_MUST_CHECK;

/* Through what a row was found. Ascending from the best; also how rows are ranked. */
enum charindex_source {
	CHARINDEX_BY_FILTER,      /* no word was asked for */
	CHARINDEX_BY_CODE,        /* a code form: U+20AC, &euro; */
	CHARINDEX_BY_TEXT,        /* it stands in the query itself */
	CHARINDEX_BY_WHOLE_NAME,  /* the query is its official name */
	CHARINDEX_BY_WHOLE_ALIAS, /* the query is another name of it: alias, short name */
	CHARINDEX_BY_NAME,        /* words of its name */
	CHARINDEX_BY_SYNONYM,     /* the same, some of them through synonyms: ranks as the one before */
	CHARINDEX_BY_WHOLE_KEYWORD, /* the query is one of its keywords */
	CHARINDEX_BY_WHOLE_CROWD, /* the query is a keyword of it that CLDR does not have, or a keysym */
	CHARINDEX_BY_WHOLE_FOREIGN, /* the query is a short name or keyword of it in any language */
	CHARINDEX_BY_CORRECTION,    /* the query, but for a typing error */
	CHARINDEX_BY_PREFIX,        /* words of its names and keywords begin so */
	CHARINDEX_BY_ALIAS,         /* words of its other names */
	CHARINDEX_BY_KEYWORD,       /* words of its keywords in a language */
	CHARINDEX_BY_FOREIGN,       /* words of its keywords in any language */
	CHARINDEX_BY_DEFINITION,    /* words of its definition or readings */
	CHARINDEX_BY_SUBSTRING,     /* inside words of its names and keywords */
	CHARINDEX_BY_PROPERTY,      /* the query is what its block, script or category is called */
	CHARINDEX_SOURCE_COUNT,
};

/* "name", "alias", "keyword" …; a constant. */
const char *charindex_source_name(enum charindex_source source);

/* Instead of the number of a row: the code point has none (it is unassigned, for private
 * use, a surrogate, a noncharacter). */
#define CHARINDEX_NO_ROW UINT32_MAX

/* One row of an answer, for those who render it themselves. */
struct charindex_hit {
	uint32_t row;        /* for charindex_row(), or CHARINDEX_NO_ROW */
	uint32_t code_point; /* its first */
	enum charindex_source source;
};

/* An answer being given. Its fields are the library's own; the index and the query's text
 * must outlive it. It may be moved, and is ended at any time by charindex_answer_release(). */
struct charindex_answer {
	struct charindex_search search;  /* the classic rule, as far as it goes */
	bool searched;                   /* it has been tried */
	struct charindex_result *result; /* owned: what else was found; NULL for the classic rule */
	const char *query;
	size_t query_length;
	uint64_t shown;                     /* rows given so far */
	struct charindex_settings settings; /* with what the query says */
};

/* Answers `query`, `length` bytes of valid UTF-8 that have been stripped
 * (charindex_strip()). A query that is wrong has no rows; charindex_answer_summary() and
 * charindex_answer_status() say what is. CHARINDEX_OK or CHARINDEX_ERR_MEMORY; the caller ends
 * *answer with charindex_answer_release() in both cases.
 * This is charindex_answer_prepare(), and charindex_answer_run() if that is not enough. */
enum charindex_err charindex_answer_begin(struct charindex_answer *answer,
    const struct charindex *ci, const struct charindex_settings *settings, const char *query,
    size_t length) CHARINDEX_MUST_CHECK;

/* The first step, in some microseconds, without taking memory: true if the classic rule settles the
 * answer, and its rows can be taken. False: charindex_answer_run() goes on from here. There is
 * nothing to release before that. */
bool charindex_answer_prepare(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *query,
    size_t length) CHARINDEX_MUST_CHECK;

/* The second step, as charindex_answer_begin(). It holds at most 1 MiB while it runs, and 64 KiB
 * after that; it takes less than 5 ms, which is CHARINDEX_MAX_WORK. */
enum charindex_err charindex_answer_run(struct charindex_answer *answer) CHARINDEX_MUST_CHECK;

/* Answers that were found by charindex_answer_run() from one index, the least recently used of which go
 * when there is no room for another one: for one thread at a time, and not for answers with filters. */
struct charindex_cache;

/* A cache that holds at most `bytes` bytes; NULL without memory. It ends before the index. */
struct charindex_cache *charindex_cache_new(size_t bytes);
void charindex_cache_free(struct charindex_cache *cache);

/* Bytes that it holds now. */
size_t charindex_cache_size(const struct charindex_cache *cache);

/* In place of the second step: true if the cache has the answer, which is to the byte what that would
 * give. False: charindex_answer_run_cached() goes on. NULL is a cache that has none. */
bool charindex_answer_recall(struct charindex_answer *answer,
    struct charindex_cache *cache) CHARINDEX_MUST_CHECK;

/* The second step as charindex_answer_run() does it; the cache has the answer then, if it took any work
 * and there is memory. */
enum charindex_err charindex_answer_run_cached(struct charindex_answer *answer,
    struct charindex_cache *cache) CHARINDEX_MUST_CHECK;

/* Answers with the characters that stand in `text`, one row for each, sequences recognised:
 * otherwise as charindex_answer_begin(). */
enum charindex_err charindex_answer_identify(struct charindex_answer *answer,
    const struct charindex *ci, const struct charindex_settings *settings, const char *text,
    size_t length) CHARINDEX_MUST_CHECK;

/* Bytes of memory that the answer holds until it is released: those of its rows, if they were not
 * found by the classic rule alone. */
size_t charindex_answer_memory(const struct charindex_answer *answer);

/* Frees what the answer holds. */
void charindex_answer_release(struct charindex_answer *answer);

/* The next rows of the page, in its order: true and *run, at most `max_rows` (at least 1) of them that
 * are neighbours in the index, or false when there are no more. The text of a run lives until the
 * next call for this answer, or as long as the index. */
bool charindex_answer_next(struct charindex_answer *answer, uint32_t max_rows,
    struct charindex_run *run) CHARINDEX_MUST_CHECK;

/* Copies the text of the next rows to `out`, as many whole runs of them as fit into `room` bytes and are
 * not so long that sending them from where they lie is better: returns the bytes. 0: the next run is
 * for charindex_answer_next(), or there is none. */
size_t charindex_answer_copy(struct charindex_answer *answer, char *out, size_t room);

/* Has it given all its rows, so that there is no use in asking for more? */
bool charindex_answer_ended(const struct charindex_answer *answer);

/* The next row in the form for those who render it: not to be mixed with the two above. */
bool charindex_answer_next_hit(struct charindex_answer *answer,
    struct charindex_hit *hit) CHARINDEX_MUST_CHECK;

/* What is known of an answer as a whole. */
struct charindex_summary {
	uint64_t total;    /* rows that match, on all pages */
	uint64_t first;    /* number of the first row of this page, from 1 */
	uint64_t count;    /* rows on this page */
	bool more;         /* there are rows after it */
	const char *error; /* why the query is not understood, without a line end; NULL if it is. Lives
	                    * as long as the answer */
	unsigned column;   /* where, if it is not: character of the query, from 1 */
	enum charindex_source source; /* of the stage that answered */
	uint64_t work; /* what was looked at to find them: rows, list entries, words, bytes of text;
	                * a unit is some nanoseconds. 0 by the seed's rule. */
	const char *corrected; /* the query that was answered instead, or NULL; not NUL-terminated */
	size_t corrected_length;
	const char
	    *also; /* a query that differs by a typing error, the best rows of which were added as
	                   * CHARINDEX_BY_CORRECTION, or NULL; not NUL-terminated */
	size_t also_length;
};

/* What may be wrong with a query. */
enum charindex_fault {
	CHARINDEX_FAULT_NONE,
	CHARINDEX_FAULT_OPEN_QUOTES,  /* quotes are not closed */
	CHARINDEX_FAULT_EMPTY_QUOTES, /* there is no word in them */
	CHARINDEX_FAULT_NEGATION,     /* what has a - before it says nothing of rows */
	CHARINDEX_FAULT_BEFORE_OR,    /* there is nothing before a | */
	CHARINDEX_FAULT_AFTER_OR,     /* there is nothing after it */
	CHARINDEX_FAULT_FIELD,        /* there is no such field */
	CHARINDEX_FAULT_VALUE,        /* the field takes no such value */
	CHARINDEX_FAULT_CODE_POINT,   /* it would be beyond U+10FFFF */
	CHARINDEX_FAULT_ENTITY,       /* HTML has none of this name */
	CHARINDEX_FAULT_TOO_MUCH,     /* words, settings, or code points */
	CHARINDEX_FAULT_COUNT,
};

/* "open-quotes", "value" …; a constant. */
const char *charindex_fault_name(enum charindex_fault fault);

/* What summary.error says in English, in parts, for those who say it in another language. The value is
 * what of the query is wrong: not NUL-terminated, shortened if it is long, of length 0 if all of it is
 * wrong; it lives as long as the query. */
struct charindex_mistake {
	enum charindex_fault fault;
	const char *value;
	size_t length;
	const char *field;   /* that does not take it, "block"; NULL for other faults */
	const char *example; /* what it would take */
};

/* The fault is CHARINDEX_FAULT_NONE if the query is understood. */
void charindex_answer_mistake(const struct charindex_answer *answer,
    struct charindex_mistake *mistake);

/* No answer takes more work, charindex_summary.work, to begin. */
#define CHARINDEX_MAX_WORK 2000000

/* For an answer by the seed's rule this searches to the end: some microseconds. */
void charindex_answer_summary(const struct charindex_answer *answer,
    struct charindex_summary *summary);

/* The bytes of the longer of the two: the query and settings.instead. */
size_t charindex_answer_longest(const struct charindex_answer *answer);

/* Bytes that charindex_answer_status() needs for a query, or charindex_answer_longest(), of `length`
 * bytes: for these twice, each byte as four, and for what was answered besides, which is short. */
#define CHARINDEX_ANSWER_STATUS_SIZE(length) (8 * (length) + 2304)

/* Writes the status line of the answer without a line end, once its rows have been taken, as
 * charindex_status() does. Returns its length. */
size_t charindex_answer_status(const struct charindex_answer *answer, char *out);

/* ---- answers as text, for those who send them elsewhere --------------------------- */

/* Bytes that one row takes at most, in any format. */
#define CHARINDEX_RENDER_SIZE 4096

/* Writes a row of an answer to `out`, without a line end. Returns its length. */
size_t charindex_render(const struct charindex *ci, const struct charindex_hit *hit,
    enum charindex_format format, char *out);

/* Bytes that charindex_render_status() needs for a query, or charindex_answer_longest(), of `length`
 * bytes. */
#define CHARINDEX_RENDER_STATUS_SIZE(length) (6 * CHARINDEX_ANSWER_STATUS_SIZE(length) + 256)

/* Writes what ends an answer in the format, without a line end: the status line as it is; after
 * `#` and a TAB; or as an object with status, total, first, count and more. Returns its
 * length. */
size_t charindex_render_status(const struct charindex_answer *answer, enum charindex_format format,
    char *out);

/* How many rows of the answer, on all pages, have a property value. */
enum charindex_property {
	CHARINDEX_PROPERTY_CATEGORY,
	CHARINDEX_PROPERTY_SCRIPT,
	CHARINDEX_PROPERTY_BLOCK,
	CHARINDEX_PROPERTY_AGE,
	CHARINDEX_PROPERTY_COUNT,
};

/* Asks for values of a property. Its fields are the library's own. */
struct charindex_filter {
	enum charindex_property property;
	uint64_t mask;  /* of categories and ages: a bit for each value */
	uint32_t value; /* of all others */
};

/* Understands the value of a filter, "Sm", "Currency_Symbol", "greek", ">=15", as in a query
 * (server/prompt/PROTOCOL.md): false if the property has no such value. */
bool charindex_read_filter(const struct charindex *ci, enum charindex_property property,
    const char *text, size_t length, struct charindex_filter *filter) CHARINDEX_MUST_CHECK;

struct charindex_facet {
	const char *value; /* its long name; lives as long as the index */
	size_t length;
	uint32_t count;
};

/* The facets of all rows that `query` matches, greatest first: writes at most `most` of
 * them and returns how many. To be called before rows are taken from the answer. Filters of the
 * same property leave nothing out here: a facet is the total that the answer would have if its
 * value were the only one asked for of the property. */
size_t charindex_answer_facets(const struct charindex_answer *answer,
    enum charindex_property property, struct charindex_facet *facets, size_t most);

/* ---- characters ------------------------------------------------------------------ */

/* A piece of text in the index, not NUL-terminated; lives as long as the index. */
struct charindex_text {
	const char *bytes;
	size_t length;
};

/* What a general category is called: "Uppercase letter" for "Lu" (UAX #44, table 12), "Unknown" if
 * it is none. A constant. */
const char *charindex_category_name(struct charindex_text code);

#define CHARINDEX_IS_SEQUENCE 0x01 /* of several code points */
#define CHARINDEX_IS_EMOJI 0x02    /* RGI emoji (UTS #51) */
#define CHARINDEX_IS_TONED 0x04    /* a sequence with skin tones */
#define CHARINDEX_IS_CONTROL 0x08  /* has no name; its row shows an alias, and no character */

/* Code points of a sequence at most. */
#define CHARINDEX_MAX_CODES 16

/* All that a row says, and the properties of its first code point; a sequence has no age. */
struct charindex_row {
	struct charindex_text codes; /* "U+2657", "U+1F468 U+200D U+1F4BB" */
	struct charindex_text text;  /* the characters in UTF-8; empty for controls */
	struct charindex_text name;
	struct charindex_text property[CHARINDEX_PROPERTY_COUNT]; /* "So", "Common", … */
	uint32_t code_point;                                      /* the first */
	unsigned flags;
};

/* What is known of row `row`, below row_count + extra_count of charindex_info(), or, if that is
 * CHARINDEX_NO_ROW, of `code_point`: then `codes` and `name` (a label as
 * "<unassigned-0378>") point to `label`. */
struct charindex_label {
	char codes[16], name[32];
	char text[4];
};
void charindex_row(const struct charindex *ci, uint32_t row, uint32_t code_point,
    struct charindex_row *out, struct charindex_label *label);

/* The characters of a row in UTF-8, of a control too, which is in no row as it would break the line:
 * for where it is escaped. `utf8` is room for it. */
struct charindex_text charindex_row_text(const struct charindex_row *row, char utf8[4]);

/* The row of a single code point; CHARINDEX_NO_ROW if it has none. */
uint32_t charindex_row_of(const struct charindex *ci, uint32_t code_point);

/* The rows of the nearest code points before and after `code_point` that have one, controls too;
 * CHARINDEX_NO_ROW if there is none. */
void charindex_neighbours(const struct charindex *ci, uint32_t code_point, uint32_t *previous,
    uint32_t *next);

/* What kind of text a record is. */
enum charindex_record_kind {
	CHARINDEX_RECORD_CORRECTION, /* formal aliases (UAX #44, NameAliases.txt) */
	CHARINDEX_RECORD_CONTROL,
	CHARINDEX_RECORD_ALTERNATE,
	CHARINDEX_RECORD_FIGMENT,
	CHARINDEX_RECORD_ABBREVIATION,
	CHARINDEX_RECORD_INFORMAL, /* an informal name of the names list */
	CHARINDEX_RECORD_ENTITY,   /* an HTML entity, without & and ; */
	CHARINDEX_RECORD_SYNONYM,
	CHARINDEX_RECORD_SEQUENCE,   /* the name of a sequence */
	CHARINDEX_RECORD_SHORT_NAME, /* of CLDR, in a language */
	CHARINDEX_RECORD_KEYWORD,
	CHARINDEX_RECORD_DEFINITION, /* Unihan, as all that follows */
	CHARINDEX_RECORD_MANDARIN,
	CHARINDEX_RECORD_CANTONESE,
	CHARINDEX_RECORD_ON,
	CHARINDEX_RECORD_KUN,
	CHARINDEX_RECORD_HANGUL,
	CHARINDEX_RECORD_VIETNAMESE,
	CHARINDEX_RECORD_READING, /* of Jurchen (UAX #60) */
	CHARINDEX_RECORD_RADICAL, /* "radical 76", "radical 1, 5 strokes": of Small Seal and Jurchen */
	CHARINDEX_RECORD_MODERN,  /* the ideograph that a seal character has become */
	/* what it is called elsewhere: */
	CHARINDEX_RECORD_LATEX,     /* a command, without the backslash */
	CHARINDEX_RECORD_SHORTCODE, /* of GitHub and Slack, without the colons */
	CHARINDEX_RECORD_KEYSYM,    /* of X11 */
	CHARINDEX_RECORD_GLYPH,     /* in fonts (Adobe Glyph List) */
	CHARINDEX_RECORD_DIGRAPH,   /* two keys after Ctrl-K in Vim (RFC 1345) */
	CHARINDEX_RECORD_COMPOSE,   /* keys after the Compose key */
	CHARINDEX_RECORD_ASCII,     /* how it is drawn in ASCII, emoticons too */
	CHARINDEX_RECORD_JARGON,    /* what hackers say */
	CHARINDEX_RECORD_APL,       /* what those who program in APL say */
	CHARINDEX_RECORD_CROWD,     /* a keyword that CLDR does not have */
	CHARINDEX_RECORD_KIND_COUNT,
};

/* "correction", "keyword" …; a constant. */
const char *charindex_record_kind_name(enum charindex_record_kind kind);

struct charindex_record {
	enum charindex_record_kind kind;
	struct charindex_text text;
	const char *language; /* "fr"; "" if it is of none */
};

/* All that is recorded of row `row`, besides its name: calls `take` with `arg` for each
 * record, in the order of kinds, languages in their order; for the same text of a kind once. */
void charindex_records(const struct charindex *ci, uint32_t row,
    void (*take)(void *arg, const struct charindex_record *record), void *arg);

/* The same, but of short names and keywords only those in `language`, as charindex_language() has
 * it, or in several as settings have them: in a fraction of the time. */
void charindex_records_in(const struct charindex *ci, uint32_t row, const char *language,
    void (*take)(void *arg, const struct charindex_record *record), void *arg);

/* The rows of the characters that the names list refers to from row `row`: writes at most
 * `most` code points and returns how many there are. */
size_t charindex_references(const struct charindex *ci, uint32_t row, uint32_t *code_points,
    size_t most);

/* Further properties of code points, beside enum charindex_property: what their values are called. */
enum charindex_trait {
	CHARINDEX_TRAIT_WIDTH,     /* East_Asian_Width (UAX #11): "Wide"; none is Neutral */
	CHARINDEX_TRAIT_BIDI,      /* Bidi_Class (UAX #9): "Left_To_Right" */
	CHARINDEX_TRAIT_COMBINING, /* Canonical_Combining_Class: "230"; none is 0 */
	CHARINDEX_TRAIT_EXTENSIONS, /* Script_Extensions (UAX #24): "Bopomofo Latin"; none is the script */
	CHARINDEX_TRAIT_NUMERIC,    /* Numeric_Value: "5", "1/2", "-1/2" */
	CHARINDEX_TRAIT_DECOMPOSITION, /* Decomposition_Type: "canonical", "compat", "font" */
	CHARINDEX_TRAIT_STROKES,       /* of an ideograph, all of them (kTotalStrokes, UAX #38) */
	CHARINDEX_TRAIT_RADICAL,       /* of an ideograph (kRSUnicode): "85", "9 10" if under several */
	CHARINDEX_TRAIT_COUNT,
};

/* "width", "bidi-class", "combining-class", "script-extensions", "numeric-value",
 * "decomposition-type", "strokes", "kangxi-radical"; a constant. */
const char *charindex_trait_name(enum charindex_trait trait);

/* The value of a code point's trait, in words; empty if there is none. */
struct charindex_text charindex_trait(const struct charindex *ci, uint32_t code_point,
    enum charindex_trait trait);

/* What the code point is, of binary properties (UAX #44, UTS #51): "Alphabetic" …, its `n`-th one in
 * the order of the index; empty if there are no more. */
struct charindex_text charindex_binary(const struct charindex *ci, uint32_t code_point, uint32_t n);

/* Is it, by the name of a binary property, short or long? */
bool charindex_is(const struct charindex *ci, uint32_t code_point, const char *name);

/* Which characters belong to a character. */
enum charindex_relation {
	CHARINDEX_RELATION_DECOMPOSITION, /* Decomposition_Mapping, but for Hangul syllables */
	CHARINDEX_RELATION_LOWER,         /* case, by full mappings without conditions */
	CHARINDEX_RELATION_UPPER,
	CHARINDEX_RELATION_TITLE,       /* where it is neither the uppercase nor itself */
	CHARINDEX_RELATION_MIRROR,      /* Bidi_Mirroring_Glyph */
	CHARINDEX_RELATION_SIMPLIFIED,  /* of ideographs (UAX #38) */
	CHARINDEX_RELATION_TRADITIONAL, /* the same */
	CHARINDEX_RELATION_VARIANT,     /* the same: kSemanticVariant, kZVariant */
	CHARINDEX_RELATION_LOOKS,       /* its skeleton (UTS #39), where that is another text */
	CHARINDEX_RELATION_COUNT,
};

/* "decomposition", "lowercase", "uppercase", "titlecase", "mirror", "simplified", "traditional",
 * "variant", "skeleton"; a constant. */
const char *charindex_relation_name(enum charindex_relation relation);

/* The code points that belong to `code_point`: writes at most `most` of them and returns how many
 * there are. */
size_t charindex_related(const struct charindex *ci, uint32_t code_point,
    enum charindex_relation relation, uint32_t *code_points, size_t most);

/* All other characters that look like this one, because they have the same skeleton, ascending. */
size_t charindex_look_alikes(const struct charindex *ci, uint32_t code_point, uint32_t *code_points,
    size_t most);

/* A block: its code points, assigned or not. */
struct charindex_block {
	uint32_t first, last;
	struct charindex_text name; /* "Basic Latin" */
};

/* The block with number `n`, in the order of code points: false if there are no more, and *block is
 * not to be used. An index that was built without their table has none. */
bool charindex_block(const struct charindex *ci, uint32_t n,
    struct charindex_block *block) CHARINDEX_MUST_CHECK;

/* The block of this name, matched as in a query: false if there is none. */
bool charindex_block_named(const struct charindex *ci, const char *name, size_t length,
    struct charindex_block *block) CHARINDEX_MUST_CHECK;

/* The languages of keywords in the index: the name of the one with number `n`, "en", or
 * NULL if there are no more. Lives as long as the index. */
const char *charindex_language(const struct charindex *ci, uint32_t n);

/* How many rows have keywords in the language with number `n`; 0 if there is no such language. */
uint32_t charindex_language_rows(const struct charindex *ci, uint32_t n);

/* ---- headwords: what rows are called ------------------------------------------------ */

/* Where headwords come from. */
enum charindex_vocabulary {
	CHARINDEX_NAMES,       /* official names; of controls, their aliases; names of sequences */
	CHARINDEX_ALIASES,     /* all other names: formal aliases, informal names, entities, synonyms */
	CHARINDEX_KEYWORDS,    /* short names and keywords in a language */
	CHARINDEX_DEFINITIONS, /* each word of definitions and readings of ideographs */
	CHARINDEX_VOCABULARY_COUNT,
};

/* How a headword agrees with a text. Words are compared, in capitals or small letters; what stands
 * between them, a blank, a hyphen or a low line, does not matter. */
enum charindex_matching {
	CHARINDEX_MATCH_EXACT,
	CHARINDEX_MATCH_PREFIX,
	CHARINDEX_MATCH_SUFFIX,
	CHARINDEX_MATCH_SUBSTRING,
	CHARINDEX_MATCH_WORDS, /* all words of the text are words of the headword, in any order */
	CHARINDEX_MATCH_FIRST, /* they are its first ones */
	CHARINDEX_MATCH_LAST,  /* or its last ones */
	CHARINDEX_MATCHING_COUNT,
};

struct charindex_headword {
	uint32_t row;               /* that is called so */
	struct charindex_text text; /* as the index has it */
};

struct charindex_lookup {
	enum charindex_vocabulary vocabulary;
	const char *language; /* of keywords, as charindex_language() has it */
	enum charindex_matching matching;
	const char *text; /* valid UTF-8 */
	size_t length;
	/* Called with `arg` for each headword, until it returns false: characters by code point,
	 * then the others in the order of rows; of definitions, words in the order of their
	 * bytes, each once, or, when matched exactly, once for each row. */
	bool (*take)(void *arg, const struct charindex_headword *headword);
	void *arg;
};

/* Looks headwords up. CHARINDEX_OK or CHARINDEX_ERR_MEMORY. Numbers at the end of names of ideographs
 * are found when they are matched whole, or as the beginning of one after other words. Exact words
 * take some microseconds, all else less than 5 ms, and 32 KiB at most while it is called. */
enum charindex_err charindex_look_up(const struct charindex *ci,
    const struct charindex_lookup *lookup) CHARINDEX_MUST_CHECK;

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#endif
