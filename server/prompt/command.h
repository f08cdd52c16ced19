/* command.h - the commands of a session (server/prompt/PROTOCOL.md, "Commands"). */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct prompt;

enum command_result {
	COMMAND_NONE,  /* the line is none */
	COMMAND_DONE,  /* it has been answered */
	COMMAND_MORE,  /* the next page is to be given */
	COMMAND_FIND,  /* the prompt's line is now the query */
	COMMAND_ABOUT, /* the prompt's line is now a character, of which all is told */
	COMMAND_QUIT,  /* the conversation ends */
};

/* Is the line, which has been stripped, a command in the prompt's mode? */
bool command_is(const struct prompt *prompt, const char *line, size_t length);

/* Does what the line says, and writes the answer, some kilobytes at most. */
enum command_result command_run(struct prompt *prompt, const char *line, size_t length);

#endif
