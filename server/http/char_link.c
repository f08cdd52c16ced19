/* char_link.c - writes the path of a character. */
#include "char_link.h"

#include "text.h"

void
char_link_put(struct text *out, const struct charindex_row *row)
{
	text_puts(out, "/char/");
	for (size_t i = 0; i < row->codes.length; i++)
		text_add(out, row->codes.bytes[i] == ' ' ? "-" : row->codes.bytes + i, 1);
}
