/* code_points.h - the code points that a query names, in their order. */
#ifndef CHARINDEX_CODE_POINTS_H
#define CHARINDEX_CODE_POINTS_H

#include <stdbool.h>
#include <stdint.h>

struct charindex;

/* Code points of one query at most. */
#define CODEFORM_MAX_POINTS 1024

struct code_points {
	uint32_t count;
	uint32_t point[CODEFORM_MAX_POINTS];
};

/* Adds one; a surrogate behind the other of its pair makes the character of both. False if there is no
 * room. */
bool code_points_add(struct code_points *points, uint32_t value);

/* Adds what a row consists of. False if there is no room for all of it. */
bool code_points_add_row(struct code_points *points, const struct charindex *ci, uint32_t row);

#endif
