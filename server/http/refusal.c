/* refusal.c - the table of refusals. */
#include "refusal.h"

static const struct {
	int status;
	const char *detail;
} refusals[] = {
	[REFUSED_NOT] = { 0, "" },
	[REFUSED_NO_REQUEST] = { 400, "That is not an HTTP/1.1 request (RFC 9112)." },
	[REFUSED_LINES] = { 400,
	    "Lines end with CR LF, and a header is a name, a colon and a value "
	    "on one line (RFC 9112)." },
	[REFUSED_TARGET] = { 400, "The target of a request begins with a slash." },
	[REFUSED_NOT_ASCII] = { 400,
	    "What is not ASCII in the target of a request is written with percent "
	    "escapes (RFC 3986), as %E2%99%97 for U+2657." },
	[REFUSED_NO_HOST] = { 400, "A request has one header Host (RFC 9112)." },
	[REFUSED_HOST] = { 400,
	    "Host is a host and perhaps a port (RFC 9110), and the same as in the "
	    "target, if that has one." },
	[REFUSED_FRAMING] = { 400,
	    "A request must not have a body; leave out Content-Length and "
	    "Transfer-Encoding." },
	[REFUSED_METHOD] = { 405, "There is nothing but GET, HEAD and OPTIONS here." },
	[REFUSED_BODY] = { 413,
	    "A request must not have a body; send GET or HEAD without "
	    "Content-Length." },
	[REFUSED_EXPECTATION] = { 417, "No expectation can be met here; leave out Expect." },
	[REFUSED_SIZE] = { 431, "The request line and headers are longer than 16 KB." },
	[REFUSED_HEADERS] = { 431, "A request has at most 100 headers." },
	[REFUSED_UNKNOWN_METHOD] = { 501, "The method is not known; send GET or HEAD." },
	[REFUSED_VERSION] = { 505, "The versions of HTTP that are spoken here are 1.1 and 1.0." },
};

int
refusal_status(enum refusal refusal)
{
	return refusals[refusal].status;
}

const char *
refusal_detail(enum refusal refusal)
{
	return refusals[refusal].detail;
}
