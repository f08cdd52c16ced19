/* index_file.c - hides how a file can be in memory, and where things are in an index:
 * by the numbers of FORMAT.md, not by the structs of the library. */
#include "index_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bytes.h"
#include "crc32.h"
#include "unit.h"

#define HEADER_SIZE 48u
#define ENTRY_SIZE 24u
#define AT_SECTION_COUNT 32
#define AT_CHECKSUM 36

void
index_file_make(struct index_file *file, const void *bytes, size_t size)
{
	void *map = NULL;

	file->fd = memfd_create("index", MFD_CLOEXEC);
	UNIT_HOLDS(file->fd >= 0);
	UNIT_HOLDS(ftruncate(file->fd, (off_t)size) == 0);
	if (size > 0) {
		map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file->fd, 0);
		UNIT_HOLDS(map != MAP_FAILED);
		if (bytes != NULL)
			memcpy(map, bytes, size);
	}
	file->bytes = map;
	file->size = size;
	snprintf(file->path, sizeof(file->path), "/proc/self/fd/%d", file->fd);
}

void
index_file_copy(struct index_file *file, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *map;

	if (fd < 0 || fstat(fd, &st) != 0)
		ck_abort_msg("cannot open %s", path);
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	UNIT_HOLDS(map != MAP_FAILED);
	index_file_make(file, map, (size_t)st.st_size);
	munmap(map, (size_t)st.st_size);
	close(fd);
}

static void
add_padding(struct bytes *bytes)
{
	while (bytes->length % 8 != 0)
		bytes_add(bytes, "", 1);
}

/* Sections beyond the names are left out when they are empty. */
static bool
is_written(const struct builder *builder, int id)
{
	return id < SECTION_NEEDED || builder->section[id].length > 0;
}

static uint32_t
section_count(const struct builder *builder)
{
	uint32_t count = 0;

	for (int id = 0; id < SECTION_COUNT; id++)
		count += is_written(builder, id);
	return count;
}

static void
add_section_table(struct bytes *bytes, const struct builder *builder)
{
	uint64_t offset = HEADER_SIZE + section_count(builder) * ENTRY_SIZE;

	for (int id = 0; id < SECTION_COUNT; id++) {
		const struct buffer *section = &builder->section[id];

		if (!is_written(builder, id))
			continue;
		offset = (offset + 7) / 8 * 8;
		bytes_add(bytes, section_kinds[id].name, 4);
		bytes_add_u32(bytes, crc32_update(0, section->bytes, section->length));
		bytes_add_u64(bytes, offset);
		bytes_add_u64(bytes, section->length);
		offset += section->length;
	}
}

void
index_file_build(struct index_file *file, const struct builder *builder)
{
	struct bytes table = { 0 }, bytes = { 0 };

	add_section_table(&table, builder);
	bytes_add(&bytes,
	    "\x89"
	    "CIX\r\n\x1A\n",
	    8);
	bytes_add_u32(&bytes, 5);
	bytes_add_u32(&bytes, 17 << 16);
	bytes_add_u64(&bytes, 0); /* the size, which is not known yet */
	bytes_add_u32(&bytes, builder->row_count);
	bytes_add_u32(&bytes, builder->term_count);
	bytes_add_u32(&bytes, section_count(builder));
	bytes_add_u32(&bytes, 0);
	bytes_add_u64(&bytes, 0);
	bytes_add(&bytes, table.data, table.length);
	for (int id = 0; id < SECTION_COUNT; id++) {
		if (!is_written(builder, id))
			continue;
		add_padding(&bytes);
		bytes_add(&bytes, builder->section[id].bytes, builder->section[id].length);
	}
	index_file_make(file, bytes.data, bytes.length);
	index_file_put(file, 16, (uint32_t)bytes.length);
	index_file_fix_header(file);
	bytes_release(&table);
	bytes_release(&bytes);
}

void
index_file_release(struct index_file *file)
{
	if (file->bytes != NULL)
		munmap(file->bytes, file->size);
	close(file->fd);
}

void
index_file_truncate(struct index_file *file, size_t size)
{
	UNIT_HOLDS(ftruncate(file->fd, (off_t)size) == 0);
}

uint32_t
index_file_get(const struct index_file *file, size_t at)
{
	const unsigned char *byte = file->bytes + at;

	UNIT_HOLDS(at + 4 <= file->size);
	return (uint32_t)byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 |
	    (uint32_t)byte[3] << 24;
}

void
index_file_put(struct index_file *file, size_t at, uint32_t value)
{
	UNIT_HOLDS(at + 4 <= file->size);
	for (int i = 0; i < 4; i++)
		file->bytes[at + (size_t)i] = (unsigned char)(value >> (8 * i));
}

void
index_file_fix_header(struct index_file *file)
{
	size_t table = index_file_get(file, AT_SECTION_COUNT) * (size_t)ENTRY_SIZE;

	index_file_put(file, AT_CHECKSUM, 0);
	index_file_put(file, AT_CHECKSUM, crc32_update(0, file->bytes, HEADER_SIZE + table));
}

size_t
index_file_entry(const struct index_file *file, const char *name)
{
	for (size_t i = 0; i < index_file_get(file, AT_SECTION_COUNT); i++) {
		size_t at = HEADER_SIZE + i * ENTRY_SIZE;

		if (memcmp(file->bytes + at, name, 4) == 0)
			return at;
	}
	ck_abort_msg("no section %s", name);
}

size_t
index_file_section(const struct index_file *file, const char *name)
{
	return index_file_get(file, index_file_entry(file, name) + 8);
}

size_t
index_file_length(const struct index_file *file, const char *name)
{
	return index_file_get(file, index_file_entry(file, name) + 16);
}

void
index_file_fix_section(struct index_file *file, const char *name)
{
	index_file_put(file, index_file_entry(file, name) + 4,
	    crc32_update(0, file->bytes + index_file_section(file, name),
	        index_file_length(file, name)));
	index_file_fix_header(file);
}
