/* workload.c - hides the form of a workload file. */
#include "workload.h"

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct piece
map_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	void *map;

	if (fd < 0 || fstat(fd, &status) != 0)
		err(1, "%s", path);
	if (status.st_size == 0)
		errx(1, "%s is empty", path);
	map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (map == MAP_FAILED)
		err(1, "%s", path);
	close(fd);
	return (struct piece){ map, (size_t)status.st_size };
}

/* Takes `length` bytes from the front of `rest`. */
static struct piece
take(struct piece *rest, size_t length, const char *path)
{
	struct piece taken = { rest->bytes, length };

	if (length > rest->length)
		errx(1, "%s ends in the middle of an answer", path);
	rest->bytes += length;
	rest->length -= length;
	return taken;
}

/* Takes a line, and gives it without its LF. */
static struct piece
take_line(struct piece *rest, const char *path)
{
	const char *end = memchr(rest->bytes, '\n', rest->length);
	struct piece line;

	if (end == NULL)
		errx(1, "%s ends in the middle of a line", path);
	line = take(rest, (size_t)(end - rest->bytes) + 1, path);
	line.length--;
	return line;
}

static size_t
number(struct piece line, const char *path)
{
	size_t value = 0;

	for (size_t i = 0; i < line.length; i++) {
		if (line.bytes[i] < '0' || line.bytes[i] > '9' || i == 10)
			errx(1, "%s: '%.*s' is not the length of an answer", path, (int)line.length,
			    line.bytes);
		value = 10 * value + (size_t)(line.bytes[i] - '0');
	}
	return value;
}

static void
add(struct workload *workload, struct piece query, struct piece answer)
{
	uint32_t n = workload->count++;

	/* a power of two: the room is doubled */
	if ((n & (n - 1)) == 0) {
		size_t room = n == 0 ? 1 : 2 * (size_t)n;

		workload->queries = reallocarray(workload->queries, room, sizeof(struct piece));
		workload->answers = reallocarray(workload->answers, room, sizeof(struct piece));
		if (workload->queries == NULL || workload->answers == NULL)
			errx(1, "out of memory");
	}
	workload->queries[n] = query;
	workload->answers[n] = answer;
}

void
workload_read(struct workload *workload, const char *path)
{
	struct piece rest = map_file(path);

	*workload = (struct workload){ 0 };
	while (rest.length > 0) {
		struct piece query = take_line(&rest, path);
		size_t length = number(take_line(&rest, path), path);

		add(workload, query, take(&rest, length, path));
	}
}
