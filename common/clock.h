/* clock.h - the time that passes. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <sys/time.h>
#include <time.h>

/* A second of clock_now(). */
#define CLOCK_SECOND UINT64_C(1000000000)

/* CLOCK_MONOTONIC in ns. */
static inline uint64_t
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * CLOCK_SECOND + (uint64_t)now.tv_nsec;
}

/* For libevent. Never zero, which would be never. */
static inline struct timeval
clock_timeval(uint64_t ns)
{
	uint64_t us = ns / 1000 + 1;

	return (struct timeval){ (time_t)(us / 1000000), (suseconds_t)(us % 1000000) };
}

#endif
