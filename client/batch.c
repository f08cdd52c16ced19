/* batch.c - what those who ask share: the line of queries, how much may be held, and what happens to
 * a query that is completed. */
#include "batch.h"

#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <string.h>

#include "charform.h"
#include "clock.h"
#include "repeat.h"
#include "save.h"
#include "writer.h"

/* ---- the line -------------------------------------------------------------------------------- */

static void
wake_idle(struct batch *batch)
{
	struct worker *worker = TAILQ_FIRST(&batch->idle);

	if (worker == NULL)
		return;
	TAILQ_REMOVE(&batch->idle, worker, link);
	worker->idle = false;
	call_soon(&worker->wake);
}

bool
batch_has_query(struct batch *batch, struct worker *worker)
{
	if (batch->line_count > 0)
		return true;
	if (!worker->idle)
		TAILQ_INSERT_TAIL(&batch->idle, worker, link);
	worker->idle = true;
	return false;
}

struct query *
batch_take(struct batch *batch, struct worker *worker)
{
	struct query *query = TAILQ_FIRST(&batch->line);

	if (!batch_has_query(batch, worker))
		return NULL;
	TAILQ_REMOVE(&batch->line, query, link);
	batch->line_count--;
	return query;
}

void
batch_give_back(struct batch *batch, struct queries *queries)
{
	struct query *query;
	unsigned count = 0;

	TAILQ_FOREACH(query, queries, link)
	count++;
	/* before those that wait already */
	TAILQ_CONCAT(queries, &batch->line, link);
	TAILQ_CONCAT(&batch->line, queries, link);
	batch->line_count += count;
	while (count-- > 0)
		wake_idle(batch);
}

void
batch_put(struct batch *batch, struct query *query)
{
	TAILQ_INSERT_TAIL(&batch->line, query, link);
	batch->line_count++;
	wake_idle(batch);
}

/* ---- how much is held ------------------------------------------------------------------------ */

static size_t
held(const struct batch *batch)
{
	return batch->held + writer_held(batch->writer);
}

bool
batch_may_read(struct batch *batch, const struct worker *worker)
{
	const struct query *due;

	if (held(batch) <= BATCH_MAX_HELD)
		return true;
	due = as_completed_due(&batch->as_completed);
	if (due != NULL && !due->completed && (due->holder == NULL || due->holder == worker))
		return true;
	batch->held_up = true;
	return false;
}

void
batch_read_on(struct batch *batch)
{
	struct task *task;

	if (!batch->held_up)
		return;
	batch->held_up = false;
	LIST_FOREACH(task, &batch->workers.tasks, link)
	{
		struct worker *worker = (struct worker *)task;

		if (worker->paused || batch->ci != NULL)
			call_soon(&worker->wake);
	}
}

/* ---- the rate -------------------------------------------------------------------------------- */

bool
batch_is_due(struct batch *batch, struct worker *worker, uint64_t now)
{
	uint64_t wait = pace_take(&batch->pace, now);
	struct timeval time = clock_timeval(wait);

	worker->waits = wait > 0 && event_add(batch->row_timer, &time) == 0;
	return !worker->waits;
}

void
batch_end_waits(evutil_socket_t fd, short what, void *arg)
{
	struct batch *batch = arg;
	struct task *task;

	(void)fd, (void)what;
	LIST_FOREACH(task, &batch->workers.tasks, link)
	{
		struct worker *worker = (struct worker *)task;

		if (worker->waits)
			call_soon(&worker->wake);
		worker->waits = false;
	}
}

/* ---- answers --------------------------------------------------------------------------------- */

/* Is each answer told whose it is? */
static bool
names_queries(const struct batch *batch)
{
	return batch->options->batch && batch->options->format != CHARINDEX_TEXT;
}

