/* requests.h - what has been asked on a connection and not been answered, in order: queries, and
 * what is asked about their rows. */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stdbool.h>
#include <stdint.h>

struct query;

struct request {
	struct query *query; /* NULL: nobody wants the answer any more */
	uint64_t sent_at;    /* ns */
};

/* A ring. All zero, it has no room. */
struct requests {
	struct request *ring; /* owned */
	unsigned room, begin, count;
};

/* Room for `most` requests. False without memory; requests_release() is right in any case. */
bool requests_init(struct requests *requests, unsigned most) __attribute__((warn_unused_result));
void requests_release(struct requests *requests);

bool requests_have_room(const struct requests *requests);

/* Adds a request; there must be room. */
void requests_put(struct requests *requests, struct query *query, uint64_t now);

/* The one that is answered next, or NULL; and takes it out. */
struct request *requests_first(const struct requests *requests);
void requests_take(struct requests *requests);

/* Nobody wants what was asked for the query any more. */
void requests_forget(struct requests *requests, const struct query *query);

/* They have waited, for so many ns, for us: that is nobody's fault. */
void requests_excuse(struct requests *requests, uint64_t ns);

void requests_clear(struct requests *requests);

#endif
