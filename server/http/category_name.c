/* category_name.c - the general categories in words. */
#include "category_name.h"

#include <string.h>

/* What the general categories are called (UAX #44, table 12). */
static const struct {
	char code[3];
	const char *name;
} categories[] = {
	{ "Lu", "Uppercase letter" },
	{ "Ll", "Lowercase letter" },
	{ "Lt", "Titlecase letter" },
	{ "Lm", "Modifier letter" },
	{ "Lo", "Other letter" },
	{ "Mn", "Nonspacing mark" },
	{ "Mc", "Spacing mark" },
	{ "Me", "Enclosing mark" },
	{ "Nd", "Decimal number" },
	{ "Nl", "Letter number" },
	{ "No", "Other number" },
	{ "Pc", "Connector punctuation" },
	{ "Pd", "Dash punctuation" },
	{ "Ps", "Open punctuation" },
	{ "Pe", "Close punctuation" },
	{ "Pi", "Initial punctuation" },
	{ "Pf", "Final punctuation" },
	{ "Po", "Other punctuation" },
	{ "Sm", "Math symbol" },
	{ "Sc", "Currency symbol" },
	{ "Sk", "Modifier symbol" },
	{ "So", "Other symbol" },
	{ "Zs", "Space separator" },
	{ "Zl", "Line separator" },
	{ "Zp", "Paragraph separator" },
	{ "Cc", "Control" },
	{ "Cf", "Format" },
	{ "Cs", "Surrogate" },
	{ "Co", "Private use" },
	{ "Cn", "Unassigned" },
};

const char *
category_name(struct charindex_text code)
{
	for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++)
		if (code.length == 2 && memcmp(code.bytes, categories[i].code, 2) == 0)
			return categories[i].name;
	return "Unknown";
}
