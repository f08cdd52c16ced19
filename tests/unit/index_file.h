/* index_file.h - index files that exist in memory only, made to be damaged: they have a
 * path to be opened by, and their bytes can be changed in place. */
#ifndef INDEX_FILE_H
#define INDEX_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "builder.h"

struct index_file {
	unsigned char *bytes; /* the file, mapped for writing */
	size_t size;
	int fd;
	char path[32]; /* to open it by */
};

/* Makes a file of `size` bytes, of zeros if `bytes` is NULL. */
void index_file_make(struct index_file *file, const void *bytes, size_t size);

/* Makes a copy of the file at `path`. */
void index_file_copy(struct index_file *file, const char *path);

/* Makes an index of the sections of a finished builder as FORMAT.md says. */
void index_file_build(struct index_file *file, const struct builder *builder);

void index_file_release(struct index_file *file);

/* Makes the file shorter; no more than this can be undone. */
void index_file_truncate(struct index_file *file, size_t size);

/* Sets the checksum of header and section table to what it should be. The number of
 * sections must fit the file. */
void index_file_fix_header(struct index_file *file);

/* Sets the checksum of a section to what it should be, and that of the header. */
void index_file_fix_section(struct index_file *file, const char *name);

/* Little-endian numbers in the file. */
uint32_t index_file_get(const struct index_file *file, size_t at);
void index_file_put(struct index_file *file, size_t at, uint32_t value);

/* Where the section's entry is in the section table, which must have it. */
size_t index_file_entry(const struct index_file *file, const char *name);

/* Where the section begins. */
size_t index_file_section(const struct index_file *file, const char *name);

/* Its length in bytes. */
size_t index_file_length(const struct index_file *file, const char *name);

#endif
