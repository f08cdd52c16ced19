/* about_lines.h - all that is known of a character, in lines for people and for cut(1)
 * (server/prompt/PROTOCOL.md, "All that is known"). */
#ifndef ABOUT_LINES_H
#define ABOUT_LINES_H

#include "charindex.h"

struct char_id;
struct text;

/* Its row, and a line for each kind of fact. */
void about_text(struct text *out, const struct charindex *ci, const struct char_id *found);

/* A line for each fact. */
void about_tsv(struct text *out, const struct charindex *ci, const struct char_id *found);

#endif
