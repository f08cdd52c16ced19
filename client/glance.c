/* glance.c - hides how the properties of a character are asked for, and that they are kept. */
#include "glance.h"

#include <stdlib.h>
#include <string.h>

/* A text has few different characters. */
#define KEPT 4096

struct glances {
	const struct charindex *ci;
	struct glance kept[KEPT]; /* by code point; one that is not for its place is none yet */
	struct charindex_text names[SCRIPTS_MOST];
	unsigned script_count;
};

/* ---- scripts -------------------------------------------------------------------------------- */

bool
scripts_meet(const struct scripts *a, const struct scripts *b)
{
	for (int i = 0; i < SCRIPTS_WORDS; i++)
		if ((a->bits[i] & b->bits[i]) != 0)
			return true;
	return false;
}

void
scripts_unite(struct scripts *into, const struct scripts *other)
{
	for (int i = 0; i < SCRIPTS_WORDS; i++)
		into->bits[i] |= other->bits[i];
}

bool
scripts_intersect(struct scripts *into, const struct scripts *other)
{
	bool any = scripts_meet(into, other);

	for (int i = 0; i < SCRIPTS_WORDS; i++)
		into->bits[i] &= other->bits[i];
	return any;
}

static bool
is(struct charindex_text text, const char *word)
{
	return text.length == strlen(word) && memcmp(text.bytes, word, text.length) == 0;
}

static void
add_script(struct glances *glances, struct scripts *scripts, struct charindex_text name)
{
	unsigned n = 0;

	while (n < glances->script_count &&
	    (glances->names[n].length != name.length ||
	        memcmp(glances->names[n].bytes, name.bytes, name.length) != 0))
		n++;
	if (n == SCRIPTS_MOST)
		return;
	if (n == glances->script_count)
		glances->names[glances->script_count++] = name;
	scripts->bits[n / 64] |= (uint64_t)1 << n % 64;
}

/* Systems of writing that have several scripts in a word (UTS #39, 5.1): a Latin word may stand in one
 * too, without a space before it. They are numbered as scripts are. */
