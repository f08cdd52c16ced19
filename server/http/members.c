/* members.c - the names of members. */
#include "members.h"

#include <string.h>

#include "exchange.h"
#include "list.h"
#include "problem.h"

static const char *const names[MEMBER_COUNT] = {
	[MEMBER_CODE] = "code",
	[MEMBER_CODES] = "codes",
	[MEMBER_CHAR] = "char",
	[MEMBER_SHOWN] = "shown",
	[MEMBER_BOXED] = "boxed",
	[MEMBER_NAME] = "name",
	[MEMBER_CATEGORY] = "category",
	[MEMBER_SCRIPT] = "script",
	[MEMBER_BLOCK] = "block",
	[MEMBER_AGE] = "age",
	[MEMBER_SOURCE] = "source",
	[MEMBER_THROUGH] = "through",
	[MEMBER_FORMS] = "forms",
	[MEMBER_RECORDS] = "records",
	[MEMBER_REFERENCES] = "references",
	[MEMBER_PREVIOUS] = "previous",
	[MEMBER_NEXT] = "next",
};

bool
members_next(struct members *members, enum member member)
{
	if ((members->wanted >> member & 1) == 0)
		return false;
	text_puts(members->out, members->begun ? ",\"" : "\"");
	text_puts(members->out, names[member]);
	text_puts(members->out, "\":");
	members->begun = true;
	return true;
}

/* The bit of the one that is named so, or 0. */
static uint32_t
find(const struct list_element *name)
{
	for (unsigned i = 0; i < MEMBER_COUNT; i++)
		if (list_is(name, names[i]))
			return 1u << i;
	return 0;
}

static void
refuse(struct exchange *exchange, uint32_t all)
{
	struct text known = { 0 };

	for (unsigned i = 0; i < MEMBER_COUNT; i++)
		if ((all >> i & 1) != 0)
			text_format(&known, "%s%s", i > 0 ? ", " : "", names[i]);
	if (known.failed)
		problem_no_memory(exchange);
	else
		problem_of(exchange, 400, "fields", 0,
		    "The parameter 'fields' has some of these, separated by commas: %.*s.",
		    (int)known.length, known.bytes);
	text_release(&known);
}

bool
members_read(struct exchange *exchange, uint32_t all)
{
	const struct param *param = params_find(&exchange->params, "fields");
	struct list list = { param != NULL ? param->value : "", param != NULL ? param->length : 0 };
	struct list_element name;

	exchange->members = param != NULL ? 0 : all;
	while (list_next(&list, &name)) {
		if ((find(&name) & all) == 0) {
			refuse(exchange, all);
			return false;
		}
		exchange->members |= find(&name);
	}
	if (exchange->members == 0)
		refuse(exchange, all);
	return exchange->members != 0;
}
