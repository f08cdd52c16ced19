/* term_table.c - hides how words become terms and posting lists. */
#include "term_table.h"

#include <stdlib.h>
#include <string.h>

struct posting {
	uint32_t term, document;
};

void
term_table_release(struct term_table *table)
{
	buffer_release(&table->words);
	buffer_release(&table->terms);
	buffer_release(&table->postings);
	free(table->slots);
	free(table->order);
	free(table->documents);
	*table = (struct term_table){ 0 };
}

static struct term *
term_at(const struct term_table *table, uint32_t n)
{
	return (struct term *)table->terms.bytes + n;
}

static int
compare_words(const struct term_table *table, const struct term *a, const struct term *b)
{
	uint32_t common = a->word_length < b->word_length ? a->word_length : b->word_length;
	int order =
	    memcmp(table->words.bytes + a->word_offset, table->words.bytes + b->word_offset, common);

	return order != 0 ? order
	                  : (a->word_length > b->word_length) - (a->word_length < b->word_length);
}

/* Fills a table of `slot_count` slots with the terms in the order of `order` (their
 * own, if NULL), each in the first free slot from its hash on. */
static uint32_t *
fill_slots(const struct term_table *table, uint32_t slot_count, const uint32_t *order)
{
	uint32_t *slots = calloc(slot_count, sizeof(*slots));

	if (slots == NULL)
		return NULL;
	for (uint32_t n = 0; n < table->term_count; n++) {
		uint32_t slot = term_at(table, order != NULL ? order[n] : n)->hash & (slot_count - 1);

		while (slots[slot] != 0)
			slot = (slot + 1) & (slot_count - 1);
		slots[slot] = n + 1;
	}
	return slots;
}

/* At most half of the slots are taken, also after one more term. */
static bool
make_room_for_term(struct term_table *table)
{
	uint32_t slot_count = table->slot_count > 0 ? table->slot_count : 2;
	uint32_t *slots;

	while (slot_count / 2 < table->term_count + 1)
		slot_count *= 2;
	if (slot_count == table->slot_count)
		return true;
	slots = fill_slots(table, slot_count, NULL);
	if (slots == NULL)
		return false;
	free(table->slots);
	table->slots = slots;
	table->slot_count = slot_count;
	return true;
}

static bool
is_word(const struct term_table *table, const struct term *term, const char *word, size_t length,
    uint32_t hash)
{
	return term->hash == hash && term->word_length == length &&
	    memcmp(table->words.bytes + term->word_offset, word, length) == 0;
}

/* The slot of the term with these bytes, or the free one that it would have. */
static uint32_t
find_slot(const struct term_table *table, const char *word, size_t length, uint32_t hash)
{
	uint32_t slot = hash & (table->slot_count - 1);

	while (table->slots[slot] != 0 &&
	    !is_word(table, term_at(table, table->slots[slot] - 1), word, length, hash))
		slot = (slot + 1) & (table->slot_count - 1);
	return slot;
}

/* The term for a word, a new one if need be; NULL if memory runs out. */
static struct term *
intern(struct term_table *table, const char *word, size_t length, uint32_t hash)
{
	struct term new_term = {
		.word_offset = (uint32_t)table->words.length,
		.word_length = (uint32_t)length,
		.hash = hash,
	};
	uint32_t slot;

	if (!make_room_for_term(table))
		return NULL;
	slot = find_slot(table, word, length, hash);
	if (table->slots[slot] != 0)
		return term_at(table, table->slots[slot] - 1);
	if (buffer_append(&table->words, word, length) == NULL ||
	    buffer_append(&table->terms, &new_term, sizeof(new_term)) == NULL)
		return NULL;
	table->slots[slot] = ++table->term_count;
	return term_at(table, table->term_count - 1);
}

enum term_added
term_table_add(struct term_table *table, const char *word, size_t length, uint32_t hash,
    uint32_t document)
{
	struct term *term = intern(table, word, length, hash);
	struct posting posting;

	if (term == NULL)
		return TERM_NO_MEMORY;
	if (term->last_document == document + 1)
		return TERM_KNOWN;
	term->last_document = document + 1;
	term->document_count++;
	posting = (struct posting){ (uint32_t)(term - term_at(table, 0)), document };
	return buffer_append(&table->postings, &posting, sizeof(posting)) != NULL ? TERM_ADDED
	                                                                          : TERM_NO_MEMORY;
}

static int
compare_ordered(const void *a, const void *b, void *table)
{
	return compare_words(table, term_at(table, *(const uint32_t *)a),
	    term_at(table, *(const uint32_t *)b));
}

/* The terms' indexes in byte order, and each term's rank in it. NULL if memory runs out. */
static uint32_t *
rank_terms(struct term_table *table)
{
	uint32_t *order = malloc((table->term_count + 1) * sizeof(*order));

	if (order == NULL)
		return NULL;
	for (uint32_t n = 0; n < table->term_count; n++)
		order[n] = n;
	qsort_r(order, table->term_count, sizeof(*order), compare_ordered, table);
	for (uint32_t rank = 0; rank < table->term_count; rank++)
		term_at(table, order[rank])->rank = rank;
	return order;
}

/* The documents of all posting lists, list after list in the order of the terms: postings
 * come in the order of documents, so each goes to the next free place of its list. */
static uint32_t *
group_postings(struct term_table *table, const uint32_t *order)
{
	const struct posting *postings = (const struct posting *)table->postings.bytes;
	size_t count = table->postings.length / sizeof(*postings), next = 0;
	uint32_t *documents = malloc((count + 1) * sizeof(*documents));
	size_t *place = malloc((table->term_count + 1) * sizeof(*place));

	if (documents != NULL && place != NULL) {
		for (uint32_t rank = 0; rank < table->term_count; rank++) {
			term_at(table, order[rank])->first_document = (uint32_t)next;
			place[rank] = next;
			next += term_at(table, order[rank])->document_count;
		}
		for (size_t i = 0; i < count; i++)
			documents[place[term_at(table, postings[i].term)->rank]++] = postings[i].document;
	} else {
		free(documents);
		documents = NULL;
	}
	free(place);
	return documents;
}

bool
term_table_finish(struct term_table *table)
{
	table->order = make_room_for_term(table) ? rank_terms(table) : NULL;
	if (table->order != NULL)
		table->documents = group_postings(table, table->order);
	return table->documents != NULL;
}

const struct term *
term_table_ranked(const struct term_table *table, uint32_t rank)
{
	return term_at(table, table->order[rank]);
}

uint32_t *
term_table_slots(const struct term_table *table, uint32_t *slot_count)
{
	*slot_count = table->slot_count;
	return fill_slots(table, table->slot_count, table->order);
}

const struct term *
term_table_find(const struct term_table *table, const char *word, size_t length, uint32_t hash)
{
	uint32_t slot = table->slot_count > 0 ? find_slot(table, word, length, hash) : 0;

	if (table->slot_count == 0 || table->slots[slot] == 0)
		return NULL;
	return term_at(table, table->slots[slot] - 1);
}

const uint32_t *
term_table_documents(const struct term_table *table, const char *word, size_t length, uint32_t hash,
    uint32_t *count)
{
	const struct term *term = term_table_find(table, word, length, hash);

	*count = 0;
	if (term == NULL)
		return table->documents;
	*count = term->document_count;
	return table->documents + term->first_document;
}
