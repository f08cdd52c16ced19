/* char_link.c - writes the path of a character. */
#include "char_link.h"

#include "base_path.h"
#include "text.h"

void
char_link_put(struct text *out, const struct exchange *exchange, const struct charindex_row *row)
{
	base_path_link(out, exchange, "/char/");
	for (size_t i = 0; i < row->codes.length; i++)
		text_add(out, row->codes.bytes[i] == ' ' ? "-" : row->codes.bytes + i, 1);
}