static void
add_systems(struct glances *glances, struct scripts *scripts, struct charindex_text script)
{
	static const struct {
		const char *script, *systems[3];
	} known[] = {
		{ "Latin", { "+Japanese", "+Korean", "+Bopomofo" } },
		{ "Han", { "+Japanese", "+Korean", "+Bopomofo" } },
		{ "Hiragana", { "+Japanese" } },
		{ "Katakana", { "+Japanese" } },
		{ "Hangul", { "+Korean" } },
		{ "Bopomofo", { "+Bopomofo" } },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		for (int n = 0; is(script, known[i].script) && n < 3 && known[i].systems[n] != NULL; n++)
			add_script(glances, scripts,
			    (struct charindex_text){ known[i].systems[n], strlen(known[i].systems[n]) });
}

/* The scripts of a list, "Bopomofo Latin". */
static void
add_scripts(struct glances *glances, struct scripts *scripts, struct charindex_text list)
{
	while (list.length > 0) {
		const char *space = memchr(list.bytes, ' ', list.length);
		size_t length = space != NULL ? (size_t)(space - list.bytes) : list.length;
		struct charindex_text name = { list.bytes, length };

		add_script(glances, scripts, name);
		add_systems(glances, scripts, name);
		length += space != NULL;
		list.bytes += length;
		list.length -= length;
	}
}

static void
look_at_scripts(struct glances *glances, struct glance *glance, const struct charindex_row *row)
{
	struct charindex_text script = row->property[CHARINDEX_PROPERTY_SCRIPT];
	struct charindex_text extensions =
	    charindex_trait(glances->ci, glance->code_point, CHARINDEX_TRAIT_EXTENSIONS);

	if (extensions.length > 0)
		script = extensions;
	else if (is(script, "Common") || is(script, "Inherited") || is(script, ""))
		glance->is |= GLANCE_EVERYWHERE;
	if (is(script, "Mongolian"))
		glance->is |= GLANCE_MONGOLIAN;
	add_scripts(glances, &glance->scripts, script);
	/* forms as wide as an ideograph are for texts that have those */
	if (is(charindex_trait(glances->ci, glance->code_point, CHARINDEX_TRAIT_WIDTH), "Fullwidth"))
		add_scripts(glances, &glance->scripts,
		    (struct charindex_text){ "Han Hiragana Katakana Hangul Bopomofo", 37 });
}

/* ---- one character -------------------------------------------------------------------------- */

static bool
is_category(const struct charindex_row *row, const char *list)
{
	struct charindex_text category = row->property[CHARINDEX_PROPERTY_CATEGORY];

	for (; *list != '\0'; list += 2)
		if (category.length == 2 && list[0] == category.bytes[0] &&
		    (list[1] == '*' || list[1] == category.bytes[1]))
			return true;
	return false;
}

static void
look_at_category(struct glance *glance, const struct charindex_row *row)
{
	enum { BLANK_BRAILLE = 0x2800, LATIN_1_SIGNS = 0xA1, LATIN_1_END = 0x100 };
	uint32_t c = glance->code_point;

	if (is_category(row, "L*M*N*Pc"))
		glance->is |= GLANCE_WORD;
	if (is_category(row, "CcZlZp") || c == BLANK_BRAILLE)
		glance->is |= GLANCE_INVISIBLE;
	if (is_category(row, "PiPfPd") ||
	    (is_category(row, "P*S*") && c >= LATIN_1_SIGNS && c < LATIN_1_END))
		glance->is |= GLANCE_PLAIN;
}

static void
look_at_properties(const struct charindex *ci, struct glance *glance)
{
	static const struct {
		const char *name;
		unsigned is;
	} properties[] = {
		{ "Bidi_Control", GLANCE_BIDI },
		{ "Default_Ignorable_Code_Point", GLANCE_INVISIBLE | GLANCE_IGNORED },
		{ "Variation_Selector", GLANCE_SELECTOR },
		{ "Emoji", GLANCE_EMOJI },
		{ "Ideographic", GLANCE_IDEOGRAPH },
	};

	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
		if (charindex_is(ci, glance->code_point, properties[i].name))
			glance->is |= properties[i].is;
	if (is(charindex_trait(ci, glance->code_point, CHARINDEX_TRAIT_COMBINING), "9"))
		glance->is |= GLANCE_VIRAMA;
	if (is(charindex_trait(ci, glance->code_point, CHARINDEX_TRAIT_BIDI), "Arabic_Letter"))
		glance->is |= GLANCE_ARABIC;
}

/* Of a skeleton that is ASCII, and not of ASCII itself. */
static void
look_at_skeleton(const struct charindex *ci, struct glance *glance)
{
	uint32_t codes[sizeof(glance->looks)];
	size_t most = sizeof(glance->looks) - 1, count;

	count = charindex_related(ci, glance->code_point, CHARINDEX_RELATION_LOOKS, codes, most);
	if (glance->code_point < 0x80 || count > most)
		return;
	for (size_t i = 0; i < count; i++)
		if (codes[i] < 0x20 || codes[i] > 0x7E)
			return;
	for (size_t i = 0; i < count; i++)
		glance->looks[i] = (char)codes[i];
}

const struct glance *
glances_at(struct glances *glances, uint32_t code_point)
{
	struct glance *glance = &glances->kept[code_point % KEPT];
	struct charindex_label label;
	struct charindex_row row;

	if (glance->code_point == code_point)
		return glance;
	*glance = (struct glance){ .code_point = code_point };
	charindex_row(glances->ci, charindex_row_of(glances->ci, code_point), code_point, &row, &label);
	look_at_scripts(glances, glance, &row);
	look_at_category(glance, &row);
	look_at_properties(glances->ci, glance);
	look_at_skeleton(glances->ci, glance);
	return glance;
}

struct glances *
glances_new(const struct charindex *ci)
{
	struct glances *glances = calloc(1, sizeof(*glances));

	if (glances == NULL)
		return NULL;
	glances->ci = ci;
	for (uint32_t i = 0; i < KEPT; i++)
		glances->kept[i].code_point = UINT32_MAX;
	return glances;
}

void
glances_free(struct glances *glances)
{
	free(glances);
}
