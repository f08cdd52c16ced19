/* descriptors.c - the standard descriptors, and RLIMIT_NOFILE. */
#include "descriptors.h"

#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/resource.h>
#include <unistd.h>

void
descriptors_have_standard(void)
{
	/* in this order, for the lowest that is free is the one that is opened */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
			err(1, "cannot open /dev/null in place of the closed descriptor %d", fd);
}

static bool
has_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

bool
descriptors_lost_terminal(void)
{
	static enum { UNKNOWN, NEVER, ONCE } had;

	if (had == UNKNOWN)
		had = has_terminal() ? ONCE : NEVER;
	return had == ONCE && !has_terminal();
}

/* Ends the program: the limit is too low. */
static _Noreturn void
refuse(rlim_t limit, unsigned wanted, unsigned reserve)
{
	if (wanted == 0)
		errx(1,
		    "the limit of %llu open files leaves none for clients; raise it to %u or more "
		    "(ulimit -n, LimitNOFILE=)",
		    (unsigned long long)limit, reserve + 1);
	errx(1,
	    "%u clients and %u open files of the daemon are more than the limit of %llu; raise it "
	    "(ulimit -n, LimitNOFILE=) or give a smaller --max-clients",
	    wanted, reserve, (unsigned long long)limit);
}

unsigned
descriptors_for_clients(unsigned wanted, unsigned reserve)
{
	struct rlimit limit;
	rlim_t needed = (rlim_t)wanted + reserve;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		err(1, "cannot tell the limit on open files");
	if (limit.rlim_cur != RLIM_INFINITY && needed > limit.rlim_cur) {
		if (limit.rlim_max != RLIM_INFINITY && needed > limit.rlim_max)
			refuse(limit.rlim_max, wanted, reserve);
		limit.rlim_cur = needed;
		if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
			err(1, "cannot raise the limit on open files to %llu", (unsigned long long)needed);
	}
	if (wanted > 0)
		return wanted;
	if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur - reserve > UINT_MAX)
		return UINT_MAX;
	if (limit.rlim_cur <= reserve)
		refuse(limit.rlim_cur, wanted, reserve);
	return (unsigned)(limit.rlim_cur - reserve);
}
