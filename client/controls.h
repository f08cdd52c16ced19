/* controls.h - control characters in what others have written: they would do with a terminal what
 * those like. */
#ifndef CONTROLS_H
#define CONTROLS_H

#include <stdbool.h>
#include <stddef.h>

/* Is the byte a control character, or the second one of U+0080 to U+009F? */
static inline bool
controls_end_at(const char *text, size_t at)
{
	unsigned char c = (unsigned char)text[at];

	return c < 0x20 || c == 0x7F ||
	    (c >= 0x80 && c < 0xA0 && at > 0 && (unsigned char)text[at - 1] == 0xC2);
}

/* Puts a question mark in the place of each of their bytes. */
static inline void
controls_hide(char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!controls_end_at(text, i))
			continue;
		if ((unsigned char)text[i] >= 0x80)
			text[i - 1] = '?';
		text[i] = '?';
	}
}

#endif
