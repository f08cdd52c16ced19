/* process.c - hides the form of the files in /proc. */
#include "process.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
	FILE *file = open_file(pid, "stat");
	char line[1024] = "";
	size_t length = fread(line, 1, sizeof(line) - 1, file);
	uint64_t user, system;
	const char *fields;

	fclose(file);
	line[length] = '\0';
	/* the second field is the name, in parentheses, and may hold anything */
	fields = strrchr(line, ')');
	if (fields == NULL ||
	    sscanf(fields, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64, &user,
	        &system) != 2)
		errx(1, "/proc/%d/stat has another form than expected", (int)pid);
	return (user + system) * (1000000000u / (uint64_t)sysconf(_SC_CLK_TCK));
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
