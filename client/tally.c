/* tally.c - counting, and the report. */
#include "tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *error; /* NULL: it is none */
	int exit_status;
} outcomes[OUTCOME_COUNT] = {
	[OUTCOME_FOUND] = { NULL, 0 },
	[OUTCOME_NO_MATCH] = { NULL, 1 },
	[OUTCOME_WRONG] = { "not understood", 2 },
	[OUTCOME_TIMED_OUT] = { "timed out", EXIT_NO_ANSWER },
	[OUTCOME_LOST] = { "lost", EXIT_NO_ANSWER },
	[OUTCOME_DIFFERENT] = { "answered otherwise than before", EXIT_NO_ANSWER },
};

void
tally_add(struct tally *tally, const struct query *query, uint64_t latency)
{
	struct tally_example *example = &tally->examples[query->outcome];

	tally->counts[query->outcome]++;
	if (outcomes[query->outcome].error != NULL && example->line == 0) {
		example->line = query->line;
		strcpy(example->problem, query->problem);
	}
	if (query->outcome <= OUTCOME_NO_MATCH) {
		histogram_add(&tally->latency, latency);
		if (latency > tally->worst)
			tally->worst = latency;
	}
}

uint64_t
tally_done(const struct tally *tally)
{
	uint64_t done = 0;

	for (int i = 0; i < OUTCOME_COUNT; i++)
		done += tally->counts[i];
	return done;
}

uint64_t
tally_errors(const struct tally *tally)
{
	return tally_done(tally) - tally->counts[OUTCOME_FOUND] - tally->counts[OUTCOME_NO_MATCH];
}

int
tally_exit_status(const struct tally *tally)
{
	int status = 0;

	for (int i = 0; i < OUTCOME_COUNT; i++)
		if (tally->counts[i] > 0 && outcomes[i].exit_status > status)
			status = outcomes[i].exit_status;
	return status;
}

char *
tally_number(uint64_t number, char out[TALLY_NUMBER_SIZE])
{
	char digits[24];
	int length = snprintf(digits, sizeof(digits), "%" PRIu64, number);
	char *p = out;

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			*p++ = ',';
		*p++ = digits[i];
	}
	*p = '\0';
	return out;
}

/* "0.9 ms", "31 ms", "2.5 s" */
static void
put_time(struct strbuf *out, const char *name, uint64_t ns)
{
	double ms = (double)ns / 1e6;

	if (ms < 9.95)
		strbuf_printf(out, "%s %.1f ms", name, ms);
	else if (ms < 999.5)
		strbuf_printf(out, "%s %.0f ms", name, ms);
	else
		strbuf_printf(out, "%s %.1f s", name, ms / 1e3);
}

static void
put_latency(const struct tally *tally, struct strbuf *out)
{
	strbuf_puts(out, "       ");
	put_time(out, "p50", histogram_percentile(&tally->latency, 0.5));
	put_time(out, ", p99", histogram_percentile(&tally->latency, 0.99));
	put_time(out, ", worst", tally->worst);
}

static void
put_errors(const struct tally *tally, struct strbuf *out)
{
	char number[TALLY_NUMBER_SIZE];
	const char *separator = tally_errors(tally) == 1 ? "          " : "         ";

	for (int i = 0; i < OUTCOME_COUNT; i++) {
		const struct tally_example *example = &tally->examples[i];

		if (outcomes[i].error == NULL || tally->counts[i] == 0)
			continue;
		strbuf_printf(out, "%s%s %s (line %" PRIu64 ": %s)", separator,
		    tally_number(tally->counts[i], number), outcomes[i].error, example->line,
		    example->problem);
		separator = ", ";
	}
}

void
tally_report(const struct tally *tally, const struct tally_whole *whole, struct strbuf *out)
{
	char number[TALLY_NUMBER_SIZE];
	uint64_t done = tally_done(tally), errors = tally_errors(tally);
	double seconds = (double)whole->ns / 1e9;

	strbuf_printf(out, "%s %s %s, in %.2f s%s%s\n", tally_number(done, number),
	    done == 1 ? "query" : "queries", whole->of, seconds, whole->ended != NULL ? ": " : "",
	    whole->ended != NULL ? whole->ended : "");
	strbuf_printf(out, "%11s found", tally_number(tally->counts[OUTCOME_FOUND], number));
	if (done > 0)
		strbuf_printf(out, "          %s/s",
		    tally_number((uint64_t)((double)done / (seconds > 0 ? seconds : 1e-9)), number));
	strbuf_printf(out, "\n%11s no match", tally_number(tally->counts[OUTCOME_NO_MATCH], number));
	if (whole->latency && tally->latency.total > 0)
		put_latency(tally, out);
	strbuf_printf(out, "\n%11s error%s", tally_number(errors, number), errors == 1 ? "" : "s");
	put_errors(tally, out);
	strbuf_putc(out, '\n');
	if (tally->reopened > 0)
		strbuf_printf(out, "%11s connection%s lost and opened again\n",
		    tally_number(tally->reopened, number), tally->reopened == 1 ? " was" : "s were");
}
