/* main.c - charfinderd: the order in which things start and stop. */
#include <err.h>
#include <stdio.h>

#include "charindex.h"
#include "config.h"
#include "faces.h"
#include "index_open.h"
#include "listen_set.h"
#include "log.h"
#include "options.h"
#include "program.h"
#include "server.h"

static void
print_index(const char *path, const struct charindex *ci)
{
	struct charindex_info info = charindex_info(ci);

	printf("Unicode %s: %u characters, %u words, from %s\n", info.unicode_version,
	    (unsigned)info.row_count, (unsigned)info.term_count, path);
}

static void
print_check(const struct options *options)
{
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
	struct server *server = server_new(options, ci);

	server_run(server);
	server_free(server);
	log_stop();
}

int
main(int argc, char **argv)
{
	struct options options;
	struct charindex *ci;

	options_parse(&options, argc, argv);
	if (options.help) {
		options_print_help();
	} else if (options.version || options.check) {
		if (options.version)
			puts("charfinderd " PACKAGE_VERSION);
		ci = index_open(options.index, 1);
		print_index(options.index, ci);
		if (options.check)
			print_check(&options);
		charindex_close(ci);
	} else {
		serve(&options, index_open(options.index, 1));
	}
	options_release(&options);
	program_exit(0, 1);
}
