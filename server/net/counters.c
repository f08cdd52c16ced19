/* counters.c - hides how counters are named and shown. One row of the table owns all
 * there is to know of a counter. */
#include "counters.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "config.h"

struct counter_row {
	const char *family;
	const char *help;  /* NULL: same family as the row before */
	const char *label; /* NULL: none */
};

static const struct counter_row rows[COUNTER_COUNT] = {
	[COUNTER_REFUSED_CLIENTS] = { "charfinder_connections_refused_total",
	    "Connections closed at once, by reason.", "reason=\"max-clients\"" },
	[COUNTER_REFUSED_ADDRESS] = { "charfinder_connections_refused_total", NULL,
	    "reason=\"max-clients-per-address\"" },
	[COUNTER_REFUSED_MEMORY] = { "charfinder_connections_refused_total", NULL,
	    "reason=\"out-of-memory\"" },
	[COUNTER_QUERIES] = { "charfinder_queries_total", "Queries answered.", NULL },
	[COUNTER_ROWS] = { "charfinder_rows_total", "Rows of answers.", NULL },
	[COUNTER_RATIONED] = { "charfinder_queries_rationed_total",
	    "Queries that had to wait, or were refused, for their address had asked too many.", NULL },
	[COUNTER_CACHE_HITS] = { "charfinder_cache_requests_total",
	    "Queries that the seed's rule does not answer, by whether the answer was kept.",
	    "result=\"hit\"" },
	[COUNTER_CACHE_MISSES] = { "charfinder_cache_requests_total", NULL, "result=\"miss\"" },
	[COUNTER_ERRORS_TOO_LONG] = { "charfinder_errors_total",
	    "Lines answered with an error, and failures to accept, by kind.", "kind=\"too-long\"" },
	[COUNTER_ERRORS_UTF8] = { "charfinder_errors_total", NULL, "kind=\"utf8\"" },
	[COUNTER_ERRORS_QUERY] = { "charfinder_errors_total", NULL, "kind=\"query\"" },
	[COUNTER_ERRORS_ACCEPT] = { "charfinder_errors_total", NULL, "kind=\"accept\"" },
	[COUNTER_HTTP_2XX] = { "charfinder_http_requests_total",
	    "Requests answered, by the first digit of the status.", "class=\"2xx\"" },
	[COUNTER_HTTP_3XX] = { "charfinder_http_requests_total", NULL, "class=\"3xx\"" },
	[COUNTER_HTTP_4XX] = { "charfinder_http_requests_total", NULL, "class=\"4xx\"" },
	[COUNTER_HTTP_5XX] = { "charfinder_http_requests_total", NULL, "class=\"5xx\"" },
	[COUNTER_HTTP_NOT_MODIFIED] = { "charfinder_http_not_modified_total",
	    "Requests whose client had the answer.", NULL },
};

/* What is shown of each face, with its name as the label. */
static const struct {
	const char *family, *help;
	size_t offset; /* in struct face_counters */
} face_rows[] = {
	{ "charfinder_connections_accepted_total", "Connections accepted, by what they speak.",
	    offsetof(struct face_counters, accepted) },
	{ "charfinder_received_bytes_total", "Bytes from clients.",
	    offsetof(struct face_counters, traffic.received) },
	{ "charfinder_sent_bytes_total", "Bytes to clients.",
	    offsetof(struct face_counters, traffic.sent) },
};

#define FACE_ROWS ((int)(sizeof(face_rows) / sizeof(face_rows[0])))

/* Upper bounds of the buckets, in nanoseconds and as shown. */
static const struct {
	uint64_t bound;
	const char *label;
} buckets[COUNTERS_BUCKETS] = {
#define MICROSECONDS(n) (UINT64_C(n) * 1000)
	{ MICROSECONDS(10), "1e-05" },
	{ MICROSECONDS(20), "2e-05" },
	{ MICROSECONDS(50), "5e-05" },
	{ MICROSECONDS(100), "0.0001" },
	{ MICROSECONDS(200), "0.0002" },
	{ MICROSECONDS(500), "0.0005" },
	{ MICROSECONDS(1000), "0.001" },
	{ MICROSECONDS(2000), "0.002" },
	{ MICROSECONDS(5000), "0.005" },
	{ MICROSECONDS(10000), "0.01" },
	{ MICROSECONDS(20000), "0.02" },
	{ MICROSECONDS(50000), "0.05" },
	{ MICROSECONDS(100000), "0.1" },
	{ MICROSECONDS(200000), "0.2" },
	{ MICROSECONDS(500000), "0.5" },
	{ MICROSECONDS(1000000), "1" },
	{ MICROSECONDS(2000000), "2" },
	{ MICROSECONDS(5000000), "5" },
	{ MICROSECONDS(10000000), "10" },
	{ UINT64_MAX, "+Inf" },
#undef MICROSECONDS
};

