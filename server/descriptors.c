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

unsigned
descriptors_for_clients(unsigned wanted, unsigned reserve)
{
	struct rlimit limit;
	rlim_t needed = (rlim_t)wanted + reserve;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		err(1, "cannot tell the limit on open files");
	if (limit.rlim_cur != RLIM_INFINITY && needed > limit.rlim_cur) {
		if (limit.rlim_max != RLIM_INFINITY && needed > limit.rlim_max)
			errx(1,
			    "%llu open files are needed, but the limit is %llu; raise it "
			    "(ulimit -n, LimitNOFILE=) or give a smaller --max-clients",
			    (unsigned long long)needed, (unsigned long long)limit.rlim_max);
		limit.rlim_cur = needed;
		if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
			err(1, "cannot raise the limit on open files to %llu", (unsigned long long)needed);
	}
	if (wanted > 0)
		return wanted;
	if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur - reserve > UINT_MAX)
		return UINT_MAX;
	if (limit.rlim_cur <= reserve)
		errx(1,
		    "the limit of %llu open files leaves none for clients; raise it to %u or more "
		    "(ulimit -n, LimitNOFILE=)",
		    (unsigned long long)limit.rlim_cur, reserve + 1);
	return (unsigned)(limit.rlim_cur - reserve);
}
