"""A machine of its own for tests: a real systemd, booted in namespaces of its own on an
overlay of this machine's root, or of another directory, so that nothing that happens there is
seen outside or outlives it."""

import atexit
import contextlib
import ctypes
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import unittest

import daemon

SYSTEMD = '/lib/systemd/systemd'
PROGRAMS = ('journalctl', 'mount', 'nsenter', 'pivot_root', 'setpriv', 'systemctl', 'umount',
            'unshare')
BOOTING = 'booting'
GROUP = 'charfinder-test-'

# In the new namespaces, as their first process: $1 is a directory with an empty directory
# `mount`, and with `files` that are to be in the machine; $2 is the root that they are laid over.
#
# Of what systemd would start by itself only the journal stays. The kernel's settings are
# read-only, for they are not the machine's own.
SET_UP = r'''
set -eu
mount -t tmpfs -o mode=755 tmpfs "$1/mount"
cd "$1/mount"
mkdir upper work root
cp -R "$1/files/." upper/
chmod -R u=rwX,go=rX upper
mount -t overlay -o "lowerdir=$2,upperdir=$PWD/upper,workdir=$PWD/work" overlay root
cd root

mount -t proc -o nosuid,nodev,noexec proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys
mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755,nosuid tmpfs dev
for device in null zero full random urandom tty; do
	: >"dev/$device"
	mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp

mount -t tmpfs -o mode=755 tmpfs etc/systemd/system
for unit in lib/systemd/system/*.target.wants/* usr/lib/systemd/system/*.target.wants/* \
	systemd-remount-fs.service; do
	name=${unit##*/}
	case $name in
	systemd-journald-audit.socket) ;;
	systemd-journald*) continue ;;
	esac
	ln -sf /dev/null "etc/systemd/system/$name"
done
cat >etc/systemd/system/booted.target <<END
[Unit]
Requires=basic.target
After=basic.target
END

pivot_root . .
umount -l .
cd /
echo BOOTING
exec env -i container=test PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
	SYSTEMD --unit=booted.target --log-target=journal --log-level=warning --show-status=no
'''.replace('BOOTING', BOOTING).replace('SYSTEMD', SYSTEMD)

# Of all that is in the machine, some that must not be as it is here.
FILES = {
    '/etc/fstab': b'',
    '/etc/hostname': b'booted\n',
    '/etc/machine-id': b'0123456789abcdef0123456789abcdef\n',  # else it is a first boot
    '/etc/systemd/journald.conf.d/test.conf':
        b'[Journal]\nStorage=volatile\nRateLimitIntervalSec=0\nReadKMsg=no\n',
}