void
counters_add_answers(struct face_counters *counters, uint64_t answers, uint64_t nanoseconds)
{
	int i = 0;

	while (nanoseconds > buckets[i].bound)
		i++;
	counter_add(&counters->answers[i], answers);
	counter_add(&counters->answer_nanoseconds, answers * nanoseconds);
}

static uint64_t
read_counter(const _Atomic uint64_t *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}

static void
sum_face(struct face_counters *sum, const struct face_counters *other)
{
	counter_add(&sum->accepted, read_counter(&other->accepted));
	counter_add(&sum->closed, read_counter(&other->closed));
	counter_add(&sum->traffic.received, read_counter(&other->traffic.received));
	counter_add(&sum->traffic.sent, read_counter(&other->traffic.sent));
	for (int i = 0; i < COUNTERS_BUCKETS; i++)
		counter_add(&sum->answers[i], read_counter(&other->answers[i]));
	counter_add(&sum->answer_nanoseconds, read_counter(&other->answer_nanoseconds));
}

void
counters_sum(struct counters *sum, const struct counters *other)
{
	for (int i = 0; i < COUNTERS_FACES; i++)
		sum_face(&sum->faces[i], &other->faces[i]);
	for (int i = 0; i < COUNTER_COUNT; i++)
		counter_add(&sum->values[i], read_counter(&other->values[i]));
	for (int i = 0; i < CLOSE_REASON_COUNT; i++)
		counter_add(&sum->closed[i], read_counter(&other->closed[i]));
	counter_add(&sum->cache_bytes, read_counter(&other->cache_bytes));
}

static void
put_heading(FILE *out, const char *family, const char *help, const char *type)
{
	fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", family, help, family, type);
}

static void
put_rows(FILE *out, const struct counters *sum)
{
	for (int i = 0; i < COUNTER_COUNT; i++) {
		const struct counter_row *row = &rows[i];
		uint64_t value = read_counter(&sum->values[i]);

		if (row->help != NULL)
			put_heading(out, row->family, row->help, "counter");
		if (row->label != NULL)
			fprintf(out, "%s{%s} %" PRIu64 "\n", row->family, row->label, value);
		else
			fprintf(out, "%s %" PRIu64 "\n", row->family, value);
	}
}

static uint64_t
open_now(const struct face_counters *face)
{
	return read_counter(&face->accepted) - read_counter(&face->closed);
}

uint64_t
counters_open(const struct counters *sum)
{
	uint64_t open = 0;

	for (int i = 0; i < COUNTERS_FACES; i++)
		open += open_now(&sum->faces[i]);
	return open;
}

static void
put_face_value(FILE *out, const char *family, const char *face, uint64_t value)
{
	fprintf(out, "%s{face=\"%s\"} %" PRIu64 "\n", family, face, value);
}

static void
put_faces(FILE *out, const struct counters *sum, const char *const faces[COUNTERS_FACES])
{
	static const char open_family[] = "charfinder_connections_open";

	for (int n = 0; n < FACE_ROWS; n++) {
		put_heading(out, face_rows[n].family, face_rows[n].help, "counter");
		for (int i = 0; i < COUNTERS_FACES && faces[i] != NULL; i++) {
			const char *counters = (const char *)&sum->faces[i];

			put_face_value(out, face_rows[n].family, faces[i],
			    read_counter((const _Atomic uint64_t *)(counters + face_rows[n].offset)));
		}
	}
	put_heading(out, open_family, "Connections open now, by what they speak.", "gauge");
	for (int i = 0; i < COUNTERS_FACES && faces[i] != NULL; i++)
		put_face_value(out, open_family, faces[i], open_now(&sum->faces[i]));
}

