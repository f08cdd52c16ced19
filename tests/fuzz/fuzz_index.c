/* fuzz_index.c - an index file. The input is the file; so that the fuzzer gets past what
 * only says that it is damaged, magic, version, size and checksums are put right first,
 * unless the header's zero bytes say that they are to be left (see enum leave).
 * Holds: what charindex_open() accepts can be searched and verified without a step outside
 * of it, in every mode, its answers are whole rows in ascending order, and what charindex_verify() accepts
 * as well finds every word in exactly the names that have it. */
#include <sys/mman.h>
#include <unistd.h>

#include "charindex.h"
#include "classic_search.h"
#include "crc32.h"
#include "fuzz.h"
#include "index.h"
#include "naive.h"

const char fuzz_name[] = "index";

/* Flags in the first of the header's zero bytes: what not to put right. */
enum leave {
	LEAVE_MAGIC = 1,
	LEAVE_VERSION = 2,
	LEAVE_SIZE = 4,
	LEAVE_CHECKSUM = 8, /* of the header */
	LEAVE_SECTION_CHECKSUMS = 16,
	LEAVE_SECTION_COUNT = 32,
};

/* Words to search for, of those that the index has; names to compare with. */
enum { MAX_WORDS = 64, MAX_ROWS = 256 };

/* ---- the file ---------------------------------------------------------------------- */

static void
fix_section_checksums(uint8_t *file, size_t size, struct format_section *table, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		uint64_t offset = le64toh(table[i].offset), length = le64toh(table[i].length);

		if (offset <= size && length <= size - offset)
			table[i].crc = htole32(crc32_update(0, file + offset, (size_t)length));
	}
}

/* Puts right what is not to be left wrong; there is room for a header. */
static void
fix_file(uint8_t *file, size_t size)
{
	struct format_header *header = (struct format_header *)file;
	struct format_section *table = (struct format_section *)(header + 1);
	size_t room = (size - sizeof(*header)) / sizeof(*table);
	unsigned leave = file[offsetof(struct format_header, zero)];
	uint32_t count;

	if (!(leave & LEAVE_MAGIC))
		memcpy(header->magic, FORMAT_MAGIC, FORMAT_MAGIC_SIZE);
	if (!(leave & LEAVE_VERSION))
		header->version = htole32(FORMAT_VERSION);
	if (!(leave & LEAVE_SIZE))
		header->file_size = htole64(size);
	if (!(leave & LEAVE_SECTION_COUNT) && le32toh(header->section_count) > room)
		header->section_count = htole32((uint32_t)room);
	count = le32toh(header->section_count);
	if (count > room || count > FORMAT_MAX_SECTIONS)
		return;
	if (!(leave & LEAVE_SECTION_CHECKSUMS))
		fix_section_checksums(file, size, table, count);
	if (!(leave & LEAVE_CHECKSUM)) {
		header->crc = 0;
		header->crc = htole32(crc32_update(0, file, sizeof(*header) + count * sizeof(*table)));
	}
}

/* A file of these bytes that has no name but the path that is written to `path`. */
static int
make_file(const uint8_t *data, size_t size, char path[64])
{
	int fd = memfd_create("index", MFD_CLOEXEC);

	FUZZ_HOLDS(fd >= 0);
	FUZZ_HOLDS(size == 0 || write(fd, data, size) == (ssize_t)size);
	sprintf(path, "/proc/self/fd/%d", fd);
	return fd;
}

/* ---- what holds for every index that opens -------------------------------------------- */

/* As a socket would. */
static void
read_bytes(const char *bytes, size_t length)
{
	static volatile uint32_t checksum;

	checksum = crc32_update(checksum, bytes, length);
}

static uint64_t
search(const struct charindex *ci, const char *query, size_t length, uint32_t max_rows)
{
	struct charindex_search search;
	struct charindex_run run;
	uint64_t next = 0, rows = 0;

	classic_search_init(&search, ci, query, length);
	while (classic_search_next(&search, max_rows, &run)) {
		FUZZ_HOLDS(run.count >= 1 && run.count <= max_rows);
		FUZZ_HOLDS(run.first >= next && run.count <= ci->row_count - run.first);
		FUZZ_HOLDS(run.length > 0);
		FUZZ_HOLDS((const unsigned char *)run.text >= ci->map);
		FUZZ_HOLDS((const unsigned char *)run.text + run.length <= ci->map + ci->size);
		read_bytes(run.text, run.length);
		next = (uint64_t)run.first + run.count;
		rows += run.count;
	}
	return rows;
}

