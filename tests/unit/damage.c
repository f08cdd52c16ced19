/* damage.c - hides where the index to be damaged comes from. */
#include "damage.h"

#include <string.h>

#include "leftovers.h"
#include "small_index.h"
#include "unit.h"
#include "unit_index.h"

const char *const damage_sections[SECTION_NEEDED] = { "HASH", "TERM", "WORD", "RUNS", "SETS",
	"GCAT", "ROWS", "CODE", "TEXT" };

struct index_file damage_file;

/* What damage_file is a copy of. */
static struct index_file whole;

static void
make_whole(void)
{
	unit_index_open();
	small_index_make(&whole, 50);
}

static void
release_whole(void)
{
	index_file_release(&whole);
	unit_index_close();
}

static void
make_file(void)
{
	leftovers_remember();
	index_file_make(&damage_file, whole.bytes, whole.size);
}

static void
release_file(void)
{
	index_file_release(&damage_file);
	leftovers_must_be_none();
}

void
damage_add_fixtures(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, make_whole, release_whole);
	tcase_add_checked_fixture(tests, make_file, release_file);
}

/* What opening and, if that is well, verifying says. */
static enum charindex_err
examine(const struct index_file *file, bool *opened)
{
	struct charindex *ci = (struct charindex *)1;
	enum charindex_err err = charindex_open(file->path, &ci);

	*opened = err == CHARINDEX_OK;
	if (err != CHARINDEX_OK) {
		UNIT_HOLDS(ci == NULL);
		return err;
	}
	err = charindex_verify(ci);
	charindex_close(ci);
	return err;
}

static void
must_be(const struct index_file *file, bool must_open, enum charindex_err expected,
    const char *what, size_t n)
{
	bool opened;
	enum charindex_err err = examine(file, &opened);

	if (opened != must_open || err != expected)
		ck_abort_msg("%s %zu: opens: %s, and %s; should be: %s, and %s", what, n,
		    opened ? "yes" : "no", charindex_strerror(err), must_open ? "yes" : "no",
		    charindex_strerror(expected));
}

void
damage_must_be_refused(const struct index_file *file, enum charindex_err expected, const char *what,
    size_t n)
{
	must_be(file, false, expected, what, n);
}

void
damage_must_be_verified(const struct index_file *file, enum charindex_err expected,
    const char *what, size_t n)
{
	must_be(file, true, expected, what, n);
}

uint32_t
damage_value(const char *section, size_t at)
{
	return index_file_get(&damage_file, index_file_section(&damage_file, section) + at);
}

size_t
damage_long_list(void)
{
	for (size_t term = 0;; term += TERM_SIZE) {
		uint32_t first = damage_value("TERM", term + TERM_FIRST_RUN);
		uint32_t end = damage_value("TERM", term + TERM_SIZE + TERM_FIRST_RUN);
		size_t at = 8 * (size_t)first;

		if (end - first > 1 && damage_value("RUNS", at + 8) - damage_value("RUNS", at + 4) > 3)
			return at;
	}
}

size_t
damage_add_section(struct index_file *file, const char *name)
{
	size_t shift = ENTRY_SIZE + 8, begin = TABLE_END + ENTRY_SIZE;

	index_file_make(file, NULL, damage_file.size + shift);
	memcpy(file->bytes, damage_file.bytes, HEADER_SIZE);
	memcpy(file->bytes + HEADER_SIZE + ENTRY_SIZE, damage_file.bytes + HEADER_SIZE,
	    TABLE_END - HEADER_SIZE);
	memcpy(file->bytes + TABLE_END + shift, damage_file.bytes + TABLE_END,
	    damage_file.size - TABLE_END);
	index_file_put(file, AT_SECTIONS, SECTION_NEEDED + 1);
	index_file_put(file, AT_FILE_SIZE, (uint32_t)file->size);
	for (int id = 0; id < SECTION_NEEDED; id++) {
		size_t at = index_file_entry(file, damage_sections[id]) + ENTRY_OFFSET;

		index_file_put(file, at, index_file_get(file, at) + (uint32_t)shift);
	}
	memcpy(file->bytes + begin, "\0\0\0\0\1\0\0", 8);
	memcpy(file->bytes + HEADER_SIZE, name, 4);
	index_file_put(file, HEADER_SIZE + ENTRY_OFFSET, (uint32_t)begin);
	index_file_put(file, HEADER_SIZE + ENTRY_LENGTH, 8);
	index_file_fix_section(file, name);
	return begin;
}
