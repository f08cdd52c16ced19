/* dict.h - the conversation of server/dict/DICT.md with one client. */
#ifndef DICT_H
#define DICT_H

#include "face.h"

extern const struct face dict_face;

#endif
