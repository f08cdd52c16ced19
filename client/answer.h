/* answer.h - what an answer of the prompt says, and whether it is one (server/prompt/PROTOCOL.md,
 * "The answer"). What comes over a network may be anything: an answer that does not tell as many
 * rows as it has, or tells of another query, is none. */
#ifndef ANSWER_H
#define ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charindex.h"

struct answer {
	const char *rows; /* each ended by CRLF */
	size_t rows_length;
	const char *status; /* the line that comes last, without its end, what marks it in TSV, nor a
	                     * hint to :more */
	size_t status_length;
	const char *error; /* what is wrong with the query, or NULL */
	size_t error_length;
	uint64_t count; /* rows, as the status has it */
};

/* Has it no control characters but those between columns and lines? Others would do with a terminal
 * what the server likes; a charfinderd escapes them. */
bool answer_is_text(const char *text, size_t length);

/* Takes an answer to `query` apart; whether it has `count` rows is left to whoever counts them. False
 * if it is none. */
bool answer_parse(struct answer *answer, enum charindex_format format, const char *text,
    size_t length, const char *query, size_t query_length) __attribute__((warn_unused_result));

#endif
