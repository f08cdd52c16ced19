/* workload.h - queries and their true answers, in a file that bench.py makes by asking
 * charfinderd. For each query, in the order in which they are asked:
 *
 *	white bishop
 *	267
 *	U+2657 <TAB>♗<TAB>WHITE CHESS BISHOP<CR><LF> ... 5 matches for 'white bishop'<CR><LF>?>
 *
 * the query and LF; the length of the answer in bytes, in decimal, and LF; the answer,
 * with the prompt that ends it. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that belong to somebody else. */
struct piece {
	const char *bytes;
	size_t length;
};

struct workload {
	uint32_t count; /* at least 1 */
	struct piece *queries;
	struct piece *answers;
};

/* Reads the workload file at `path`. Ends the program with one line if it cannot be read
 * or is none. What it holds lives as long as the program. */
void workload_read(struct workload *workload, const char *path);

#endif
