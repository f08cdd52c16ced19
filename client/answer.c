/* answer.c - the parts of an answer: rows, and a line that sums them up. */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "controls.h"

bool
answer_is_text(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (controls_end_at(text, i) && text[i] != '\t' && text[i] != '\r' && text[i] != '\n')
			return false;
	return true;
}

struct span {
	const char *text, *end;
};

static bool
skip(struct span *span, const char *prefix)
{
	size_t length = strlen(prefix);

	if ((size_t)(span->end - span->text) < length || memcmp(span->text, prefix, length) != 0)
		return false;
	span->text += length;
	return true;
}

static bool
skip_number(struct span *span, uint64_t *number)
{
	const char *begin = span->text;

	for (*number = 0; span->text < span->end && *span->text >= '0' && *span->text <= '9';
	     span->text++)
		*number = *number * 10 + (uint64_t)(*span->text - '0');
	return span->text > begin && span->text - begin < 10;
}

/* "5 matches for ", "21-40 of 134 matches for ", "0 of 5 matches for ", "No match for " */
static bool
skip_count(struct span *span, uint64_t *count)
{
	uint64_t first, last, total;

	if (skip(span, "No match for ")) {
		*count = 0;
		return true;
	}
	if (!skip_number(span, &first))
		return false;
	total = last = first;
	*count = first;
	if (skip(span, "-")) {
		if (!skip_number(span, &last) || last < first || !skip(span, " of ") ||
		    !skip_number(span, &total))
			return false;
		*count = last - first + 1;
	} else if (skip(span, " of ")) {
		*count = first > 0;
		if (!skip_number(span, &total))
			return false;
	}
	return skip(span, total == 1 ? " match for " : " matches for ");
}

/* Is this the query, quoted? As far as it is quoted as it is, which needs no tables: the rest is
 * left to the next answer. */
static bool
quotes(struct span span, const char *query, size_t length)
{
	size_t i = 0;

	if (!skip(&span, "'") && !skip(&span, "\"") && !skip(&span, "\\\""))
		return false;
	while (i < length && query[i] >= 0x20 && query[i] < 0x7F && strchr("'\"\\", query[i]) == NULL) {
		if (span.text == span.end || *span.text++ != query[i++])
			return false;
	}
	return i < length || skip(&span, "'") || skip(&span, "\"") || skip(&span, "\\\"");
}

static bool
parse_status(struct answer *answer, struct span span, const char *query, size_t length)
{
	if (skip(&span, "Error: ")) {
		answer->error = span.text;
		answer->error_length = (size_t)(span.end - span.text);
		return answer->rows_length == 0;
	}
	return skip_count(&span, &answer->count) && quotes(span, query, length);
}

static void
drop_hint(struct answer *answer)
{
	static const char hint[] = "; :more for the next";
	size_t length = sizeof(hint) - 1;

	if (answer->status_length > length &&
	    memcmp(answer->status + answer->status_length - length, hint, length) == 0)
		answer->status_length -= length;
}

/* {"status":"No match for 'x'","total":0,"first":1,"count":0,"more":false} */
static bool
parse_object(struct answer *answer, struct span span, const char *query, size_t length)
{
	if (!skip(&span, "{\"status\":\"") || span.text == span.end || span.end[-1] != '}')
		return false;
	if (!parse_status(answer, span, query, length))
		return false;
	if (answer->error != NULL) {
		const char *quote = memmem(answer->error, answer->error_length, "\",\"total\":", 10);

		if (quote == NULL)
			return false;
		answer->error_length = (size_t)(quote - answer->error);
	}
	return true;
}

bool
answer_parse(struct answer *answer, enum charindex_format format, const char *text, size_t length,
    const char *query, size_t query_length)
{
	struct span span = { text, text + length };
	const char *before;

	if (length < 2 || memcmp(span.end - 2, "\r\n", 2) != 0)
		return false;
	span.end -= 2;
	before = memrchr(text, '\n', length - 2);
	span.text = before != NULL ? before + 1 : text;
	*answer = (struct answer){ .rows = text, .rows_length = (size_t)(span.text - text) };
	if (format == CHARINDEX_TSV)
		skip(&span, "#\t");
	answer->status = span.text;
	answer->status_length = (size_t)(span.end - span.text);
	/* what is wrong with a line, rather than with a query, is told so in every format */
	if (format == CHARINDEX_JSON && *span.text == '{')
		return parse_object(answer, span, query, query_length);
	if (!parse_status(answer, span, query, query_length))
		return false;
	drop_hint(answer);
	return format != CHARINDEX_JSON || answer->error != NULL;
}
