/* direct.c - queries answered from the index itself, some at a time on a thread, so that the way
 * there and back costs little beside them. */
#include "direct.h"

#include <stdlib.h>

#include "about_find.h"
#include "batch.h"
#include "executor.h"
#include "print_answer.h"
#include "print_facts.h"
#include "synonyms.h"
#include "text.h"

/* Bytes of answers after which the thread comes back with what it has. */
#define ENOUGH (1 << 20)

struct direct {
	struct worker worker; /* first */
	struct coro coro;
	struct batch *batch;
	struct executor *executor;
	struct strbuf prefix;
	struct query *taken[DIRECT_AT_A_TIME];
	unsigned count;
	unsigned answered; /* of these, from the first on */
};

/* ---- on the thread --------------------------------------------------------------------------- */

static bool
begin_answer(const struct direct *direct, const struct query *query,
    struct charindex_answer *answer)
{
	const struct batch *batch = direct->batch;
	struct charindex_settings settings = batch->options->settings;
	const struct strbuf *text = &query->text;

	synonyms_apply(batch->options->synonyms, text->text, text->length, &settings);
	return charindex_answer_begin(answer, batch->ci, &settings, text->text, text->length) ==
	    CHARINDEX_OK;
}

static void
answer_query(struct direct *direct, struct query *query)
{
	struct printer printer = batch_printer(direct->batch, query, &direct->prefix);
	struct charindex_answer answer;
	struct charindex_summary summary;

	if (!begin_answer(direct, query, &answer)) {
		query_fail(query, OUTCOME_LOST, "out of memory");
		charindex_answer_release(&answer);
		return;
	}
	charindex_answer_summary(&answer, &summary);
	query->outcome = summary.count > 0 ? OUTCOME_FOUND : OUTCOME_NO_MATCH;
	if (summary.error != NULL)
		query_fail(query, OUTCOME_WRONG, "column %u: %s", summary.column, summary.error);
	else if (!print_rows(&printer, &answer))
		query_fail(query, OUTCOME_WRONG, FACTS_TOO_LONG);
	else
		print_answer_status(&printer, &answer);
	charindex_answer_release(&answer);
}

/* All that is known of the character that the query names. */
static void
tell_about(struct direct *direct, struct query *query)
{
	struct printer printer = batch_printer(direct->batch, query, &direct->prefix);
	const struct strbuf *named = &query->text;
	struct text problem = { 0 };
	struct char_id found;

	if (about_find(printer.ci, named->text, named->length, &found)) {
		query->outcome = OUTCOME_FOUND;
		print_known(&printer, (struct charindex_text){ "", 0 }, &found);
		return;
	}
	about_find_problem(&problem, printer.ci, named->text, named->length);
	query_fail(query, OUTCOME_WRONG, "%.*s", (int)problem.length, problem.bytes);
	text_release(&problem);
}

static void
answer_taken(void *arg)
{
	struct direct *direct = arg;
	size_t bytes = 0;

	for (direct->answered = 0; direct->answered < direct->count && bytes < ENOUGH;
	     direct->answered++) {
		struct query *query = direct->taken[direct->answered];

		if (direct->batch->options->about)
			tell_about(direct, query);
		else
			answer_query(direct, query);
		if (query->answer.failed || direct->prefix.failed)
			query_fail(query, OUTCOME_LOST, "out of memory");
		bytes += query->answer.length;
	}
}

/* ---- on the loop ----------------------------------------------------------------------------- */

/* A fair share of those that wait, so that no thread has nothing to do. */
static void
take(struct direct *direct)
{
	struct batch *batch = direct->batch;
	unsigned share = 1 + batch->line_count / batch->worker_count;
	struct query *query;

	direct->count = direct->answered = 0;
	while (direct->count < DIRECT_AT_A_TIME && direct->count < share &&
	    (query = batch_take(batch, &direct->worker)) != NULL) {
		query->holder = &direct->worker;
		query->sent_at = 0;
		direct->taken[direct->count++] = query;
	}
}

/* What the thread has not come to goes back. */
static void
give_back(struct direct *direct)
{
	struct queries rest = TAILQ_HEAD_INITIALIZER(rest);

	for (unsigned i = direct->answered; i < direct->count; i++) {
		direct->taken[i]->holder = NULL;
		TAILQ_INSERT_TAIL(&rest, direct->taken[i], link);
	}
	direct->count = direct->answered;
	batch_give_back(direct->batch, &rest);
}

static void
complete(struct direct *direct)
{
	give_back(direct);
	for (unsigned i = 0; i < direct->answered; i++)
		batch_complete(direct->batch, direct->taken[i], 0);
	direct->count = direct->answered = 0;
}

static enum coro_status
run(struct task *task)
{
	struct direct *direct = (struct direct *)task;

	CORO_BEGIN(&direct->coro);
	for (;;) {
		CORO_AWAIT(&direct->coro,
		    batch_may_read(direct->batch, &direct->worker) &&
		        batch_has_query(direct->batch, &direct->worker));
		take(direct);
		if (!executor_start(direct->executor, answer_taken, direct))
			answer_taken(direct); /* there is no thread: here, then */
		CORO_AWAIT(&direct->coro, executor_done(direct->executor));
		complete(direct);
	}
	CORO_END(&direct->coro);
}

static void
cleanup(struct task *task)
{
	struct direct *direct = (struct direct *)task;

	executor_free(direct->executor); /* waits for the thread */
	direct->answered = 0;
	give_back(direct);
	call_cancel(&direct->worker.wake);
	if (direct->worker.idle)
		TAILQ_REMOVE(&direct->batch->idle, &direct->worker, link);
	strbuf_release(&direct->prefix);
	free(direct);
}

static void
resume(void *arg)
{
	task_resume(arg);
}

struct worker *
direct_spawn(struct batch *batch)
{
	static const struct task_kind kind = { run, cleanup };
	struct direct *direct = calloc(1, sizeof(*direct));

	if (direct == NULL)
		return NULL;
	direct->batch = batch;
	call_init(&direct->worker.wake, &batch->calls, resume, &direct->worker.task);
	direct->executor = executor_new(batch->base, resume, &direct->worker.task);
	if (direct->executor == NULL) {
		free(direct);
		return NULL;
	}
	task_spawn(&direct->worker.task, &kind, &batch->workers);
	return &direct->worker;
}
