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
	case CLOSE_NO_MEMORY:
		return "out-of-memory";
	}
	return "unknown";
}
