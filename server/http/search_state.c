/* search_state.c - the end of a search. */
#include "search_state.h"

void
search_release(struct search *search)
{
	if (search->begun)
		charindex_answer_release(&search->answer);
	search->begun = false;
}
