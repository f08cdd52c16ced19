/* http.h - the conversation of server/http/HTTP.md with one client. */
#ifndef HTTP_H
#define HTTP_H

#include "face.h"

extern const struct face http_face;

/* The same conversation, about the server alone: metrics and health, which the other does not tell
 * then (struct service, `admin`). */
extern const struct face admin_face;

#endif
