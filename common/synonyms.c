/* synonyms.c - reads the table line by line, then sorts it, so that queries are found by halving. */
#include "synonyms.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ascii.h"
#include "hash.h"
#include "utf8.h"

#define BETWEEN_ALTERNATIVES " | "

struct synonym {
	char *query, *of; /* owned */
	size_t query_length, of_length;
	unsigned line;
};

struct synonyms {
	struct synonym *list; /* in the order of compare_texts(), each query once */
	size_t count, room;
	uint64_t fingerprint;
};

/* A table while it is read. */
struct reading {
	struct synonyms *synonyms;
	const char *path;
	unsigned line;
	char *problem;
};

static bool
fail(struct reading *reading, unsigned line, const char *what)
{
	snprintf(reading->problem, SYNONYMS_PROBLEM_SIZE,
	    "%s:%u: %s; mend it, mkcharindex(1) has an example", reading->path, line, what);
	return false;
}

static bool
fail_without_memory(struct reading *reading)
{
	snprintf(reading->problem, SYNONYMS_PROBLEM_SIZE, "%s: out of memory", reading->path);
	return false;
}

static bool
fail_by_errno(struct reading *reading, const char *what)
{
	snprintf(reading->problem, SYNONYMS_PROBLEM_SIZE, "cannot %s %s: %s", what, reading->path,
	    strerror(errno));
	return false;
}

/* ---- the order ------------------------------------------------------------------- */

static int
compare_texts(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t length = a_length < b_length ? a_length : b_length;
	int difference = 0;

	for (size_t i = 0; i < length && difference == 0; i++)
		difference = ascii_lower(a[i]) - ascii_lower(b[i]);
	return difference != 0 ? difference : (a_length > b_length) - (a_length < b_length);
}

static int
compare_queries(const struct synonym *a, const struct synonym *b)
{
	return compare_texts(a->query, a->query_length, b->query, b->query_length);
}

/* What is alike stays in the order of the lines. */
static int
compare(const void *a, const void *b)
{
	const struct synonym *one = a, *other = b;
	int difference = compare_queries(one, other);

	return difference != 0 ? difference : (one->line > other->line) - (one->line < other->line);
}

static int
compare_key(const void *key, const void *member)
{
	const struct charindex_text *query = key;
	const struct synonym *synonym = member;

	return compare_texts(query->bytes, query->length, synonym->query, synonym->query_length);
}

/* ---- reading --------------------------------------------------------------------- */

static void
release(struct synonym *synonym)
{
	free(synonym->query);
	free(synonym->of);
}

static struct synonym *
add(struct synonyms *synonyms)
{
	size_t room = synonyms->room > 0 ? 2 * synonyms->room : 64;
	struct synonym *list;

	if (synonyms->count == synonyms->room) {
		list = realloc(synonyms->list, room * sizeof(*list));
		if (list == NULL)
			return NULL;
		synonyms->list = list;
		synonyms->room = room;
	}
	return &synonyms->list[synonyms->count];
}

static bool
keep(struct reading *reading, struct charindex_text query, struct charindex_text of)
{
	struct synonym *synonym = add(reading->synonyms);

	if (synonym == NULL)
		return fail_without_memory(reading);
	*synonym = (struct synonym){
		.query = strndup(query.bytes, query.length),
		.of = strndup(of.bytes, of.length),
		.query_length = query.length,
		.of_length = of.length,
		.line = reading->line,
	};
	reading->synonyms->count++; /* also if a half is missing, so that the other is freed */
	if (synonym->query == NULL || synonym->of == NULL)
		return fail_without_memory(reading);
	return true;
}

static struct charindex_text
stripped(const char *text, size_t length)
{
	const char *begin = charindex_strip(text, &length);

	return (struct charindex_text){ begin, length };
}

static bool
take_row(struct reading *reading, const char *line)
{
	const char *tab = strchr(line, '\t');
	struct charindex_text query, of;

	if (tab == NULL || strchr(tab + 1, '\t') != NULL)
		return fail(reading, reading->line, "not two columns with one tab between them");
	query = stripped(line, (size_t)(tab - line));
	of = stripped(tab + 1, strlen(tab + 1));
	if (query.length == 0 || of.length == 0)
		return fail(reading, reading->line, "one of the two columns is empty");
	if (of.length > SYNONYMS_MAX_QUERY)
		return fail(reading, reading->line, "the second column is longer than 4096 bytes");
	return keep(reading, query, of);
}

/* The second line names the columns. */
static bool
take_line(struct reading *reading, const char *line, size_t length)
{
	struct synonyms *synonyms = reading->synonyms;

	reading->line++;
	synonyms->fingerprint = hash_bytes(synonyms->fingerprint, line, length + 1);
	if (strlen(line) != length || !utf8_is_valid(line, length))
		return fail(reading, reading->line, "not UTF-8 text");
	if (reading->line > 2)
		return take_row(reading, line);
	if (reading->line == 1 ? strncmp(line, "# ", 2) == 0 : strcmp(line, "# synonym\tof") == 0)
		return true;
	return fail(reading, reading->line,
	    "the two lines of heading are not `# ` and a title, and `# synonym<TAB>of`");
}

