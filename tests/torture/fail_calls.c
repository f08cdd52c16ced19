/* fail_calls.c - hides a network that misbehaves: a library to be preloaded (LD_PRELOAD),
 * with which system calls fail, or move one byte only, when it is their turn. By the
 * environment:
 *
 *	FAIL_CALLS=NAME:ERROR:N:K  from the N-th on, K calls of NAME fail with errno ERROR
 *	FAIL_CALLS_STATE=FILE      where to count, and where that can be changed later: a file
 *	                           that is long enough, filled with a struct plan for each call
 *
 * Of read(), readv(), write() and writev() only those on sockets and, for the log, on
 * standard error count: the rest is the loop's own business. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* In the order of their plans. */
enum call {
	ACCEPT4,
	RECV,
	READ,
	READV,
	SEND,
	SENDMSG,
	WRITE,
	WRITEV,
	EPOLL_CTL,
	EPOLL_WAIT,
	IOCTL,
	SETSOCKOPT,
	SHUTDOWN,
	CALL_COUNT,
};

/* clang-format off */
static const char *const names[CALL_COUNT] = {
	"accept4", "recv", "read", "readv", "send", "sendmsg", "write", "writev", "epoll_ctl",
	"epoll_wait", "ioctl", "setsockopt", "shutdown",
};
/* clang-format on */

/* In place of an errno: not an error, but one byte at most. */
#define ONE_BYTE 1000

/* As tests/torture/preload.py reads and writes it. */
struct plan {
	char name[16];           /* written by the shim */
	_Atomic uint64_t calls;  /* so far */
	_Atomic uint64_t first;  /* the call that fails, counted from 1; 0: none does */
	_Atomic uint64_t count;  /* and how many do */
	_Atomic uint64_t error;  /* how: an errno, or ONE_BYTE */
	_Atomic uint64_t failed; /* so far */
};

static struct plan own_plans[CALL_COUNT], *plans = own_plans;

/* ---- the plan ------------------------------------------------------------------ */

/* Reads FAIL_CALLS. */
static void
set_plan(const char *text)
{
	unsigned long error, first, count;
	char name[16];

	if (text == NULL || sscanf(text, "%15[^:]:%lu:%lu:%lu", name, &error, &first, &count) != 4)
		return;
	for (int call = 0; call < CALL_COUNT; call++) {
		if (strcmp(name, names[call]) != 0)
			continue;
		plans[call].error = error;
		plans[call].count = count;
		plans[call].first = first;
	}
}

