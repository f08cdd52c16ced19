/* pace.c - when the next query is due. */
#include "pace.h"

/* So far behind, what is due may be made up for at once; what is missed beyond is lost. */
#define SLACK (10 * 1000 * 1000)

void
pace_init(struct pace *pace, unsigned per_second, uint64_t now)
{
	pace->interval = per_second > 0 ? NS_PER_SECOND / per_second : 0;
	pace->due = now;
}

uint64_t
pace_take(struct pace *pace, uint64_t now)
{
	if (!pace_is_limited(pace))
		return 0;
	if (now < pace->due)
		return pace->due - now;
	if (now - pace->due > SLACK)
		pace->due = now - SLACK;
	pace->due += pace->interval;
	return 0;
}
