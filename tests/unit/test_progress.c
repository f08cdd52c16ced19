/* test_progress.c - the line that says how far it is, and the task that draws it: the seed's
 * spinner, which is cancelled at its await. */
#include <event2/event.h>
#include <string.h>
#include <unistd.h>

#include "progress.h"
#include "task.h"
#include "unit.h"

#define FULL "\u2588"

static void
must_be(const struct progress_state *state, unsigned turn, unsigned width, const char *expected)
{
	char line[PROGRESS_SIZE];

	progress_line(state, turn, width, line);
	ck_assert_str_eq(line, expected);
}

START_TEST(a_bar_where_the_whole_is_known)
{
	must_be(&(struct progress_state){ NULL, 0, 0, 0, 0, 1, 0 }, 0, 200,
	    "                           0 %  0 done  0/s");
	must_be(&(struct progress_state){ NULL, 0.5, 52113, 1204, 3, 2, 0 }, 0, 200,
	    FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL
	    "              50 %  52,113 done  26,056/s  ETA 0:02  1,204 no match  3 errors");
	must_be(&(struct progress_state){ NULL, 0.5, 52113, 1204, 3, 2, 104226 }, 0, 200,
	    FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL
	    "              50 %  52,113 of 104,226  26,056/s  ETA 0:02  1,204 no match  3 errors");
	must_be(&(struct progress_state){ NULL, 0.25 + 1.5 / 192, 10, 0, 1, 1, 0 }, 0, 200,
	    FULL FULL FULL FULL FULL FULL
	    "\u258F                   26 %  10 done  10/s  ETA 0:03  1 error");
	must_be(&(struct progress_state){ NULL, 1, 10, 0, 0, 1, 0 }, 0, 200,
	    FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL FULL
	        FULL FULL FULL FULL FULL FULL " 100 %  10 done  10/s");
}
END_TEST

START_TEST(a_spinner_where_it_is_not)
{
	static const char *const expected[] = { "| 41,200 done  20,600/s", "/ 41,200 done  20,600/s",
		"- 41,200 done  20,600/s", "\\ 41,200 done  20,600/s", "| 41,200 done  20,600/s" };

	for (unsigned turn = 0; turn < UNIT_COUNT(expected); turn++)
		must_be(&(struct progress_state){ NULL, -1, 41200, 0, 0, 2, 0 }, turn, 80, expected[turn]);
	must_be(&(struct progress_state){ "connecting to x:1", -1, 0, 0, 0, 2, 0 }, 1, 80,
	    "/ connecting to x:1");
}
END_TEST

START_TEST(a_line_is_not_wider_than_the_terminal)
{
	struct progress_state state = { NULL, 0.5, 52113, 1204, 3, 2, 0 };
	char line[PROGRESS_SIZE];

	for (unsigned width = 0; width < 100; width++) {
		unsigned columns = 0;

		progress_line(&state, 0, width, line);
		for (const char *p = line; *p != '\0'; p++)
			columns += (*p & 0xC0) != 0x80;
		ck_assert_uint_le(columns, width);
	}
}
END_TEST

/* ---- the task -------------------------------------------------------------------------------- */

static struct event_base *base;
static struct task_group group;
static unsigned looks;
static bool draws;

static bool
look(void *arg, struct progress_state *state)
{
	*state = (struct progress_state){ .waits_for = "thinking", .share = -1 };
	looks++;
	if (looks == 3)
		event_base_loopbreak(arg);
	return draws;
}

/* What comes out on standard error while progress is drawn three times. */
static void
spin(char *out, size_t room)
{
	int pipe_fds[2], before = dup(STDERR_FILENO);
	struct progress *progress;
	ssize_t length;

	UNIT_HOLDS(pipe(pipe_fds) == 0 && dup2(pipe_fds[1], STDERR_FILENO) >= 0);
	looks = 0;
	base = event_base_new();
	task_group_init(&group, NULL, NULL);
	progress = progress_new(base, &group, look, base);
	UNIT_HOLDS(progress != NULL);
	event_base_dispatch(base);
	progress_free(progress);
	UNIT_HOLDS(group.count == 0);
	event_base_free(base);
	dup2(before, STDERR_FILENO);
	close(before);
	close(pipe_fds[1]);
	length = read(pipe_fds[0], out, room - 1);
	out[length > 0 ? length : 0] = '\0';
	close(pipe_fds[0]);
}

START_TEST(it_is_drawn_again_and_again_and_wiped_when_it_is_cancelled)
{
	char out[1000];

	draws = true;
	spin(out, sizeof(out));
	ck_assert_str_eq(out, "\r\033[K| thinking\r\033[K/ thinking\r\033[K- thinking\r\033[K");
}
END_TEST

START_TEST(what_may_not_be_drawn_leaves_no_trace)
{
	char out[1000];

	draws = false;
	spin(out, sizeof(out));
	ck_assert_str_eq(out, "");
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, a_bar_where_the_whole_is_known);
	tcase_add_test(tests, a_spinner_where_it_is_not);
	tcase_add_test(tests, a_line_is_not_wider_than_the_terminal);
	tcase_add_test(tests, it_is_drawn_again_and_again_and_wiped_when_it_is_cancelled);
	tcase_add_test(tests, what_may_not_be_drawn_leaves_no_trace);
}

UNIT_MAIN("progress", add_tests)
