/* open.c - hides how an index file gets into memory and what makes it safe to search. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include "check_set.h"
#include "crc32.h"
#include "extra.h"
#include "lazy.h"

struct section {
	const unsigned char *bytes;
	size_t length;
	uint32_t entries;
};

static const struct format_header *
header_of(const struct charindex *ci)
{
	return (const struct format_header *)ci->map;
}

/* The header is there, is ours, and is whole. */
static enum charindex_err
check_header(const struct charindex *ci)
{
	const struct format_header *file = header_of(ci);
	struct format_header header;
	uint32_t sections;
	size_t table_size;

	if (ci->size < FORMAT_MAGIC_SIZE || memcmp(file->magic, FORMAT_MAGIC, FORMAT_MAGIC_SIZE) != 0)
		return CHARINDEX_ERR_MAGIC;
	if (ci->size < sizeof(header))
		return CHARINDEX_ERR_TRUNCATED;
	if (le32toh(file->version) != FORMAT_VERSION)
		return CHARINDEX_ERR_VERSION;
	if (le64toh(file->file_size) != ci->size)
		return CHARINDEX_ERR_TRUNCATED;
	sections = le32toh(file->section_count);
	table_size = sections * sizeof(struct format_section);
	if (sections > FORMAT_MAX_SECTIONS || ci->size - sizeof(header) < table_size)
		return CHARINDEX_ERR_HEADER;
	header = *file;
	header.crc = 0;
	if (crc32_update(crc32_update(0, &header, sizeof(header)), file + 1, table_size) !=
	    le32toh(file->crc))
		return CHARINDEX_ERR_HEADER;
	return CHARINDEX_OK;
}

/* Finds the known sections: each there once, inside the file, in order, aligned. */
static enum charindex_err
locate_sections(const struct charindex *ci, struct section sections[SECTION_COUNT])
{
	const struct format_header *header = header_of(ci);
	const struct format_section *table = (const struct format_section *)(header + 1);
	uint32_t count = le32toh(header->section_count);
	uint64_t after = sizeof(*header) + count * sizeof(*table);

	memset(sections, 0, SECTION_COUNT * sizeof(sections[0]));
	for (uint32_t i = 0; i < count; i++) {
		uint64_t offset = le64toh(table[i].offset), length = le64toh(table[i].length);

		if (offset % FORMAT_ALIGNMENT != 0 || offset < after || offset > ci->size ||
		    length > ci->size - offset)
			return CHARINDEX_ERR_SECTION;
		after = offset + length;
		for (int id = 0; id < SECTION_COUNT; id++) {
			struct section *section = &sections[id];
			uint32_t entry = section_kinds[id].entry;

			if (memcmp(table[i].name, section_kinds[id].name, 4) != 0)
				continue;
			if (section->bytes != NULL || length % entry != 0 || length / entry > UINT32_MAX)
				return CHARINDEX_ERR_SECTION;
			section->bytes = ci->map + offset;
			section->length = (size_t)length;
			section->entries = (uint32_t)(length / entry);
		}
	}
	for (int id = 0; id < SECTION_NEEDED; id++)
		if (sections[id].bytes == NULL)
			return CHARINDEX_ERR_SECTION;
	return CHARINDEX_OK;
}

/* What goes beyond the names, as far as it is there: checked where it is used. */
static void
assign_extras(struct charindex *ci, const struct section sections[SECTION_COUNT])
{
	const struct section *codes = &sections[SECTION_EXTRA_CODES];

	if (codes->entries > 0 && sections[SECTION_EXTRA_ROWS].entries == (uint64_t)codes->entries + 1)
		ci->extra_count = codes->entries;
	for (int id = SECTION_NEEDED; id < SECTION_COUNT; id++) {
		ci->extra[id - SECTION_NEEDED].bytes = sections[id].bytes;
		ci->extra[id - SECTION_NEEDED].entries = sections[id].entries;
	}
}

