/* extra.h - what an open index has beyond the names, for the files of the library. Nothing of
 * it has been checked at open (FORMAT.md, "Beyond the names"): every accessor here checks what
 * it follows, and says nothing of what leads nowhere. */
#ifndef CHARINDEX_EXTRA_H
#define CHARINDEX_EXTRA_H

#include "index.h"

/* Rows of both kinds. */
static inline uint32_t
extra_all_rows(const struct charindex *ci)
{
	return ci->row_count + ci->extra_count;
}

static inline uint32_t
extra_entries(const struct charindex *ci, enum section_id id)
{
	return ci->extra[id - SECTION_NEEDED].entries;
}

static inline const void *
extra_section(const struct charindex *ci, enum section_id id)
{
	return ci->extra[id - SECTION_NEEDED].bytes;
}

/* `length` bytes at `offset` of a section of bytes; nothing if they are not all there. */
static inline struct charindex_text
extra_text(const struct charindex *ci, enum section_id id, uint32_t offset, uint32_t length)
{
	uint32_t size = extra_entries(ci, id);

	if (offset > size || length > size - offset || length == 0)
		return (struct charindex_text){ "", 0 };
	return (struct charindex_text){ (const char *)extra_section(ci, id) + offset, length };
}

/* The text of a row of either kind, as the prompt sends it; empty if it is damaged. */
static inline struct charindex_text
extra_row_text(const struct charindex *ci, uint32_t row)
{
	const uint32_t *offsets = extra_section(ci, SECTION_EXTRA_ROWS);
	uint32_t begin, end;

	if (row < ci->row_count) {
		begin = index_row_offset(ci, row);
		end = index_row_offset(ci, row + 1);
		return (struct charindex_text){ ci->text + begin, end - begin };
	}
	row -= ci->row_count;
	if (row >= ci->extra_count)
		return (struct charindex_text){ "", 0 };
	begin = le32toh(offsets[row]);
	end = le32toh(offsets[row + 1]);
	return extra_text(ci, SECTION_EXTRA_TEXT, begin, end >= begin ? end - begin : 0);
}

/* The first code point of a row, below extra_all_rows(). */
static inline uint32_t
extra_row_code(const struct charindex *ci, uint32_t row)
{
	const uint32_t *codes = extra_section(ci, SECTION_EXTRA_CODES);

	return row < ci->row_count ? le32toh(ci->codes[row]) : le32toh(codes[row - ci->row_count]);
}

/* The first of the rows from `low` to `high`, which ascend by code point, that is not below
 * `code_point`; `high` if there is none. */
uint32_t extra_first_row(const struct charindex *ci, uint32_t low, uint32_t high,
    uint32_t code_point);

/* The rank of a row; the rarest, without words or flags, if the index does not say. */
static inline struct format_rank
extra_rank(const struct charindex *ci, uint32_t row)
{
	const struct format_rank *ranks = extra_section(ci, SECTION_RANK);

	if (row >= extra_entries(ci, SECTION_RANK))
		return (struct format_rank){ .words = UINT8_MAX, .rarity = 15 };
	return ranks[row];
}

#endif
