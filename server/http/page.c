/* page.c - which page answers a request: an answer, a character, one drawn by lot, what there is. */
#include "page.h"

#include <sys/random.h>

#include "char_path.h"
#include "exchange.h"
#include "names.h"
#include "page_parts.h"
#include "response.h"
#include "search.h"
#include "snapshot.h"

static const struct reply html = {
	.type = "text/html; charset=utf-8",
	.cache = CACHE_ASK,
	.page = true,
};

static const struct search_form form = { "query", PAGE_ROWS, PAGE_ROWS, false, true };

static struct page
page_of(struct exchange *exchange)
{
	return (struct page){
		.exchange = exchange,
		.reader = reader_of(exchange),
		.search = &exchange->search,
	};
}

static void
put_page(struct exchange *exchange, int status, struct page *page)
{
	page_fill_template(&exchange->body, page);
	response_whole(exchange, status, &html);
}

static void
put_wrong(struct exchange *exchange, int status, enum page_text wrong, const char *parameter)
{
	struct page page = page_of(exchange);

	page.is_wrong = true;
	page.wrong = wrong;
	page.parameter = parameter;
	put_page(exchange, status, &page);
}

void
page_ask(struct exchange *exchange)
{
	const char *parameter;
	char wrong[SEARCH_WRONG_SIZE];

	if (!search_read(exchange, &form, &parameter, wrong)) {
		put_wrong(exchange, 400, TEXT_WRONG_PARAMETER, parameter);
		return;
	}
	exchange->pending = !response_not_modified(exchange, &html);
	exchange->search.wanted = exchange->pending && exchange->search.length > 0;
}

void
page_answer(struct exchange *exchange)
{
	const struct search *search = &exchange->search;
	struct page page = page_of(exchange);

	if (search->no_memory)
		put_wrong(exchange, 503, TEXT_NO_MEMORY, NULL);
	else
		put_page(exchange, search->summary.error != NULL ? 400 : 200, &page);
}

/* Nothing is searched for: the query is only for the box, and what is wrong with it is none of the
 * page's business. */
static void
read_for_the_box(struct exchange *exchange)
{
	const char *parameter;
	char wrong[SEARCH_WRONG_SIZE];

	if (!search_read(exchange, &form, &parameter, wrong))
		exchange->search.length = 0;
}

/* Finds the character of the path: false if there is none, which has been answered. */
static bool
find_char(struct exchange *exchange, struct char_id *found)
{
	int status;

	if (char_path_find(exchange->snapshot->ci, exchange->rest, found, &status) == NULL)
		return true;
	put_wrong(exchange, status, status == 404 ? TEXT_NO_SEQUENCE : TEXT_NO_CHARACTER, NULL);
	return false;
}

void
page_ask_char(struct exchange *exchange)
{
	struct char_id found;

	read_for_the_box(exchange);
	if (find_char(exchange, &found))
		exchange->pending = !response_not_modified(exchange, &html);
}

void
page_answer_char(struct exchange *exchange)
{
	struct page page = page_of(exchange);
	struct char_id found;

	if (!find_char(exchange, &found))
		return;
	page.found = &found;
	put_page(exchange, 200, &page);
}

static const struct reply html_by_lot = {
	.type = "text/html; charset=utf-8",
	.cache = CACHE_NEVER,
	.page = true,
};

/* What is drawn too often in vain is shown as it is. */
#define MOST_DRAWS 64

static void
draw(const struct charindex *ci, struct char_id *found)
{
	struct charindex_info info = charindex_info(ci);
	uint32_t lots[MOST_DRAWS] = { 0 };

	(void)!getrandom(lots, sizeof(lots), GRND_NONBLOCK);
	for (int i = 0; i < MOST_DRAWS; i++) {
		found->row = lots[i] % info.row_count;
		charindex_row(ci, found->row, 0, &found->facts, &found->label);
		if (!names_are_by_rule(&found->facts))
			break;
	}
}

void
page_ask_random(struct exchange *exchange)
{
	struct page page;
	struct char_id found;

	read_for_the_box(exchange);
	draw(exchange->snapshot->ci, &found);
	page = page_of(exchange);
	page.found = &found;
	page_fill_template(&exchange->body, &page);
	response_whole(exchange, 200, &html_by_lot);
}

void
page_ask_browse(struct exchange *exchange)
{
	read_for_the_box(exchange);
	exchange->pending = !response_not_modified(exchange, &html);
}

void
page_answer_browse(struct exchange *exchange)
{
	struct page page = page_of(exchange);

	page.browse = true;
	put_page(exchange, 200, &page);
}

void
page_nothing(struct exchange *exchange)
{
	const char *parameter;
	char wrong[SEARCH_WRONG_SIZE];

	/* without parameters, which can be anything */
	(void)!search_read(exchange, &form, &parameter, wrong);
	put_wrong(exchange, 404, TEXT_NOTHING_HERE, NULL);
}
