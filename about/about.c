/* about.c - all that is known of a character, in the formats of the prompt. */
#include "about.h"

#include "about_json.h"
#include "about_lines.h"
#include "members.h"
#include "text.h"

static void
put_object(struct text *out, const struct charindex *ci, const struct char_id *found)
{
	about_json(out, ci, found, MEMBERS_OF_DETAILS);
	text_puts(out, "\r\n");
}

void
about_put(struct text *out, const struct charindex *ci, const struct char_id *found,
    enum charindex_format format)
{
	/* clang-format off */
	static void (*const writers[CHARINDEX_FORMAT_COUNT])(struct text *out,
	    const struct charindex *ci, const struct char_id *found) = {
		[CHARINDEX_TEXT] = about_text, [CHARINDEX_TSV] = about_tsv, [CHARINDEX_JSON] = put_object,
	};
	/* clang-format on */

	writers[format](out, ci, found);
}
