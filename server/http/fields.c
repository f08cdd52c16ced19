/* fields.c - the members that the client wants. */
#include "fields.h"

#include "exchange.h"
#include "list.h"
#include "members.h"
#include "problem.h"

/* The bit of the one that is named so, or 0. */
static uint32_t
find(const struct list_element *name)
{
	for (unsigned i = 0; i < MEMBER_COUNT; i++)
		if (list_is(name, members_name(i)))
			return 1u << i;
	return 0;
}

static void
refuse(struct exchange *exchange, uint32_t all)
{
	struct text known = { 0 };

	for (unsigned i = 0; i < MEMBER_COUNT; i++)
		if ((all >> i & 1) != 0)
			text_format(&known, "%s%s", i > 0 ? ", " : "", members_name(i));
	if (known.failed)
		problem_no_memory(exchange);
	else
		problem_of(exchange, 400, "fields", 0,
		    "The parameter 'fields' has some of these, separated by commas: %.*s.",
		    (int)known.length, known.bytes);
	text_release(&known);
}

bool
fields_read(struct exchange *exchange, uint32_t all)
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
