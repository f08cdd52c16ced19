/* inspect.c - goes through a text, word by word. */
#include "inspect.h"

#include <string.h>

#include "normal.h"

const char *
finding_name(enum finding_kind kind)
{
	static const char *const names[FINDING_COUNT] = {
		[FINDING_BIDI] = "bidi",
		[FINDING_INVISIBLE] = "invisible",
		[FINDING_MIXED] = "mixed-script",
		[FINDING_LOOKS] = "look-alike",
		[FINDING_NOT_NFC] = "not-nfc",
		[FINDING_NOT_UTF8] = "not-utf-8",
	};

	return names[kind];
}

static unsigned
is_at(struct inspection *inspection, size_t at)
{
	return at < inspection->length ? glances_at(inspection->glances, inspection->text[at])->is : 0;
}

static void
find(struct inspection *inspection, enum finding_kind kind, size_t at, const char *looks)
{
	const struct finding finding = { kind, at, inspection->text[at], looks };

	inspection->take(inspection->arg, &finding);
}

/* ---- characters by themselves --------------------------------------------------------------- */

enum {
	TAB = '\t',
	FORM_FEED = '\f',
	CARRIAGE_RETURN = '\r',
	ZERO_WIDTH_NON_JOINER = 0x200C,
	ZERO_WIDTH_JOINER = 0x200D,
	BYTE_ORDER_MARK = 0xFEFF,
	BLACK_FLAG = 0x1F3F4,
	FIRST_TAG = 0xE0020,
	LAST_TAG = 0xE007F,
};

/* Emoji are joined after a selector or a modifier too, which is an emoji itself. */
static bool
may_join(struct inspection *inspection, size_t at)
{
	unsigned before = is_at(inspection, at - 1), after = is_at(inspection, at + 1);

	if ((before & GLANCE_VIRAMA) != 0 || (before & after & GLANCE_ARABIC) != 0)
		return true;
	return inspection->text[at] == ZERO_WIDTH_JOINER && (after & GLANCE_EMOJI) != 0 &&
	    (before & (GLANCE_EMOJI | GLANCE_SELECTOR)) != 0;
}

/* Tags after a black flag make that of a region. */
static bool
is_of_flag(const struct inspection *inspection, size_t at)
{
	enum { MOST_TAGS = 7 };
	size_t begin = at;

	while (begin > 0 && inspection->text[begin] >= FIRST_TAG && inspection->text[begin] <= LAST_TAG)
		begin--;
	return at - begin <= MOST_TAGS && inspection->text[begin] == BLACK_FLAG;
}

/* Is an invisible character where it belongs? */
static bool
is_in_place(struct inspection *inspection, size_t at)
{
	uint32_t c = inspection->text[at];
	unsigned before = at > 0 ? is_at(inspection, at - 1) : 0;

	if (c == TAB || c == FORM_FEED)
		return true;
	if (c == CARRIAGE_RETURN)
		return at + 1 == inspection->length;
	if (c == BYTE_ORDER_MARK)
		return at == 0 && inspection->begins;
	if (at == 0)
		return false;
	if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
		return may_join(inspection, at);
	if (c >= FIRST_TAG && c <= LAST_TAG)
		return is_of_flag(inspection, at);
	if ((is_at(inspection, at) & before & GLANCE_MONGOLIAN) != 0)
		return true;
	return (is_at(inspection, at) & GLANCE_SELECTOR) != 0 &&
	    (before & (GLANCE_EMOJI | GLANCE_IDEOGRAPH)) != 0;
}

static void
inspect_character(struct inspection *inspection, size_t at)
{
	unsigned is = is_at(inspection, at);

	if (inspection->changed[at])
		find(inspection, FINDING_NOT_NFC, at, NULL);
	inspection->changed[at] = false;
	if ((is & GLANCE_BIDI) != 0)
		find(inspection, FINDING_BIDI, at, NULL);
	else if ((is & GLANCE_INVISIBLE) != 0 && !is_in_place(inspection, at))
		find(inspection, FINDING_INVISIBLE, at, NULL);
}

/* ---- words ---------------------------------------------------------------------------------- */

