/* about_json.h - all that is known of a character, as an object: that of /api/v1/char
 * (server/http/HTTP.md). */
#ifndef ABOUT_JSON_H
#define ABOUT_JSON_H

#include "charindex.h"

struct char_id;
struct text;

/* Adds the object with those of its members that are wanted, a bit for each (members.h), without a
 * line end. */
void about_json(struct text *out, const struct charindex *ci, const struct char_id *found,
    uint32_t wanted);

#endif
