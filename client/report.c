/* report.c - what is said of a batch: while it runs, and in the end. */
#include "report.h"

#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "batch.h"
#include "clock.h"
#include "count.h"
#include "progress.h"
#include "writer.h"

/* How much of the list is done: by count where that is known, else by what of it has been read;
 * below 0 if it is not a file. */
static double
share_of_list(const struct batch *batch, uint64_t done, uint64_t total)
{
	const struct source *source = &batch->source;
	double share = -1;

	if (total > 0)
		share = (double)done / (double)total;
	else if (source->size > 0 && batch->options->repeat > 0)
		share = (batch->pass + (double)source->position / (double)source->size) /
		    batch->options->repeat;
	return share < 1 ? share : 1;
}

bool
report_progress(void *arg, struct progress_state *state)
{
	struct batch *batch = arg;
	const struct options *options = batch->options;
	uint64_t done = tally_done(&batch->tally);
	uint64_t total = count_result(batch->count) * options->repeat;
	double seconds = (double)(clock_now() - batch->begun_at) / 1e9;
	double share = share_of_list(batch, done, total);

	if (options->seconds > 0 && (share < 0 || seconds / options->seconds > share))
		share = seconds / options->seconds;
	*state = (struct progress_state){
		.waits_for = batch->ci == NULL && batch->opened == 0 ? batch->connecting : NULL,
		.share = share,
		.done = done,
		.no_match = batch->tally.counts[OUTCOME_NO_MATCH],
		.errors = tally_errors(&batch->tally),
		.seconds = seconds,
		.total = total,
	};
	return !batch->prints_to_terminal || writer_is_done(batch->writer);
}

static void
report(const struct batch *batch)
{
	const struct options *options = batch->options;
	struct tally_whole whole = {
		.ended = batch->stop.reason[0] != '\0' ? batch->stop.reason : NULL,
		.ns = batch->ended_at - batch->begun_at,
		.latency = batch->ci == NULL,
	};
	struct strbuf text = { 0 };
	char of[512];

	if (batch->ci != NULL)
		snprintf(of, sizeof(of), "of the index, %u thread%s", batch->spawned,
		    batch->spawned == 1 ? "" : "s");
	else
		snprintf(of, sizeof(of), "to %s, %u connection%s, %u in flight%s", batch->name,
		    batch->spawned, batch->spawned == 1 ? "" : "s", options->pipeline,
		    batch->spawned == 1 ? "" : " each");
	whole.of = of;
	tally_report(&batch->tally, &whole, &text);
	fwrite(text.text, 1, text.length, stderr);
	strbuf_release(&text);
}

/* As any program of which nobody reads what it prints. */
static _Noreturn void
die_of_broken_pipe(void)
{
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
	exit(EXIT_ERROR);
}

int
report_end(const struct batch *batch)
{
	const struct query *single = batch->single;
	int status = tally_exit_status(&batch->tally);

	if (batch->stop.broken_pipe && batch->dies_of_pipes)
		die_of_broken_pipe();
	if (batch->stop.problem[0] != '\0' && !batch->stop.broken_pipe)
		warnx("%s", batch->stop.problem);
	else if (single != NULL && single->outcome > OUTCOME_NO_MATCH)
		warnx("%s", single->problem);
	if (batch->options->batch && !batch->options->quiet && !batch->stop.broken_pipe)
		report(batch);
	return batch->stop.exit_status > status ? batch->stop.exit_status : status;
}
