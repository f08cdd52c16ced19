/* answer_many.c - a batch from its options to its exit status: what it needs, and its loop. */
#include "answer_many.h"

#include <err.h>
#include <event2/event.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "clock.h"
#include "count.h"
#include "direct.h"
#include "executor.h"
#include "printing.h"
#include "progress.h"
#include "repeat.h"
#include "report.h"
#include "save.h"
#include "server_name.h"
#include "supervisor.h"
#include "writer.h"

static _Noreturn void
out_of_memory(void)
{
	errx(EXIT_ERROR, "out of memory or file descriptors");
}

static bool
wants_progress(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (options->progress != WHEN_AUTO)
		return options->progress == WHEN_ALWAYS;
	return isatty(STDERR_FILENO) && (no_color == NULL || *no_color == '\0') && term != NULL &&
	    strcmp(term, "dumb") != 0;
}

/* What the queries come from. */
static void
open_source(struct batch *batch, const char *words)
{
	const char *path = batch->options->list;
	int fd = STDIN_FILENO;

	if (words != NULL) {
		if (!source_init_text(&batch->source, words))
			out_of_memory();
		return;
	}
	if (path != NULL && strcmp(path, "-") != 0)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		err(EXIT_ERROR, "%s cannot be opened", path);
	if (!source_init(&batch->source, fd, batch->base, &batch->wake))
		out_of_memory();
}

/* What the answers go to. */
static void
open_output(struct batch *batch)
{
	const struct options *options = batch->options;
	/* clang-format off */
	static const char *const suffixes[CHARINDEX_FORMAT_COUNT] = {
		[CHARINDEX_TEXT] = "txt", [CHARINDEX_TSV] = "tsv", [CHARINDEX_JSON] = "json",
	};
	/* clang-format on */

	batch->prints_to_terminal = isatty(STDOUT_FILENO);
	batch->writer =
	    writer_new(batch->base, STDOUT_FILENO, &batch->others, &batch->calls, &batch->print);
	if (batch->writer == NULL)
		out_of_memory();
	if (options->output == NULL)
		return;
	batch->save = save_new(batch->base, options->output,
	    options->row_template != NULL ? "txt" : suffixes[options->format], &batch->others,
	    &batch->calls, batch_put_completed, batch);
	if (batch->save == NULL)
		err(EXIT_ERROR, "the directory %s cannot be used", options->output);
}

static void
open_server(struct batch *batch)
{
	const char *name = batch->options->server;

	if (batch->ci != NULL)
		return;
	if (!server_name_split(name, &batch->host, &batch->port))
		errx(EXIT_ERROR, "--server=%s is not HOST, HOST:PORT, [ADDRESS]:PORT or unix:PATH", name);
	server_name_join(batch->host, batch->port, batch->name, sizeof(batch->name));
	snprintf(batch->connecting, sizeof(batch->connecting), "connecting to %s", batch->name);
	batch->resolver = executor_new(batch->base, supervisor_go_on, batch);
	if (batch->resolver == NULL)
		out_of_memory();
}

/* Ctrl-C, and the like: what is in flight is let go. The next one is not waited for. */
static void
on_signal(evutil_socket_t number, short what, void *arg)
{
	struct stop stop = { .now = true, .exit_status = 128 + (int)number, .reason = "interrupted" };
	struct batch *batch = arg;

	(void)what;
	batch->stopped = false; /* it counts, whatever has been before */
	batch_stop(batch, &stop);
}

