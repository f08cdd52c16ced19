/* codeform_name.c - names in other systems, in the dictionaries that have them. */
#include "codeform_name.h"

#include <string.h>

#include "dictionary.h"
#include "extra.h"
#include "fold.h"

uint32_t
codeform_entity(const struct charindex *ci, const char *name, size_t length)
{
	struct dictionary aliases;
	struct posting_list list;
	struct dictionary_record record;
	struct folded folded;

	if (!fold_text(&folded, name, length, FOLD_SEGMENTS) || folded.count != 1 ||
	    !dictionary_find(ci, DICTIONARY_ALIASES, NULL, &aliases))
		return CHARINDEX_NO_ROW;
	list = dictionary_lookup(&aliases, folded.bytes, folded.word[0].length);
	for (uint32_t i = 0; i < list.count; i++)
		if (dictionary_record(&aliases, posting_at(&list, i), &record) &&
		    record.kind == CHARINDEX_RECORD_ENTITY && record.text.length == length &&
		    memcmp(record.text.bytes, name, length) == 0)
			return record.row;
	return CHARINDEX_NO_ROW;
}

/* Puts the row where its rarity wants it. */
static void
insert_by_rarity(const struct charindex *ci, uint32_t row, uint32_t rows[], uint32_t count)
{
	uint8_t rarity = extra_rank(ci, row).rarity;

	for (; count > 0 && extra_rank(ci, rows[count - 1]).rarity > rarity; count--)
		rows[count] = rows[count - 1];
	rows[count] = row;
}

uint32_t
codeform_elsewhere(const struct charindex *ci, const char *name, size_t length, unsigned kind,
    uint32_t rows[CODEFORM_MAX_ELSEWHERE])
{
	char exact[FOLD_MAX_WORD] = { FOLD_EXACT };
	struct dictionary_record record;
	struct dictionary elsewhere;
	struct posting_list list;
	uint32_t count = 0;

	if (length == 0 || length >= sizeof(exact) ||
	    !dictionary_find(ci, DICTIONARY_ELSEWHERE, NULL, &elsewhere))
		return 0;
	memcpy(exact + 1, name, length);
	list = dictionary_lookup(&elsewhere, exact, length + 1);
	for (uint32_t i = 0; i < list.count && count < CODEFORM_MAX_ELSEWHERE; i++)
		if (dictionary_record(&elsewhere, posting_at(&list, i), &record) && record.kind == kind &&
		    record.row < extra_all_rows(ci))
			insert_by_rarity(ci, record.row, rows, count++);
	return count;
}
