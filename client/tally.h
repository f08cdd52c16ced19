/* tally.h - what became of the queries: how many of each outcome, an example of what went wrong,
 * and how long answers took. */
#ifndef TALLY_H
#define TALLY_H

#include "batch_query.h"
#include "histogram.h"

/* The exit statuses of a batch, besides those of a search (options.h). */
enum { EXIT_NO_ANSWER = 3, EXIT_INTERRUPTED = 130 };

struct tally_example {
	uint64_t line; /* 0: there is none */
	char problem[160];
};

/* All zero is empty. */
struct tally {
	uint64_t counts[OUTCOME_COUNT];
	struct tally_example examples[OUTCOME_COUNT]; /* the first of each */
	uint64_t reopened;                            /* connections that were lost and opened again */
	struct histogram latency;
	uint64_t worst; /* ns */
};

/* What the report says of the whole. */
struct tally_whole {
	const char *of;    /* "to localhost:2323, 4 connections, 16 in flight each" */
	const char *ended; /* why it did before its end, or NULL */
	uint64_t ns;
	bool latency; /* has it been measured? */
};

/* A query is done: `latency` is the ns from asking to the last byte. */
void tally_add(struct tally *tally, const struct query *query, uint64_t latency);

/* Those that are done, and of these, those with an error. */
uint64_t tally_done(const struct tally *tally);
uint64_t tally_errors(const struct tally *tally);

/* 0 to 3, by what is worst. */
int tally_exit_status(const struct tally *tally);

/* Writes the report, some lines. */
void tally_report(const struct tally *tally, const struct tally_whole *whole, struct strbuf *out);

/* A number as people read it, "18,416". Room for 27 bytes; returns `out`. */
#define TALLY_NUMBER_SIZE 27
char *tally_number(uint64_t number, char out[TALLY_NUMBER_SIZE]);

#endif
