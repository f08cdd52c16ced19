/* check_text.c - hides how files become texts, and findings lines. */
#include "check_text.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include "charform.h"
#include "controls.h"
#include "input.h"
#include "inspect.h"
#include "options.h"

struct check {
	const struct printer *printer;
	struct inspection inspection;
	struct input input;
	const char *path;
	uint64_t line, column;    /* of the text: where it begins, both from 1 */
	uint64_t lines, findings; /* of all files */
};

/* ---- findings ------------------------------------------------------------------------------- */

static void
put_json_text(const struct printer *printer, const char *text)
{
	char *quoted = strbuf_reserve(printer->out, CHARFORM_JSON_STRING_SIZE(strlen(text)));

	if (quoted != NULL)
		printer->out->length += charform_json_string(text, strlen(text), quoted);
}

static void
put_path(const struct printer *printer, const char *path)
{
	size_t length = strlen(path);
	char *room = strbuf_reserve(printer->out, length);

	if (room == NULL)
		return;
	memcpy(room, path, length);
	controls_hide(room, length);
	printer->out->length += length;
}

struct place {
	const char *path;
	uint64_t line, column;
};

static void
put_finding(const struct printer *printer, const struct place *place, const struct finding *finding,
    const struct charindex_row *row)
{
	struct strbuf *out = printer->out;
	const char *kind = finding_name(finding->kind);
	const char *looks = finding->looks != NULL ? finding->looks : "";

	switch (printer->format) {
	case CHARINDEX_JSON:
		strbuf_puts(out, "{\"file\":");
		put_json_text(printer, place->path);
		strbuf_printf(out, ",\"line\":%" PRIu64 ",\"column\":%" PRIu64 ",\"kind\":\"%s\"",
		    place->line, place->column, kind);
		strbuf_printf(out,
		    ",\"code\":\"%.*s\",\"name\":\"%.*s\",\"looks\":", (int)row->codes.length,
		    row->codes.bytes, (int)row->name.length, row->name.bytes);
		put_json_text(printer, looks);
		strbuf_putc(out, '}');
		break;
	case CHARINDEX_TSV:
		put_path(printer, place->path);
		strbuf_printf(out, "\t%" PRIu64 "\t%" PRIu64 "\t%s\t%.*s\t%.*s\t%s", place->line,
		    place->column, kind, (int)row->codes.length, row->codes.bytes, (int)row->name.length,
		    row->name.bytes, looks);
		break;
	default:
		put_path(printer, place->path);
		strbuf_printf(out, ":%" PRIu64 ":%" PRIu64 ": ", place->line, place->column);
		print_colored(printer, PRINT_BOLD, kind, strlen(kind));
		strbuf_printf(out, ": %.*s %.*s", (int)row->codes.length, row->codes.bytes,
		    (int)row->name.length, row->name.bytes);
		if (finding->looks != NULL)
			strbuf_printf(out, ", looks like '%s'", looks);
	}
	print_end_line(printer);
}

static void
take_finding(void *arg, const struct finding *finding)
{
	struct check *check = arg;
	const struct charindex *ci = check->printer->ci;
	const struct place place = { check->path, check->line, check->column + finding->at };
	struct charindex_label label;
	struct charindex_row row;

	charindex_row(ci, charindex_row_of(ci, finding->code_point), finding->code_point, &row, &label);
	put_finding(check->printer, &place, finding, &row);
	check->findings++;
}

/* A byte that is no part of a character counts as one. */
static void
take_stray_byte(struct check *check, unsigned char byte)
{
	const struct place place = { check->path, check->line, check->column++ };
	const struct finding finding = { .kind = FINDING_NOT_UTF8 };
	char code[8];
	const struct charindex_row row = {
		.codes = { code, (size_t)snprintf(code, sizeof(code), "0x%02X", byte) },
		.name = { "<not UTF-8>", strlen("<not UTF-8>") },
	};

	put_finding(check->printer, &place, &finding, &row);
	check->findings++;
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* What has been gathered is one text. */
static void
end_text(struct check *check)
{
	struct inspection *inspection = &check->inspection;

	inspection->begins = check->line == 1 && check->column == 1;
	inspect(inspection);
	check->column += inspection->length;
	inspection->length = 0;
}

static void
take_piece(struct check *check, const struct input_piece *piece)
{
	struct inspection *inspection = &check->inspection;
	const uint8_t *text = (const uint8_t *)piece->text;

	for (size_t at = 0, begin = 0; at < piece->length; begin = at) {
		UChar32 c;

		U8_NEXT(text, at, piece->length, c);
		if (c >= 0) {
			inspection->text[inspection->length++] = (uint32_t)c;
			continue;
		}
		end_text(check);
		take_stray_byte(check, text[begin]);
		at = begin + 1;
	}
	end_text(check);
}

/* Checks what there is to read. */
static void
check_input(struct check *check, int fd)
{
	struct input_piece piece;

	check->line = check->column = 1;
	input_init(&check->input, fd);
	while (input_next(&check->input, &piece)) {
		take_piece(check, &piece);
		print_flush(check->printer);
		if (!piece.ends_line)
			continue;
		check->lines++;
		check->line++;
		check->column = 1;
	}
}

/* False if it cannot be read, or not to its end, which is said. */
static bool
check_file(struct check *check, const char *path)
{
	bool is_standard = strcmp(path, "-") == 0;
	int fd = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		warn("cannot open %s", path);
		return false;
	}
	check->path = path;
	check_input(check, fd);
	if (!is_standard)
		close(fd);
	if (check->input.error != 0)
		warnx("cannot read %s: %s", is_standard ? "standard input" : path,
		    strerror(check->input.error));
	return check->input.error == 0;
}

static void
sum_up(const struct check *check)
{
	char findings[48] = "no", status[128], rest[128];

	if (check->findings > 0)
		snprintf(findings, sizeof(findings), "%" PRIu64, check->findings);
	snprintf(status, sizeof(status), "%s finding%s in %" PRIu64 " line%s", findings,
	    check->findings == 1 ? "" : "s", check->lines, check->lines == 1 ? "" : "s");
	snprintf(rest, sizeof(rest), ",\"findings\":%" PRIu64 ",\"lines\":%" PRIu64, check->findings,
	    check->lines);
	print_total(check->printer, status, rest);
	print_flush(check->printer);
}

int
check_files(const struct printer *printer, char **paths, int count)
{
	struct check *check = calloc(1, sizeof(*check));
	int status, unread = 0;

	if (check == NULL || (check->inspection.glances = glances_new(printer->ci)) == NULL)
		errx(EXIT_ERROR, "out of memory");
	check->printer = printer;
	check->inspection.take = take_finding;
	check->inspection.arg = check;
	if (count == 0)
		unread += !check_file(check, "-");
	for (int i = 0; i < count; i++)
		unread += !check_file(check, paths[i]);
	if (unread == 0 || unread < count)
		sum_up(check);
	status = check->findings > 0 ? EXIT_NOT_FOUND : EXIT_FOUND;
	if (unread > 0)
		status = EXIT_ERROR;
	glances_free(check->inspection.glances);
	free(check);
	return status;
}
