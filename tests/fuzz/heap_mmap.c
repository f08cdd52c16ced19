/* heap_mmap.c - hides a mapped file in memory that is no longer than the file, so that
 * AddressSanitizer sees who reads beyond its last byte; a real mapping goes on to the end of
 * its page. Maps it for real as well, so that what mmap() refuses is refused. */
#include "heap_mmap.h"

#undef mmap
#undef munmap

#include "fuzz.h"

void *
heap_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *map = mmap(address, length, protection, flags, fd, offset), *copy;

	if (map == MAP_FAILED)
		return map;
	copy = fuzz_copy(map, length);
	munmap(map, length);
	return copy;
}

int
heap_munmap(void *address, size_t length)
{
	(void)length;
	free(address);
	return 0;
}
