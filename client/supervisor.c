/* supervisor.c - the supervisor, from top to bottom: reads queries as there is room for them, has them
 * asked, and sees to the end, whatever brings it about. The seed's downloader has the same shape: a
 * semaphore, as_completed, run_in_executor, a tally. */
#include "supervisor.h"

#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <string.h>

#include "ask.h"
#include "batch.h"
#include "clock.h"
#include "direct.h"
#include "executor.h"
#include "save.h"
#include "utf8.h"
#include "writer.h"

/* How long a reader of standard output that has stopped reading may hold up an end by Ctrl-C. */
#define LAST_PATIENCE 1000000000u

/* ---- the server ------------------------------------------------------------------------------ */

/* On the resolver's thread. */
static void
resolve(void *arg)
{
	struct batch *batch = arg;

	batch->address_problem = server_address_find(&batch->address, batch->host, batch->port);
}

static void
begin_resolving(struct batch *batch)
{
	if (batch->ci == NULL && !executor_start(batch->resolver, resolve, batch))
		resolve(batch);
}

static void
end_resolving(struct batch *batch)
{
	struct stop stop = { .now = true, .exit_status = EXIT_NO_ANSWER };

	if (batch->address_problem == NULL)
		return;
	snprintf(stop.problem, sizeof(stop.problem), "cannot find %s: %s", batch->host,
	    batch->address_problem);
	batch_stop(batch, &stop);
}

/* ---- queries --------------------------------------------------------------------------------- */

/* The list again, if it is to be repeated. */
static bool
goes_on(struct batch *batch)
{
	struct stop stop = { .now = true, .exit_status = EXIT_ERROR };

	batch->pass++;
	if (batch->repeat == NULL || batch->pass == batch->options->repeat ||
	    batch->begun == batch->pass_begin)
		return false;
	batch->pass_begin = batch->begun;
	if (source_rewind(&batch->source))
		return true;
	snprintf(stop.problem, sizeof(stop.problem),
	    "a list can be repeated if it is a file: give it as --batch=FILE");
	batch_stop(batch, &stop);
	return false;
}

/* Makes a query of the line; an empty one is none. */
static bool
is_query(struct batch *batch)
{
	batch->text = charindex_strip(batch->text, &batch->length);
	return batch->length > 0;
}

static void
set_timer(struct batch *batch, uint64_t ns)
{
	struct timeval time = clock_timeval(ns);

	batch->timer_rings = false;
	event_add(batch->timer, &time);
}

static bool
is_due(struct batch *batch)
{
	uint64_t wait = pace_is_limited(&batch->pace) ? pace_take(&batch->pace, clock_now()) : 0;

	if (wait > 0)
		set_timer(batch, wait);
	return wait == 0;
}

/* One more, if all are busy and there may be more. */
static void
spawn_worker(struct batch *batch)
{
	struct worker *worker;

	if (batch->spawned >= batch->options->connections || !TAILQ_EMPTY(&batch->idle))
		return;
	batch->worker_count++;
	batch->spawned++;
	worker = batch->ci != NULL ? direct_spawn(batch) : ask_spawn(batch);
	if (worker == NULL)
		batch_give_up(batch, strerror(ENOMEM));
}

static void
begin_query(struct batch *batch)
{
	struct query *query = query_new(&batch->pool);
	struct stop stop = { .now = true, .exit_status = EXIT_ERROR, .problem = "out of memory" };

	if (query == NULL) {
		batch_stop(batch, &stop);
		return;
	}
	query->sequence = batch->begun++;
	query->line = batch->source.line;
	query->pass = batch->pass;
	query->place = query->sequence - batch->pass_begin;
	strbuf_put(&query->text, batch->text, batch->length);
	batch->unfinished++;
	as_completed_begin(&batch->as_completed, query);
	if (batch->got == SOURCE_LONG)
		query_fail(query, OUTCOME_WRONG, "it is longer than %d bytes", SOURCE_MAX_LINE);
	else if (!utf8_is_valid(batch->text, batch->length))
		query_fail(query, OUTCOME_WRONG, "it is not valid UTF-8");
	if (query->problem[0] != '\0' || query->text.failed) {
		query->sent_at = 0;
		batch_complete(batch, query, 0);
		return;
	}
	spawn_worker(batch);
	batch_put(batch, query);
}

