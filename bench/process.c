/* process.c - hides the clock of a process, and the form of the files in /proc. */
#include "process.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static FILE *
open_file(pid_t pid, const char *name)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	file = fopen(path, "re");
	if (file == NULL)
		err(1, "%s", path);
	return file;
}

uint64_t
process_cpu(pid_t pid)
{
	struct timespec used;
	clockid_t clock;

	errno = clock_getcpuclockid(pid, &clock);
	if (errno != 0 || clock_gettime(clock, &used) != 0)
		err(1, "the processor time of %d", (int)pid);
	return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

/* The sum of the fields that begin with `name`. */
static uint64_t
memory(pid_t pid, const char *name)
{
	FILE *file = open_file(pid, "smaps_rollup");
	uint64_t total = 0, kilobytes;
	char line[256];

	while (fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, name, strlen(name)) == 0 &&
		    sscanf(line, "%*[^:]: %" SCNu64, &kilobytes) == 1)
			total += kilobytes * 1024;
	fclose(file);
	if (total == 0)
		errx(1, "/proc/%d/smaps_rollup says nothing of %s", (int)pid, name);
	return total;
}

uint64_t
process_private(pid_t pid)
{
	return memory(pid, "Private_");
}

uint64_t
process_resident(pid_t pid)
{
	return memory(pid, "Rss:");
}
