/* test_packed_hits.c - hits that have been packed are read as they were. */
#include "packed_hits.h"

#include <stdlib.h>
#include <string.h>

#include "hits.h"
#include "seeded.h"
#include "unit.h"

enum { MOST_HITS = 2000, LAST_ROW = 0x10FFFF };

/* The hits of an answer: runs, rows near each other and far, before and behind, sources that change
 * and such as stay. */
static uint32_t
make_items(struct seeded *seeded, uint32_t *items)
{
	static const uint32_t steps[] = { 1, 1, 2, 128, 129, 256, 257, 70000 };
	uint32_t count = seeded_below(seeded, MOST_HITS), row = 0, source = 0;

	for (uint32_t n = 0; n < count; n++) {
		if (seeded_below(seeded, 8) == 0)
			source = seeded_below(seeded, 9) == 0 ? HIT_CODE
			                                      : seeded_below(seeded, CHARINDEX_SOURCE_COUNT);
		if (seeded_below(seeded, 50) == 0)
			row = seeded_below(seeded, LAST_ROW);
		else if (n > 0)
			row += seeded_below(seeded, 4) > 0 ? 1 : steps[seeded_below(seeded, UNIT_COUNT(steps))];
		row %= LAST_ROW + 1;
		items[n] = source << HIT_ROW_BITS | row;
	}
	return count;
}

START_TEST(what_was_packed_is_read)
{
	static uint32_t items[MOST_HITS], packed[MOST_HITS];
	struct seeded seeded = { 22 };

	for (int round = 0; round < 500; round++) {
		uint32_t count = make_items(&seeded, items), first = seeded_below(&seeded, count + 1);
		struct packed_reader reader = { 0 }, later = { 0 };
		const uint8_t *bytes = (const uint8_t *)packed;
		bool same = true;

		memcpy(packed, items, sizeof(packed));
		UNIT_HOLDS(packed_hits_write(packed, count) <= count * sizeof(*items));
		while (reader.number < count)
			same &= packed_hits_read(bytes, &reader) == items[reader.number - 1];
		packed_hits_skip(bytes, &later, first);
		UNIT_HOLDS(later.number == first);
		while (later.number < count)
			same &= packed_hits_read(bytes, &later) == items[later.number - 1];
		UNIT_HOLDS(same && reader.at == later.at);
	}
}
END_TEST

START_TEST(rows_that_follow_each_other_share_a_byte)
{
	uint32_t items[128];

	for (uint32_t n = 0; n < UNIT_COUNT(items); n++)
		items[n] = 1000 + n;
	/* the first in four bytes, then 64 and 63 */
	ck_assert_uint_eq(packed_hits_write(items, UNIT_COUNT(items)), 6);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, what_was_packed_is_read);
	tcase_add_test(tests, rows_that_follow_each_other_share_a_byte);
}

UNIT_MAIN("packed_hits", add_tests)
