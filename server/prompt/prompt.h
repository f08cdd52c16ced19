/* prompt.h - the conversation of server/prompt/PROTOCOL.md with one client. */
#ifndef PROMPT_H
#define PROMPT_H

#include "face.h"

extern const struct face prompt_face;

#endif
