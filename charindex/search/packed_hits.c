/* packed_hits.c - items to bytes, and back. */
#include "packed_hits.h"

#include "charindex.h"

/* The kinds of packed hits, by their first byte; those that are less than RUN are steps. */
enum { RUN = 0x80, NEAR = 0xC0, ANY = 0xE0, SOURCE_MASK = 0x1F };

/* How many rows they can tell. */
enum { MOST_STEP = 128, MOST_RUN = 64, MOST_NEAR = 256 };

_Static_assert(CHARINDEX_SOURCE_COUNT <= HIT_CODE && HIT_CODE <= SOURCE_MASK, "five bits");

/* How many of the items follow `last`, each a row behind the one before, and found alike. */
static uint32_t
run_length(const uint32_t *items, uint32_t count, uint32_t last)
{
	uint32_t most = count < MOST_RUN ? count : MOST_RUN, length = 0;

	while (length < most && items[length] == last + 1 + length)
		length++;
	return length;
}

static uint8_t *
write_one(uint8_t *out, uint32_t item, uint32_t last)
{
	uint32_t row = item & HIT_ROW_MASK, step = row - (last & HIT_ROW_MASK) - 1;
	uint8_t source = (uint8_t)(item >> HIT_ROW_BITS);

	if (item - last - 1 < MOST_STEP) { /* and so the source is the same */
		*out++ = (uint8_t)step;
	} else if (step < MOST_NEAR) {
		*out++ = NEAR | source;
		*out++ = (uint8_t)step;
	} else {
		*out++ = ANY | source;
		*out++ = (uint8_t)row;
		*out++ = (uint8_t)(row >> 8);
		*out++ = (uint8_t)(row >> 16);
	}
	return out;
}

/* No hit takes more bytes than its item had, so that none is written over that has not been read. */
size_t
packed_hits_write(uint32_t *items, uint32_t count)
{
	uint8_t *bytes = (uint8_t *)items, *out = bytes;
	uint32_t last = 0;

	for (uint32_t n = 0; n < count;) {
		uint32_t run = run_length(items + n, count - n, last);

		if (run > 1) {
			*out++ = (uint8_t)(RUN | (run - 1));
			last += run;
			n += run;
		} else {
			uint32_t item = items[n++];

			out = write_one(out, item, last);
			last = item;
		}
	}
	return (size_t)(out - bytes);
}

static uint32_t
with_source(uint8_t first, uint32_t row)
{
	return (uint32_t)(first & SOURCE_MASK) << HIT_ROW_BITS | row;
}

uint32_t
packed_hits_read(const uint8_t *bytes, struct packed_reader *reader)
{
	const uint8_t *at = bytes + reader->at;
	uint32_t last = reader->last;

	reader->number++;
	if (reader->run_left > 0) {
		reader->run_left--;
		return ++reader->last;
	}
	if (*at < RUN) {
		reader->last += *at + 1u;
		reader->at += 1;
	} else if (*at < NEAR) {
		reader->run_left = *at & (MOST_RUN - 1);
		reader->last++;
		reader->at += 1;
	} else if (*at < ANY) {
		reader->last = with_source(*at, (last & HIT_ROW_MASK) + at[1] + 1);
		reader->at += 2;
	} else {
		reader->last = with_source(*at, at[1] | (uint32_t)at[2] << 8 | (uint32_t)at[3] << 16);
		reader->at += 4;
	}
	return reader->last;
}

void
packed_hits_skip(const uint8_t *bytes, struct packed_reader *reader, uint32_t number)
{
	while (reader->number < number) {
		uint32_t left, run;

		packed_hits_read(bytes, reader);
		left = number - reader->number;
		run = reader->run_left < left ? reader->run_left : left;
		reader->number += run;
		reader->run_left -= run;
		reader->last += run;
	}
}
