/* progress.c - a bar, or a spinner where nobody knows how much there is to do. */
#include "progress.h"

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "clock.h"
#include "tally.h"
#include "task.h"

/* ns */
#define PATIENCE 500000000u
#define INTERVAL 100000000u

/* Back to the first column, and all that stands there gone (ECMA-48: EL). */
#define WIPE "\r\033[K"

enum { BAR_COLUMNS = 24, EIGHTHS = 8 * BAR_COLUMNS };

struct progress {
	struct task task; /* first */
	struct coro coro;
	struct event *timer;
	bool (*look)(void *arg, struct progress_state *state);
	void *arg;
	unsigned turn;
	bool rings, drawn;
};

/* ---- what is drawn --------------------------------------------------------------------------- */

/* U+2588 FULL BLOCK, U+258F to U+2589 for a part of one, and spaces. */
static char *
put_bar(char *out, double share)
{
	int eighths = (int)(share * EIGHTHS), columns = 0;

	for (; eighths >= 8; eighths -= 8, columns++)
		out = stpcpy(out, "\u2588");
	if (eighths > 0 && columns < BAR_COLUMNS) {
		out += sprintf(out, "\xE2\x96%c", 0x90 - eighths);
		columns++;
	}
	return out + sprintf(out, "%*s", BAR_COLUMNS - columns, "");
}

static char *
put_eta(char *out, const struct progress_state *state)
{
	double left = state->seconds * (1 - state->share) / state->share;
	unsigned long seconds = left < 1e6 ? (unsigned long)(left + 0.5) : 0;

	if (state->share <= 0 || seconds == 0)
		return out;
	return out + sprintf(out, "  ETA %lu:%02lu", seconds / 60, seconds % 60);
}

static char *
put_counts(char *out, const struct progress_state *state)
{
	char number[TALLY_NUMBER_SIZE];
	double rate = state->seconds > 0 ? (double)state->done / state->seconds : 0;

	out += sprintf(out, "%s ", tally_number(state->done, number));
	if (state->total > 0)
		out += sprintf(out, "of %s", tally_number(state->total, number));
	else
		out = stpcpy(out, "done");
	out += sprintf(out, "  %s/s", tally_number((uint64_t)rate, number));
	if (state->share >= 0)
		out = put_eta(out, state);
	if (state->no_match > 0)
		out += sprintf(out, "  %s no match", tally_number(state->no_match, number));
	if (state->errors > 0)
		out += sprintf(out, "  %s error%s", tally_number(state->errors, number),
		    state->errors == 1 ? "" : "s");
	return out;
}

/* Cuts the line to the columns: each character is one. */
static void
cut(char *line, unsigned width)
{
	for (; *line != '\0' && width > 0; width--)
		for (line++; (*line & 0xC0) == 0x80; line++)
			;
	*line = '\0';
}

void
progress_line(const struct progress_state *state, unsigned turn, unsigned width,
    char out[PROGRESS_SIZE])
{
	char *p = out;

	if (state->waits_for != NULL) {
		snprintf(out, PROGRESS_SIZE, "%c %.300s", "|/-\\"[turn % 4], state -> waits_for);
	} else {
		if (state->share >= 0) {
			p = put_bar(p, state->share < 1 ? state->share : 1);
			p += sprintf(p, " %3.0f %%  ", 100 * state->share);
		} else {
			p += sprintf(p, "%c ", "|/-\\"[turn % 4]);
		}
		put_counts(p, state);
	}
	cut(out, width);
}

/* ---- when ------------------------------------------------------------------------------------ */

/* A terminal that takes nothing must not stop the work, so what it does not take is lost. */
static void
say(const char *text)
{
	ssize_t written = write(STDERR_FILENO, text, strlen(text));

	(void)written;
}

static unsigned
columns(void)
{
	struct winsize size;

	/* not the last one, where some terminals begin a new line */
	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 79;
}

static void
draw(struct progress *progress)
{
	char line[sizeof(WIPE) + PROGRESS_SIZE] = WIPE;
	struct progress_state state;

	if (!progress->look(progress->arg, &state))
		return;
	progress_line(&state, progress->turn++, columns(), line + strlen(WIPE));
	say(line);
	progress->drawn = true;
}

void
progress_hide(struct progress *progress)
{
	if (progress->drawn)
		say(WIPE);
	progress->drawn = false;
}

static void
sleep_for(struct progress *progress, uint64_t ns)
{
	struct timeval time = clock_timeval(ns);

	progress->rings = false;
	event_add(progress->timer, &time);
}

static enum coro_status
spin(struct task *task)
{
	struct progress *progress = (struct progress *)task;

	CORO_BEGIN(&progress->coro);
	sleep_for(progress, PATIENCE);
	for (;;) {
		CORO_AWAIT(&progress->coro, progress->rings);
		draw(progress);
		sleep_for(progress, INTERVAL);
	}
	CORO_END(&progress->coro);
}

static void
cleanup(struct task *task)
{
	struct progress *progress = (struct progress *)task;

	progress_hide(progress);
	event_free(progress->timer);
	free(progress);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct progress *progress = arg;

	(void)fd, (void)what;
	progress->rings = true;
	task_resume(&progress->task);
}

struct progress *
progress_new(struct event_base *base, struct task_group *group,
    bool (*look)(void *arg, struct progress_state *state), void *arg)
{
	static const struct task_kind kind = { spin, cleanup };
	struct progress *progress = calloc(1, sizeof(*progress));

	if (progress == NULL)
		return NULL;
	progress->look = look;
	progress->arg = arg;
	progress->timer = evtimer_new(base, on_timer, progress);
	if (progress->timer == NULL) {
		free(progress);
		return NULL;
	}
	task_spawn(&progress->task, &kind, group);
	return progress;
}

void
progress_free(struct progress *progress)
{
	if (progress != NULL)
		task_cancel(&progress->task);
}
