/* log_level.c - names and numbers of levels. */
#include "log_level.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>

bool
log_level_read(const char *text, enum log_level *level)
{
	static const struct {
		const char *name;
		enum log_level level;
	} names[] = {
		{ "errors", LOG_EVENT },
		{ "connections", LOG_CONNECTION },
		{ "queries", LOG_QUERY },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(text, names[i].name) == 0) {
			*level = names[i].level;
			return true;
		}
	return false;
}

int
log_level_priority(enum log_level level)
{
	static const int priorities[] = {
		[LOG_ERROR] = LOG_ERR,
		[LOG_WARN] = LOG_WARNING,
		[LOG_EVENT] = LOG_NOTICE,
		[LOG_CONNECTION] = LOG_INFO,
		[LOG_QUERY] = LOG_INFO,
	};

	return priorities[level];
}

bool
log_level_to_journal(int fd)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char own[48];
	struct stat here;

	if (stream == NULL || fstat(fd, &here) != 0)
		return false;
	snprintf(own, sizeof(own), "%llu:%llu", (unsigned long long)here.st_dev,
	    (unsigned long long)here.st_ino);
	return strcmp(stream, own) == 0;
}
