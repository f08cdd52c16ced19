/* cache.c - answers that took long to find, kept by what was asked: a hash, and a queue from the least
 * recently used on.
 *
 * What is kept is the result with its hits as they are packed, so that a copy of some hundred bytes
 * takes the place of 10 to 300 microseconds of searching, and rendering stays what it is. What the
 * classic rule answers is not kept: finding it takes no longer. */
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "prepared.h"
#include "queue.h"

/* Bytes of a cache for each list of answers with the same hash, and the part of it that one answer may
 * take. */
#define BYTES_OF_LIST 1024
#define MOST_PART 8

struct entry {
	TAILQ_ENTRY(entry) by_use;
	LIST_ENTRY(entry) alike;
	struct charindex_settings asked;
	struct charindex_settings said; /* the same with what the query says */
	struct charindex_result result; /* its packed hits are behind the query */
	size_t length;                  /* of the query */
	char query[];
};

struct charindex_cache {
	size_t most, size; /* bytes */
	TAILQ_HEAD(, entry) by_use;
	size_t list_count;
	LIST_HEAD(, entry) lists[];
};

struct charindex_cache *
charindex_cache_new(size_t bytes)
{
	size_t lists = bytes / BYTES_OF_LIST + 1;
	struct charindex_cache *cache = calloc(1, sizeof(*cache) + lists * sizeof(cache->lists[0]));

	if (cache == NULL)
		return NULL;
	cache->most = bytes;
	cache->list_count = lists;
	TAILQ_INIT(&cache->by_use);
	return cache;
}

static size_t
size_of(const struct entry *entry)
{
	return sizeof(*entry) + entry->length + entry->result.hits.packed_size;
}

static void
remove_entry(struct charindex_cache *cache, struct entry *entry)
{
	TAILQ_REMOVE(&cache->by_use, entry, by_use);
	LIST_REMOVE(entry, alike);
	cache->size -= size_of(entry);
	free(entry);
}

void
charindex_cache_free(struct charindex_cache *cache)
{
	if (cache == NULL)
		return;
	while (!TAILQ_EMPTY(&cache->by_use))
		remove_entry(cache, TAILQ_FIRST(&cache->by_use));
	free(cache);
}

size_t
charindex_cache_size(const struct charindex_cache *cache)
{
	return cache->size;
}

/* ---- what was asked ---------------------------------------------------------------------------- */

static size_t
list_of(const struct charindex_cache *cache, struct charindex_text query)
{
	return (size_t)(hash_bytes(HASH_BEGIN, query.bytes, query.length) % cache->list_count);
}

/* All but filters, with which nothing is kept, and what the query stands for, which is the query here. */
static bool
are_same(const struct charindex_settings *a, const struct charindex_settings *b)
{
	return a->mode == b->mode && a->limit == b->limit && a->from == b->from &&
	    a->most_rows == b->most_rows && a->all == b->all && a->typing == b->typing &&
	    strcmp(a->language, b->language) == 0;
}

static struct entry *
find(const struct charindex_cache *cache, struct charindex_text query,
    const struct charindex_settings *settings)
{
	struct entry *entry;

	LIST_FOREACH(entry, &cache->lists[list_of(cache, query)], alike)
	if (entry->length == query.length && memcmp(entry->query, query.bytes, query.length) == 0 &&
	    are_same(&entry->asked, settings))
		return entry;
	return NULL;
}

/* ---- answers ------------------------------------------------------------------------------------ */

/* A result of its own, with hits of its own: NULL without memory. */
static struct charindex_result *
copy_result(const struct charindex_result *from)
{
	struct charindex_result *result = malloc(sizeof(*result));
	uint8_t *packed = malloc(from->hits.packed_size + 1); /* which is not 0 */

	if (result == NULL || packed == NULL) {
		free(result);
		free(packed);
		return NULL;
	}
	*result = *from;
	result->hits.packed = packed;
	if (from->hits.packed_size > 0)
		memcpy(packed, from->hits.packed, from->hits.packed_size);
	return result;
}

/* Takes over what the query says. */
static void
take_said(struct charindex_settings *settings, const struct charindex_settings *said)
{
	settings->limit = said->limit;
	settings->all = said->all;
	settings->from = said->from;
	memcpy(settings->language, said->language, sizeof(settings->language));
}

bool
charindex_answer_recall(struct charindex_answer *answer, struct charindex_cache *cache)
{
	struct entry *entry = NULL;

	if (cache != NULL && answer->settings.filter_count == 0)
		entry = find(cache, prepared_text(answer), &answer->settings);
	if (entry == NULL)
		return false;
	answer->result = copy_result(&entry->result);
	if (answer->result == NULL)
		return false;
	take_said(&answer->settings, &entry->said);
	TAILQ_REMOVE(&cache->by_use, entry, by_use);
	TAILQ_INSERT_TAIL(&cache->by_use, entry, by_use);
	return true;
}

/* Keeps an answer, as it was before any of it was given. */
static void
keep(struct charindex_cache *cache, const struct charindex_settings *asked,
    const struct charindex_answer *answer)
{
	const struct hits *hits = &answer->result->hits;
	struct charindex_text query = prepared_text(answer);
	size_t size = sizeof(struct entry) + query.length + hits->packed_size;
	struct entry *entry = size <= cache->most / MOST_PART ? malloc(size) : NULL;

	if (entry == NULL)
		return;
	entry->asked = *asked;
	entry->said = answer->settings;
	entry->result = *answer->result;
	entry->result.words = NULL; /* for the search only */
	entry->result.hits.packed = (uint8_t *)entry->query + query.length;
	entry->length = query.length;
	memcpy(entry->query, query.bytes, query.length);
	if (hits->packed_size > 0)
		memcpy(entry->result.hits.packed, hits->packed, hits->packed_size);
	while (size > cache->most - cache->size)
		remove_entry(cache, TAILQ_FIRST(&cache->by_use));
	cache->size += size;
	TAILQ_INSERT_TAIL(&cache->by_use, entry, by_use);
	LIST_INSERT_HEAD(&cache->lists[list_of(cache, query)], entry, alike);
}

enum charindex_err
charindex_answer_run_cached(struct charindex_answer *answer, struct charindex_cache *cache)
{
	struct charindex_settings asked = answer->settings;
	enum charindex_err err = charindex_answer_run(answer);

	/* what is wrong with a query is told in its own words; and another conversation may have asked the
	 * same while this one waited */
	if (err == CHARINDEX_OK && cache != NULL && asked.filter_count == 0 &&
	    answer->result->hits.work > 0 && answer->result->error.column == 0 &&
	    find(cache, prepared_text(answer), &asked) == NULL)
		keep(cache, &asked, answer);
	return err;
}
