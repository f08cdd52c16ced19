/* answer_reader.h - answers out of the bytes of a connection, however they are cut: an answer ends
 * where a line begins with the prompt (server/prompt/PROTOCOL.md). No row begins so. */
#ifndef ANSWER_READER_H
#define ANSWER_READER_H

#include "strbuf.h"

/* An answer that is longer is none: no index has so many rows. */
#define ANSWER_MAX_LENGTH (64u << 20)

/* All zero is a connection from which nothing has been read. */
struct answer_reader {
	struct strbuf kept;     /* what came before and is no whole answer */
	const char *text, *end; /* what is being read */
	size_t searched;        /* bytes of `text` in which no answer ends */
};

void answer_reader_release(struct answer_reader *reader);

/* Reads on, in `bytes`, until answer_reader_keep(). False if there is no memory, or the answer is
 * too long. */
bool answer_reader_feed(struct answer_reader *reader, const char *bytes, size_t length)
    __attribute__((warn_unused_result));

/* The next whole answer, without the prompt, in the bytes that are being read: false if there is
 * none. The first prompt is an answer without text. */
bool answer_reader_next(struct answer_reader *reader, const char **answer, size_t *length);

/* Keeps what is left, for the bytes will go. False if there is no memory. */
bool answer_reader_keep(struct answer_reader *reader) __attribute__((warn_unused_result));

/* What has come of an answer that is not whole, of a connection that has ended, say. */
size_t answer_reader_rest(const struct answer_reader *reader, const char **rest);

#endif