static bool
read_lines(struct reading *reading, FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	bool right = true;

	errno = 0;
	while (right && (length = getline(&line, &size, file)) > 0) {
		if (line[length - 1] == '\n')
			line[--length] = '\0';
		right = take_line(reading, line, (size_t)length);
	}
	if (right && !feof(file))
		right = fail_by_errno(reading, "read");
	else if (right && reading->line < 2)
		right = fail(reading, reading->line + 1, "the two lines of heading are missing");
	free(line);
	return right;
}

/* Makes `synonym` stand also for what `other` does, whose query is the same. */
static bool
join(struct reading *reading, struct synonym *synonym, const struct synonym *other)
{
	size_t length = synonym->of_length + strlen(BETWEEN_ALTERNATIVES) + other->of_length;
	char *of;

	if (length > SYNONYMS_MAX_QUERY)
		return fail(reading, other->line,
		    "with the lines before it, the synonym stands for more than 4096 bytes");
	of = realloc(synonym->of, length + 1);
	if (of == NULL)
		return fail_without_memory(reading);
	stpcpy(stpcpy(of + synonym->of_length, BETWEEN_ALTERNATIVES), other->of);
	synonym->of = of;
	synonym->of_length = length;
	return true;
}

/* Makes one of those lines whose queries are the same. */
static bool
join_all(struct reading *reading)
{
	struct synonyms *synonyms = reading->synonyms;
	struct synonym *list = synonyms->list;
	size_t all = synonyms->count, kept = 0;
	bool right = true;

	if (all > 0)
		qsort(list, all, sizeof(*list), compare);
	for (size_t i = 0; i < all; i++) {
		if (kept == 0 || compare_queries(&list[kept - 1], &list[i]) != 0) {
			list[kept++] = list[i];
			continue;
		}
		right = right && join(reading, &list[kept - 1], &list[i]);
		release(&list[i]);
	}
	synonyms->count = kept;
	return right;
}

static bool
is_file(int fd)
{
	struct stat facts;

	if (fstat(fd, &facts) != 0)
		return false;
	errno = S_ISDIR(facts.st_mode) ? EISDIR : EINVAL;
	return S_ISREG(facts.st_mode);
}

/* NULL with errno. A FIFO would have us wait for somebody who writes, and a device may have no end. */
static FILE *
open_table(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), error;
	FILE *file = fd >= 0 && is_file(fd) ? fdopen(fd, "r") : NULL;

	if (file == NULL && fd >= 0) {
		error = errno;
		close(fd);
		errno = error;
	}
	return file;
}

static bool
read_table(struct reading *reading)
{
	FILE *file = open_table(reading->path);
	bool right;

	if (file == NULL)
		return fail_by_errno(reading, "open");
	right = read_lines(reading, file);
	fclose(file);
	return right && join_all(reading);
}

struct synonyms *
synonyms_read(const char *path, char problem[SYNONYMS_PROBLEM_SIZE])
{
	struct reading reading = { calloc(1, sizeof(struct synonyms)), path, 0, problem };

	if (reading.synonyms == NULL) {
		fail_without_memory(&reading);
		return NULL;
	}
	reading.synonyms->fingerprint = HASH_BEGIN;
	if (read_table(&reading))
		return reading.synonyms;
	synonyms_free(reading.synonyms);
	return NULL;
}

void
synonyms_free(struct synonyms *synonyms)
{
	if (synonyms == NULL)
		return;
	for (size_t i = 0; i < synonyms->count; i++)
		release(&synonyms->list[i]);
	free(synonyms->list);
	free(synonyms);
}

/* ---- asking ---------------------------------------------------------------------- */

unsigned
synonyms_count(const struct synonyms *synonyms)
{
	return (unsigned)synonyms->count;
}

uint64_t
synonyms_fingerprint(const struct synonyms *synonyms)
{
	return synonyms != NULL ? synonyms->fingerprint : 0;
}

void
synonyms_apply(const struct synonyms *synonyms, const char *query, size_t length,
    struct charindex_settings *settings)
{
	const struct charindex_text key = { query, length };
	const struct synonym *found = NULL;

	if (synonyms != NULL && synonyms->count > 0 && settings->mode != CHARINDEX_CLASSIC)
		found =
		    bsearch(&key, synonyms->list, synonyms->count, sizeof(*synonyms->list), compare_key);
	settings->instead = found != NULL ? found->of : NULL;
	settings->instead_length = found != NULL ? found->of_length : 0;
}
