/* charindex.h - search the names of Unicode characters in a prebuilt index.
 *
 * An index is a file made by mkcharindex (charindex/FORMAT.md). It is mapped
 * read-only and never changes, so that one open index serves any number of
 * threads without locks. The library prints nothing and keeps no global state.
 */
#ifndef CHARINDEX_H
#define CHARINDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	char unicode_version[16]; /* "17.0.0" */
	uint32_t row_count;       /* named characters */
	uint32_t term_count;      /* distinct words */
	size_t file_size;         /* bytes */
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

/* A search in progress. Plain memory, no cleanup: it may be abandoned at any time
 * and copied. Its fields are the library's own. The index must outlive it. */
struct charindex_search {
	const struct charindex *ci;
	uint32_t row;        /* the next row that may match */
	uint32_t list_count; /* 0: nothing (more) to find */
	struct charindex_list {
		uint32_t cursor, end;   /* runs still ahead: their numbers */
		const uint64_t *bitmap; /* of the same rows, or NULL if there are few runs */
	} list[CHARINDEX_MAX_WORDS];
};

/* Begins the search for `query`, `length` bytes of valid UTF-8, by the seed's rule:
 * a character matches when every word of the query is a word of its name
 * (server/PROTOCOL.md). Invalid UTF-8 separates words. The query is not needed
 * after the call. */
void charindex_search_init(struct charindex_search *search, const struct charindex *ci,
    const char *query, size_t length);

/* The next rows of the answer, in ascending code point order: true and *run, at most
 * `max_rows` (at least 1) of them, or false when there are no more. */
bool charindex_search_next(struct charindex_search *search, uint32_t max_rows,
    struct charindex_run *run) CHARINDEX_MUST_CHECK;

/* Copies the text of the next rows to `out`, as many whole runs of them as fit into `room`
 * bytes and are not so long that they had better be sent from where they are: returns
 * the bytes and adds the rows to *rows. 0: the next run is for charindex_search_next(),
 * or there is none. */
size_t charindex_search_copy(struct charindex_search *search, char *out, size_t room,
    uint64_t *rows);

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

#endif
