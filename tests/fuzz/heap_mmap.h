/* heap_mmap.h - mmap() and munmap() for charindex/reader/open.c when it is fuzzed: compiled with
 * -include of this file, it maps into the heap. */
#ifndef HEAP_MMAP_H
#define HEAP_MMAP_H

#include <sys/mman.h>

void *heap_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset);
int heap_munmap(void *address, size_t length);

#define mmap heap_mmap
#define munmap heap_munmap

#endif
