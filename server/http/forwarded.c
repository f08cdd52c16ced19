/* forwarded.c - each proxy appends whom it has got the request from. So the list is to be read from
 * its end, and ends for us where somebody has written whom we do not believe. */
#include "forwarded.h"

#include <string.h>

#include "address.h"
#include "list.h"
#include "request.h"

static bool
read_address(const struct list_element *element, struct in6_addr *ip)
{
	char text[ADDRESS_SIZE];

	if (element->length == 0 || element->length >= sizeof(text))
		return false;
	memcpy(text, element->bytes, element->length);
	text[element->length] = '\0';
	return address_read_ip(text, ip);
}

bool
forwarded_walk_back(const char *value, size_t length, forwarded_trusts *trusts, void *arg,
    struct in6_addr *client)
{
	struct list list = { value, length };
	struct list_element element;
	struct in6_addr ip;

	while (list_last(&list, &element)) {
		if (!read_address(&element, &ip))
			return true;
		*client = ip;
		if (!trusts(arg, client))
			return true;
	}
	return false;
}

struct in6_addr
forwarded_client(const struct request *request, const char *head, struct in6_addr peer,
    forwarded_trusts *trusts, void *arg)
{
	struct request_span lines[REQUEST_MAX_HEADERS];
	unsigned count = request_find_lines(request, head, REQUEST_FORWARDED_FOR, lines);

	while (count-- > 0)
		if (forwarded_walk_back(head + lines[count].at, lines[count].length, trusts, arg, &peer))
			break;
	return peer;
}
