/* trait.c - hides how traits are looked up, and how their values are asked for. */
#include "trait.h"

#include <string.h>

#include "ascii.h"
#include "lower_bound.h"
#include "property.h"
#include "property_name.h"
#include "value_names.h"

struct trait_runs
trait_runs(const struct charindex *ci, enum charindex_trait trait)
{
	const uint32_t *directory = extra_section(ci, SECTION_TRAIT_DIRECTORY);
	struct trait_runs found = { .runs = extra_section(ci, SECTION_TRAITS) };

	if (trait + 1 >= extra_entries(ci, SECTION_TRAIT_DIRECTORY))
		return found;
	found.begin = le32toh(directory[trait]);
	found.end = le32toh(directory[trait + 1]);
	if (found.begin > found.end || found.end > extra_entries(ci, SECTION_TRAITS))
		found.begin = found.end = 0;
	return found;
}

struct charindex_text
charindex_trait(const struct charindex *ci, uint32_t code_point, enum charindex_trait trait)
{
	struct trait_runs runs = trait_runs(ci, trait);
	uint32_t after = runs.begin, end = runs.end;

	LOWER_BOUND(after, end, i, trait_run_first(&runs, i) <= code_point);
	if (after == runs.begin || trait_run_value(&runs, after - 1) == 0)
		return (struct charindex_text){ "", 0 };
	return property_value_name(ci, FORMAT_TRAIT_NAMES + trait, trait_run_value(&runs, after - 1));
}

/* ---- numbers -------------------------------------------------------------------------------- */

/* A whole number or a fraction, "-1/2". */
struct number {
	int64_t above, below;
};

/* Reads digits that are no more than a trait's value can have. */
static bool
read_digits(const char **at, const char *end, int64_t *value)
{
	enum { MOST_DIGITS = 16 };
	const char *begin = *at;

	for (*value = 0; *at < end && ascii_is_digit(**at) && *at - begin < MOST_DIGITS; ++*at)
		*value = *value * 10 + (**at - '0');
	return *at > begin;
}

static bool
read_number(const char *text, size_t length, struct number *number)
{
	const char *at = text, *end = text + length;
	bool negative = length > 0 && *text == '-';

	at += negative;
	number->below = 1;
	if (!read_digits(&at, end, &number->above))
		return false;
	if (at < end && *at == '/' && (++at, !read_digits(&at, end, &number->below)))
		return false;
	if (negative)
		number->above = -number->above;
	return at == end && number->below != 0;
}

/* The whole number that is not above it; leaves what is left of it, 0 to below 1. */
static int64_t
take_whole(struct number *number)
{
	int64_t whole = number->above / number->below - (number->above % number->below < 0);

	number->above -= whole * number->below;
	return whole;
}

/* Less than 0, 0 or more than 0, as `a` is less than `b`, equal or more: as continued fractions, since
 * products of what they are made of may be too large. */
static int
compare(struct number a, struct number b)
{
	for (;;) {
		int64_t x = take_whole(&a), y = take_whole(&b);
		struct number a_left = a;

		if (x != y)
			return x < y ? -1 : 1;
		if (a.above == 0 || b.above == 0)
			return (a.above > 0) - (b.above > 0);
		/* upside down, the greater one is the lesser */
		a = (struct number){ b.below, b.above };
		b = (struct number){ a_left.below, a_left.above };
	}
}

/* What is asked of numbers: ">=10". */
struct question {
	bool less, equal, more;
	struct number number;
};

static bool
read_question(const char *text, size_t length, struct question *question)
{
	static const struct {
		const char *sign;
		bool less, equal, more;
	} signs[] = {
		{ ">=", false, true, true },
		{ "<=", true, true, false },
		{ ">", false, false, true },
		{ "<", true, false, false },
		{ "=", false, true, false },
		{ "", false, true, false },
	};
	size_t n = 0, sign_length;

	while ((sign_length = strlen(signs[n].sign)) > length ||
	    memcmp(text, signs[n].sign, sign_length) != 0)
		n++;
	question->less = signs[n].less;
	question->equal = signs[n].equal;
	question->more = signs[n].more;
	return read_number(text + sign_length, length - sign_length, &question->number);
}

static bool
is_answered_by(const struct question *question, struct charindex_text name)
{
	struct number number;
	int order;

	if (!read_number(name.bytes, name.length, &number))
		return false;
	order = compare(number, question->number);
	return order < 0 ? question->less : order > 0 ? question->more : question->equal;
}

/* ---- names ---------------------------------------------------------------------------------- */

/* The part of a list up to the next space, which is stepped over. */
static struct charindex_text
take_part(struct charindex_text *list)
{
	const char *space = memchr(list->bytes, ' ', list->length);
	size_t length = space != NULL ? (size_t)(space - list->bytes) : list->length;
	struct charindex_text part = { list->bytes, length };

	list->bytes += length + (space != NULL);
	list->length -= length + (space != NULL);
	return part;
}

/* Is the list, or one of its parts, what is asked for? */
static bool
is_called(struct charindex_text list, struct charindex_text wanted, const struct question *question)
{
	while (list.length > 0) {
		struct charindex_text part = take_part(&list);

		if (question != NULL
		        ? is_answered_by(question, part)
		        : property_names_match(part.bytes, part.length, wanted.bytes, wanted.length))
			return true;
	}
	return false;
}

/* The first name of what is called so: lists have those, "Latin" for "latn". */
static struct charindex_text
first_name(const struct charindex *ci, enum charindex_trait trait, struct charindex_text text)
{
	unsigned property = trait == CHARINDEX_TRAIT_EXTENSIONS ? CHARINDEX_PROPERTY_SCRIPT
	                                                        : FORMAT_TRAIT_NAMES + trait;
	uint32_t value;

	if (!property_find_value(ci, property, text.bytes, text.length, &value))
		return text;
	return property_value_name(ci, property, value);
}

bool
trait_find(const struct charindex *ci, enum charindex_trait trait, const char *text, size_t length,
    struct trait_values *values)
{
	struct charindex_text wanted = { text, length };
	struct question question;
	bool number = read_question(text, length, &question), any = false;
	struct property_name name;

	if (!number) { /* of numbers, -1/2 would be 1/2 by its name */
		wanted = first_name(ci, trait, wanted);
		number = read_question(wanted.bytes, wanted.length, &question);
	}
	*values = (struct trait_values){ 0 };
	for (uint32_t n = 0; property_name_at(ci, n, &name); n++)
		if (name.property == FORMAT_TRAIT_NAMES + trait && name.value <= TRAIT_MAX_VALUE &&
		    is_called(name.text, wanted, number ? &question : NULL)) {
			values->bits[name.value / 64] |= (uint64_t)1 << name.value % 64;
			any = true;
		}
	return any;
}
