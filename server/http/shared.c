/* shared.c - memory that is used again, and what need not be worked out for each answer. */
#include "shared.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "embedded.h"
#include "gzip.h"
#include "hash.h"
#include "service.h"
#include "snapshot.h"

/* A body that has become longer is not kept. */
#define MOST_SPARE (128 * 1024)

/* Answers that a worker compresses at a time; others go as they are. */
#define MAX_GZIPS 64

struct http_shared *
http_shared_new(struct service *service)
{
	struct http_shared *shared = calloc(1, sizeof(*shared));

	if (shared != NULL)
		shared->service = service;
	return shared;
}

void
http_shared_free(struct http_shared *shared)
{
	text_release(&shared->spare);
	text_release(&shared->compressed);
	text_release(&shared->languages);
	gzip_free(shared->spare_gzip);
	free(shared);
}

struct text
http_shared_take_text(struct http_shared *shared)
{
	struct text text = shared->spare;

	shared->spare = (struct text){ 0 };
	text_clear(&text);
	return text;
}

void
http_shared_return_text(struct http_shared *shared, struct text *text)
{
	if (shared->spare.bytes == NULL && text->room <= MOST_SPARE)
		shared->spare = *text;
	else
		text_release(text);
	*text = (struct text){ 0 };
}

struct gzip *
http_shared_take_gzip(struct http_shared *shared)
{
	struct gzip *gzip = shared->spare_gzip;

	if (shared->gzips == MAX_GZIPS)
		return NULL;
	shared->spare_gzip = NULL;
	if (gzip == NULL)
		gzip = gzip_new();
	shared->gzips += gzip != NULL;
	return gzip;
}

void
http_shared_return_gzip(struct http_shared *shared, struct gzip *gzip)
{
	shared->gzips--;
	if (shared->spare_gzip != NULL) {
		gzip_free(gzip);
		return;
	}
	gzip_reset(gzip);
	shared->spare_gzip = gzip;
}

static uint64_t
fingerprint(const struct service *service, const struct snapshot *snapshot)
{
	struct charindex_info info = charindex_info(snapshot->ci);
	uint64_t synonyms = synonyms_fingerprint(snapshot->synonyms);
	uint64_t hashed = hash_bytes(HASH_BEGIN, PACKAGE_VERSION, strlen(PACKAGE_VERSION));

	hashed = hash_bytes(hashed, http_assets_hash, strlen(http_assets_hash));
	hashed = hash_bytes(hashed, &service->mode, sizeof(service->mode));
	hashed = hash_bytes(hashed, &info.fingerprint, sizeof(info.fingerprint));
	hashed = hash_bytes(hashed, service->http_base, strlen(service->http_base));
	hashed = hash_bytes(hashed, &synonyms, sizeof(synonyms));
	return hash_bytes(hashed, &info.file_size, sizeof(info.file_size));
}

uint64_t
http_shared_fingerprint(struct http_shared *shared, const struct snapshot *snapshot)
{
	unsigned generation = shared_index_number(snapshot->shared);

	if (shared->fingerprinted != generation) {
		shared->fingerprint = fingerprint(shared->service, snapshot);
		shared->fingerprinted = generation;
	}
	return shared->fingerprint;
}

const char *
http_shared_date(struct http_shared *shared)
{
	/* not those of the locale (RFC 9110) */
	static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	if (now.tv_sec == shared->dated || gmtime_r(&now.tv_sec, &tm) == NULL)
		return shared->date;
	snprintf(shared->date, sizeof(shared->date), "%s, %02d %s %d %02d:%02d:%02d GMT",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], 1900 + tm.tm_year, tm.tm_hour, tm.tm_min,
	    tm.tm_sec);
	shared->dated = now.tv_sec;
	return shared->date;
}
