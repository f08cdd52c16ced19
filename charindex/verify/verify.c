/* verify.c - hides the deep check of an index: checksums, padding, and the index of
 * names built again from its own rows and compared. What goes beyond the names is checked in
 * verify_extras.c and verify_dictionary.c. */
#include <string.h>

#include "builder.h"
#include "crc32.h"
#include "index.h"
#include "row.h"
#include "verify.h"

static enum charindex_err
check_bytes(const struct charindex *ci)
{
	const struct format_header *header = (const struct format_header *)ci->map;
	const struct format_section *table = (const struct format_section *)(header + 1);
	uint32_t count = le32toh(header->section_count);
	size_t at = sizeof(*header) + count * sizeof(*table);

	for (uint32_t i = 0; i < count; i++) {
		size_t offset = (size_t)le64toh(table[i].offset), length = (size_t)le64toh(table[i].length);

		for (; at < offset; at++)
			if (ci->map[at] != 0)
				return CHARINDEX_ERR_CHECKSUM;
		if (crc32_update(0, ci->map + offset, length) != le32toh(table[i].crc))
			return CHARINDEX_ERR_CHECKSUM;
		at += length;
	}
	return at == ci->size ? CHARINDEX_OK : CHARINDEX_ERR_CHECKSUM;
}

/* Builds the index again from the rows of `ci`. */
static enum charindex_err
rebuild(const struct charindex *ci, struct builder *builder)
{
	enum builder_err err = BUILDER_OK;

	for (uint32_t row = 0; row < ci->row_count && err == BUILDER_OK; row++) {
		uint32_t offset = index_row_offset(ci, row);
		const char *name;
		size_t length;

		if (!row_name(ci->text + offset, index_row_offset(ci, row + 1) - offset, &name, &length))
			return CHARINDEX_ERR_CONTENT;
		err = builder_add(builder, le32toh(ci->codes[row]), name, length);
	}
	if (err == BUILDER_OK)
		err = builder_finish(builder);
	if (err == BUILDER_MEMORY)
		return CHARINDEX_ERR_MEMORY;
	return err == BUILDER_OK ? CHARINDEX_OK : CHARINDEX_ERR_CONTENT;
}

/* Are the sections of `builder` those of `ci`? Categories have no second source in the
 * file, their checksum must do. */
static bool
same_sections(const struct charindex *ci, const struct builder *builder)
{
	const void *const mine[SECTION_COUNT] = {
		[SECTION_HASH] = ci->slots,
		[SECTION_TERM] = ci->terms,
		[SECTION_WORD] = ci->words,
		[SECTION_RUNS] = ci->runs,
		[SECTION_SETS] = ci->sets,
		[SECTION_ROWS] = ci->row_offsets,
		[SECTION_CODE] = ci->codes,
		[SECTION_TEXT] = ci->text,
	};
	const size_t length[SECTION_COUNT] = {
		[SECTION_HASH] = ((size_t)ci->slot_mask + 1) * sizeof(*ci->slots),
		[SECTION_TERM] = ci->term_count * sizeof(*ci->terms),
		[SECTION_WORD] = ci->words_length,
		[SECTION_RUNS] = ci->run_count * sizeof(*ci->runs),
		[SECTION_SETS] = ci->set_words * sizeof(*ci->sets),
		[SECTION_ROWS] = ((size_t)ci->row_count + 1) * sizeof(*ci->row_offsets),
		[SECTION_CODE] = ci->row_count * sizeof(*ci->codes),
		[SECTION_TEXT] = index_row_offset(ci, ci->row_count),
	};

	for (int id = 0; id < SECTION_COUNT; id++) {
		const struct buffer *built = &builder->section[id];

		if (id == SECTION_GCAT)
			continue;
		if (built->length != length[id] ||
		    (length[id] > 0 && memcmp(built->bytes, mine[id], length[id]) != 0))
			return false;
	}
	return true;
}

static bool
are_optional_sections_right(const struct charindex *ci)
{
	return verify_extra_rows(ci) && verify_ranks(ci) && verify_dictionaries(ci) &&
	    verify_properties(ci) && verify_blocks(ci) && verify_binary(ci) && verify_references(ci) &&
	    verify_traits(ci) && verify_relations(ci);
}

enum charindex_err
charindex_verify(const struct charindex *ci)
{
	struct builder builder = { 0 };
	enum charindex_err err;

	if ((err = check_bytes(ci)) == CHARINDEX_OK && (err = rebuild(ci, &builder)) == CHARINDEX_OK &&
	    !(same_sections(ci, &builder) && are_optional_sections_right(ci)))
		err = CHARINDEX_ERR_CONTENT;
	builder_release(&builder);
	return err;
}
