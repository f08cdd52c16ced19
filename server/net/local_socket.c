/* local_socket.c - binding to a path, and the files that remain of it. A path does not become free by
 * itself when its server ends, as a port does, so what is found there is asked whether it lives. */
#include "local_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

static int
new_socket(void)
{
	return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/* Is there a socket that nobody listens on any more? */
static bool
is_left_over(const struct sockaddr_un *address)
{
	struct stat found;
	bool refused;
	int fd;

	if (lstat(address->sun_path, &found) != 0 || !S_ISSOCK(found.st_mode))
		return false;
	fd = new_socket();
	if (fd < 0)
		return false;
	refused = connect(fd, (const struct sockaddr *)address, sizeof(*address)) != 0 &&
	    errno == ECONNREFUSED;
	close(fd);
	return refused;
}

/* The file has its rights from the beginning, so that nobody gets in before. */
static bool
bind_with_mode(int fd, const struct sockaddr_un *address, mode_t mode)
{
	mode_t before = umask(0777 & ~mode);
	bool bound = bind(fd, (const struct sockaddr *)address, sizeof(*address)) == 0;

	umask(before);
	return bound;
}

static bool
bind_anew(int fd, const struct sockaddr_un *address, mode_t mode)
{
	if (bind_with_mode(fd, address, mode))
		return true;
	if (errno != EADDRINUSE)
		return false;
	if (is_left_over(address) && unlink(address->sun_path) == 0)
		return bind_with_mode(fd, address, mode);
	errno = EADDRINUSE;
	return false;
}

static bool
copy(int sockets[], unsigned count)
{
	for (unsigned i = 1; i < count; i++) {
		sockets[i] = fcntl(sockets[0], F_DUPFD_CLOEXEC, 0);
		if (sockets[i] >= 0)
			continue;
		while (i-- > 1)
			close(sockets[i]);
		return false;
	}
	return true;
}

bool
local_sockets(const struct sockaddr_un *address, mode_t mode, int sockets[], unsigned count)
{
	int saved_errno;

	sockets[0] = new_socket();
	if (sockets[0] < 0)
		return false;
	if (bind_anew(sockets[0], address, mode) && listen(sockets[0], BACKLOG) == 0 &&
	    copy(sockets, count))
		return true;
	saved_errno = errno;
	close(sockets[0]);
	errno = saved_errno;
	return false;
}

struct local_file
local_file_at(const char *path)
{
	struct stat found;

	if (lstat(path, &found) != 0)
		return (struct local_file){ 0 };
	return (struct local_file){ found.st_dev, found.st_ino };
}

void
local_file_remove(const char *path, const struct local_file *file)
{
	struct local_file found = local_file_at(path);

	if (found.inode != 0 && found.inode == file->inode && found.device == file->device)
		unlink(path);
}
