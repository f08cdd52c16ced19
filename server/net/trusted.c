/* trusted.c - looking for one address among those that are trusted. */
#include "trusted.h"

#include <string.h>

bool
trusted_has(const struct trusted *trusted, const struct in6_addr *ip)
{
	for (unsigned i = 0; trusted != NULL && i < trusted->count; i++)
		if (memcmp(&trusted->addresses[i], ip, sizeof(*ip)) == 0)
			return true;
	return false;
}
