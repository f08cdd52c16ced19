"""A daemon to talk to, and ways to talk to it. Nothing here sleeps and hopes: every wait
is for a condition, with a deadline."""

import contextlib
import os
import re
import select
import signal
import socket
import struct
import subprocess
import tempfile
import time

import suite

DEADLINE = suite.DEADLINE
NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST = 4, 20, 1
SERVING = re.compile(r'Serving on (.+):(\d+)\. Hit CTRL-C to stop\.')
HTTP = re.compile(r'HTTP on http://(.+):(\d+)/\n')
DICT = re.compile(r'DICT on dict://(.+):(\d+)/\n')


def has_ipv6():
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as s:
        s.bind(('::1', 0))
        return True
    return False


class Late(AssertionError):
    """What was waited for did not come in time."""


def wait_for(condition, what, deadline=None):
    """Returns the first true value of condition()."""
    end = time.monotonic() + (deadline or DEADLINE)
    while not (value := condition()):
        if time.monotonic() > end:
            raise Late(f'no {what} in time')
        time.sleep(0.001)
    return value


class Gone(AssertionError):
    """The daemon has ended, and should not have, or not so."""

    def __init__(self, daemon):
        complaints = re.sub(r'(?m)^c\d+ .*\n', '', daemon.stderr())  # without connections
        super().__init__(f'exit status {daemon.process.poll()}: {complaints}')


class Daemon:
    """A running charfinderd, on 127.0.0.1 and a free port unless told otherwise, in classic
    mode, whose every answer the oracle knows, unless one of the arguments names another.

    As a context it is stopped at the end with SIGTERM and must have ended well. Its
    output goes to temporary files, never to a pipe that nobody reads."""

    def __init__(self, *arguments, addresses=('127.0.0.1', '0'), serving=1):
        self.command = (suite.program('charfinderd')
                        + ['--index=' + suite.database(), '--mode=classic'] + list(arguments) + list(addresses))
        self.expected_addresses = serving
        self.signalled = False
        self.popen_options = {}

    def open_stderr(self):
        """The file that its standard error is to be."""
        return tempfile.TemporaryFile()

    def __enter__(self):
        self._stdout = tempfile.TemporaryFile()
        self._stderr = self.open_stderr()
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL,
                                        stdout=self._stdout, stderr=self._stderr,
                                        **self.popen_options)
        try:
            wait_for(self.serves_all_or_is_gone, 'line "Serving on"')
            if len(self.served()) < self.expected_addresses:
                raise Gone(self)
        except BaseException:
            self.kill()
            raise
        self.host, self.port = self.served()[0]
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.stop()
        finally:
            self.kill()
            self._stdout, self._stderr = last_contents(self._stdout), last_contents(self._stderr)

    def serves_all_or_is_gone(self):
        return (len(self.served()) >= self.expected_addresses
                or self.process.poll() is not None)

    def served(self):
        """[(host, port)] as the daemon says."""
        return [(host.strip('[]'), int(port)) for host, port in SERVING.findall(self.stdout())]

    def http(self):
        """(host, port) where it speaks HTTP, as it says."""
        host, port = HTTP.findall(self.stdout())[0]
        return host.strip('[]'), int(port)

    def dict(self):
        """(host, port) where it serves dictionary clients, as it says."""
        host, port = DICT.findall(self.stdout())[0]
        return host.strip('[]'), int(port)

    def stdout(self):
        return contents(self._stdout)

    def stderr(self):
        return contents(self._stderr)

    def send_signal(self, number=signal.SIGTERM):
        self.signalled = True
        self.process.send_signal(number)

    def says_that_it_shuts_down(self):
        return 'Server shutting down.\n' in self.stdout()

    def wait(self, deadline=None):
        """The exit status."""
        try:
            return self.process.wait(deadline or DEADLINE)
        except subprocess.TimeoutExpired:
            raise Late('the daemon did not exit in time') from None

    def stop(self, number=signal.SIGTERM):
        if not self.signalled:
            self.send_signal(number)
        status = self.wait()
        if status != 0:
            raise Gone(self)
        assert self.stdout().endswith('Server shutting down.\n'), self.stdout()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def connect(self, address=None):
        try:
            s = socket.create_connection(address or (self.host, self.port), timeout=DEADLINE)
        except ConnectionRefusedError:
            if not self.signalled and self.process.poll() is not None:
                raise Gone(self) from None
            raise
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return s

    def reply(self, pieces, half_close=True, paced=False):
        """All that the daemon sends, up to its end of output, to a client that sends
        `pieces` (or one piece) and then, or never, the end of input. When paced, a piece
        is not sent before the daemon has read the one before."""
        with contextlib.closing(self.connect()) as s:
            return talk(s, [pieces] if isinstance(pieces, bytes) else pieces, half_close, paced)


