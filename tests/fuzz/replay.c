/* replay.c - runs a fuzz target over its kept corpus, as an ordinary test: links with one
 * fuzz_NAME.c. Each input has a process of its own, so that all that fail are named.
 * Arguments are other inputs to run instead. */
#include <dirent.h>
#include <err.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fuzz.h"

struct replay {
	unsigned count, failed;
};

/* Reads the whole file; the caller frees it. */
static uint8_t *
read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	struct stat st;

	if (file == NULL || fstat(fileno(file), &st) != 0)
		err(2, "%s", path);
	*size = (size_t)st.st_size;
	bytes = malloc(*size > 0 ? *size : 1);
	if (bytes == NULL || fread(bytes, 1, *size, file) != *size)
		err(2, "%s", path);
	fclose(file);
	return bytes;
}

static void
run_file(struct replay *replay, const char *path)
{
	int status;
	pid_t pid;

	pid = fork();
	if (pid < 0)
		err(2, "fork");
	if (pid == 0) {
		size_t size;
		uint8_t *bytes = read_file(path, &size);

		LLVMFuzzerTestOneInput(bytes, size);
		free(bytes);
		exit(EXIT_SUCCESS);
	}
	if (waitpid(pid, &status, 0) != pid)
		err(2, "waitpid");
	replay->count++;
	if (status == 0)
		return;
	replay->failed++;
	fprintf(stderr, "failed: %s (%s %d)\n", path, WIFSIGNALED(status) ? "signal" : "exit status",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

/* Freed by the caller. */
static char *
path_of(const char *directory, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", directory, name) < 0)
		errx(2, "out of memory");
	return path;
}

static int
is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void
run_directory(struct replay *replay, const char *directory)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, is_visible, alphasort);

	if (count < 0)
		err(2, "%s", directory);
	for (int i = 0; i < count; i++) {
		char *path = path_of(directory, entries[i]->d_name);

		run_file(replay, path);
		free(path);
		free(entries[i]);
	}
	free(entries);
}

static void
run_corpus(struct replay *replay)
{
	const char *source = getenv("srcdir");
	char *corpus = path_of(source != NULL ? source : ".", "tests/fuzz/corpus");
	char *directory = path_of(corpus, fuzz_name);

	run_directory(replay, directory);
	free(directory);
	free(corpus);
}

int
main(int argc, char **argv)
{
	struct replay replay = { 0 };

	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++)
		run_file(&replay, argv[i]);
	if (argc == 1)
		run_corpus(&replay);
	printf("%u inputs of the corpus %s replayed, %u failed\n", replay.count, fuzz_name,
	    replay.failed);
	return replay.failed == 0 && replay.count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