/* Points `ci` into its sections; their sizes fit each other. */
static enum charindex_err
assign_sections(struct charindex *ci, const struct section sections[SECTION_COUNT])
{
	uint32_t slots = sections[SECTION_HASH].entries;

	ci->row_count = le32toh(header_of(ci)->row_count);
	ci->term_count = le32toh(header_of(ci)->term_count);
	if (sections[SECTION_ROWS].entries != (uint64_t)ci->row_count + 1 ||
	    sections[SECTION_CODE].entries != ci->row_count ||
	    sections[SECTION_TERM].entries != ci->term_count || slots < 2 || (slots & (slots - 1)) != 0)
		return CHARINDEX_ERR_SECTION;
	ci->set_spans = format_set_spans(ci->row_count);
	ci->set_words = sections[SECTION_SETS].entries;
	ci->slot_mask = slots - 1;
	ci->run_count = sections[SECTION_RUNS].entries;
	ci->category_count = sections[SECTION_GCAT].entries;
	ci->slots = (const uint32_t *)sections[SECTION_HASH].bytes;
	ci->terms = (const struct format_term *)sections[SECTION_TERM].bytes;
	ci->words = (const char *)sections[SECTION_WORD].bytes;
	ci->words_length = sections[SECTION_WORD].length;
	ci->runs = (const struct format_run *)sections[SECTION_RUNS].bytes;
	ci->sets = (const uint64_t *)sections[SECTION_SETS].bytes;
	ci->categories = (const struct format_category *)sections[SECTION_GCAT].bytes;
	ci->row_offsets = (const uint32_t *)sections[SECTION_ROWS].bytes;
	ci->codes = (const uint32_t *)sections[SECTION_CODE].bytes;
	ci->text = (const char *)sections[SECTION_TEXT].bytes;
	assign_extras(ci, sections);
	return CHARINDEX_OK;
}

static enum charindex_err
check_rows(const struct charindex *ci, size_t text_length)
{
	if (index_row_offset(ci, 0) != 0 || index_row_offset(ci, ci->row_count) != text_length)
		return CHARINDEX_ERR_ROWS;
	for (uint32_t row = 0; row < ci->row_count; row++)
		if (index_row_offset(ci, row) >= index_row_offset(ci, row + 1))
			return CHARINDEX_ERR_ROWS;
	return CHARINDEX_OK;
}

/* Slots name terms, and half of them are free: every probe ends. */
static enum charindex_err
check_slots(const struct charindex *ci)
{
	uint32_t mask = ci->slot_mask, taken = 0;

	for (uint32_t slot = 0; slot <= mask; slot++) {
		uint32_t number = le32toh(ci->slots[slot]) & mask;

		if (number > ci->term_count)
			return CHARINDEX_ERR_TERMS;
		taken += number != 0;
	}
	return taken <= mask / 2 + 1 ? CHARINDEX_OK : CHARINDEX_ERR_TERMS;
}

/* Every term's bytes are inside their section. */
static enum charindex_err
check_terms(const struct charindex *ci)
{
	for (uint32_t term = 0; term < ci->term_count; term++) {
		uint32_t offset = le32toh(ci->terms[term].word_offset);
		uint32_t length = format_word_length(&ci->terms[term]);

		if (length == 0 || offset > ci->words_length || length > ci->words_length - offset)
			return CHARINDEX_ERR_TERMS;
	}
	return CHARINDEX_OK;
}

/* The runs of a list ascend, with a gap between, inside the rows. */
static inline bool
are_runs_right(const struct charindex *ci, uint32_t first, uint32_t end)
{
	uint64_t least = 0;

	for (uint32_t n = first; n < end; n++) {
		struct format_run run = index_run(ci, n);

		if (run.first < least || run.end <= run.first || run.end > ci->row_count)
			return false;
		least = (uint64_t)run.end + 1;
	}
	return true;
}

/* The runs and the set of each term are there, and no other sets; it has a set if it has several runs, as
 * the search expects. */
static enum charindex_err
check_postings(const struct charindex *ci)
{
	uint64_t place = 1;

	for (uint32_t term = 0; term < ci->term_count; term++) {
		uint32_t first = index_first_run(ci, term), end = index_end_run(ci, term);
		uint32_t set = format_set_place(&ci->terms[term]);

		if (first > end || end > ci->run_count || !are_runs_right(ci, first, end))
			return CHARINDEX_ERR_POSTINGS;
		if (set == 0 ? end - first != 1 : end - first < 2 || set != place || !check_set(ci, &place))
			return CHARINDEX_ERR_POSTINGS;
	}
	return place == ci->set_words ? CHARINDEX_OK : CHARINDEX_ERR_POSTINGS;
}

