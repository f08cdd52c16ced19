/* privileges.h - being somebody without rights, once the sockets are open. The functions end the
 * program with a one-line error if they fail. */
#ifndef PRIVILEGES_H
#define PRIVILEGES_H

/* Becomes the user `name` for good, with its groups and no others. Nothing to do if it is that
 * user already. To be called before there are threads. */
void privileges_become(const char *name);

/* Looks whether there is such a user, and changes nothing. */
void privileges_check(const char *name);

#endif
