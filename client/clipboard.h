/* clipboard.h - text for the clipboard of whatever desktop or terminal there is. */
#ifndef CLIPBOARD_H
#define CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

/* Gives the text to the first of wl-copy, xclip, xsel and pbcopy that takes it, or else, by an
 * escape sequence, to the terminal that standard output is. False if there is none of them. */
bool clipboard_put(const char *text, size_t length) __attribute__((warn_unused_result));

#endif
