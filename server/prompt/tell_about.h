/* tell_about.h - the answer to :about (server/prompt/PROTOCOL.md, "All that is known"). */
#ifndef TELL_ABOUT_H
#define TELL_ABOUT_H

#include <stdbool.h>

#include "charindex.h"

struct connection;
struct line;

/* Writes all that is known of the character that the line names, some kilobytes, or that there is
 * none. Costly, for keywords of a hundred languages are looked up. False if there is no memory. */
bool tell_about(struct connection *connection, const struct line *line,
    enum charindex_format format) __attribute__((warn_unused_result));

#endif