static void
catch_signals(struct batch *batch)
{
	static const int numbers[BATCH_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction before;

	/* sockets and pipes tell by their errors, and the line of progress is to be wiped */
	batch->dies_of_pipes = sigaction(SIGPIPE, NULL, &before) == 0 && before.sa_handler == SIG_DFL;
	signal(SIGPIPE, SIG_IGN);
	for (int i = 0; i < BATCH_SIGNALS; i++) {
		/* what was ignored, by nohup, say, stays so */
		if (sigaction(numbers[i], NULL, &before) != 0 || before.sa_handler == SIG_IGN)
			continue;
		batch->signals[i] = event_new(batch->base, numbers[i], EV_SIGNAL, on_signal, batch);
		if (batch->signals[i] == NULL || event_add(batch->signals[i], NULL) != 0)
			out_of_memory();
	}
}

/* Bounds on what is on its way: enough that nobody has to wait for the next query. */
static unsigned
room(const struct batch *batch)
{
	unsigned each = batch->ci != NULL ? DIRECT_AT_A_TIME : batch->options->pipeline;

	return 2 * each * batch->options->connections;
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct batch *batch = arg;

	(void)fd, (void)what;
	batch->timer_rings = true;
	call_soon(&batch->wake);
}

static void
open_batch(struct batch *batch, const char *words)
{
	const struct options *options = batch->options;

	TAILQ_INIT(&batch->line);
	TAILQ_INIT(&batch->pool.spare);
	TAILQ_INIT(&batch->idle);
	call_queue_init(&batch->calls);
	task_group_init(&batch->workers, NULL, NULL);
	task_group_init(&batch->others, NULL, NULL);
	call_init(&batch->wake, &batch->calls, supervisor_go_on, batch);
	call_init(&batch->print, &batch->calls, printing_go_on, batch);
	batch->base = event_base_new();
	if (batch->base == NULL)
		out_of_memory();
	batch->timer = evtimer_new(batch->base, on_timer, batch);
	batch->row_timer = evtimer_new(batch->base, batch_end_waits, batch);
	if (options->repeat != 1)
		batch->repeat = repeat_new();
	if (batch->timer == NULL || batch->row_timer == NULL ||
	    (options->repeat != 1 && batch->repeat == NULL) ||
	    !as_completed_init(&batch->as_completed, !options->unordered && options->output == NULL))
		out_of_memory();
	semaphore_init(&batch->room, room(batch));
	semaphore_waiter_init(&batch->waiter, &batch->wake);
	open_server(batch);
	open_source(batch, words);
	open_output(batch);
	catch_signals(batch);
	batch->begun_at = clock_now();
	pace_init(&batch->pace, options->rate, batch->begun_at);
}

static void
run_loop(struct batch *batch)
{
	if (wants_progress(batch->options))
		batch->progress = progress_new(batch->base, &batch->others, report_progress, batch);
	if (batch->progress != NULL && batch->source.size > 0)
		batch->count = count_new(batch->base, batch->source.fd, batch->source.first);
	printing_begin(batch);
	supervisor_begin(batch);
	for (call_queue_run(&batch->calls); !batch->has_ended; call_queue_run(&batch->calls))
		if (event_base_loop(batch->base, EVLOOP_ONCE) < 0)
			out_of_memory();
	progress_free(batch->progress);
	batch->progress = NULL;
	count_free(batch->count);
	batch->count = NULL;
}

static void
close_batch(struct batch *batch)
{
	struct query *query;

	save_free(batch->save, &batch->line);
	while ((query = as_completed_rest(&batch->as_completed)) != NULL)
		query_free(query);
	query_free_all(&batch->line);
	query_free_all(&batch->pool.spare);
	if (batch->single != NULL)
		query_free(batch->single);
	task_cancel(&batch->printing);
	writer_free(batch->writer);
	executor_free(batch->resolver);
	server_address_release(&batch->address);
	free(batch->host);
	free(batch->port);
	repeat_free(batch->repeat);
	as_completed_release(&batch->as_completed);
	source_release(&batch->source);
	for (int i = 0; i < BATCH_SIGNALS; i++)
		if (batch->signals[i] != NULL)
			event_free(batch->signals[i]);
	event_free(batch->timer);
	event_free(batch->row_timer);
	event_base_free(batch->base);
}

int
answer_many(const struct options *options, const struct charindex *ci, const char *words)
{
	static struct batch batch;
	int status;

	batch = (struct batch){ .options = options, .ci = ci };
	open_batch(&batch, words);
	run_loop(&batch);
	status = report_end(&batch);
	/* nobody waits for a reader that has stopped reading, nor for a name that nobody knows */
	if (!batch.timer_rings && (batch.resolver == NULL || executor_done(batch.resolver)))
		close_batch(&batch);
	return status;
}
