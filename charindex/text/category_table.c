/* category_table.c - what the general categories are called. */
#include "category_table.h"

#include <string.h>

#include "charindex.h"

const struct category category_table[U_CHAR_CATEGORY_COUNT] = {
	{ "Cn", "Unassigned" },
	{ "Lu", "Uppercase letter" },
	{ "Ll", "Lowercase letter" },
	{ "Lt", "Titlecase letter" },
	{ "Lm", "Modifier letter" },
	{ "Lo", "Other letter" },
	{ "Mn", "Nonspacing mark" },
	{ "Me", "Enclosing mark" },
	{ "Mc", "Spacing mark" },
	{ "Nd", "Decimal number" },
	{ "Nl", "Letter number" },
	{ "No", "Other number" },
	{ "Zs", "Space separator" },
	{ "Zl", "Line separator" },
	{ "Zp", "Paragraph separator" },
	{ "Cc", "Control" },
	{ "Cf", "Format" },
	{ "Co", "Private use" },
	{ "Cs", "Surrogate" },
	{ "Pd", "Dash punctuation" },
	{ "Ps", "Open punctuation" },
	{ "Pe", "Close punctuation" },
	{ "Pc", "Connector punctuation" },
	{ "Po", "Other punctuation" },
	{ "Sm", "Math symbol" },
	{ "Sc", "Currency symbol" },
	{ "Sk", "Modifier symbol" },
	{ "So", "Other symbol" },
	{ "Pi", "Initial punctuation" },
	{ "Pf", "Final punctuation" },
};

const char *
charindex_category_name(struct charindex_text code)
{
	for (int i = 0; i < U_CHAR_CATEGORY_COUNT; i++)
		if (code.length == 2 && memcmp(code.bytes, category_table[i].code, 2) == 0)
			return category_table[i].name;
	return "Unknown";
}
