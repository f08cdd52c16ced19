/* repeat.c - answers by their digests. */
#include "repeat.h"

#include <stdlib.h>

struct repeat {
	uint64_t *digests;
	size_t room;
};

struct repeat *
repeat_new(void)
{
	return calloc(1, sizeof(struct repeat));
}

void
repeat_free(struct repeat *repeat)
{
	if (repeat != NULL)
		free(repeat->digests);
	free(repeat);
}

/* Against accidents, not against attacks: 64 bits, eight bytes at a time. Never 0. */
static uint64_t
digest(const struct query *query)
{
	const char *text = query->answer.text;
	size_t left = query->answer.length;
	uint64_t value = (left + 1) * 0x9E3779B97F4A7C15u + query->outcome, word;

	for (; left > 0; left -= left < 8 ? left : 8, text += 8) {
		word = 0;
		memcpy(&word, text, left < 8 ? left : 8);
		value = (value ^ word) * 0xFF51AFD7ED558CCDu;
		value ^= value >> 32;
	}
	return value | 1;
}

static bool
make_room(struct repeat *repeat, uint64_t n)
{
	size_t room = repeat->room > 0 ? repeat->room : 4096;
	uint64_t *digests;

	if (n < repeat->room)
		return true;
	if (n > SIZE_MAX / 2)
		return false;
	while (room <= n)
		room *= 2;
	digests = reallocarray(repeat->digests, room, sizeof(*digests));
	if (digests == NULL)
		return false;
	memset(digests + repeat->room, 0, (room - repeat->room) * sizeof(*digests));
	repeat->digests = digests;
	repeat->room = room;
	return true;
}

bool
repeat_compare(struct repeat *repeat, struct query *query, uint64_t n)
{
	if (query->outcome > OUTCOME_WRONG)
		return true;
	if (!make_room(repeat, n))
		return false;
	/* 0: it had no answer before */
	if (repeat->digests[n] == 0)
		repeat->digests[n] = digest(query);
	else if (repeat->digests[n] != digest(query))
		query_fail(query, OUTCOME_DIFFERENT, "not the answer of the first time");
	return true;
}
