/* leftovers.c - hides how the kernel is asked what a process has. */
#include "leftovers.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "unit.h"

static unsigned descriptors_before, maps_before;

static unsigned
count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	unsigned count = 0;

	UNIT_HOLDS(directory != NULL);
	while (readdir(directory) != NULL)
		count++;
	closedir(directory);
	return count;
}

/* How many files that index_file_make() has named are mapped. */
static unsigned
count_maps(void)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512];
	unsigned count = 0;

	UNIT_HOLDS(maps != NULL);
	while (fgets(line, sizeof(line), maps) != NULL)
		count += strstr(line, "memfd:index") != NULL;
	fclose(maps);
	return count;
}

void
leftovers_remember(void)
{
	descriptors_before = count_descriptors();
	maps_before = count_maps();
}

void
leftovers_must_be_none(void)
{
	ck_assert_uint_eq(count_descriptors(), descriptors_before);
	ck_assert_uint_eq(count_maps(), maps_before);
}