__attribute__((constructor)) static void
initialize(void)
{
	const char *path = getenv("FAIL_CALLS_STATE");
	int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
	void *map = MAP_FAILED;

	if (fd >= 0) {
		map = mmap(NULL, sizeof(own_plans), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		close(fd);
	}
	if (map != MAP_FAILED)
		plans = map;
	for (int call = 0; call < CALL_COUNT; call++)
		strcpy(plans[call].name, names[call]);
	set_plan(getenv("FAIL_CALLS"));
}

static bool
counts(enum call call, int fd)
{
	struct stat st;

	if (call != READ && call != READV && call != WRITE && call != WRITEV)
		return true;
	return fstat(fd, &st) == 0 && (S_ISSOCK(st.st_mode) || (call == WRITE && fd == STDERR_FILENO));
}

/* What is to happen to this call: 0, nothing, or what plan.error says. */
static uint64_t
fate(enum call call, int fd)
{
	struct plan *plan = plans + call;
	int saved_errno = errno;
	uint64_t n, first;
	bool counted;

	counted = counts(call, fd);
	errno = saved_errno;
	if (!counted)
		return 0;
	n = atomic_fetch_add(&plan->calls, 1) + 1;
	first = plan->first;
	if (first == 0 || n < first || n - first >= plan->count)
		return 0;
	atomic_fetch_add(&plan->failed, 1);
	return plan->error;
}

static bool
fails(uint64_t fate)
{
	if (fate != 0 && fate != ONE_BYTE)
		errno = (int)fate;
	return fate != 0 && fate != ONE_BYTE;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* ---- the calls ----------------------------------------------------------------- */

int
accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
	return fails(fate(ACCEPT4, fd)) ? -1 : REAL(accept4)(fd, address, length, flags);
}

ssize_t
recv(int fd, void *bytes, size_t length, int flags)
{
	uint64_t f = fate(RECV, fd);

	return fails(f) ? -1 : REAL(recv)(fd, bytes, f == ONE_BYTE && length > 1 ? 1 : length, flags);
}

ssize_t
read(int fd, void *bytes, size_t length)
{
	uint64_t f = fate(READ, fd);

	return fails(f) ? -1 : REAL(read)(fd, bytes, f == ONE_BYTE && length > 1 ? 1 : length);
}

ssize_t
readv(int fd, const struct iovec *pieces, int count)
{
	uint64_t f = fate(READV, fd);

	if (fails(f))
		return -1;
	return f == ONE_BYTE ? REAL(read)(fd, pieces[0].iov_base, pieces[0].iov_len > 0)
	                     : REAL(readv)(fd, pieces, count);
}

ssize_t
send(int fd, const void *bytes, size_t length, int flags)
{
	uint64_t f = fate(SEND, fd);

	return fails(f) ? -1 : REAL(send)(fd, bytes, f == ONE_BYTE && length > 1 ? 1 : length, flags);
}

/* The first byte of some pieces, to be sent alone. */
static struct iovec
first_byte(const struct iovec *pieces, size_t count)
{
	struct iovec piece = { NULL, 0 };

	for (size_t i = 0; i < count && piece.iov_len == 0; i++)
		piece = pieces[i];
	piece.iov_len = piece.iov_len > 0;
	return piece;
}

ssize_t
sendmsg(int fd, const struct msghdr *message, int flags)
{
	uint64_t f = fate(SENDMSG, fd);
	struct msghdr shorter = *message;
	struct iovec piece = first_byte(message->msg_iov, message->msg_iovlen);

	if (fails(f))
		return -1;
	if (f != ONE_BYTE)
		return REAL(sendmsg)(fd, message, flags);
	shorter.msg_iov = &piece;
	shorter.msg_iovlen = 1;
	return REAL(sendmsg)(fd, &shorter, flags);
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
	uint64_t f = fate(WRITE, fd);

	return fails(f) ? -1 : REAL(write)(fd, bytes, f == ONE_BYTE && length > 1 ? 1 : length);
}

ssize_t
writev(int fd, const struct iovec *pieces, int count)
{
	uint64_t f = fate(WRITEV, fd);
	struct iovec piece = first_byte(pieces, (size_t)count);

	if (fails(f))
		return -1;
	return f == ONE_BYTE ? REAL(writev)(fd, &piece, 1) : REAL(writev)(fd, pieces, count);
}

int
epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	/* only what is new needs memory (epoll_ctl(2)) */
	if (operation == EPOLL_CTL_ADD && fails(fate(EPOLL_CTL, fd)))
		return -1;
	return REAL(epoll_ctl)(epoll, operation, fd, event);
}

int
epoll_wait(int epoll, struct epoll_event *events, int most, int timeout)
{
	return fails(fate(EPOLL_WAIT, epoll)) ? -1 : REAL(epoll_wait)(epoll, events, most, timeout);
}

int
ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	return fails(fate(IOCTL, fd)) ? -1 : REAL(ioctl)(fd, request, argument);
}

int
setsockopt(int fd, int level, int option, const void *value, socklen_t length)
{
	return fails(fate(SETSOCKOPT, fd)) ? -1 : REAL(setsockopt)(fd, level, option, value, length);
}

int
shutdown(int fd, int how)
{
	return fails(fate(SHUTDOWN, fd)) ? -1 : REAL(shutdown)(fd, how);
}
