/* dict_command.h - what can be said to the DICT face. */
#ifndef DICT_COMMAND_H
#define DICT_COMMAND_H

#include <stdbool.h>

struct dict;
struct dict_command;

/* The command that the words of the line are; NULL for none, be there no words or wrong ones. */
const struct dict_command *dict_command_find(const struct dict *dict);

/* Does it look something up, which an address may do so often in a second? */
bool dict_command_is_query(const struct dict *dict);

/* Does it take long, so that the stream is to let it through? */
bool dict_command_is_costly(const struct dict *dict);

/* Writes the answer to the line, or what is wrong with it. False if it ends the conversation, for
 * dict->reason. */
bool dict_command_run(struct dict *dict);

/* Writes the answer to a line that is too long. */
void dict_command_too_long(struct dict *dict);

#endif
