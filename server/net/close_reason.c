/* close_reason.c - what the log calls each reason. */
#include "close_reason.h"

const char *
close_reason_name(enum close_reason reason)
{
	switch (reason) {
	case CLOSE_END_OF_INPUT:
		return "end-of-input";
	case CLOSE_QUIT:
		return "quit";
	case CLOSE_INTERRUPT:
		return "interrupt";
	case CLOSE_NO_LINE_END:
		return "no-line-end";
	case CLOSE_RESET:
		return "reset";
	case CLOSE_SHUTDOWN:
		return "shutdown";
	case CLOSE_CANCELLED:
		return "shutdown-timeout";
	case CLOSE_IDLE:
		return "idle-timeout";
	case CLOSE_SLOW_LINE:
		return "line-timeout";
	case CLOSE_SLOW_READER:
		return "answer-timeout";
	case CLOSE_PROXY_HEADER:
		return "proxy-header";
	case CLOSE_TOO_MANY:
		return "max-clients-per-address";
	case CLOSE_ANSWERED:
		return "answered";
	case CLOSE_BAD_REQUEST:
		return "bad-request";
	case CLOSE_NO_MEMORY:
		return "out-of-memory";
	}
	return "unknown";
}
