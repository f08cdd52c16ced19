/* answer_reader.c - where answers end. */
#include "answer_reader.h"

#include <string.h>

static const char prompt[] = { '?', '>', ' ' };

void
answer_reader_release(struct answer_reader *reader)
{
	strbuf_release(&reader->kept);
	*reader = (struct answer_reader){ 0 };
}

bool
answer_reader_feed(struct answer_reader *reader, const char *bytes, size_t length)
{
	struct strbuf *kept = &reader->kept;

	if (kept->length == 0) {
		reader->text = bytes;
		reader->end = bytes + length;
		return true;
	}
	if (length > ANSWER_MAX_LENGTH - kept->length)
		return false;
	strbuf_put(kept, bytes, length);
	reader->text = kept->text;
	reader->end = kept->text + kept->length;
	return !kept->failed;
}

/* The prompt that ends the answer, or NULL. */
static const char *
find_prompt(struct answer_reader *reader)
{
	const char *text = reader->text, *at = text + reader->searched, *end = reader->end;

	while (at < end && (at = memchr(at, prompt[0], (size_t)(end - at))) != NULL) {
		if ((size_t)(end - at) < sizeof(prompt))
			break;
		if ((at == text || at[-1] == '\n') && memcmp(at, prompt, sizeof(prompt)) == 0)
			return at;
		at++;
	}
	/* it may be cut, and then is found when the rest comes */
	reader->searched = (size_t)((at != NULL ? at : end) - text);
	return NULL;
}

bool
answer_reader_next(struct answer_reader *reader, const char **answer, size_t *length)
{
	const char *found = find_prompt(reader);

	if (found == NULL)
		return false;
	*answer = reader->text;
	*length = (size_t)(found - reader->text);
	reader->text = found + sizeof(prompt);
	reader->searched = 0;
	return true;
}

bool
answer_reader_keep(struct answer_reader *reader)
{
	struct strbuf *kept = &reader->kept;
	size_t length = (size_t)(reader->end - reader->text);

	if (kept->length > 0 && reader->text >= kept->text &&
	    reader->text <= kept->text + kept->length) {
		memmove(kept->text, reader->text, length);
		kept->length = length;
	} else {
		kept->length = 0;
		strbuf_put(kept, reader->text, length);
	}
	if (length == 0)
		strbuf_clear(kept, 1 << 20);
	reader->text = reader->end = NULL;
	return !kept->failed;
}

size_t
answer_reader_rest(const struct answer_reader *reader, const char **rest)
{
	*rest = reader->kept.text;
	return reader->kept.length;
}
