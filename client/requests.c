/* requests.c - a ring of requests. */
#include "requests.h"

#include <stdlib.h>

#include "batch_query.h"

bool
requests_init(struct requests *requests, unsigned most)
{
	*requests = (struct requests){ .ring = calloc(most, sizeof(struct request)), .room = most };
	return requests->ring != NULL;
}

void
requests_release(struct requests *requests)
{
	free(requests->ring);
	*requests = (struct requests){ 0 };
}

static struct request *
at(const struct requests *requests, unsigned n)
{
	unsigned place = requests->begin + n;

	return &requests->ring[place < requests->room ? place : place - requests->room];
}

bool
requests_have_room(const struct requests *requests)
{
	return requests->count < requests->room;
}

void
requests_put(struct requests *requests, struct query *query, uint64_t now)
{
	*at(requests, requests->count++) = (struct request){ query, now };
}

struct request *
requests_first(const struct requests *requests)
{
	return requests->count > 0 ? at(requests, 0) : NULL;
}

void
requests_take(struct requests *requests)
{
	requests->begin = requests->begin + 1 < requests->room ? requests->begin + 1 : 0;
	requests->count--;
}

void
requests_forget(struct requests *requests, const struct query *query)
{
	for (unsigned n = 0; n < requests->count; n++)
		if (at(requests, n)->query == query)
			at(requests, n)->query = NULL;
}

void
requests_excuse(struct requests *requests, uint64_t ns)
{
	for (unsigned n = 0; n < requests->count; n++)
		at(requests, n)->sent_at += ns;
}

void
requests_clear(struct requests *requests)
{
	requests->count = 0;
}