static void
check_status(const struct charindex *ci, const char *query, size_t length)
{
	char *status = malloc(CHARINDEX_STATUS_SIZE(length));

	FUZZ_HOLDS(charindex_status(ci, 1, query, length, status) <= CHARINDEX_STATUS_SIZE(length));
	free(status);
}

static void
check_categories(const struct charindex *ci)
{
	static const uint32_t points[] = { 0, 0x1F, 'A', 0x7F, 0x2657, 0xD800, 0x10FFFF, 0x110000,
		UINT32_MAX };

	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		FUZZ_HOLDS(charindex_category(ci, points[i]) < 30);
}

/* The words of the index, one after the other and two by two. */
static void
search_words(const struct charindex *ci)
{
	uint32_t count = ci->term_count < MAX_WORDS ? ci->term_count : MAX_WORDS;
	char two[2 * FORMAT_MAX_WORD + 1];

	for (uint32_t n = 0; n < count; n++) {
		struct charindex_word word = charindex_word(ci, n);
		struct charindex_word other = charindex_word(ci, count - 1 - n);

		FUZZ_HOLDS(search(ci, word.text, word.length, UINT32_MAX) ==
		    search(ci, word.text, word.length, 1));
		check_status(ci, word.text, word.length);
		memcpy(two, word.text, word.length);
		two[word.length] = ' ';
		memcpy(two + word.length + 1, other.text, other.length);
		search(ci, two, word.length + 1 + other.length, 3);
	}
}

/* ---- the rest of the query language ------------------------------------------------------ */

static void
read_answer(const struct charindex *ci, struct charindex_answer *answer)
{
	size_t size = CHARINDEX_RENDER_STATUS_SIZE(answer->query_length);
	char *status = malloc(size);
	struct charindex_facet facets[2];
	struct charindex_run run;

	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		charindex_answer_facets(answer, (enum charindex_property)i, facets, 2);
	while (charindex_answer_next(answer, 5, &run)) {
		FUZZ_HOLDS(run.count >= 1 && run.count <= 5);
		FUZZ_HOLDS(answer->shown <= 64 + 2 * ((uint64_t)ci->row_count + ci->extra_count));
		read_bytes(run.text, run.length);
	}
	FUZZ_HOLDS(charindex_answer_status(answer, status) <=
	    CHARINDEX_ANSWER_STATUS_SIZE(answer->query_length));
	for (int i = 0; i < CHARINDEX_FORMAT_COUNT; i++)
		FUZZ_HOLDS(charindex_render_status(answer, (enum charindex_format)i, status) <= size);
	free(status);
}

static void
ask(const struct charindex *ci, const char *query, size_t length)
{
	for (int mode = 0; mode <= CHARINDEX_MODE_COUNT; mode++) {
		struct charindex_settings settings = { .mode = CHARINDEX_AUTO, .all = true };
		struct charindex_answer answer;
		enum charindex_err err;

		if (mode == CHARINDEX_MODE_COUNT) {
			err = charindex_answer_identify(&answer, ci, &settings, query, length);
		} else {
			settings.mode = (enum charindex_mode)mode;
			err = charindex_answer_begin(&answer, ci, &settings, query, length);
		}
		FUZZ_HOLDS(err == CHARINDEX_OK);
		read_answer(ci, &answer);
		charindex_answer_release(&answer);
	}
}

static void
take_record(void *arg, const struct charindex_record *record)
{
	(void)arg;
	read_bytes(record->text.bytes, record->text.length);
	read_bytes(record->language, strlen(record->language));
}

static void
read_rows(const struct charindex *ci)
{
	uint32_t rows = ci->row_count + ci->extra_count, step = rows / MAX_ROWS + 1, seen[2];
	char *rendered = malloc(CHARINDEX_RENDER_SIZE);

	for (uint32_t row = 0; row < rows; row += step) {
		struct charindex_hit hit = { .row = row, .source = CHARINDEX_BY_NAME };

		for (int i = 0; i < CHARINDEX_FORMAT_COUNT; i++)
			FUZZ_HOLDS(charindex_render(ci, &hit, (enum charindex_format)i, rendered) <=
			    CHARINDEX_RENDER_SIZE);
		charindex_records(ci, row, take_record, NULL);
		charindex_references(ci, row, seen, 2);
	}
	free(rendered);
}