static void
source_failed(struct batch *batch)
{
	struct stop stop = { .exit_status = EXIT_ERROR };

	snprintf(stop.problem, sizeof(stop.problem), "cannot read %s: %s",
	    batch->options->list != NULL ? batch->options->list : "standard input", strerror(errno));
	batch_stop(batch, &stop);
}

/* ---- the end --------------------------------------------------------------------------------- */

/* Is there to be no further query? */
static bool
ends(struct batch *batch)
{
	uint64_t seconds = batch->options->seconds;

	return batch->stopped ||
	    (seconds > 0 && clock_now() - batch->begun_at >= seconds * NS_PER_SECOND);
}

/* Is all that was begun told to the tally, or let go? */
static bool
is_finished(const struct batch *batch)
{
	return batch->unfinished == 0 || (batch->stopped && batch->stop.now);
}

/* Nobody asks any more; what has been answered is still to be written, unless that is let go. */
static void
begin_to_end(struct batch *batch)
{
	batch->over = true;
	batch->ended_at = clock_now();
	task_group_cancel(&batch->workers);
	event_del(batch->timer);
	batch->timer_rings = false;
	writer_end(batch->writer);
	if (!batch->stopped || !batch->stop.now)
		return;
	set_timer(batch, LAST_PATIENCE);
	if (batch->save != NULL)
		save_cancel(batch->save);
}

static bool
is_written(const struct batch *batch)
{
	return (writer_is_done(batch->writer) || batch->timer_rings) &&
	    (batch->save == NULL || save_is_done(batch->save));
}

/* ---- the whole ------------------------------------------------------------------------------- */

static enum coro_status
supervise(struct task *task)
{
	struct batch *batch = BATCH_OF(task, task);

	CORO_BEGIN(&batch->coro);
	begin_resolving(batch);
	CORO_AWAIT(&batch->coro, batch->stopped || batch->ci != NULL || executor_done(batch->resolver));
	if (!batch->stopped && batch->ci == NULL)
		end_resolving(batch);
	while (!ends(batch)) {
		CORO_AWAIT(&batch->coro,
		    ends(batch) ||
		        (batch->got = source_next(&batch->source, &batch->text, &batch->length)) !=
		            SOURCE_WAIT);
		if (ends(batch))
			break;
		if (batch->got == SOURCE_ERROR)
			source_failed(batch);
		if (batch->got == SOURCE_ERROR || (batch->got == SOURCE_END && !goes_on(batch)))
			break;
		if (batch->got == SOURCE_END || !is_query(batch))
			continue;
		CORO_AWAIT(&batch->coro, ends(batch) || is_due(batch));
		CORO_AWAIT(&batch->coro,
		    ends(batch) || as_completed_has_room(&batch->as_completed, batch->begun));
		CORO_AWAIT(&batch->coro, batch->stopped || semaphore_acquire(&batch->room, &batch->waiter));
		if (!ends(batch))
			begin_query(batch);
	}
	CORO_AWAIT(&batch->coro, is_finished(batch));
	begin_to_end(batch);
	CORO_AWAIT(&batch->coro, is_written(batch));
	CORO_END(&batch->coro);
}

static void
cleanup(struct task *task)
{
	BATCH_OF(task, task)->has_ended = true;
}

void
supervisor_begin(struct batch *batch)
{
	static const struct task_kind kind = { supervise, cleanup };

	task_spawn(&batch->task, &kind, &batch->others);
}

void
supervisor_go_on(void *arg)
{
	struct batch *batch = arg;

	if (!batch->has_ended)
		task_resume(&batch->task);
}
