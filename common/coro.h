/* coro.h - stackless coroutines: a function that can wait in the middle.
 *
 *	enum coro_status greet(struct greeting *g)
 *	{
 *		CORO_BEGIN(&g->coro);
 *		ask_for_name(g);
 *		CORO_AWAIT(&g->coro, name_is_there(g));
 *		greet_by_name(g);
 *		CORO_END(&g->coro);
 *	}
 *
 * Each call goes on from where the last one left off. CORO_AWAIT marks its place, tests
 * its condition, and returns CORO_WAITING as long as it is false; whoever can make it
 * true calls again. The technique is that of PuTTY's ssh/coro macros: a switch whose
 * cases are line numbers. So
 *
 * - what has to survive an await lives in the struct, not in local variables;
 * - locals go into braces that close before the next await;
 * - no await inside another switch, and at most one on a line.
 */
#ifndef CORO_H
#define CORO_H

#include <stdlib.h>

/* A place in a function. All zero is the beginning. */
struct coro {
	int line;
};

enum coro_status {
	CORO_WAITING, /* call again when something has changed */
	CORO_DONE,    /* ran to its end; calling again aborts */
};

#define CORO_BEGIN(coro) \
	switch ((coro)->line) { \
	default: \
		abort(); \
	case 0:

#define CORO_AWAIT(coro, condition) \
	do { \
		(coro)->line = __LINE__; \
		__attribute__((fallthrough)); \
	case __LINE__: \
		if (!(condition)) \
			return CORO_WAITING; \
	} while (0)

#define CORO_END(coro) \
	(coro)->line = -1; \
	} \
	return CORO_DONE

#endif