class Machine:
    """A booted machine, as a context; a test that it cannot be booted for is skipped.

    `files` says what is installed there: {path: bytes, or the path of a file to copy}, over all
    that is in the directory `root`. It ends with the context and with the test program, however
    that ends."""

    def __init__(self, files, root='/'):
        self.files = {**FILES, **files}
        self.root = root

    def __enter__(self):
        check_that_it_may_be()
        with contextlib.ExitStack() as stack:
            self.directory = stack.enter_context(tempfile.TemporaryDirectory())
            self.group = stack.enter_context(control_group())
            self.console = stack.enter_context(tempfile.TemporaryFile())
            self.install()
            self.outer = stack.enter_context(self.first_process())
            self.pid = daemon.wait_for(self.find_pid, 'first process of the machine')
            daemon.wait_for(self.has_booted, 'boot')
            self.everything = stack.pop_all()
        # An interrupt is not a test's failure: nobody ends the contexts of a test class then.
        atexit.register(self.everything.close)
        return self

    def __exit__(self, *_):
        atexit.unregister(self.everything.close)
        self.everything.close()

    # ---- booting

    def install(self):
        for path, contents in self.files.items():
            there = pathlib.Path(self.directory, 'files', path.lstrip('/'))
            there.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(contents, bytes):
                there.write_bytes(contents)
            else:
                shutil.copy(contents, there)
        pathlib.Path(self.directory, 'mount').mkdir()

    @contextlib.contextmanager
    def first_process(self):
        """The process whose child is the machine's first. With it, and with this program,
        everything in the machine ends."""
        enter = f'echo $$ >{self.group}/cgroup.procs && exec "$@"'
        process = subprocess.Popen(
            ['sh', '-c', enter, 'sh', 'setpriv', '--pdeathsig', 'KILL',
             'unshare', '--mount', '--pid', '--uts', '--ipc', '--net', '--cgroup', '--fork',
             '--kill-child', '--propagation', 'private',
             'sh', '-c', SET_UP, 'sh', self.directory, self.root],
            stdin=subprocess.DEVNULL, stdout=self.console, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def said(self):
        return daemon.contents(self.console)

    def check_that_it_lives(self):
        if self.outer.poll() is None:
            return
        if BOOTING in self.said():
            raise AssertionError(f'systemd ended:\n{self.said()}')
        raise unittest.SkipTest('no machine can be booted here: '
                                + (self.said().strip().split('\n')[-1] or 'no reason given'))

    def find_pid(self):
        self.check_that_it_lives()
        return next((pid for pid in processes() if parent(pid) == self.outer.pid), None)

    def has_booted(self):
        self.check_that_it_lives()
        if BOOTING not in self.said():
            return False
        return self.run('systemctl', 'is-active', 'booted.target', check=False) == 'active\n'

    # ---- what can be done there

    def run(self, *command, check=True):
        """The standard output of a command that is run in the machine."""
        result = subprocess.run(['nsenter', '-t', str(self.pid), '-a', *command],
                                stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                timeout=daemon.DEADLINE)
        if check and result.returncode != 0:
            raise AssertionError(f'{command} failed with {result.returncode}: {result.stderr}')
        return result.stdout

    def systemctl(self, *arguments):
        return self.run('systemctl', *arguments)

    def show(self, unit, name):
        """A property of a unit."""
        return self.run('systemctl', 'show', '--value', '-p', name, unit).rstrip('\n')

    def log(self, unit):
        self.run('journalctl', '--sync')
        return self.run('journalctl', '--no-pager', '--output=cat', f'--unit={unit}')

    def path(self, path):
        """A path there, as seen from here."""
        return pathlib.Path(f'/proc/{self.pid}/root', path.lstrip('/'))

    def write(self, path, contents):
        """Replaces a file there, or makes it."""
        path = self.path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(path.name + '.new')
        new.write_bytes(contents)
        new.chmod(0o644)
        new.rename(path)

    def remove(self, path):
        """Removes a file or directory there, if it is there."""
        path = self.path(path)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def pids(self, unit):
        """The processes of a unit, as they are numbered here."""
        group = self.show(unit, 'ControlGroup')
        if not group:
            return []
        with contextlib.suppress(FileNotFoundError):
            return [int(pid) for pid in
                    pathlib.Path(f'{self.group}{group}/cgroup.procs').read_text().split()]
        return []

    def socket(self):
        """A TCP socket of the machine's network; whoever has it may use it anywhere."""
        with in_network_of(self.pid):
            return socket.socket()


# ---- what it is made of -------------------------------------------------------------

def check_that_it_may_be():
    if os.geteuid() != 0:
        raise unittest.SkipTest('only root can boot a machine')
    for program in (*PROGRAMS, SYSTEMD):
        if not shutil.which(program):
            raise unittest.SkipTest(f'needs {program}')
    if not hierarchy():
        raise unittest.SkipTest('needs a cgroup v2 hierarchy')


def hierarchy():
    """Where the cgroup v2 hierarchy is mounted, if it is."""
    for line in pathlib.Path('/proc/self/mountinfo').read_text().splitlines():
        mount, _, filesystem = line.partition(' - ')
        if filesystem.startswith('cgroup2 '):
            return mount.split()[4]
    return None


@contextlib.contextmanager
def control_group():
    """A control group, for a machine to be the root of its own."""
    group = f'{hierarchy()}/{GROUP}{os.getpid()}'
    remove_what_was_left()
    try:
        os.mkdir(group)
    except OSError as error:
        raise unittest.SkipTest(f'no control group can be made here: {error}') from None
    try:
        yield group
    finally:
        daemon.wait_for(lambda: not is_populated(group), 'end of the machine')
        remove_group(group)


def is_populated(group):
    return 'populated 0' not in pathlib.Path(group, 'cgroup.events').read_text()


def remove_group(group):
    for directory, _, _ in os.walk(group, topdown=False):
        os.rmdir(directory)


def remove_what_was_left():
    """The control groups of test programs that were killed."""
    for group in pathlib.Path(hierarchy()).glob(f'{GROUP}*'):
        with contextlib.suppress(OSError):  # another program has been quicker
            if not (os.path.exists(f'/proc/{group.name.removeprefix(GROUP)}')
                    or is_populated(group)):
                remove_group(group)


def processes():
    return [int(name) for name in os.listdir('/proc') if name.isdecimal()]


def parent(pid):
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return int(pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[1])
    return None


@contextlib.contextmanager
def in_network_of(pid):
    """What this thread makes is of the network namespace of a process."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open('/proc/thread-self/ns/net') as here, open(f'/proc/{pid}/ns/net') as there:
        enter(libc, there)
        try:
            yield
        finally:
            enter(libc, here)


def enter(libc, namespace):
    if libc.setns(namespace.fileno(), 0) != 0:
        raise OSError(ctypes.get_errno(), 'cannot enter a namespace')
