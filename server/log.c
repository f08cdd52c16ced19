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
	ssize_t written;
	int length;

	va_start(arguments, format);
	length = vsnprintf(line, sizeof(line) - 1, format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	if ((size_t)length > sizeof(line) - 2)
		length = sizeof(line) - 2;
	line[length++] = '\n';
	/* nobody to tell if that fails */
	written = write(STDERR_FILENO, line, (size_t)length);
	(void)written;
}
