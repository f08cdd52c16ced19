# shellcheck shell=sh disable=SC2034,SC2154 # variables of, and for, the script that sources this
# setup.sh - sourced by ./run and ./check: has the packages that the project needs.

# The Debian packages that building needs, and those that checking needs on top.
BUILD_PACKAGES="gcc libc6-dev make autoconf automake pkg-config libevent-dev libicu-dev zlib1g-dev"
CHECK_PACKAGES="check chromium clang clang-format curl dict expect haproxy libclang-rt-dev mandoc netcat-openbsd nodejs python3 python3-jsonschema strace systemd telnet valgrind wrk xz-utils"
# Programs that tests talk to where they are installed, and those of steps of ./check all.
CLIENT_PACKAGES="debhelper dico dictd dictfmt emacs-nox firefox-esr fish fzf libnet-dict-perl lintian nginx-light openssl python3-dicoclient reuse shellcheck webkit2gtk-driver xvfb zsh"
# Debian has npm in a package of its own, others have it in nodejs.
command -v npm >/dev/null || CHECK_PACKAGES="$CHECK_PACKAGES npm"

# Ends the script with one line that says why.
die() {
	echo "$program: $*" >&2
	exit 1
}

# Prints those of the packages "$@" that are not installed.
missing_packages() {
	for package in "$@"; do
		case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
		"install ok installed") ;;
		*) printf '%s ' "$package" ;;
		esac
	done
}

# Installs what is missing of "$@", or says what to do.
ensure_packages() {
	if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
		echo "$program: not a Debian system; going on with what is there. Needed are, by Debian's names: $*"
		return
	fi
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" -ne 0 ]; then
		die "packages are missing; install them with: sudo apt-get install --no-install-recommends $missing"
	fi
	echo "$program: installing $missing"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -q >/dev/null || die "apt-get update failed; see above"
	# shellcheck disable=SC2086 # a list of words
	apt-get install -q -y --no-install-recommends $missing >/dev/null ||
		die "apt-get could not install $missing; see above"
}

# Makes ./configure, and a build in build/$1 configured with the other arguments.
configure_build() {
	build=build/$1
	shift
	if [ -e config.status ]; then
		die "this source directory has a build in it; run 'make distclean' here first"
	fi
	# once there are both, make keeps them up to date
	if [ ! -e configure ]; then
		./autogen.sh >autogen.log 2>&1 || { cat autogen.log >&2; die "autogen.sh failed"; }
	fi
	mkdir -p "$build"
	if [ ! -e "$build/config.status" ]; then
		(cd "$build" && ../../configure -q "$@") || die "configure failed; see $build/config.log"
	fi
}
