/* embedded.c - looking for one of the embedded files. */
#include "embedded.h"

#include <string.h>

const struct http_asset *
http_assets_find(const char *name)
{
	for (const struct http_asset *asset = http_assets; asset->name != NULL; asset++)
		if (strcmp(asset->name, name) == 0)
			return asset;
	return NULL;
}
