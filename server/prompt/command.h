/* command.h - the commands of a session (server/prompt/PROTOCOL.md, "Commands"). */
#ifndef COMMAND_H
#define COMMAND_H

#include "prompt_state.h"

/* Is the line, which has been stripped, a command in the prompt's mode? */
bool command_is(const struct prompt *prompt, const char *line, size_t length);

/* Does what the line says, and writes the answer, some kilobytes at most. */
enum command_result command_run(struct prompt *prompt, const char *line, size_t length);

#endif