/* The scripts of letters that cannot be taken for ASCII: what looks like it is at home beside them. */
static struct scripts
scripts_at_home(struct inspection *inspection)
{
	struct scripts home = { 0 };

	for (size_t i = 0; i < inspection->length; i++) {
		const struct glance *glance;

		if (inspection->text[i] < 0x80)
			continue;
		glance = glances_at(inspection->glances, inspection->text[i]);
		if ((glance->is & GLANCE_WORD) != 0 && (glance->is & GLANCE_EVERYWHERE) == 0 &&
		    *glance->looks == '\0')
			scripts_unite(&home, &glance->scripts);
	}
	return home;
}

/* A word, from `begin` to before `end`. */
struct word {
	size_t begin, end;
	size_t mixed;     /* the first character of another script; `end` if there is none */
	bool looks_ascii; /* all of it does */
};

static struct word
read_word(struct inspection *inspection, size_t begin)
{
	struct word word = { .begin = begin, .end = begin, .looks_ascii = true };
	struct scripts scripts;
	bool mixed = false;

	memset(&scripts, 0xFF, sizeof(scripts));
	for (; (is_at(inspection, word.end) & (GLANCE_WORD | GLANCE_IGNORED)) != 0; word.end++) {
		const struct glance *glance = glances_at(inspection->glances, inspection->text[word.end]);

		if ((glance->is & GLANCE_WORD) == 0)
			continue;
		word.looks_ascii &= glance->code_point < 0x80 || *glance->looks != '\0';
		if (mixed || (glance->is & GLANCE_EVERYWHERE) != 0 ||
		    scripts_intersect(&scripts, &glance->scripts))
			continue;
		mixed = true;
		word.mixed = word.end;
	}
	if (!mixed)
		word.mixed = word.end;
	return word;
}

static bool
is_ascii_letter(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Has what the place is in, up to white space, letters of ASCII? Places are asked for in their order. */
static bool
is_beside_ascii(struct inspection *inspection, size_t at)
{
	size_t end = at;

	if (at >= inspection->token_end) {
		while (at > 0 && inspection->text[at - 1] > ' ')
			at--;
		for (inspection->token_has_ascii = false;
		     at < inspection->length && inspection->text[at] > ' '; at++)
			inspection->token_has_ascii |= is_ascii_letter(inspection->text[at]);
		inspection->token_end = at > end ? at : end + 1;
	}
	return inspection->token_has_ascii;
}

/* Is there a letter that looks like ASCII, and is not expected to? */
static bool
deceives(struct inspection *inspection, const struct word *word, const struct scripts *home,
    size_t at)
{
	const struct glance *glance = glances_at(inspection->glances, inspection->text[at]);

	if (*glance->looks == '\0' || (glance->is & GLANCE_WORD) == 0)
		return false;
	return word->mixed < word->end ||
	    (word->looks_ascii &&
	        (is_beside_ascii(inspection, at) || !scripts_meet(home, &glance->scripts)));
}

static void
inspect_word(struct inspection *inspection, const struct word *word, const struct scripts *home)
{
	for (size_t at = word->begin; at < word->end; at++) {
		inspect_character(inspection, at);
		if (at == word->mixed)
			find(inspection, FINDING_MIXED, at, NULL);
		if (deceives(inspection, word, home, at))
			find(inspection, FINDING_LOOKS, at,
			    glances_at(inspection->glances, inspection->text[at])->looks);
	}
}

/* What is no part of a word looks like one character, or is not taken for it. */
static void
inspect_sign(struct inspection *inspection, size_t at, const struct scripts *home)
{
	const struct glance *glance;

	inspect_character(inspection, at);
	glance = glances_at(inspection->glances, inspection->text[at]);
	if (strlen(glance->looks) == 1 && (glance->is & (GLANCE_PLAIN | GLANCE_INVISIBLE)) == 0 &&
	    !scripts_meet(home, &glance->scripts))
		find(inspection, FINDING_LOOKS, at, glance->looks);
}

static void
take_change(void *arg, size_t at)
{
	struct inspection *inspection = arg;

	inspection->changed[at] = true;
}

void
inspect(struct inspection *inspection)
{
	struct scripts home = scripts_at_home(inspection);
	size_t at = 0;

	inspection->token_end = 0;
	normal_find(inspection->text, inspection->length, take_change, inspection);
	while (at < inspection->length) {
		if ((is_at(inspection, at) & GLANCE_WORD) == 0) {
			inspect_sign(inspection, at++, &home);
		} else {
			struct word word = read_word(inspection, at);

			inspect_word(inspection, &word, &home);
			at = word.end;
		}
	}
}
