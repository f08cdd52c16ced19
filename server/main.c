/* main.c - charfinderd: the order in which things start and stop. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "charindex.h"
#include "config.h"
#include "descriptors.h"
#include "faces.h"
#include "http.h"
#include "index_open.h"
#include "listen_set.h"
#include "log.h"
#include "options.h"
#include "privileges.h"
#include "probe.h"
#include "program.h"
#include "server.h"
#include "synonyms.h"

/* As a reload does. */
static void
verify_index(const char *path, const struct charindex *ci)
{
	enum charindex_err error = charindex_verify(ci);

	if (error != CHARINDEX_OK)
		errx(1, "%s %s%s", path, charindex_strerror(error), index_remedy(error));
}

static void
print_index(const char *path, const struct charindex *ci)
{
	struct charindex_info info = charindex_info(ci);

	printf("Unicode %s: %u characters, %u words, from %s\n", info.unicode_version,
	    (unsigned)info.row_count, (unsigned)info.term_count, path);
}

/* That of the index is a help if there is one, and no condition. */
static void
print_version(const char *path)
{
	struct charindex *ci;
	enum charindex_err error = charindex_open(path, &ci);

	puts("charfinderd " PACKAGE_VERSION);
	if (error == CHARINDEX_OK)
		print_index(path, ci);
	else
		printf("no index: %s %s\n", path, charindex_strerror(error));
	charindex_close(ci);
}

/* NULL if the options name none. */
static struct synonyms *
read_synonyms(const char *path)
{
	char problem[SYNONYMS_PROBLEM_SIZE];
	struct synonyms *synonyms = NULL;

	if (path != NULL && (synonyms = synonyms_read(path, problem)) == NULL)
		errx(1, "%s", problem);
	return synonyms;
}

static void
print_synonyms(const char *path)
{
	struct synonyms *synonyms = read_synonyms(path);

	if (synonyms != NULL)
		printf("%u synonym%s, from %s\n", synonyms_count(synonyms),
		    synonyms_count(synonyms) == 1 ? "" : "s", path);
	synonyms_free(synonyms);
}

static void
print_check(const struct options *options)
{
	listen_set_check(options->listens, options->listen_count);
	if (options->user != NULL)
		privileges_check(options->user);
	if (options->listen_inherited)
		puts("would listen on the sockets of the service manager");
	else if (!options_listen(options, faces[0]))
		listen_set_print(options_default_listen());
	for (unsigned i = 0; i < options->listen_count; i++)
		listen_set_print(&options->listens[i]);
}

static void
serve(const struct options *options, struct charindex *ci)
{
	struct server *server = server_new(options, ci, read_synonyms(options->synonyms));

	server_run(server);
	server_free(server);
	log_stop();
}

int
main(int argc, char **argv)
{
	struct options options;
	struct charindex *ci;

	descriptors_have_standard();
	options_parse(&options, argc, argv);
	if (options.help) {
		options_print_help();
	} else if (options.version) {
		print_version(options.index);
	} else if (options.probe != NULL) {
		probe(options.probe, options_listen(&options, &admin_face) ? "" : options.http_base);
	} else if (options.check) {
		ci = index_open(options.index, 1, INDEX_ELSEWHERE);
		verify_index(options.index, ci);
		print_index(options.index, ci);
		print_synonyms(options.synonyms);
		print_check(&options);
		charindex_close(ci);
	} else {
		serve(&options, index_open(options.index, 1, INDEX_ELSEWHERE));
	}
	options_release(&options);
	program_exit(0, 1);
}
