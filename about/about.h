/* about.h - all that is known of a character, as the prompt tells it (server/prompt/PROTOCOL.md,
 * "All that is known"). */
#ifndef ABOUT_H
#define ABOUT_H

#include "charindex.h"

struct char_id;
struct text;

/* Adds it in the format, some kilobytes, each line ended by CRLF. */
void about_put(struct text *out, const struct charindex *ci, const struct char_id *found,
    enum charindex_format format);

#endif