static void
put_prefix(const struct query *query, enum charindex_format format, struct strbuf *out)
{
	const struct strbuf *text = &query->text;
	size_t begin = out->length;
	char *room;

	if (format == CHARINDEX_JSON) {
		strbuf_printf(out, "{\"number\":%llu,\"query\":", (unsigned long long)query->line);
		room = strbuf_reserve(out, CHARFORM_JSON_STRING_SIZE(text->length) + 1);
		if (room != NULL)
			out->length += charform_json_string(text->text, text->length, room);
		strbuf_putc(out, ',');
		return;
	}
	strbuf_put(out, text->text, text->length);
	/* what would end the column, or the line */
	for (size_t i = begin; i < out->length; i++)
		if ((unsigned char)out->text[i] < 0x20)
			out->text[i] = ' ';
	strbuf_putc(out, '\t');
}

struct printer
batch_printer(const struct batch *batch, struct query *query, struct strbuf *prefix)
{
	const struct options *options = batch->options;
	struct printer printer = {
		.ci = batch->ci,
		.format = options->format,
		.rows = options->rows,
		.terminal = options->terminal,
		.row_template = options->row_template,
		.all_forms = options->all_forms,
		.details = options->details,
		.color = options->color == WHEN_ALWAYS,
		.out = &query->answer,
		.first = options->first,
	};

	if (names_queries(batch)) {
		strbuf_clear(prefix, QUERY_KEPT_ROOM);
		put_prefix(query, options->format, prefix);
		printer.prefix = prefix->text;
		printer.prefix_length = prefix->length;
	}
	return printer;
}

/* In JSON, what is wrong stands among the answers. */
static void
put_problem(const struct batch *batch, struct query *query)
{
	char quoted[CHARFORM_JSON_STRING_SIZE(sizeof(query->problem))];

	if (batch->options->format != CHARINDEX_JSON || !names_queries(batch))
		return;
	put_prefix(query, CHARINDEX_JSON, &query->answer);
	strbuf_puts(&query->answer, "\"error\":");
	strbuf_put(&query->answer, quoted,
	    charform_json_string(query->problem, strlen(query->problem), quoted));
	strbuf_puts(&query->answer, "}\n");
}

void
batch_put_completed(void *arg, struct query *query)
{
	struct batch *batch = arg;

	if (query != NULL)
		as_completed_put(&batch->as_completed, query);
	call_soon(&batch->print);
}

void
batch_complete(struct batch *batch, struct query *query, uint64_t now)
{
	query->holder = NULL;
	query->sent_at = now - query->sent_at; /* it took so long */
	if (query->answer.failed)
		query_fail(query, OUTCOME_LOST, "out of memory");
	if (batch->repeat != NULL && !repeat_compare(batch->repeat, query, query->place))
		query_fail(query, OUTCOME_LOST, "out of memory");
	if (query->outcome > OUTCOME_NO_MATCH)
		put_problem(batch, query);
	if (query->pass > 0)
		strbuf_clear(&query->answer, QUERY_KEPT_ROOM);
	batch->held += query->answer.length;
	semaphore_release(&batch->room);
	if (batch->save != NULL && query->pass == 0)
		save_put(batch->save, query);
	else
		batch_put_completed(batch, query);
}

/* ---- the end --------------------------------------------------------------------------------- */

void
batch_stop(struct batch *batch, const struct stop *stop)
{
	if (batch->stopped)
		return;
	batch->stopped = true;
	batch->stop = *stop;
	call_soon(&batch->wake);
}

void
batch_give_up(struct batch *batch, const char *problem)
{
	struct stop stop = { .exit_status = EXIT_NO_ANSWER };
	struct query *query;

	if (--batch->worker_count > 0)
		return;
	snprintf(stop.reason, sizeof(stop.reason), "the rest of the list was not asked");
	if (batch->ci != NULL)
		snprintf(stop.problem, sizeof(stop.problem), "%s", problem);
	else
		snprintf(stop.problem, sizeof(stop.problem), "cannot connect to %s: %s", batch->name,
		    problem);
	batch_stop(batch, &stop);
	while ((query = TAILQ_FIRST(&batch->line)) != NULL) {
		TAILQ_REMOVE(&batch->line, query, link);
		batch->line_count--;
		query_fail(query, OUTCOME_LOST, "%s", problem);
		query->sent_at = 0;
		batch_complete(batch, query, 0);
	}
}
