/* request_states.h - what the files that read a head share. The reading is always in one of some
 * states: each goes on over the bytes that belong to it, and is left at the first byte that does
 * not, which either ends it or is wrong. */
#ifndef REQUEST_STATES_H
#define REQUEST_STATES_H

#include <stdbool.h>
#include <stddef.h>

#include "request_head.h"

enum request_state {
	IN_METHOD, /* all zero: the beginning */
	IN_EMPTY_LINE,
	BEFORE_TARGET,
	IN_SCHEME,
	IN_AUTHORITY,
	IN_PATH,
	IN_QUERY,
	IN_OTHER_TARGET, /* of a method that is refused in the end */
	IN_VERSION,
	AFTER_REQUEST_LINE,
	IN_NAME,
	IN_VALUE,
	AFTER_VALUE,
	AFTER_LAST_LINE,
};

/* Each takes the byte at `at`, the first that does not belong to its state: false if it is refused.
 * Those of request_line.c, RFC 9112, section 3: */
bool request_leave_method(struct request *request, const char *head, size_t at);
bool request_leave_empty_line(struct request *request, const char *head, size_t at);
bool request_leave_before_target(struct request *request, const char *head, size_t at);
bool request_leave_scheme(struct request *request, const char *head, size_t at);
bool request_leave_authority(struct request *request, const char *head, size_t at);
bool request_leave_path(struct request *request, const char *head, size_t at);
bool request_leave_query(struct request *request, const char *head, size_t at);
bool request_leave_other_target(struct request *request, const char *head, size_t at);
bool request_leave_version(struct request *request, const char *head, size_t at);
bool request_leave_request_line(struct request *request, const char *head, size_t at);

/* and those of request_headers.c, section 5: */
bool request_leave_name(struct request *request, const char *head, size_t at);
bool request_leave_value(struct request *request, const char *head, size_t at);
bool request_leave_line(struct request *request, const char *head, size_t at);

/* Returns false. */
static inline bool
request_refuse(struct request *request, enum refusal refusal)
{
	request->refusal = (uint8_t)refusal;
	return false;
}

/* What begins at `begin` is read next. Returns true. */
static inline bool
request_enter(struct request *request, enum request_state state, size_t begin)
{
	request->state = (uint8_t)state;
	request->begin = (uint16_t)begin;
	return true;
}

/* What is being read, up to `end`. */
static inline struct request_span
request_span_to(const struct request *request, size_t end)
{
	return (struct request_span){ request->begin, (uint16_t)(end - request->begin) };
}

/* Refuses all but LF. */
static inline bool
request_take_line_feed(struct request *request, char c)
{
	return c == '\n' || request_refuse(request, REFUSED_LINES);
}

/* Is `text` the beginning of `whole`, which is in lower case, but for the case of its letters? */
static inline bool
request_begins(const char *whole, const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && whole[i] != '\0' &&
	    (text[i] == whole[i] || (whole[i] >= 'a' && (text[i] | 0x20) == whole[i])))
		i++;
	return i == length;
}

/* The value of a line, whose colon is before `begin` and whose CR is at `end`, without the white
 * space around it. */
static inline struct request_span
request_find_value(const char *head, size_t begin, size_t end)
{
	while (begin < end && (head[begin] == ' ' || head[begin] == '\t'))
		begin++;
	while (end > begin && (head[end - 1] == ' ' || head[end - 1] == '\t'))
		end--;
	return (struct request_span){ (uint16_t)begin, (uint16_t)(end - begin) };
}

#endif
