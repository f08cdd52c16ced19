/* proxy_model.c - hides a second reading of the PROXY protocol: version 1 by a regular
 * expression, version 2 by a table. */
#include "proxy_model.h"

#include <arpa/inet.h>
#include <regex.h>

#include "fuzz.h"

#define MAX_LINE 107
#define MAX_HEADER 2048

#define PORT "(0|[1-9][0-9]{0,4})"
#define LINE "^PROXY (UNKNOWN( .*)?|(TCP4|TCP6) ([^ ]+) ([^ ]+) " PORT " " PORT ")\r\n$"

enum { FAMILY = 3, SOURCE, DESTINATION, SOURCE_PORT, DESTINATION_PORT, GROUPS };

static bool
is_address(char *line, const regmatch_t *group, int family)
{
	unsigned char address[16];

	line[group->rm_eo] = '\0';
	return inet_pton(family, line + group->rm_so, address) == 1;
}

static enum proxy_status
line_status(const char *data, size_t length)
{
	static regex_t expression;
	static bool compiled;
	regmatch_t groups[GROUPS];
	char line[MAX_LINE + 1] = { 0 };
	int family;

	if (!compiled)
		FUZZ_HOLDS(regcomp(&expression, LINE, REG_EXTENDED) == 0);
	compiled = true;
	memcpy(line, data, length);
	if (memchr(data, '\0', length) != NULL || regexec(&expression, line, GROUPS, groups, 0) != 0)
		return PROXY_BAD;
	if (groups[FAMILY].rm_so < 0)
		return PROXY_READY;
	family = line[groups[FAMILY].rm_so + 3] == '4' ? AF_INET : AF_INET6;
	return is_address(line, &groups[SOURCE], family) &&
	        is_address(line, &groups[DESTINATION], family) &&
	        atoi(line + groups[SOURCE_PORT].rm_so) <= 65535 &&
	        atoi(line + groups[DESTINATION_PORT].rm_so) <= 65535
	    ? PROXY_READY
	    : PROXY_BAD;
}

static enum proxy_status
version_1(const char *data, size_t length)
{
	const char *end = memchr(data, '\n', length < MAX_LINE ? length : MAX_LINE);

	if (end == NULL)
		return length < MAX_LINE ? PROXY_PARTIAL : PROXY_BAD;
	return line_status(data, (size_t)(end - data) + 1);
}

static enum proxy_status
version_2(const unsigned char *data, size_t length)
{
	/* the bytes of the addresses that each family has; those of others are not looked at */
	static const struct {
		unsigned char family;
		unsigned least;
	} families[] = { { 0x00, 0 }, { 0x11, 12 }, { 0x21, 36 }, { 0x31, 0 } };
	unsigned rest;

	if (length > 12 && data[12] != 0x20 && data[12] != 0x21)
		return PROXY_BAD;
	if (length < 16)
		return PROXY_PARTIAL;
	rest = data[14] * 256u + data[15];
	if (16 + rest > MAX_HEADER)
		return PROXY_BAD;
	if (length < 16 + rest)
		return PROXY_PARTIAL;
	if (data[12] == 0x20)
		return PROXY_READY;
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (families[i].family == data[13] && rest >= families[i].least)
			return PROXY_READY;
	return PROXY_BAD;
}

enum proxy_status
proxy_model_status(const char *data, size_t length)
{
	static const char line[] = "PROXY ", signature[] = "\r\n\r\n\0\r\nQUIT\n";
	size_t i;

	for (i = 0; i < length && i < 6 && data[i] == line[i]; i++)
		;
	if (i == 6)
		return version_1(data, length);
	if (i == length)
		return PROXY_PARTIAL;
	for (i = 0; i < length && i < 12 && data[i] == signature[i]; i++)
		;
	if (i == 12)
		return version_2((const unsigned char *)data, length);
	return i == length ? PROXY_PARTIAL : PROXY_BAD;
}
