/* write.c - hides how sections become a file, and how the file takes its place. */
#include "write.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crc32.h"

static uint64_t
align(uint64_t offset)
{
	return (offset + FORMAT_ALIGNMENT - 1) / FORMAT_ALIGNMENT * FORMAT_ALIGNMENT;
}

/* Header and section table for the sections of `builder`. */
struct front {
	struct format_header header;
	struct format_section table[SECTION_COUNT];
	uint32_t section_count;
};

/* An empty section that may be missing is. */
static bool
is_written(const struct builder *builder, int id)
{
	return id < SECTION_NEEDED || builder->section[id].length > 0;
}

static size_t
front_size(const struct front *front)
{
	return sizeof(front->header) + front->section_count * sizeof(front->table[0]);
}

static struct front
make_front(const struct builder *builder, uint32_t unicode_version)
{
	struct front front = { 0 };
	uint64_t offset;

	for (int id = 0; id < SECTION_COUNT; id++)
		front.section_count += is_written(builder, id);
	offset = front_size(&front);
	for (int id = 0, n = 0; id < SECTION_COUNT; id++) {
		const struct buffer *section = &builder->section[id];
		struct format_section *entry = &front.table[n];

		if (!is_written(builder, id))
			continue;
		n++;
		offset = align(offset);
		memcpy(entry->name, section_kinds[id].name, sizeof(entry->name));
		entry->crc = htole32(crc32_update(0, section->bytes, section->length));
		entry->offset = htole64(offset);
		entry->length = htole64(section->length);
		offset += section->length;
	}
	memcpy(front.header.magic, FORMAT_MAGIC, FORMAT_MAGIC_SIZE);
	front.header.version = htole32(FORMAT_VERSION);
	front.header.unicode_version = htole32(unicode_version);
	front.header.file_size = htole64(offset);
	front.header.row_count = htole32(builder->row_count);
	front.header.term_count = htole32(builder->term_count);
	front.header.section_count = htole32(front.section_count);
	front.header.crc = htole32(crc32_update(0, &front, front_size(&front)));
	return front;
}

static bool
put_file(FILE *file, const struct builder *builder, uint32_t unicode_version)
{
	static const char zeros[FORMAT_ALIGNMENT];
	struct front front = make_front(builder, unicode_version);
	uint64_t at = front_size(&front);

	fwrite(&front, front_size(&front), 1, file);
	for (int id = 0; id < SECTION_COUNT; id++) {
		if (!is_written(builder, id))
			continue;
		fwrite(zeros, 1, (size_t)(align(at) - at), file);
		at = align(at) + builder->section[id].length;
		if (builder->section[id].length > 0)
			fwrite(builder->section[id].bytes, 1, builder->section[id].length, file);
	}
	return fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;
}

/* mkstemp() makes files for the owner alone; an index is for everyone. */
static bool
allow_reading(int fd)
{
	mode_t mask = umask(0);

	umask(mask);
	return fchmod(fd, 0666 & ~mask) == 0;
}

/* Renaming would put the index in the place of a device, or of a link. */
static void
refuse_what_is_no_file(const char *path)
{
	struct stat st;

	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
		errx(1, "%s is not a regular file; name another one", path);
}

void
write_index(const char *path, const struct builder *builder, uint32_t unicode_version)
{
	char *temporary;
	FILE *file;
	int fd;

	refuse_what_is_no_file(path);
	if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
		errx(1, "out of memory");
	fd = mkstemp(temporary);
	if (fd < 0)
		err(1, "cannot create %s", temporary);
	file = fdopen(fd, "w");
	if (file == NULL || !put_file(file, builder, unicode_version) || !allow_reading(fd) ||
	    fclose(file) != 0 || rename(temporary, path) != 0) {
		int saved_errno = errno;

		unlink(temporary);
		errno = saved_errno;
		err(1, "cannot write %s", path);
	}
	free(temporary);
}
