/* http_scan.c - hides the states of a header section. */
#include "http_scan.h"

#include <stdbool.h>

enum state {
	REQUEST_LINE,
	REQUEST_LINE_CR,
	LINE_START,
	NAME,
	VALUE,
	VALUE_CR,
	LAST_CR, /* on the empty line that ends the section */
	BAD,     /* nothing that follows is looked at */
};

/* tchar of RFC 9110, section 5.6.2. */
static bool
is_token(unsigned char c)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
		return true;
	for (int i = 0; others[i] != '\0'; i++)
		if (c == (unsigned char)others[i])
			return true;
	return false;
}

/* In a line, `state`, whose end is announced by a CR. */
static enum state
in_line(unsigned char c, enum state state, enum state after_cr)
{
	if (c == '\r')
		return after_cr;
	return c == '\n' || c == '\0' ? BAD : state;
}

static enum state
next_state(enum state state, unsigned char c)
{
	switch (state) {
	case REQUEST_LINE:
		return in_line(c, REQUEST_LINE, REQUEST_LINE_CR);
	case REQUEST_LINE_CR:
	case VALUE_CR:
		return c == '\n' ? LINE_START : BAD;
	case LINE_START:
		if (c == '\r')
			return LAST_CR;
		return is_token(c) ? NAME : BAD;
	case NAME:
		if (c == ':')
			return VALUE;
		return is_token(c) ? NAME : BAD;
	case VALUE:
		return in_line(c, VALUE, VALUE_CR);
	case LAST_CR:
		return c == '\n' ? REQUEST_LINE : BAD;
	case BAD:
		return BAD;
	}
	return BAD;
}

void
http_scan_bytes(struct http_scan *scan, const char *bytes, size_t length)
{
	enum state state = (enum state)scan->state;

	for (size_t i = 0; i < length && state != BAD; i++) {
		bool may_end = state == LAST_CR;

		state = next_state(state, (unsigned char)bytes[i]);
		scan->length++;
		if (scan->length > scan->longest)
			scan->longest = scan->length;
		if (may_end && state == REQUEST_LINE) {
			scan->complete++;
			scan->length = 0;
		}
	}
	if (state == BAD && scan->bad == 0)
		scan->bad = scan->complete + 1;
	scan->state = (uint8_t)state;
}
