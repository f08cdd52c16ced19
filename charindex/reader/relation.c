/* relation.c - hides how relations are looked up, and followed back. */
#include "relation.h"

#include <string.h>
#include <unicode/utf8.h>

#include "lower_bound.h"

#define CODE_MASK ((1u << RELATION_CODE_BITS) - 1)

static const struct format_relation *
entry_at(const struct charindex *ci, uint32_t n)
{
	return (const struct format_relation *)extra_section(ci, SECTION_RELATIONS) + n;
}

/* The first entry that is not below the kind and code point. */
static uint32_t
first_not_below(const struct charindex *ci, unsigned relation, uint32_t code_point)
{
	uint32_t low = 0, high = extra_entries(ci, SECTION_RELATIONS);
	uint32_t wanted = relation << RELATION_CODE_BITS | code_point;

	LOWER_BOUND(low, high, i, le32toh(entry_at(ci, i)->kind_code) < wanted);
	return low;
}

void
relation_entries(const struct charindex *ci, enum charindex_relation relation, uint32_t *begin,
    uint32_t *end)
{
	*begin = first_not_below(ci, relation, 0);
	*end = first_not_below(ci, relation + 1, 0);
}

uint32_t
relation_from(const struct charindex *ci, uint32_t entry)
{
	return le32toh(entry_at(ci, entry)->kind_code) & CODE_MASK;
}

size_t
relation_to(const struct charindex *ci, uint32_t entry, uint32_t *code_points, size_t most)
{
	const uint32_t *codes = extra_section(ci, SECTION_RELATED_CODES);
	uint32_t target = le32toh(entry_at(ci, entry)->target);
	uint32_t count = target >> RELATION_CODE_BITS, room = extra_entries(ci, SECTION_RELATED_CODES);

	target &= CODE_MASK;
	if (count == 1) {
		if (most > 0)
			code_points[0] = target;
		return 1;
	}
	if (target > room || count > room - target)
		return 0;
	for (uint32_t i = 0; i < count && i < most; i++)
		code_points[i] = le32toh(codes[target + i]) & CODE_MASK;
	return count;
}

/* The entry of a code point: false if there is none. */
static bool
find(const struct charindex *ci, enum charindex_relation relation, uint32_t code_point,
    uint32_t *entry)
{
	if (code_point > 0x10FFFF)
		return false;
	*entry = first_not_below(ci, relation, code_point);
	return *entry < extra_entries(ci, SECTION_RELATIONS) &&
	    le32toh(entry_at(ci, *entry)->kind_code) ==
	    ((unsigned)relation << RELATION_CODE_BITS | code_point);
}

size_t
charindex_related(const struct charindex *ci, uint32_t code_point, enum charindex_relation relation,
    uint32_t *code_points, size_t most)
{
	uint32_t entry;

	return find(ci, relation, code_point, &entry) ? relation_to(ci, entry, code_points, most) : 0;
}

/* ---- look-alikes ---------------------------------------------------------------------------- */

struct skeleton
skeleton_of_entry(const struct charindex *ci, uint32_t entry)
{
	struct skeleton skeleton = { 0 };
	size_t count = relation_to(ci, entry, skeleton.codes, RELATION_MAX_CODES);

	skeleton.count = count <= RELATION_MAX_CODES ? (uint32_t)count : 0;
	return skeleton;
}

static struct skeleton
skeleton_of(const struct charindex *ci, uint32_t code_point)
{
	uint32_t entry;

	if (find(ci, CHARINDEX_RELATION_LOOKS, code_point, &entry))
		return skeleton_of_entry(ci, entry);
	return (struct skeleton){ .count = 1, .codes = { code_point } };
}

bool
skeleton_of_text(const struct charindex *ci, const char *text, size_t length,
    struct skeleton *skeleton)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t at = 0;
	UChar32 c;

	skeleton->count = 0;
	while (at < length) {
		struct skeleton part;

		U8_NEXT(s, at, length, c);
		if (c < 0)
			return false;
		part = skeleton_of(ci, (uint32_t)c);
		if (part.count > RELATION_MAX_CODES - skeleton->count)
			return false;
		memcpy(skeleton->codes + skeleton->count, part.codes, part.count * sizeof(*part.codes));
		skeleton->count += part.count;
	}
	return true;
}

bool
skeleton_same(const struct skeleton *a, const struct skeleton *b)
{
	return a->count == b->count && memcmp(a->codes, b->codes, a->count * sizeof(*a->codes)) == 0;
}

/* The code points that are found, in ascending order. */
struct look_alikes {
	uint32_t but; /* one that is left out */
	uint32_t *code_points;
	size_t count, most;
};

static void
add(struct look_alikes *found, uint32_t code_point)
{
	if (code_point == found->but)
		return;
	if (found->count < found->most)
		found->code_points[found->count] = code_point;
	found->count++;
}

size_t
charindex_look_alikes(const struct charindex *ci, uint32_t code_point, uint32_t *code_points,
    size_t most)
{
	struct skeleton wanted = skeleton_of(ci, code_point), other;
	struct look_alikes found = { code_point, code_points, 0, most };
	bool itself = wanted.count == 1; /* what looks like nothing but itself has no entry */
	uint32_t entry, end;

	relation_entries(ci, CHARINDEX_RELATION_LOOKS, &entry, &end);
	for (; entry < end; entry++) {
		other = skeleton_of_entry(ci, entry);
		if (!skeleton_same(&wanted, &other))
			continue;
		if (itself && wanted.codes[0] < relation_from(ci, entry)) {
			add(&found, wanted.codes[0]);
			itself = false;
		}
		add(&found, relation_from(ci, entry));
	}
	if (itself)
		add(&found, wanted.codes[0]);
	return found.count;
}
