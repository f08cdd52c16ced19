/* damage.h - an index to be damaged, new for each test, and what must come of it. */
#ifndef DAMAGE_H
#define DAMAGE_H

#include <check.h>
#include <stdbool.h>

#include "charindex.h"
#include "index_file.h"

/* FORMAT.md: the header, and an entry of the section table. */
#define HEADER_SIZE 48u
#define ENTRY_SIZE 24u
#define TABLE_END (HEADER_SIZE + SECTION_NEEDED * ENTRY_SIZE)

/* Fields of the header. */
enum { AT_VERSION = 8, AT_FILE_SIZE = 16, AT_ROWS = 24, AT_TERMS = 28, AT_SECTIONS = 32 };

/* Fields of an entry of the section table. */
enum { ENTRY_CRC = 4, ENTRY_OFFSET = 8, ENTRY_LENGTH = 16 };

/* Fields of a term, and the size of one; the place of the set is all but the lowest byte of
 * TERM_LENGTH. */
enum {
	TERM_PREFIX = 0,
	TERM_WORD = 8,
	TERM_LENGTH = 12,
	TERM_FIRST_RUN = 16,
	TERM_ROWS = 20,
	TERM_SIZE = 24
};

/* Every section, in the order of the file. */
extern const char *const damage_sections[SECTION_NEEDED];

/* An index of 1 in 50 of the real names. A test may do with it what it likes. */
extern struct index_file damage_file;

/* Makes damage_file at the beginning of each test, from unit_index, which is open all the
 * time, and sees to it that nothing is left at the end of a test. */
void damage_add_fixtures(TCase *tests);

/* The file must not open, with this error. `what` and `n` are for the message. */
void damage_must_be_refused(const struct index_file *file, enum charindex_err expected,
    const char *what, size_t n);

/* The file must open, and the deep check say this. */
void damage_must_be_verified(const struct index_file *file, enum charindex_err expected,
    const char *what, size_t n);

/* Where, in RUNS, a list of at least two runs, and a gap of several rows between them,
 * begins. */
size_t damage_long_list(void);

/* Makes a copy of damage_file with one more section, of eight bytes, before all others:
 * returns where its bytes are. */
size_t damage_add_section(struct index_file *file, const char *name);

/* The number in damage_file at an offset from the beginning of a section. */
uint32_t damage_value(const char *section, size_t at);

#endif