def contents(file):
    if isinstance(file, str):
        return file  # of a daemon that is gone
    # pread() leaves alone the position, which is also the writer's.
    return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode('utf-8', 'replace')


def last_contents(file):
    with file:
        return contents(file)


def talk(s, pieces, half_close=True, paced=False):
    """Sends while it reads, so that neither side waits for the other."""
    s.setblocking(False)
    end = time.monotonic() + DEADLINE
    received = []
    unsent = [bytes(piece) for piece in pieces if piece]
    unsent.reverse()
    open_for_sending = True
    while True:
        if time.monotonic() > end:
            raise Late(f'no end of output; {sum(map(len, received))} bytes so far, '
                       f'the last {b"".join(received)[-80:]!r}')
        ready = not paced or has_been_read(s)
        if open_for_sending and not unsent and half_close and ready:
            open_for_sending = False
            shut_down_sending(s)
        sending = [s] if unsent and open_for_sending and ready else []
        readable, writable, _ = select.select([s], sending, [], 1 if ready else 0.0005)
        if readable:
            data = s.recv(1 << 18)
            if not data:
                return b''.join(received)
            received.append(data)
            end = time.monotonic() + DEADLINE
        if writable:
            try:
                piece = unsent.pop()
                rest = piece[s.send(piece):]
                if rest:
                    unsent.append(rest)
            except (BrokenPipeError, ConnectionResetError):
                open_for_sending = False  # it has closed: what it had to say is still to be read


def shut_down_sending(s):
    with contextlib.suppress(OSError):  # it has closed already
        s.shutdown(socket.SHUT_WR)


def has_been_read(s):
    """Whether the other end, a socket of this machine, has read all that `s` has sent, by
    sock_diag(7). Where that cannot be known (no IPv4, no Linux, closed): yes."""
    try:
        (there, other_port), (here, port) = s.getpeername(), s.getsockname()
        other_end = struct.pack('!HH4s12x4s12x', other_port, port,
                                socket.inet_aton(there), socket.inet_aton(here))
        any_cookie = struct.pack('=III', 0, 0xFFFFFFFF, 0xFFFFFFFF)
        request = struct.pack('=BBBxI', socket.AF_INET, socket.IPPROTO_TCP, 0, 0xFFFFFFFF)
        request += other_end + any_cookie
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG) as kernel:
            kernel.send(struct.pack('=IHHII', 16 + len(request), SOCK_DIAG_BY_FAMILY,
                                    NLM_F_REQUEST, 1, 0) + request)
            answer = kernel.recv(8192)
    except (AttributeError, OSError, ValueError):
        return True
    if struct.unpack_from('=H', answer, 4)[0] != SOCK_DIAG_BY_FAMILY:
        return True  # NLMSG_ERROR: there is no such socket any more
    return struct.unpack_from('=I', answer, 16 + 56)[0] == 0  # idiag_rqueue


def read_until(s, end, deadline=None):
    """What arrives up to and including the bytes `end`; if that is empty, the first of it."""
    s.settimeout(deadline or DEADLINE)
    received = b''
    while not received or not received.endswith(end):
        data = s.recv(1 << 16)
        if not data:
            raise AssertionError(f'the connection ended after {received[-200:]!r}')
        received += data
    return received


def read_to_end(s, deadline=None):
    """What arrives up to the end of output."""
    s.settimeout(deadline or DEADLINE)
    received = []
    while data := s.recv(1 << 18):
        received.append(data)
    return b''.join(received)
