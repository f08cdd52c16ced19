/* http.h - the conversation of server/http/HTTP.md with one client. */
#ifndef HTTP_H
#define HTTP_H

#include "face.h"

extern const struct face http_face;

#endif