static enum charindex_err
check_categories(const struct charindex *ci)
{
	if (ci->category_count == 0 || le32toh(ci->categories[0].first) != 0)
		return CHARINDEX_ERR_CATEGORIES;
	for (uint32_t i = 0; i < ci->category_count; i++) {
		if (le32toh(ci->categories[i].category) >= U_CHAR_CATEGORY_COUNT)
			return CHARINDEX_ERR_CATEGORIES;
		if (i > 0 && le32toh(ci->categories[i].first) <= le32toh(ci->categories[i - 1].first))
			return CHARINDEX_ERR_CATEGORIES;
	}
	return CHARINDEX_OK;
}

static enum charindex_err
check_index(struct charindex *ci)
{
	struct section sections[SECTION_COUNT];
	enum charindex_err err;

	if ((err = check_header(ci)) != CHARINDEX_OK ||
	    (err = locate_sections(ci, sections)) != CHARINDEX_OK ||
	    (err = assign_sections(ci, sections)) != CHARINDEX_OK ||
	    (err = check_rows(ci, sections[SECTION_TEXT].length)) != CHARINDEX_OK ||
	    (err = check_slots(ci)) != CHARINDEX_OK || (err = check_terms(ci)) != CHARINDEX_OK ||
	    (err = check_postings(ci)) != CHARINDEX_OK)
		return err;
	return check_categories(ci);
}

static enum charindex_err
map_file(const char *path, struct charindex *ci)
{
	enum charindex_err err = CHARINDEX_ERR_OPEN;
	struct stat st;
	void *map;
	int fd, saved_errno;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return CHARINDEX_ERR_OPEN;
	if (fstat(fd, &st) != 0)
		goto out;
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		goto out;
	}
	if (st.st_size == 0) {
		err = CHARINDEX_ERR_EMPTY;
		goto out;
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		goto out;
	ci->map = map;
	ci->size = (size_t)st.st_size;
	err = CHARINDEX_OK;
out:
	saved_errno = errno;
	close(fd);
	errno = saved_errno;
	return err;
}

enum charindex_err
charindex_open(const char *path, struct charindex **out)
{
	struct charindex *ci = calloc(1, sizeof(*ci));
	UErrorCode status = U_ZERO_ERROR;
	enum charindex_err err;

	*out = NULL;
	if (ci == NULL)
		return CHARINDEX_ERR_MEMORY;
	err = map_file(path, ci);
	if (err == CHARINDEX_OK)
		err = check_index(ci);
	if (err == CHARINDEX_OK) {
		ci->casemap = ucasemap_open("", 0, &status);
		ci->lazy = lazy_new(extra_entries(ci, SECTION_DICTIONARIES));
		if (U_FAILURE(status) || ci->lazy == NULL)
			err = CHARINDEX_ERR_MEMORY;
	}
	if (err == CHARINDEX_OK) {
		*out = ci;
	} else {
		int saved_errno = errno;

		charindex_close(ci);
		errno = saved_errno;
	}
	return err;
}

void
charindex_close(struct charindex *ci)
{
	if (ci == NULL)
		return;
	ucasemap_close(ci->casemap);
	lazy_free(ci->lazy);
	if (ci->map != NULL)
		munmap((void *)ci->map, ci->size);
	free(ci);
}

struct charindex_info
charindex_info(const struct charindex *ci)
{
	uint32_t version = le32toh(header_of(ci)->unicode_version);
	struct charindex_info info = {
		.row_count = ci->row_count,
		.extra_count = ci->extra_count,
		.term_count = ci->term_count,
		.file_size = ci->size,
		/* the checksum of the checksums of all sections */
		.fingerprint = le32toh(header_of(ci)->crc),
	};

	snprintf(info.unicode_version, sizeof(info.unicode_version), "%u.%u.%u",
	    (version >> 16) & 0xffff, (version >> 8) & 0xff, version & 0xff);
	return info;
}
