/* log_level.h - how much matters what is logged, and how much of it is wanted. */
#ifndef LOG_LEVEL_H
#define LOG_LEVEL_H

#include <stdbool.h>
#include <stddef.h>

/* What matters more comes first. */
enum log_level {
	LOG_ERROR,      /* somebody has to mend something */
	LOG_WARN,       /* somebody may want to */
	LOG_EVENT,      /* of the server itself: a reload */
	LOG_CONNECTION, /* has begun or ended */
	LOG_QUERY,      /* has been answered */
};

/* Reads how much is wanted: "errors", which is all of the server itself, "connections" or
 * "queries", each with what stands before it. False if it is none of these. */
bool log_level_read(const char *text, enum log_level *level);

/* Its number for syslog(3), and for a journal in "<4>" before a line (sd-daemon(3)). */
int log_level_priority(enum log_level level);

/* Is the descriptor a stream to the journal, as JOURNAL_STREAM says (systemd.exec(5))? */
bool log_level_to_journal(int fd);

#endif
