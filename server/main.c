/* main.c - charfinderd: the order in which things start and stop. */
#include <err.h>
#include <stdio.h>

#include "charindex.h"
#include "config.h"
#include "listen_set.h"
#include "options.h"
#include "server.h"

static struct charindex *
open_index(const char *path)
{
	struct charindex *ci;
	enum charindex_err error = charindex_open(path, &ci);

	if (error == CHARINDEX_ERR_OPEN)
		err(1, "%s %s", path, charindex_strerror(error));
	if (error != CHARINDEX_OK)
		errx(1, "%s %s", path, charindex_strerror(error));
	return ci;
}

static void
print_index(const char *path, const struct charindex *ci)
{
	struct charindex_info info = charindex_info(ci);

	printf("Unicode %s: %u characters, %u words, from %s\n", info.unicode_version,
	    (unsigned)info.row_count, (unsigned)info.term_count, path);
}

int
main(int argc, char **argv)
{
	struct options options;
	struct charindex *ci;

	options_parse(&options, argc, argv);
	if (options.help) {
		options_print_help();
	} else {
		if (options.version)
			puts("charfinderd " PACKAGE_VERSION);
		ci = open_index(options.index);
		if (options.version || options.check)
			print_index(options.index, ci);
		if (options.check && !options.version)
			listen_set_print(options.listens, options.listen_count);
		if (!options.version && !options.check) {
			struct server *server = server_new(&options, ci);

			server_run(server);
			server_free(server);
		}
		charindex_close(ci);
	}
	options_release(&options);
	if (fflush(stdout) != 0 || ferror(stdout))
		err(1, "cannot write to standard output");
	return 0;
}