static void
put_closed(FILE *out, const struct counters *sum)
{
	static const char family[] = "charfinder_connections_closed_total";

	put_heading(out, family, "Connections closed, by reason.", "counter");
	for (int i = 0; i < CLOSE_REASON_COUNT; i++)
		fprintf(out, "%s{reason=\"%s\"} %" PRIu64 "\n", family,
		    close_reason_name((enum close_reason)i), read_counter(&sum->closed[i]));
}

static void
put_answer_times_of(FILE *out, const char *family, const char *face,
    const struct face_counters *sum)
{
	uint64_t nanoseconds = read_counter(&sum->answer_nanoseconds), count = 0;

	for (int i = 0; i < COUNTERS_BUCKETS; i++) {
		count += read_counter(&sum->answers[i]);
		fprintf(out, "%s_bucket{face=\"%s\",le=\"%s\"} %" PRIu64 "\n", family, face,
		    buckets[i].label, count);
	}
	fprintf(out, "%s_sum{face=\"%s\"} %" PRIu64 ".%09" PRIu64 "\n", family, face,
	    nanoseconds / 1000000000, nanoseconds % 1000000000);
	fprintf(out, "%s_count{face=\"%s\"} %" PRIu64 "\n", family, face, count);
}

static void
put_answer_times(FILE *out, const struct counters *sum, const char *const faces[COUNTERS_FACES])
{
	static const char family[] = "charfinder_answer_seconds";

	put_heading(out, family,
	    "Time from the turn that begins an answer to its last byte, by what is spoken.",
	    "histogram");
	for (int i = 0; i < COUNTERS_FACES && faces[i] != NULL; i++)
		put_answer_times_of(out, family, faces[i], &sum->faces[i]);
}

static void
put_gauge(FILE *out, const char *family, const char *help, double value)
{
	put_heading(out, family, help, "gauge");
	fprintf(out, "%s %.15g\n", family, value);
}

/* What is so, and is not counted. */
static void
put_server(FILE *out, const struct counters_server *server)
{
	put_heading(out, "charfinder_build_info", "1, with the version of the daemon.", "gauge");
	fprintf(out, "charfinder_build_info{version=\"%s\"} 1\n", PACKAGE_VERSION);
	put_gauge(out, "process_start_time_seconds", "When the daemon was started, since 1970.",
	    server->started);
	put_gauge(out, "charfinder_connections_max", "Connections that there may be: --max-clients.",
	    (double)server->max_clients);
	put_gauge(out, "charfinder_workers", "Threads that serve.", (double)server->workers);
	put_gauge(out, "charfinder_last_reload_successful",
	    "Whether the last reload, if any, succeeded.", !server->last_reload_failed);
	put_gauge(out, "charfinder_index_loaded_time_seconds",
	    "When the index that is served was loaded, since 1970.", server->loaded);
	put_gauge(out, "charfinder_generation", "Number of the index generation that is served.",
	    (double)server->generation);
}

char *
counters_format(const struct counters *sum, const struct counters_server *server, size_t *length)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, length);

	if (out == NULL)
		return NULL;
	put_faces(out, sum, server->faces);
	put_rows(out, sum);
	put_closed(out, sum);
	put_answer_times(out, sum, server->faces);
	put_heading(out, "charfinder_reloads_total", "Reloads of the index, by result.", "counter");
	fprintf(out, "charfinder_reloads_total{result=\"done\"} %" PRIu64 "\n", server->reloads_done);
	fprintf(out, "charfinder_reloads_total{result=\"failed\"} %" PRIu64 "\n",
	    server->reloads_failed);
	put_heading(out, "charfinder_log_lines_dropped_total",
	    "Lines of the log that nobody will see: they were not read in time, or not written.",
	    "counter");
	fprintf(out, "charfinder_log_lines_dropped_total %" PRIu64 "\n", server->log_lines_dropped);
	put_gauge(out, "charfinder_cache_bytes", "Memory that answers are kept in, of all workers.",
	    (double)read_counter(&sum->cache_bytes));
	put_server(out, server);
	if (fclose(out) != 0) {
		free(text);
		return NULL;
	}
	return text;
}
