/* faces.h - all that the daemon speaks. */
#ifndef FACES_H
#define FACES_H

#include "face.h"

/* The faces, ended by NULL; the first is that of whoever says nothing else. */
extern const struct face *const faces[];

/* The one with the name, or NULL. */
const struct face *faces_find(const char *name);

#endif
