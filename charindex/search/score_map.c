/* score_map.c - score maps combined, block by block of those that are touched. */
#include "score_map.h"

#include <endian.h>

static uint32_t
blocks_of(uint32_t rows)
{
	return (rows + SCORE_BLOCK - 1) / SCORE_BLOCK;
}

static uint32_t
block_count(const struct score_map *map)
{
	return blocks_of(map->rows);
}

uint32_t
score_map_words(uint32_t rows)
{
	return blocks_of(rows) / 64 + 1;
}

size_t
score_map_size(uint32_t rows)
{
	return score_map_words(rows) * sizeof(uint64_t) + (size_t)blocks_of(rows) * SCORE_BLOCK;
}

void
score_map_init(struct score_map *map, uint32_t rows, void *memory)
{
	*map = (struct score_map){ .rows = rows, .words = score_map_words(rows) };
	map->touched = memory;
	map->scores = (uint8_t *)(map->touched + map->words);
	score_map_clear(map);
}

void
score_map_clear(struct score_map *map)
{
	memset(map->touched, 0, map->words * sizeof(*map->touched));
	map->everything = false;
}

void
score_map_fill(struct score_map *map)
{
	score_map_clear(map);
	map->everything = true;
}

/* ---- blocks -------------------------------------------------------------------------------- */

/* So many bytes that the compiler makes a few instructions of each. */

static void
block_worse(uint8_t *restrict into, const uint8_t *restrict other)
{
	for (int i = 0; i < SCORE_BLOCK; i++)
		into[i] = into[i] > other[i] ? into[i] : other[i];
}

static void
block_better(uint8_t *restrict into, const uint8_t *restrict other)
{
	for (int i = 0; i < SCORE_BLOCK; i++)
		into[i] = into[i] < other[i] ? into[i] : other[i];
}

static void
block_without(uint8_t *restrict into, const uint8_t *restrict other)
{
	for (int i = 0; i < SCORE_BLOCK; i++)
		into[i] |= other[i] != NO_MATCH ? NO_MATCH : 0;
}

static uint32_t
block_rows(const uint8_t *scores)
{
	uint8_t count = 0;

	for (int i = 0; i < SCORE_BLOCK; i++)
		count = (uint8_t)(count + (scores[i] != NO_MATCH));
	return count;
}

static bool
block_is_empty(const uint8_t *scores)
{
	uint8_t all = NO_MATCH;

	for (int i = 0; i < SCORE_BLOCK; i++)
		all &= scores[i];
	return all == NO_MATCH;
}

static void
untouch(struct score_map *map, uint32_t block)
{
	map->touched[block / 64] &= ~((uint64_t)1 << block % 64);
}

bool
score_map_next_bit(const uint64_t *touched, uint32_t words, uint32_t from, uint32_t *block)
{
	uint32_t n = from / 64;
	uint64_t bits;

	if (n >= words)
		return false;
	bits = touched[n] & UINT64_MAX << from % 64;
	while (bits == 0 && ++n < words)
		bits = touched[n];
	if (bits == 0)
		return false;
	*block = n * 64 + (uint32_t)__builtin_ctzll(bits);
	return true;
}

/* The touched block from number `from` on, in *block: false if there are no more. */
static bool
next_touched(const struct score_map *map, uint32_t from, uint32_t *block)
{
	return score_map_next_bit(map->touched, map->words, from, block);
}

void
score_map_move(struct score_map *map, void *memory)
{
	struct score_map from = *map;

	if (memory == from.touched)
		return;
	map->touched = memory;
	map->scores = (uint8_t *)(map->touched + map->words);
	memcpy(map->touched, from.touched, map->words * sizeof(*map->touched));
	for (uint32_t block = 0; next_touched(&from, block, &block); block++)
		memcpy(map->scores + block * SCORE_BLOCK, from.scores + block * SCORE_BLOCK, SCORE_BLOCK);
}

/* Bytes behind the last row are of no row. */
static void
clear_tail(struct score_map *map)
{
	uint32_t size = block_count(map) * SCORE_BLOCK;

	memset(map->scores + map->rows, NO_MATCH, size - map->rows);
}

