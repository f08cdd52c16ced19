/* normal.h - where a text is not in Normalization Form C (UAX #15). */
#ifndef NORMAL_H
#define NORMAL_H

#include <stddef.h>
#include <stdint.h>

/* Calls `take` with the place of each character of `text` that is another one in NFC, or would be
 * composed with those before it or moved; of those that belong together, with that of the first one that
 * is no letter by itself. */
void normal_find(const uint32_t *text, size_t length, void (*take)(void *arg, size_t at),
    void *arg);

#endif
