/* members.c - the names of members. */
#include "members.h"

#include "text.h"

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
	[MEMBER_ENTITY] = "entity",
	[MEMBER_PROPERTIES] = "properties",
	[MEMBER_FORMS] = "forms",
	[MEMBER_RECORDS] = "records",
	[MEMBER_RELATED] = "related",
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

const char *
members_name(enum member member)
{
	return names[member];
}
