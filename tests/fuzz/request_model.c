/* request_model.c - reads heads the slow way: lines are cut off, each is matched as a whole. */
#include "request_model.h"

#include <arpa/inet.h>
#include <regex.h>

#include "fuzz.h"

#define CONTROLS "\001-\010\012-\037\177"
#define IN_PATH "!-\"$->@-~"
#define IN_QUERY "!-\"$-~"
#define TOKEN "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
#define NAME "([A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
#define HOST "(\\[([0-9A-Fa-f:.]+)\\]|" NAME ")(:0*([0-9]{0,5}))?"
#define AUTHORITY "[][A-Za-z0-9._~!$&'()*+,;=:%-]*"
#define WEIGHT "(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)"

enum expression { REQUEST_LINE, HEADER, HOST_AND_PORT, ENCODING, EXPRESSIONS };

static const char *const sources[EXPRESSIONS] = {
	[REQUEST_LINE] = "^(GET|HEAD|OPTIONS) ([Hh][Tt][Tt][Pp][Ss]?://(" AUTHORITY "))?(/[" IN_PATH
	                 "]*)(\\?([" IN_QUERY "]*))? HTTP/1\\.([01])$",
	[HEADER] = "^(" TOKEN "):[ \t]*([^" CONTROLS "]*)$",
	[HOST_AND_PORT] = "^" HOST "$",
	[ENCODING] = "^([^ \t;]+)([ \t]*;[ \t]*[qQ]=" WEIGHT ")?$",
};

#define MAX_GROUPS 10

static bool
match(enum expression which, const char *text, regmatch_t groups[MAX_GROUPS])
{
	static regex_t compiled[EXPRESSIONS];
	static bool is_compiled[EXPRESSIONS];

	if (!is_compiled[which])
		FUZZ_HOLDS(regcomp(&compiled[which], sources[which], REG_EXTENDED) == 0);
	is_compiled[which] = true;
	return regexec(&compiled[which], text, MAX_GROUPS, groups, 0) == 0;
}

/* What a group has matched, "" for nothing; the caller frees it. */
static char *
cut(const char *text, const regmatch_t *group)
{
	char *copy = group->rm_so < 0
	    ? strdup("")
	    : strndup(text + group->rm_so, (size_t)(group->rm_eo - group->rm_so));

	FUZZ_HOLDS(copy != NULL);
	return copy;
}

static void
lower(char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text += 'a' - 'A';
}

/* ---- values ------------------------------------------------------------------------------- */

/* Cuts the first element of a list off, in place: NULL if there is none. */
static char *
next_element(char **list)
{
	char *begin = *list + strspn(*list, ", \t"), *end = begin;
	bool quoted = false;

	if (*begin == '\0')
		return NULL;
	for (; *end != '\0' && (quoted || *end != ','); end++)
		quoted ^= *end == '"';
	*list = *end != '\0' ? end + 1 : end;
	for (*end = '\0'; end > begin && (end[-1] == ' ' || end[-1] == '\t'); end--)
		end[-1] = '\0';
	return begin;
}

static bool
is_host(const char *text)
{
	enum { LITERAL = 2, PORT = 5 };
	regmatch_t groups[MAX_GROUPS];
	unsigned char address[16];
	char *literal, *port;
	bool valid;

	if (!match(HOST_AND_PORT, text, groups))
		return false;
	literal = cut(text, &groups[LITERAL]);
	port = cut(text, &groups[PORT]);
	valid = atoi(port) <= 65535 && (*literal == '\0' || inet_pton(AF_INET6, literal, address) == 1);
	free(literal);
	free(port);
	return valid;
}

/* Weights in thousandths; -1 if it was not named. */
struct weights {
	int gzip, identity, others;
};

static void
read_encoding(struct weights *weights, char *element)
{
	enum { CODING = 1, QVALUE = 3 };
	regmatch_t groups[MAX_GROUPS];
	char *coding, *q;
	int *weight, value;

	if (!match(ENCODING, element, groups))
		return;
	coding = cut(element, &groups[CODING]);
	q = cut(element, &groups[QVALUE]);
	lower(coding);
	value = *q != '\0' ? (int)(atof(q) * 1000 + 0.5) : 1000;
	weight = strcmp(coding, "gzip") == 0  ? &weights->gzip
	    : strcmp(coding, "identity") == 0 ? &weights->identity
	    : strcmp(coding, "*") == 0        ? &weights->others
	                                      : NULL;
	if (weight != NULL && (*weight < 0 || value < *weight))
		*weight = value;
	free(coding);
	free(q);
}

/* ---- heads -------------------------------------------------------------------------------- */

struct reading {
	struct request_model *model;
	char *authority;
	struct weights weights;
	bool close, keep_alive;
};