static void
check_optional(const struct charindex *ci)
{
	static const char *const queries[] = { "rook", "castle", "coder", "tete", "rok", "whte bishp",
		"a", "*o*", "in:any *e* t*", "in:definition *e*", "\"man technologist\"",
		"in:any \"same as\"", "-rook", "cat:L -script:greek", "block:basic_latin | age:>=2",
		"is:emoji", "is:toned", "lang:fr monnaie", "limit:2 from:2 a", "skin tone", "&euro;&nvlt;",
		"0..10FFFF", "#\uFE0F\u20E3\U0001F468\u200D\U0001F4BB", "\u7537\u306E\u4EBA", "U+E000" };

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		ask(ci, queries[i], strlen(queries[i]));
	read_rows(ci);
}

static void
check_opened(const struct charindex *ci)
{
	static const char query[] = "chess CJK \xE2\x99\x97 a a stra\xC3\x9F"
	                            "e \xFF \xF0\x9F\xA9\x92";
	struct charindex_info info = charindex_info(ci);

	FUZZ_HOLDS(info.row_count == ci->row_count && info.term_count == ci->term_count);
	FUZZ_HOLDS(strlen(info.unicode_version) >= strlen("0.0.0"));
	check_categories(ci);
	search_words(ci);
	search(ci, query, strlen(query), 2);
	for (size_t i = 0; i < sizeof(query); i++)
		search(ci, query + i, strlen(query) - i, 1);
	check_status(ci, query, strlen(query));
	check_optional(ci);
}

/* ---- what holds for an index that is verified too -------------------------------------- */

static uint64_t
naive_count(const struct charindex *ci, const struct naive_words *words)
{
	uint64_t count = 0;

	for (uint32_t row = 0; row < ci->row_count; row++)
		count += naive_row_matches(ci->text + index_row_offset(ci, row),
		    index_row_offset(ci, row + 1) - index_row_offset(ci, row), words);
	return count;
}

/* Appends a word of the index to `words`, which has room for it. */
static void
add_word(struct naive_words *words, size_t *length, struct charindex_word word)
{
	memcpy(words->text + *length, word.text, word.length);
	words->text[*length + word.length] = '\0';
	*length += word.length + 1;
	words->count++;
}

/* The words that `first` and `second` number are in as many names as the search finds. */
static void
check_pair(const struct charindex *ci, uint32_t first, uint32_t second)
{
	char text[2 * (FORMAT_MAX_WORD + 1)], query[sizeof(text)];
	struct naive_words words = { text, 0 };
	size_t length = 0, first_length;

	add_word(&words, &length, charindex_word(ci, first));
	first_length = length;
	add_word(&words, &length, charindex_word(ci, second));
	memcpy(query, text, length);
	query[first_length - 1] = ' ';
	FUZZ_HOLDS(search(ci, query, length - 1, UINT32_MAX) == naive_count(ci, &words));
}

static void
check_verified(const struct charindex *ci)
{
	uint32_t count = ci->term_count < MAX_WORDS ? ci->term_count : MAX_WORDS;

	for (uint32_t n = 0; n < count && ci->row_count <= MAX_ROWS; n++) {
		struct charindex_word word = charindex_word(ci, n);

		FUZZ_HOLDS(search(ci, word.text, word.length, UINT32_MAX) == word.row_count);
		check_pair(ci, n, n);
		check_pair(ci, n, (n + 1) % count);
		check_pair(ci, n, count - 1 - n);
	}
}

/* ---- the target -------------------------------------------------------------------------- */

static void
check_file(const char *path)
{
	struct charindex *ci;
	enum charindex_err err = charindex_open(path, &ci);

	FUZZ_HOLDS((err == CHARINDEX_OK) == (ci != NULL));
	FUZZ_HOLDS(err != CHARINDEX_ERR_OPEN && err != CHARINDEX_ERR_MEMORY);
	FUZZ_HOLDS(strlen(charindex_strerror(err)) > 0);
	if (err != CHARINDEX_OK)
		return;
	check_opened(ci);
	if (charindex_verify(ci) == CHARINDEX_OK)
		check_verified(ci);
	charindex_close(ci);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	uint8_t *file = malloc(size + 1);
	int fd;

	FUZZ_HOLDS(file != NULL);
	if (size > 0)
		memcpy(file, data, size);
	if (size >= sizeof(struct format_header))
		fix_file(file, size);
	fd = make_file(file, size, path);
	check_file(path);
	close(fd);
	free(file);
	return 0;
}
