/* local_socket.h - UNIX sockets that listen at a path: their files come and go with the server. */
#ifndef LOCAL_SOCKET_H
#define LOCAL_SOCKET_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/un.h>

/* Makes `count` descriptors, one for each worker, of one socket that listens at the path of
 * `address`; its file gets the rights `mode`. What a server has left there that is gone is
 * replaced. True and sockets[], which the caller owns; false with errno, and nothing is left open.
 * EADDRINUSE if a server listens there, or the file is none of a socket. To be called while there
 * is one thread: it changes the umask for a moment. */
bool local_sockets(const struct sockaddr_un *address, mode_t mode, int sockets[], unsigned count)
    __attribute__((warn_unused_result));

/* The file of a socket, to be known again. */
struct local_file {
	dev_t device;
	ino_t inode;
};

/* What file is at `path`? All zero if there is none. */
struct local_file local_file_at(const char *path);

/* Removes the file at `path` if it is still `file`, and none that another server has put there. That
 * it may not is no error: the next server replaces what is left. */
void local_file_remove(const char *path, const struct local_file *file);

#endif
