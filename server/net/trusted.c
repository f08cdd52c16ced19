/* trusted.c - looking for an address among the networks that are trusted. */
#include "trusted.h"

#include <stddef.h>

#include "address.h"

bool
trusted_has(const struct trusted *trusted, const struct in6_addr *ip)
{
	for (unsigned i = 0; trusted != NULL && i < trusted->count; i++)
		if (address_in_network(ip, &trusted->networks[i]))
			return true;
	return false;
}
