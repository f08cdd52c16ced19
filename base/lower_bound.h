/* lower_bound.h - binary search.
 *
 *     uint32_t n = 0;
 *
 *     LOWER_BOUND(n, count, i, numbers[i] < wanted);
 *
 * raises `n` to the first number of which the condition, said of `i`, does not hold; to `count` if
 * there is none. It must hold of all before that and of none after it; each number is looked at at
 * most once. */
#ifndef BASE_LOWER_BOUND_H
#define BASE_LOWER_BOUND_H

#include <stdint.h>

#define LOWER_BOUND(n, end, i, condition) \
	do { \
		uint32_t high_ = (end); \
\
		while ((n) < high_) { \
			uint32_t i = (n) + (high_ - (n)) / 2; \
\
			if (condition) \
				(n) = i + 1; \
			else \
				high_ = i; \
		} \
	} while (0)

/* The same where it is likely to be near: the distance is doubled until it is passed. */
#define LOWER_BOUND_NEAR(n, end, i, condition) \
	do { \
		uint32_t near_ = (end), step_ = 1; \
\
		while (step_ < near_ - (n)) { \
			uint32_t i = (n) + step_; \
\
			if (!(condition)) { \
				near_ = i; \
				break; \
			} \
			(n) = i; \
			step_ *= 2; \
		} \
		LOWER_BOUND(n, near_, i, condition); \
	} while (0)

#endif
