/* clipboard.c - programs that own the clipboard, tried one after the other: one that is installed for
 * another desktop fails, and so says that it is not the right one. */
#include "clipboard.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *const programs[][4] = {
	{ "wl-copy", NULL },
	{ "xclip", "-selection", "clipboard", NULL },
	{ "xsel", "--clipboard", "--input", NULL },
	{ "pbcopy", NULL },
};

/* Starts the program with `input` as its standard input. Some stay to serve the clipboard, and must
 * not keep what reads our output waiting. */
static bool
start(const char *const *arguments, int input, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	bool started;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return false;
	started = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) == 0 &&
	    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
	    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO) == 0 &&
	    posix_spawnp(pid, arguments[0], &actions, NULL, (char *const *)arguments, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	return started;
}

/* A row's characters are less than a pipe takes at once (POSIX, PIPE_BUF). */
static bool
give(const char *const *arguments, const char *text, size_t length)
{
	int ends[2], status = -1;
	bool given;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	given = write(ends[1], text, length) == (ssize_t)length && start(arguments, ends[0], &pid);
	close(ends[0]);
	close(ends[1]);
	return given && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 0;
}

/* Base 64 (RFC 4648). */
static void
put_base64(const char *text, size_t length)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < length; i += 3) {
		unsigned group = 0;

		for (size_t k = i; k < i + 3; k++)
			group = group << 8 | (k < length ? (unsigned char)text[k] : 0);
		for (size_t k = 0; k < 4; k++)
			putchar(i + k <= length ? digits[group >> (18 - 6 * k) & 63] : '=');
	}
}

/* Operating system command 52 of xterm, which terminals heed far from the desktop too. */
static void
give_to_terminal(const char *text, size_t length)
{
	fputs("\033]52;c;", stdout);
	put_base64(text, length);
	putchar('\a');
}

bool
clipboard_put(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (give(programs[i], text, length))
			return true;
	if (!isatty(STDOUT_FILENO))
		return false;
	give_to_terminal(text, length);
	return true;
}