static bool
read_request_line(struct reading *reading, const char *line)
{
	enum { METHOD = 1, ABSOLUTE, AUTHORITY_PART, PATH, WITH_MARK, QUERY, MINOR };
	regmatch_t groups[MAX_GROUPS];
	struct request_model *model = reading->model;

	if (!match(REQUEST_LINE, line, groups))
		return false;
	model->method = line[0] == 'H' ? "HEAD" : line[0] == 'G' ? "GET" : "OPTIONS";
	model->minor = line[groups[MINOR].rm_so] - '0';
	model->path = cut(line, &groups[PATH]);
	model->query = cut(line, &groups[QUERY]);
	reading->authority = cut(line, &groups[AUTHORITY_PART]);
	return groups[ABSOLUTE].rm_so < 0 || is_host(reading->authority);
}

/* `name` is in lower case. */
static bool
read_field(struct reading *reading, const char *name, char *value)
{
	struct request_model *model = reading->model;
	char *element;

	if (strcmp(name, "content-length") == 0 || strcmp(name, "transfer-encoding") == 0 ||
	    (strcmp(name, "expect") == 0 && model->minor == 1) ||
	    (strcmp(name, "host") == 0 && (model->host != NULL || !is_host(value))))
		return false;
	if (strcmp(name, "host") == 0)
		FUZZ_HOLDS((model->host = strdup(value)) != NULL);
	model->tags += strcmp(name, "if-none-match") == 0;
	model->forwarders += strcmp(name, "x-forwarded-for") == 0;
	if (strcmp(name, "accept-encoding") == 0)
		while ((element = next_element(&value)) != NULL)
			read_encoding(&reading->weights, element);
	if (strcmp(name, "connection") == 0) {
		while ((element = next_element(&value)) != NULL) {
			reading->close |= strcasecmp(element, "close") == 0;
			reading->keep_alive |= strcasecmp(element, "keep-alive") == 0;
		}
	}
	return true;
}

static bool
read_header(struct reading *reading, const char *line)
{
	regmatch_t groups[MAX_GROUPS];
	char *name, *value;
	size_t length;
	bool good;

	if (!match(HEADER, line, groups))
		return false;
	name = cut(line, &groups[1]);
	value = cut(line, &groups[2]);
	lower(name);
	for (length = strlen(value); length > 0 && strchr(" \t", value[length - 1]) != NULL; length--)
		value[length - 1] = '\0';
	good = read_field(reading, name, value);
	free(name);
	free(value);
	return good;
}

/* `lines` end with CRLF each, and are taken apart. */
static bool
read_lines(struct reading *reading, char *lines)
{
	unsigned count = 0;

	for (char *end; (end = strstr(lines, "\r\n")) != NULL; lines = end + 2, count++) {
		*end = '\0';
		if (!(count == 0 ? read_request_line(reading, lines) : read_header(reading, lines)))
			return false;
	}
	return count <= 1 + 100;
}

static bool
conclude(struct reading *reading)
{
	struct request_model *model = reading->model;
	const struct weights *weights = &reading->weights;
	int gzip = weights->gzip >= 0 ? weights->gzip : weights->others;

	model->gzip = gzip > 0 && gzip >= weights->identity;
	model->persistent = !reading->close && (model->minor == 1 || reading->keep_alive);
	if (model->host == NULL) {
		FUZZ_HOLDS((model->host = strdup(reading->authority)) != NULL);
		return model->minor == 0;
	}
	return *reading->authority == '\0' || strcasecmp(reading->authority, model->host) == 0;
}

size_t
request_model_size(const char *data, size_t length)
{
	size_t begin = length >= 2 && memcmp(data, "\r\n", 2) == 0 ? 2 : 0;
	const char *end = memmem(data + begin, length - begin, "\r\n\r\n", 4);

	return end != NULL ? (size_t)(end - data) + 4 : 0;
}

bool
request_model_read(const char *data, size_t size, struct request_model *model)
{
	struct reading reading = { .model = model, .weights = { -1, -1, -1 } };
	char *text = strndup(data, size), *lines = text;
	bool good;

	*model = (struct request_model){ 0 };
	FUZZ_HOLDS(text != NULL);
	good = strlen(text) == size && size <= 16384;
	if (good) {
		text[size - 2] = '\0';
		lines += memcmp(text, "\r\n", 2) == 0 ? 2 : 0;
		good = read_lines(&reading, lines) && conclude(&reading);
	}
	free(text);
	free(reading.authority);
	if (!good)
		request_model_release(model);
	return good;
}

void
request_model_release(struct request_model *model)
{
	free(model->path);
	free(model->query);
	free(model->host);
}
