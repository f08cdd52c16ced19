/* proxy_model.h - what haproxy's proxy-protocol.txt says of the beginning of a connection:
 * a second reading, which shares no code with proxy_header.c. */
#ifndef PROXY_MODEL_H
#define PROXY_MODEL_H

#include <stddef.h>

#include "proxy_header.h"

enum proxy_status proxy_model_status(const char *data, size_t length);

#endif
