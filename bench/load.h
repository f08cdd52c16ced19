/* load.h - what the load generator can do with a server. */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "script.h"

/* The command line. */
struct load_options {
	const char *protocol;
	uint32_t connections;
	uint32_t in_flight; /* queries on each connection */
	double seconds;
	uint64_t queries;   /* at most so many */
	pid_t pid;          /* the server's, or 0: not known */
	const char *beside; /* the workload of the streams, or NULL */
	uint32_t streams;
	bool idle;
	uint32_t starts; /* 0: the server runs already */
	int core;        /* for the server that is started; -1: any */
	uint16_t port;
	char **command; /* that starts the server */
};

/* Each prints its result as one line of name=value. */

/* Asks for some time, after every answer has been compared byte by byte once. With
 * streams, other connections ask the queries of their own workload again and again
 * meanwhile, and are not part of the result. */
void load_measure(const struct load_options *options, const struct workload *workload);

/* What memory the server needs for connections that are idle: when they have been opened,
 * and when each has asked once. */
void load_idle(const struct load_options *options, const struct workload *workload);

/* Starts the server again and again, and takes the time from exec to the last byte of the
 * first answer. */
void load_start(const struct load_options *options, const struct workload *workload);

#endif
