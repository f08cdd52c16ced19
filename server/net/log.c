/* log.c - hides where log lines go. */
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* The longest line is that of a query of 4,096 bytes, each shown as four. */
#define LINE_SIZE (20 * 1024)

void
log_line(const char *format, ...)
{
	char line[LINE_SIZE];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(line, sizeof(line) - 1, format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	if ((size_t)length > sizeof(line) - 2)
		length = sizeof(line) - 2;
	line[length++] = '\n';
	log_text(line, (size_t)length);
}

void
log_text(const char *text, size_t length)
{
	ssize_t written = write(STDERR_FILENO, text, length);

	/* nobody to tell if that failed */
	(void)written;
}
