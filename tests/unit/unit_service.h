/* unit_service.h - what prompts get from their worker, from the built index. */
#ifndef UNIT_SERVICE_H
#define UNIT_SERVICE_H

#include "counters.h"
#include "prompt.h"

extern struct prompt_service unit_service;
extern struct counters unit_counters;

/* Begins anew with unit_index, which is open; `log` may be NULL. No answer may be in
 * flight. */
void unit_service_make(prompt_log *log);

/* Fails the test if an answer is in flight: its lease is held. */
void unit_service_must_be_idle(void);

#endif
