/* privileges.c - groups first, for a user cannot change them; and all is looked at afterwards, for
 * a daemon that thinks it is nobody must be. */
#include "privileges.h"

#include <err.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <unistd.h>

static const struct passwd *
find_user(const char *name)
{
	const struct passwd *user;

	errno = 0;
	user = getpwnam(name);
	if (user == NULL && errno != 0)
		err(1, "cannot look up --user=%s", name);
	if (user == NULL)
		errx(1, "--user=%s is no user of this machine; see useradd(8)", name);
	return user;
}

/* In every respect: what is saved could be taken up again. */
static bool
is_user(const struct passwd *user)
{
	uid_t uid, effective_uid, saved_uid;
	gid_t gid, effective_gid, saved_gid;

	return getresuid(&uid, &effective_uid, &saved_uid) == 0 &&
	    getresgid(&gid, &effective_gid, &saved_gid) == 0 && uid == user->pw_uid &&
	    effective_uid == user->pw_uid && saved_uid == user->pw_uid && gid == user->pw_gid &&
	    effective_gid == user->pw_gid && saved_gid == user->pw_gid;
}

void
privileges_become(const char *name)
{
	const struct passwd *user = find_user(name);

	if (is_user(user))
		return;
	if (initgroups(name, user->pw_gid) != 0 ||
	    setresgid(user->pw_gid, user->pw_gid, user->pw_gid) != 0 ||
	    setresuid(user->pw_uid, user->pw_uid, user->pw_uid) != 0)
		err(1, "cannot become --user=%s; start charfinderd as root, or as that user", name);
	if (!is_user(user) || (user->pw_uid != 0 && setuid(0) == 0))
		errx(1, "could not give up all rights for --user=%s", name);
}

void
privileges_check(const char *name)
{
	(void)find_user(name);
}
