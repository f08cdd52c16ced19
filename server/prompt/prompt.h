/* prompt.h - the conversation of server/prompt/PROTOCOL.md with one client. */
#ifndef PROMPT_H
#define PROMPT_H

#include "face.h"
#include "prompt_state.h"

extern const struct face prompt_face;

/* `connection` must outlive the prompt. */
void prompt_init(struct prompt *prompt, struct connection *connection);

/* Frees what the prompt holds, at whatever await it is. */
void prompt_release(struct prompt *prompt);

/* The coroutine: goes on with the conversation as far as the stream lets it.
 * CORO_DONE: the conversation is over. */
enum coro_status prompt_run(struct prompt *prompt);

/* Why the conversation ended, once it is over. */
enum close_reason prompt_reason(const struct prompt *prompt);

#endif
