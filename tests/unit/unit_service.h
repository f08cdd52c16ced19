/* unit_service.h - what conversations get from their worker, from the built index, and a log that
 * is kept. Has a log_line() in place of that of log.c. */
#ifndef UNIT_SERVICE_H
#define UNIT_SERVICE_H

#include "bytes.h"
#include "service.h"

extern struct service unit_service;

/* Begins anew with unit_index, which is open. No answer may be in flight. */
void unit_service_make(void);

/* What has been logged since. */
extern struct bytes unit_log;

/* Fails the test if an answer is in flight: its snapshot is held. */
void unit_service_must_be_idle(void);

#endif