/* Writes down that each row has the score 0. */
static void
write_everything(struct score_map *map)
{
	map->everything = false;
	map->work += block_count(map) / 2;
	memset(map->scores, 0, map->rows);
	clear_tail(map);
	for (uint32_t block = 0; block < block_count(map); block++)
		map->touched[block / 64] |= (uint64_t)1 << block % 64;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* Some rows of a block, from number `at` in it on. */
static void
add_to_block(struct score_map *map, uint32_t block, uint32_t at, uint32_t count, uint8_t score)
{
	bool is_new = !score_map_is_touched(map, block);
	uint8_t *scores = score_map_touch(map, block) + at;

	if (is_new)
		memset(scores, score, count);
	else
		for (uint32_t i = 0; i < count; i++)
			scores[i] = scores[i] < score ? scores[i] : score;
}

static void
add_block(struct score_map *map, uint32_t block, uint8_t score)
{
	uint64_t *touched = &map->touched[block / 64], bit = (uint64_t)1 << block % 64;
	uint8_t *scores = map->scores + block * SCORE_BLOCK;

	if ((*touched & bit) == 0) {
		*touched |= bit;
		memset(scores, score, SCORE_BLOCK);
		return;
	}
	for (int i = 0; i < SCORE_BLOCK; i++)
		scores[i] = scores[i] < score ? scores[i] : score;
}

void
score_map_add_rows(struct score_map *map, uint32_t first, uint32_t end, uint8_t score)
{
	if (map->everything)
		write_everything(map);
	map->work += 1 + (end - first) / SCORE_BLOCK;
	while (first < end) {
		uint32_t at = first % SCORE_BLOCK, room = SCORE_BLOCK - at;
		uint32_t count = end - first < room ? end - first : room;

		if (count == SCORE_BLOCK)
			add_block(map, first / SCORE_BLOCK, score);
		else
			add_to_block(map, first / SCORE_BLOCK, at, count, score);
		first += count;
	}
}

void
score_map_remove(struct score_map *map, uint32_t row)
{
	if (map->everything)
		write_everything(map);
	if (score_map_is_touched(map, row / SCORE_BLOCK))
		map->scores[row] = NO_MATCH;
}

void
score_map_and(struct score_map *into, struct score_map *other)
{
	uint32_t block = 0;

	if (other->everything)
		return;
	if (into->everything) { /* the other one is it, and `into` has no bytes that matter */
		struct score_map map = *other;

		map.work = into->work;
		into->work = other->work;
		*other = *into;
		*into = map;
		score_map_clear(other);
		return;
	}
	for (uint32_t n = 0; n < into->words; n++)
		into->touched[n] &= other->touched[n];
	for (; next_touched(into, block, &block); block++) {
		uint8_t *scores = into->scores + block * SCORE_BLOCK;

		block_worse(scores, other->scores + block * SCORE_BLOCK);
		if (block_is_empty(scores))
			untouch(into, block);
		into->work++;
	}
}

void
score_map_or(struct score_map *into, const struct score_map *other)
{
	if (into->everything)
		return;
	if (other->everything) {
		score_map_fill(into);
		return;
	}
	for (uint32_t block = 0; next_touched(other, block, &block); block++) {
		block_better(score_map_touch(into, block), other->scores + block * SCORE_BLOCK);
		into->work++;
	}
}

void
score_map_worsen(struct score_map *map, uint8_t best)
{
	if (map->everything)
		write_everything(map);
	for (uint32_t block = 0; next_touched(map, block, &block); block++) {
		uint8_t *scores = map->scores + block * SCORE_BLOCK;

		for (uint32_t i = 0; i < SCORE_BLOCK; i++)
			scores[i] = scores[i] < best ? best : scores[i];
		map->work++;
	}
}

void
score_map_and_not(struct score_map *into, const struct score_map *other)
{
	if (other->everything) {
		score_map_clear(into);
		return;
	}
	if (into->everything)
		write_everything(into);
	for (uint32_t block = 0; next_touched(other, block, &block); block++) {
		uint8_t *scores = into->scores + block * SCORE_BLOCK;

		if (!score_map_is_touched(into, block))
			continue;
		block_without(scores, other->scores + block * SCORE_BLOCK);
		if (block_is_empty(scores))
			untouch(into, block);
		into->work++;
	}
}

uint32_t
score_map_count(struct score_map *map)
{
	uint32_t count = 0;

	if (map->everything)
		return map->rows;
	for (uint32_t block = 0; next_touched(map, block, &block); block++) {
		count += block_rows(map->scores + block * SCORE_BLOCK);
		map->work++;
	}
	return count;
}

bool
score_map_has_rows(struct score_map *map)
{
	if (map->everything)
		return map->rows > 0;
	for (uint32_t block = 0; next_touched(map, block, &block); block++) {
		map->work++;
		if (!block_is_empty(map->scores + block * SCORE_BLOCK))
			return true;
	}
	return false;
}

/* Is no byte of these eight zero? */
static bool
have_no_zero(uint64_t eight)
{
	return ((eight - 0x0101010101010101u) & ~eight & 0x8080808080808080u) == 0;
}

/* The rows of a touched block, from `row` to before `end`, that have a score. Eight at a time: most
 * often none of them has, or all have. */
static uint32_t
rows_of_block(const struct score_map *map, uint32_t row, uint32_t end, uint32_t *out)
{
	const uint8_t *scores = map->scores;
	uint64_t eight, wanted = UINT64_MAX << 8 * (row % 8);
	uint32_t *begin = out;

	for (uint32_t at = row & ~7u; at < end; at += sizeof(eight), wanted = UINT64_MAX) {
		memcpy(&eight, scores + at, sizeof(eight));
		eight = ~le64toh(eight) & wanted;
		if (have_no_zero(eight) && end - at >= sizeof(eight)) {
			for (uint32_t n = 0; n < sizeof(eight); n++)
				*out++ = (uint32_t)scores[at + n] << SCORED_ROW_BITS | (at + n);
			continue;
		}
		for (; eight != 0; out++) {
			uint32_t n = (uint32_t)__builtin_ctzll(eight) / 8;

			if (at + n >= end)
				break;
			*out = (uint32_t)scores[at + n] << SCORED_ROW_BITS | (at + n);
			eight &= ~((uint64_t)0xFF << 8 * n);
		}
	}
	return (uint32_t)(out - begin);
}

uint32_t
score_map_take(const struct score_map *map, uint32_t *from, uint32_t end, uint32_t *scored_rows)
{
	uint32_t count = 0;

	while (count == 0 && *from < end) {
		uint32_t block = *from / SCORE_BLOCK, row = *from, after;

		if (!map->everything && !next_touched(map, block, &block))
			return 0;
		row = row < block * SCORE_BLOCK ? block * SCORE_BLOCK : row;
		after = (block + 1) * SCORE_BLOCK;
		*from = after < end ? after : end;
		if (!map->everything)
			count = rows_of_block(map, row, *from, scored_rows);
		else
			for (; row < *from; row++)
				scored_rows[count++] = row; /* with the score 0 */
	}
	return count;
}

/* The lowest bit of each byte of these eight that is `score`, so that the others need no look of their
 * own. */
static uint64_t
bytes_that_are(uint64_t eight, uint8_t score)
{
	const uint64_t ones = 0x0101010101010101u, low = 0x7F * ones;
	uint64_t differ = eight ^ score * ones;

	return ~(((differ & low) + low) | differ) >> 7 & ones;
}

/* The lowest bits of eight bytes, the first byte's being the lowest. */
static uint64_t
gather_bits(uint64_t eight)
{
	return eight * 0x0102040810204080u >> 56;
}

uint64_t
score_map_rows_of(const struct score_map *map, uint32_t block)
{
	const uint8_t *scores = map->scores + block * SCORE_BLOCK;
	uint64_t none = 0, eight;

	for (unsigned at = 0; at < SCORE_BLOCK; at += sizeof(eight)) {
		memcpy(&eight, scores + at, sizeof(eight));
		none |= gather_bits(bytes_that_are(le64toh(eight), NO_MATCH)) << at;
	}
	return ~none;
}

uint32_t
score_map_take_scored(const struct score_map *map, uint8_t score, uint32_t *from, uint32_t *rows)
{
	uint32_t count = 0, block = 0;

	while (count == 0 && *from < map->rows && next_touched(map, *from / SCORE_BLOCK, &block)) {
		*from = (block + 1) * SCORE_BLOCK;
		for (uint32_t at = block * SCORE_BLOCK; at < *from; at += sizeof(uint64_t)) {
			uint64_t eight, bits;

			memcpy(&eight, map->scores + at, sizeof(eight));
			for (bits = bytes_that_are(le64toh(eight), score); bits != 0; bits &= bits - 1)
				rows[count++] = at + (uint32_t)__builtin_ctzll(bits) / 8;
		}
	}
	return count;
}
