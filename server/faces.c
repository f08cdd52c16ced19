/* faces.c - the table of what the daemon speaks: adding a protocol is a folder beside prompt/ and
 * http/, and a row here. */
#include "faces.h"

#include <stddef.h>
#include <string.h>

#include "counters.h"
#include "dict.h"
#include "http.h"
#include "prompt.h"

const struct face *const faces[] = { &prompt_face, &http_face, &dict_face, &admin_face, NULL };

_Static_assert(sizeof(faces) / sizeof(faces[0]) - 1 <= COUNTERS_FACES, "make room for more faces");

const struct face *
faces_find(const char *name)
{
	for (unsigned i = 0; faces[i] != NULL; i++)
		if (strcmp(faces[i]->name, name) == 0)
			return faces[i];
	return NULL;
}
