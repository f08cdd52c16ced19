/* dict.h - the conversation of server/dict/DICT.md with one client. */
#ifndef DICT_H
#define DICT_H

#include "dict_state.h"
#include "face.h"

struct connection;

extern const struct face dict_face;

/* `connection` must outlive it. */
void dict_init(struct dict *dict, struct connection *connection);

/* Frees what it holds, at whatever await it is. */
void dict_release(struct dict *dict);

/* The coroutine: goes on with the conversation as far as the stream lets it.
 * CORO_DONE: the conversation is over. */
enum coro_status dict_run(struct dict *dict);

#endif
