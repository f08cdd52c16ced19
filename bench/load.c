/* load.c - the load generator: its command line. */
#include "load.h"

#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crowd.h"

static const char usage_text[] =
    "Usage: load [OPTION]... WORKLOAD PORT\n"
    "  or:  load --idle [OPTION]... WORKLOAD PORT\n"
    "  or:  load --start=N [OPTION]... WORKLOAD PORT COMMAND...\n"
    "Asks a server on 127.0.0.1 the queries of a workload file and checks the answers.\n"
    "\n"
    "  -p, --protocol=NAME   prompt (the default), memcached or redis\n"
    "  -c, --connections=N   default 64\n"
    "  -k, --in-flight=N     queries in flight on each, 1 to 256; default 1\n"
    "  -t, --seconds=S       for how long; with --idle, how long to hold; default 2\n"
    "  -n, --queries=N       at most so many; default 1000000000\n"
    "      --pid=PID         the server's, whose CPU time or memory is to be told\n"
    "      --beside=WORKLOAD --streams=N\n"
    "                        N more connections ask these meanwhile, not counted\n"
    "      --idle            open connections, ask once on each, tell the memory\n"
    "      --start=N         start COMMAND, which listens on PORT, N times: exec to answer\n"
    "      --core=N          the processor to run COMMAND on\n"
    "      --help            print this and exit\n";

enum { OPT_PID = 256, OPT_BESIDE, OPT_STREAMS, OPT_IDLE, OPT_START, OPT_CORE, OPT_HELP };

static const struct option long_options[] = {
	{ "protocol", required_argument, NULL, 'p' },
	{ "connections", required_argument, NULL, 'c' },
	{ "in-flight", required_argument, NULL, 'k' },
	{ "seconds", required_argument, NULL, 't' },
	{ "queries", required_argument, NULL, 'n' },
	{ "pid", required_argument, NULL, OPT_PID },
	{ "beside", required_argument, NULL, OPT_BESIDE },
	{ "streams", required_argument, NULL, OPT_STREAMS },
	{ "idle", no_argument, NULL, OPT_IDLE },
	{ "start", required_argument, NULL, OPT_START },
	{ "core", required_argument, NULL, OPT_CORE },
	{ "help", no_argument, NULL, OPT_HELP },
	{ NULL, 0, NULL, 0 },
};

static double
number(const char *argument, double least, double most)
{
	char *end;
	double value = strtod(argument, &end);

	if (end == argument || *end != '\0' || !(value >= least && value <= most))
		errx(2, "'%s' is not a number from %g to %g", argument, least, most);
	return value;
}

static void
take_option(struct load_options *options, int c)
{
	switch (c) {
	case 'p':
		options->protocol = optarg;
		break;
	case 'c':
		options->connections = (uint32_t)number(optarg, 1, 60000);
		break;
	case 'k':
		options->in_flight = (uint32_t)number(optarg, 1, CROWD_MAX_DEPTH);
		break;
	case 't':
		options->seconds = number(optarg, 0, 3600);
		break;
	case 'n':
		options->queries = (uint64_t)number(optarg, 1, 1e12);
		break;
	case OPT_PID:
		options->pid = (pid_t)number(optarg, 1, 1 << 22);
		break;
	case OPT_BESIDE:
		options->beside = optarg;
		break;
	case OPT_STREAMS:
		options->streams = (uint32_t)number(optarg, 1, 1000);
		break;
	case OPT_IDLE:
		options->idle = true;
		break;
	case OPT_START:
		options->starts = (uint32_t)number(optarg, 1, 1000);
		break;
	case OPT_CORE:
		options->core = (int)number(optarg, 0, 1023);
		break;
	case OPT_HELP:
		fputs(usage_text, stdout);
		exit(0);
	default:
		fputs(usage_text, stderr);
		exit(2);
	}
}

int
main(int argc, char **argv)
{
	struct load_options options = {
		.protocol = "prompt",
		.connections = 64,
		.in_flight = 1,
		.seconds = 2,
		.queries = 1000000000,
		.core = -1,
	};
	struct workload workload;
	int c;

	while ((c = getopt_long(argc, argv, "+p:c:k:t:n:", long_options, NULL)) != -1)
		take_option(&options, c);
	if (argc - optind < 2 || (argc - optind > 2) != (options.starts > 0) ||
	    (options.beside != NULL) != (options.streams > 0) || (options.idle && options.pid == 0))
		errx(2,
		    "give WORKLOAD and PORT, with --start COMMAND, with --beside --streams, "
		    "with --idle --pid; see load --help");
	workload_read(&workload, argv[optind]);
	options.port = (uint16_t)number(argv[optind + 1], 1, 65535);
	options.command = &argv[optind + 2];
	if (options.starts > 0)
		load_start(&options, &workload);
	else if (options.idle)
		load_idle(&options, &workload);
	else
		load_measure(&options, &workload);
	return 0;
}
