/* batch.h - many queries, or one, on their way: what the supervisor, those who ask, and those who
 * print and save have in common. All of it is one thread's, but for what an
 * executor has in hand.
 *
 * A query's way: source -> line -> somebody asks it (ask.c, direct.c) -> saved (save.c) ->
 * as_completed -> written (writer.c) -> tally. How many are on their way is bounded by a semaphore,
 * and the bytes of their answers by BATCH_MAX_HELD. */
#ifndef BATCH_H
#define BATCH_H

#include <event2/util.h>
#include <stddef.h>

#include "as_completed.h"
#include "call_soon.h"
#include "coro_semaphore.h"
#include "options.h"
#include "pace.h"
#include "print.h"
#include "server_address.h"
#include "source.h"
#include "tally.h"
#include "task.h"

struct count;
struct event;
struct event_base;
struct executor;
struct progress;
struct repeat;
struct save;
struct writer;

/* Bytes of answers that wait to be printed or saved. Beyond it nobody reads more, but whoever has
 * the answer that is due. */
#define BATCH_MAX_HELD ((size_t)16 << 20)

#define BATCH_SIGNALS 3

/* Who asks queries: a connection, or a thread. Embedded in it. */
struct worker {
	struct task task; /* first */
	struct call wake;
	bool idle;   /* in the list of those that would ask more */
	bool paused; /* does not read, for too much is held */
	bool waits;  /* with its next request about a row, for the rate */
	TAILQ_ENTRY(worker) link;
};

/* Why it ends before the end of the list. */
struct stop {
	bool now;           /* what is in flight is let go */
	int exit_status;    /* at least; 0: that of the tally */
	char reason[80];    /* for the report, or "" */
	char problem[1024]; /* for a line of its own, or "" */
	bool broken_pipe;   /* nobody reads what is printed: the end is without a word */
};

struct batch {
	const struct options *options;
	const struct charindex *ci; /* NULL: a server is asked */
	struct event_base *base;
	struct call_queue calls;
	/* the supervisor */
	struct task task;
	struct coro coro;
	struct call wake;
	struct source source;
	enum source_status got;
	const char *text; /* of the line that was got, stripped */
	size_t length;
	bool over, has_ended, stopped;
	bool dies_of_pipes, prints_to_terminal;
	struct event *signals[BATCH_SIGNALS];
	struct stop stop;
	uint64_t begun_at, ended_at; /* ns */
	/* the queries */
	struct queries line; /* that nobody asks at the moment */
	unsigned line_count;
	struct query_pool pool;
	uint64_t begun;      /* so many; the sequence of the next */
	uint64_t unfinished; /* begun, and not told to the tally */
	bool held_up;        /* somebody does not read, for too much is held */
	size_t held;         /* bytes of answers that are completed and not written */
	struct semaphore room;
	struct semaphore_waiter waiter;
	struct pace pace;
	struct event *timer; /* of the rate, and of an end that is waited for */
	bool timer_rings;
	struct event *row_timer; /* of the rate: ends the waits of workers */
	unsigned pass;           /* of --repeat */
	uint64_t pass_begin;     /* sequence of its first query */
	/* those who ask */
	struct task_group workers;
	TAILQ_HEAD(, worker) idle;
	unsigned worker_count, spawned, opened; /* there are, there were, had a conversation */
	struct task_group others;               /* all tasks that do not ask */
	/* the server */
	struct executor *resolver;
	struct server_address address;
	const char *address_problem; /* why it has not been found, or NULL */
	char *host, *port;           /* owned; without a port the host is a path */
	char name[300];              /* of the two together, for messages */
	char connecting[320];        /* what is waited for until the first conversation */
	/* what comes of it */
	struct as_completed as_completed;
	struct call print; /* goes on with printing */
	struct task printing;
	struct coro printing_coro;
	struct query *printed;
	struct writer *writer;
	struct save *save;     /* NULL without --output */
	struct repeat *repeat; /* NULL without --repeat and --for */
	struct progress *progress;
	struct count *count; /* of the list, for progress; NULL if it is not counted */
	struct tally tally;
	struct query *single; /* the only one, of the command line: its result */
};

/* The batch of which a task is a member. */
#define BATCH_OF(task, member) ((struct batch *)((char *)(task)-offsetof(struct batch, member)))

/* ---- for those who ask ----------------------------------------------------------------------- */

/* The next query, or NULL: then the worker is woken when there is one. */
struct query *batch_take(struct batch *batch, struct worker *worker);

/* Is there one to be taken? The worker is woken if not now. */
bool batch_has_query(struct batch *batch, struct worker *worker);

/* They come before all others, in their order. */
void batch_give_back(struct batch *batch, struct queries *queries);

/* The query has been answered, or will not be. It is not the caller's any more. */
void batch_complete(struct batch *batch, struct query *query, uint64_t now);

/* May `holder` read more? If not, the worker is woken when it may. */
bool batch_may_read(struct batch *batch, const struct worker *worker);

/* May the worker, by the rate, ask about a row? If not, it waits, and is woken when it may. */
bool batch_is_due(struct batch *batch, struct worker *worker, uint64_t now);

/* Ends such waits: of the event loop, with the batch. */
void batch_end_waits(evutil_socket_t fd, short what, void *arg);

/* The worker gives up: what its problem is, if it was the last. */
void batch_give_up(struct batch *batch, const char *problem);

/* A printer for the answer to the query, and the bytes of its prefix, which live as long as it is
 * used. */
struct printer batch_printer(const struct batch *batch, struct query *query, struct strbuf *prefix);

/* ---- for those who have it asked, and print -------------------------------------------------- */

/* Puts a query at the end of the line. */
void batch_put(struct batch *batch, struct query *query);

/* Hands it to printing, when it need not be saved any more; NULL: something has changed. `batch` is
 * one. */
void batch_put_completed(void *batch, struct query *query);

/* Lets those read again, perhaps, that have not. */
void batch_read_on(struct batch *batch);

/* ---- for everybody --------------------------------------------------------------------------- */

/* Nothing more is begun, and, if `now`, what is in flight is let go. The first stop counts. */
void batch_stop(struct batch *batch, const struct stop *stop);

#endif
