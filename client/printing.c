/* printing.c - a task that takes queries as they are completed, writes their answers, and tells the
 * tally. */
#include "printing.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "batch.h"
#include "progress.h"
#include "save.h"
#include "writer.h"

static void
tell_error(struct batch *batch, const struct query *query)
{
	if (batch->progress != NULL)
		progress_hide(batch->progress);
	if (batch->options->batch)
		warnx("line %llu: %s", (unsigned long long)query->line, query->problem);
	else
		warnx("%s", query->problem);
}

static void
tell(struct batch *batch, struct query *query)
{
	struct stop stop = { .now = true };

	tally_add(&batch->tally, query, query->sent_at);
	if (query->outcome <= OUTCOME_NO_MATCH)
		return;
	if (batch->options->verbose || (batch->options->about && !batch->options->batch))
		tell_error(batch, query);
	if (batch->options->fail_early) {
		snprintf(stop.reason, sizeof(stop.reason), "ended at the first error");
		batch_stop(batch, &stop);
	}
}

/* Writes the answer, and is done with the query. */
static void
print_query(struct batch *batch, struct query *query)
{
	batch->held -= query->answer.length;
	if (batch->progress != NULL && batch->prints_to_terminal)
		progress_hide(batch->progress);
	if (batch->save == NULL)
		writer_put(batch->writer, query->answer.text, query->answer.length);
	tell(batch, query);
	batch->unfinished--;
	if (!batch->options->batch && !batch->options->about)
		batch->single = query;
	else
		query_done(&batch->pool, query);
	/* whoever waits for room in the order, or for the last one */
	if (batch->unfinished == 0 || batch->as_completed.ordered)
		call_soon(&batch->wake);
}

/* May the next one be printed? What has been saved is there, and so is told of in any case. */
static bool
may_print(const struct batch *batch)
{
	bool ends_now = batch->stopped && batch->stop.now && batch->save == NULL;

	return !ends_now && writer_has_room(batch->writer);
}

static enum coro_status
run(struct task *task)
{
	struct batch *batch = BATCH_OF(task, printing);

	CORO_BEGIN(&batch->printing_coro);
	for (;;) {
		CORO_AWAIT(&batch->printing_coro,
		    may_print(batch) && (batch->printed = as_completed_next(&batch->as_completed)) != NULL);
		print_query(batch, batch->printed);
	}
	CORO_END(&batch->printing_coro);
}

static void
cleanup(struct task *task)
{
	(void)task;
}

void
printing_begin(struct batch *batch)
{
	static const struct task_kind kind = { run, cleanup };

	task_spawn(&batch->printing, &kind, &batch->others);
}

/* Ends it all if what has been printed cannot be written. */
static void
look_at_errors(struct batch *batch)
{
	struct stop stop = { .now = true, .exit_status = EXIT_ERROR };
	int error = writer_error(batch->writer);

	if (error != 0) {
		stop.broken_pipe = error == EPIPE;
		snprintf(stop.problem, sizeof(stop.problem), "cannot write to standard output: %s",
		    strerror(error));
		batch_stop(batch, &stop);
	}
	if (batch->save != NULL && save_problem(batch->save) != NULL) {
		snprintf(stop.problem, sizeof(stop.problem), "cannot write %s", save_problem(batch->save));
		batch_stop(batch, &stop);
	}
}

void
printing_go_on(void *arg)
{
	struct batch *batch = arg;

	look_at_errors(batch);
	task_resume(&batch->printing);
	batch_read_on(batch);
	if (batch->over)
		call_soon(&batch->wake);
}
