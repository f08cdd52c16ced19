#!/usr/bin/env python3
"""charfinderd as a service: what it tells the service manager, what systemd-analyze says
of its units, and all of it together in a real systemd that is booted for the purpose
(booted.py)."""

import contextlib
import ctypes
import os
import pathlib
import queue
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest
import unittest.mock

import booted
import daemon
import oracle
import programs
import suite
from test_haproxy import BIG_QUESTIONS, Load

SERVICE, SOCKET = 'charfinderd.service', 'charfinderd.socket'
HTTP_SOCKET = 'charfinderd-http.socket'
DICT_SOCKET = 'charfinderd-dict.socket'
ADDRESS = ('127.0.0.1', 2323)  # of the socket unit
QUERY = b'white bishop\r\n'


def binary():
    return suite.program('charfinderd')[-1]


def units(sbindir):
    """The units as `make install` would install them: {name: text}."""
    directory = pathlib.Path(suite.source('systemd'))
    texts = {}
    for name in (SERVICE, SOCKET, HTTP_SOCKET, DICT_SOCKET):
        template = directory / f'{name}.in'
        text = (template if template.exists() else directory / name).read_text()
        text = text.replace('@sbindir@', sbindir)
        assert not re.search(r'@\w+@', text), f'{name}: {text}'
        texts[name] = text
    return texts


class UnitFilesTest(unittest.TestCase):
    """What can be said of them without starting anything."""

    def setUp(self):
        if not shutil.which('systemd-analyze'):
            self.skipTest('needs systemd-analyze')
        self.directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name, text in units(os.path.dirname(binary())).items():
            (self.directory / name).write_text(text)

    def analyze(self, *arguments):
        return subprocess.run(['systemd-analyze', *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=daemon.DEADLINE)

    def test_systemd_analyze_verify_finds_nothing(self):
        result = self.analyze('verify', '--man=no', '--recursive-errors=no',
                              *self.directory.iterdir())
        # It also looks at what this machine has; that is not for us to judge.
        complaints = [line for line in (result.stdout + result.stderr).splitlines()
                      if 'charfinder' in line]
        self.assertEqual((result.returncode, complaints), (0, []))

    def test_the_exposure_is_0_3_at_the_most(self):
        result = self.analyze('security', '--offline=true', '--no-pager',
                              str(self.directory / SERVICE))
        level = re.search(r'Overall exposure level for charfinderd\.service: (\d+\.\d)',
                          result.stdout)
        self.assertTrue(level, result.stdout + result.stderr)
        self.assertLessEqual(float(level[1]), 0.3, result.stdout)
        suite.checked(f'systemd-analyze security: {level[1]}')


class HandedOverTest(programs.ProgramTest):
    """Sockets by LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES (sd_listen_fds(3))."""

    def serve(self, script, *options, listening=None):
        """(exit status, lines of standard output, standard error) of a daemon that is started so,
        and stopped when it has said where it serves, or has ended."""
        with listening or socket.create_server(('127.0.0.1', 0)) as listening, tempfile.TemporaryFile() as error:
            self.port = listening.getsockname()[1]
            process = subprocess.Popen(
                ['sh', '-c', f'exec 3<&{listening.fileno()}; {script} exec "$@"', 'sh',
                 *suite.program('charfinderd'), '--index=' + suite.database(), '--workers=1', *options],
                env={name: value for name, value in os.environ.items() if not name.startswith('LISTEN_')},
                pass_fds=[listening.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=error, text=True)
            with process:
                first = process.stdout.readline()
                process.terminate()
                rest = process.stdout.read()
                process.wait(daemon.DEADLINE)
            return process.returncode, first + rest, daemon.contents(error)

    def test_is_taken_with_a_name_or_without(self):
        for names, said in (('', 'Serving on 127.0.0.1:{}.'), ('LISTEN_FDNAMES=http', 'HTTP on http://127.0.0.1:{}/'),
                            ('LISTEN_FDNAMES=dict:more', 'DICT on dict://127.0.0.1:{}/'),
                            ('LISTEN_FDNAMES=', 'Serving on 127.0.0.1:{}.')):
            status, output, error = self.serve(f'LISTEN_PID=$$ LISTEN_FDS=1 {names}', '--listen=systemd')
            self.assertIn(said.format(self.port), output, error)
            self.assertEqual(status, 0, error)

    def test_may_be_a_unix_socket(self):
        for names, path, said in (('', f'{self.directory}/prompt', 'Serving on unix:{}. Hit'),
                                  ('LISTEN_FDNAMES=http', f'{self.directory}/http', 'HTTP on unix:{}\n'),
                                  ('LISTEN_FDNAMES=dict', f'\0{self.directory}', 'DICT on unix:{}\n')):
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(path)
            listening.listen()
            status, output, error = self.serve(f'LISTEN_PID=$$ LISTEN_FDS=1 {names}', '--listen=systemd',
                                               listening=listening)
            self.assertIn(said.format(path.replace('\0', '@')), output, error)
            self.assertEqual(status, 0, error)
            if not path.startswith('\0'):
                self.assertTrue(os.path.exists(path))  # it is the manager's

    def test_is_left_where_it_is_for_another_process(self):
        for script in ('LISTEN_PID=1 LISTEN_FDS=1', 'LISTEN_FDS=1', 'LISTEN_PID=$$', 'LISTEN_PID=$$ LISTEN_FDS=0'):
            status, output, error = self.serve(script, '--listen=systemd')
            self.assertEqual((status, output), (1, ''))
            self.assertIn('charfinderd.socket', error, script)

    def test_a_number_that_is_none_is_said(self):
        for wrong in ('many', '-1', '1x', '99999', '99999999999999999999'):
            status, output, error = self.serve(f'LISTEN_PID=$$ LISTEN_FDS={wrong}', '--listen=systemd')
            self.assertEqual((status, output), (1, ''))
            self.assertIn(f'LISTEN_FDS={wrong} is not a number of sockets', error)
            self.assertEqual(error.count('\n'), 1)

    def test_more_than_there_are_is_said(self):
        status, _, error = self.serve('exec 4<&-; LISTEN_PID=$$ LISTEN_FDS=2', '--listen=systemd')
        self.assertEqual(status, 1)
        self.assertIn('descriptor 4 from the service manager is not a listening TCP or UNIX socket', error)

    def test_it_does_not_listen_where_nobody_is(self):
        with unittest.mock.patch.dict(os.environ):
            for name in ('LISTEN_FDS', 'LISTEN_PID', 'LISTEN_FDNAMES'):
                os.environ.pop(name, None)
            result = self.run_program('charfinderd', '--index=' + suite.database(),
                                      '--listen=systemd')
        self.assertError(result, 1, '--listen=systemd', 'charfinderd.socket')


class NotifiedTest(programs.ProgramTest):
    """What it tells the service manager, by its messages."""

    def setUp(self):
        super().setUp()
        self.notices = self.enterContext(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        self.notices.bind(self.address())
        self.notices.settimeout(daemon.DEADLINE)
        self.enterContext(unittest.mock.patch.dict(
            os.environ, NOTIFY_SOCKET=self.address().replace('\0', '@')))

    def address(self):
        return os.fspath(self.directory / 'notify')

    def notice(self, *unless):
        """The next message that does not begin so."""
        while True:
            message = self.notices.recv(4096).decode()
            if not message.startswith(unless):
                return message

    def change(self):
        return self.notice('STATUS=', 'WATCHDOG=')

    def daemon(self, *arguments):
        return daemon.Daemon('--workers=2', *arguments)

    def assertAllIsTold(self):
        with self.daemon() as d:
            self.assertEqual(self.change(), 'READY=1')
            self.assertEqual(d.reply(QUERY), suite.oracle().reply(QUERY))
            for _ in range(3):
                before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
                d.process.send_signal(signal.SIGHUP)
                begun = re.fullmatch(r'RELOADING=1\nMONOTONIC_USEC=(\d+)', self.change())
                after = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
                self.assertTrue(before <= int(begun[1]) <= after)
                self.assertEqual(self.change(), 'READY=1')
            d.send_signal()
            self.assertEqual(self.change(), 'STOPPING=1')


class NotifyTest(NotifiedTest):
    def test_ready_reloading_ready_stopping(self):
        self.assertAllIsTold()

    def test_ready_also_after_a_reload_that_fails(self):
        index = self.write('index.db', pathlib.Path(suite.database()).read_bytes())
        with self.daemon(f'--index={index}') as d:
            self.assertEqual(self.change(), 'READY=1')
            index.unlink()
            d.process.send_signal(signal.SIGHUP)
            self.assertRegex(self.change(), r'\ARELOADING=1\n')
            self.assertEqual(self.change(), 'READY=1')
            daemon.wait_for(lambda: f'reload failed, the index stays: {index}' in d.stderr(), 'reason')
            self.assertEqual(d.reply(QUERY), suite.oracle().reply(QUERY))

    def test_the_status_has_connections_and_generation(self):
        with self.daemon() as d, contextlib.closing(d.connect()):
            d.process.send_signal(signal.SIGHUP)
            wanted = 'STATUS=1 connections, 0 queries, generation 2'
            daemon.wait_for(lambda: self.notice('WATCHDOG=') == wanted, wanted)

    def test_the_watchdog_is_fed(self):
        with unittest.mock.patch.dict(os.environ, WATCHDOG_USEC='100000'), self.daemon():
            for _ in range(10):
                daemon.wait_for(lambda: self.notice() == 'WATCHDOG=1', 'sign of life')
            self.notices.close()  # else, unread, it would fill up and the daemon wait for that

    def test_the_watchdog_is_not_fed_where_there_is_none(self):
        with self.daemon() as d:
            d.stop()
        self.assertEqual(self.notice('STATUS='), 'READY=1')
        self.assertEqual(self.notice('STATUS='), 'STOPPING=1')


class AbstractNotifyTest(NotifiedTest):
    """The same over an abstract socket, which has no file."""

    def address(self):
        return f'\0charfinder/{os.getpid()}/{id(self)}'

    def test_ready_reloading_ready_stopping(self):
        self.assertAllIsTold()


class UnheardTest(programs.ProgramTest):
    """Nobody, or nobody sensible, is where NOTIFY_SOCKET says."""

    def test_it_is_said_once_and_all_goes_on(self):
        gone = os.fspath(self.directory / 'gone')
        with unittest.mock.patch.dict(os.environ, NOTIFY_SOCKET=gone, WATCHDOG_USEC='20000'), \
                daemon.Daemon() as d:
            complaint = 'no word with the service manager: No such file or directory'
            daemon.wait_for(lambda: complaint in d.stderr(), 'complaint')
            self.assertEqual(d.reply(QUERY), suite.oracle().reply(QUERY))
        self.assertEqual(d.stderr().count('service manager'), 1)

    def test_a_manager_that_reads_nothing_holds_up_neither_the_start_nor_the_end(self):
        path = os.fspath(self.directory / 'notify')
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices, \
                socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other:
            notices.bind(path)
            other.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while True:  # until there is no room
                    other.sendto(b'STATUS=', path)
            with unittest.mock.patch.dict(os.environ, NOTIFY_SOCKET=path), daemon.Daemon() as d:
                self.assertEqual(d.reply(QUERY), suite.oracle().reply(QUERY))
                d.stop()

    def test_what_is_no_address_is_passed_over(self):
        for address in ('', '@', 'relative', 'vsock:2:1234', '/' + 200 * 'x'):
            with unittest.mock.patch.dict(os.environ, NOTIFY_SOCKET=address), daemon.Daemon() as d:
                self.assertEqual(d.reply(QUERY), suite.oracle().reply(QUERY))
            self.assertNotIn('service manager', d.stderr())

    def test_the_watchdog_of_another_process_is_not_fed(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(os.fspath(self.directory / 'notify'))
            notices.settimeout(daemon.DEADLINE)
            with unittest.mock.patch.dict(os.environ, NOTIFY_SOCKET=os.fspath(self.directory / 'notify'),
                                          WATCHDOG_USEC='1000', WATCHDOG_PID='1'), daemon.Daemon():
                pass
            heard = [notices.recv(4096).decode() for _ in range(2)]
            self.assertEqual([line for line in heard if not line.startswith('STATUS=')], ['READY=1', 'STOPPING=1'])


def what_forbids_booting():
    if suite.wrap():
        return 'a wrapper does not run in the sandbox'
    if re.search(rb'__[at]san_init', pathlib.Path(binary()).read_bytes()):
        return 'sanitizers do not run in the sandbox'
    return None


class BootedTest(unittest.TestCase):
    """In a real systemd: the service as it is installed, its sockets open, not started."""

    INDEX = '/usr/share/charfinder/charindex.db'
    DEFAULTS = '/etc/default/charfinderd'
    UNITS = '/etc/systemd/system'
    machine = None  # one for all

    @classmethod
    def setUpClass(cls):
        if reason := what_forbids_booting():
            raise unittest.SkipTest(reason)
        if BootedTest.machine is None:
            BootedTest.machine = unittest.enterModuleContext(booted.Machine({
                '/usr/sbin/charfinderd': binary(),
                cls.INDEX: suite.database(),
                cls.DEFAULTS: cls.options(),
                **{f'/usr/lib/systemd/system/{name}': text.encode()
                   for name, text in units('/usr/sbin').items()}}))
        cls.oracle = suite.oracle()

    def setUp(self):
        self.addCleanup(self.restore)
        self.log_before = len(self.machine.log(SERVICE))
        self.machine.systemctl('start', SOCKET)

    def restore(self):
        self.machine.systemctl('stop', SOCKET, SERVICE)
        changed = list(self.machine.path(self.UNITS).glob('charfinderd*'))
        for path in changed:
            self.machine.remove(f'{self.UNITS}/{path.name}')
        self.machine.write(self.DEFAULTS, self.options())
        if changed:
            self.machine.systemctl('daemon-reload')
        self.machine.systemctl('reset-failed')

    @classmethod
    def options(cls, *options):
        return f'CHARFINDERD_OPTIONS="{" ".join(["--index=" + cls.INDEX, *options])}"\n'.encode()

    def configure(self, unit, *lines):
        """As `systemctl edit` does."""
        self.machine.write(f'{self.UNITS}/{unit}.d/test.conf', '\n'.join([*lines, '']).encode())
        self.machine.systemctl('daemon-reload')

    def show(self, name, unit=SERVICE):
        return self.machine.show(unit, name)

    def log(self):
        """All that the service has said in this test."""
        return self.machine.log(SERVICE)[self.log_before:]

    def wait_for(self, condition, what):
        """As daemon.wait_for(), but for conditions that cost a process to find out."""
        try:
            return daemon.wait_for(lambda: condition() or time.sleep(0.05), what)
        except daemon.Late as late:
            raise daemon.Late(f'{late}; {self.machine.systemctl("show", SERVICE, SOCKET)}\n'
                              f'{self.log()[-4000:]}') from None

    def is_running(self):
        return (self.show('ActiveState'), self.show('SubState')) == ('active', 'running')

    def main_pid(self):
        """The process of the service that runs, as it is numbered here."""
        return self.wait_for(lambda: self.is_running() and next(iter(self.charfinderds()), None),
                             'process')

    def charfinderds(self):
        for pid in self.machine.pids(SERVICE):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if pathlib.Path(f'/proc/{pid}/comm').read_text() == 'charfinderd\n':
                    yield pid

    def connect(self, port=ADDRESS[1]):
        s = self.machine.socket()
        self.addCleanup(s.close)
        s.settimeout(daemon.DEADLINE)
        s.connect((ADDRESS[0], port))
        return s

    def slow_client(self):
        """A connection, with its prompt read, that takes a few kB at a time."""
        s = self.machine.socket()
        self.addCleanup(s.close)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.settimeout(daemon.DEADLINE)
        s.connect(ADDRESS)
        self.assertEqual(daemon.read_until(s, oracle.PROMPT), oracle.PROMPT)
        return s

    def assertServes(self, data=QUERY, port=ADDRESS[1]):
        with self.connect(port) as s:
            self.assertEqual(daemon.talk(s, [data]), self.oracle.reply(data))


class StartTest(BootedTest):
    def test_the_first_connection_starts_it(self):
        self.assertEqual(self.show('ActiveState'), 'inactive')
        self.assertServes()
        self.wait_for(self.is_running, 'end of the start')
        self.machine.systemctl('stop', SERVICE)
        self.assertEqual(self.show('Result'), 'success')
        self.assertServes()
        suite.checked('started by a first connection')

    def test_enabling_it_enables_its_sockets(self):
        self.addCleanup(self.machine.systemctl, 'disable', SERVICE)
        self.machine.systemctl('enable', SERVICE)
        for unit in (SERVICE, SOCKET):
            self.assertEqual(self.machine.systemctl('is-enabled', unit), 'enabled\n')

    def test_starting_it_by_hand_opens_its_sockets(self):
        self.machine.systemctl('stop', SOCKET)
        self.machine.systemctl('start', SERVICE)
        self.assertEqual(self.show('ActiveState', SOCKET), 'active')
        self.assertServes()

    def test_without_sockets_it_fails_with_one_line(self):
        lonely = 'charfinderd-lonely.service'
        text = re.sub(r'(?m)^(Requires|After|Restart)=.*\n', '', units('/usr/sbin')[SERVICE])
        self.machine.write(f'{self.UNITS}/{lonely}', text.encode())
        self.machine.systemctl('daemon-reload')
        self.machine.run('systemctl', 'start', lonely, check=False)
        self.assertEqual((self.show('Result', lonely), self.show('ExecMainStatus', lonely)),
                         ('exit-code', '1'))
        said = [line for line in self.machine.log(lonely).splitlines()
                if line.startswith('charfinderd: ')]
        self.assertEqual(said, ['charfinderd: --listen=systemd, but the service manager has passed '
                                'no socket; start charfinderd.socket, or name an address'])

    def test_an_address_besides_the_sockets_is_an_error(self):
        # In the sandbox nobody would reach it there.
        self.machine.write(self.DEFAULTS, self.options('--listen=127.0.0.1:2324'))
        self.machine.run('systemctl', 'start', SERVICE, check=False)
        self.wait_for(lambda: '\ncharfinderd: cannot listen on 127.0.0.1:2324: ' in self.log(),
                      'error')

    def test_sockets_of_another_kind_are_an_error_that_says_so(self):
        self.configure(SOCKET, '[Socket]', 'ListenDatagram=127.0.0.1:2325')
        self.machine.systemctl('restart', SOCKET)
        self.machine.run('systemctl', 'start', SERVICE, check=False)
        self.wait_for(lambda: 'descriptor 5 from the service manager is not a listening TCP or UNIX socket'
                      in self.log(), 'error')

    def test_a_client_waits_until_a_missing_index_is_there(self):
        self.configure(SERVICE, '[Service]', 'RestartSec=20ms')
        index = self.machine.path(self.INDEX).read_bytes()
        self.machine.remove(self.INDEX)
        try:
            s = self.connect()
            # More often than systemd's own limit allows.
            self.wait_for(lambda: int(self.show('NRestarts')) > 10, 'tenth try')
        finally:
            self.machine.write(self.INDEX, index)
        self.assertEqual(daemon.talk(s, [QUERY]), self.oracle.reply(QUERY))


class JournalTest(BootedTest):
    def test_has_the_level_of_each_line(self):
        def log(priority):
            self.machine.run('journalctl', '--sync')
            return self.machine.run('journalctl', '--output=cat', f'--unit={SERVICE}', '--identifier=charfinderd',
                                    f'--priority={priority}')

        self.assertServes()
        self.machine.systemctl('reload', SERVICE)
        self.wait_for(lambda: re.search(r'(?m)^reloaded generation=2 ', log('notice')), 'reload')
        self.assertNotIn('opened', log('notice'))
        self.assertRegex(log('info'), r'(?m)^c\d+ opened peer=')


class SocketsTest(BootedTest):
    def connections_of(self, workers, count, port=ADDRESS[1]):
        """How many of so many connections each of the workers got."""
        self.assertServes(port=port)
        clients = {self.connect(port) for _ in range(count)}
        ports = {str(s.getsockname()[1]) for s in clients}
        self.wait_for(lambda: ports <= set(self.opened()), 'log')
        for s in clients:
            daemon.read_until(s, oracle.PROMPT)
            s.close()
        # Worker number n of N numbers its connections n, n + N, n + 2 N, ...
        opened, got = self.opened(), [0] * workers
        for port in ports:
            got[int(opened[port]) % workers] += 1
        return got

    def opened(self):
        """The numbers of connections by the ports that they came from; the journal has some of them late."""
        return {port: number for number, port in re.findall(r'^c(\d+) opened peer=\S+:(\d+)', self.log(), re.M)}

    def test_each_has_a_worker(self):
        got = self.connections_of(2, 200)
        self.assertGreater(min(got), 50)
        suite.checked(f'of 200 connections the two workers got {got[0]} and {got[1]}')

    def test_all_are_served_by_one_worker(self):
        self.machine.write(self.DEFAULTS, self.options('--workers=1'))
        self.assertEqual(self.connections_of(1, 50), [50])

    def test_all_are_served_by_more_workers_than_sockets(self):
        self.machine.write(self.DEFAULTS, self.options('--workers=5'))
        got = self.connections_of(5, 50)
        self.assertEqual(sum(got), 50)

    def test_more_of_them_make_more_workers(self):
        self.configure(SOCKET, '[Socket]', *['ListenStream=127.0.0.1:2323'] * 2,
                       'ListenStream=127.0.0.1:2324')
        self.machine.systemctl('restart', SOCKET)
        got = self.connections_of(4, 200)
        self.assertGreater(min(got), 10)
        self.assertServes(port=2324)

    def test_one_named_proxy_takes_a_proxy_header(self):
        name = 'charfinderd-proxy.socket'
        self.machine.write(f'{self.UNITS}/{name}',
                           b'[Socket]\nListenStream=127.0.0.1:2324\nFileDescriptorName=proxy\n'
                           b'Service=charfinderd.service\n')
        self.addCleanup(self.machine.systemctl, 'stop', name)
        self.machine.systemctl('daemon-reload')
        self.machine.systemctl('start', name)
        with self.connect(2324) as s:
            self.assertEqual(daemon.talk(s, [b'PROXY TCP4 192.0.2.7 192.0.2.1 7 2324\r\n' + QUERY]),
                             self.oracle.reply(QUERY))
        self.assertServes()
        self.wait_for(lambda: ' proxied peer=192.0.2.7:7\n' in self.log(), 'log of the client')

    def test_one_with_a_path_is_a_unix_socket(self):
        name, path = 'charfinderd-local.socket', '/run/charfinder/http'
        self.machine.write(f'{self.UNITS}/{name}',
                           f'[Socket]\nListenStream={path}\nSocketMode=0660\nFileDescriptorName=http\n'
                           'Service=charfinderd.service\n'.encode())
        self.addCleanup(self.machine.systemctl, 'stop', name)
        self.machine.systemctl('daemon-reload')
        self.machine.systemctl('start', name)
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(daemon.DEADLINE)
            s.connect(str(self.machine.path(path)))
            s.sendall(b'GET /healthz HTTP/1.0\r\n\r\n')
            self.assertTrue(daemon.read_to_end(s).endswith(b'\r\n\r\nok\n'))
        self.assertServes()
        self.wait_for(lambda: ' opened peer=unix face=http\n' in self.log(), 'log of the client')

    def test_those_of_the_http_unit_speak_http(self):
        self.machine.systemctl('start', HTTP_SOCKET)
        self.addCleanup(self.machine.systemctl, 'stop', HTTP_SOCKET)
        with self.connect(8888) as s:
            s.sendall(b'GET /healthz HTTP/1.0\r\n\r\n')
            self.assertTrue(daemon.read_to_end(s).endswith(b'\r\n\r\nok\n'))
        self.assertServes()

    def test_the_http_unit_is_added_to_a_service_that_runs_as_it_says(self):
        self.assertServes()
        self.wait_for(self.is_running, 'end of the start')
        self.addCleanup(self.machine.systemctl, 'stop', HTTP_SOCKET)
        commands = (f'stop {SOCKET} {SERVICE}', f'start {HTTP_SOCKET} {SERVICE}')
        for name in (SERVICE, HTTP_SOCKET):
            self.assertIn(''.join(f'#     systemctl {command}\n' for command in commands),
                          units('/usr/sbin')[name])
        for command in commands:
            self.machine.systemctl(*command.split())
        with self.connect(8888) as s:
            s.sendall(b'GET /healthz HTTP/1.0\r\n\r\n')
            self.assertTrue(daemon.read_to_end(s).endswith(b'\r\n\r\nok\n'))
        self.assertServes()

    def test_an_address_for_http_in_the_options_is_told_where_it_belongs(self):
        self.machine.write(self.DEFAULTS, self.options('--http=127.0.0.1:8888'))
        self.machine.run('systemctl', 'start', SERVICE, check=False)
        self.wait_for(lambda: re.search(r'charfinderd: cannot listen on 127\.0\.0\.1:8888: .*'
                                        + re.escape(HTTP_SOCKET), self.log()), 'reason')

    def test_a_wrong_option_is_not_tried_again(self):
        self.configure(SERVICE, '[Service]', 'RestartSec=1ms')
        self.machine.write(self.DEFAULTS, self.options('--nosuchoption'))
        self.machine.run('systemctl', 'start', SERVICE, check=False)
        self.wait_for(lambda: self.show('ActiveState') == 'failed', 'failure')
        self.assertEqual((self.show('ExecMainStatus'), self.show('NRestarts')), ('2', '0'))


class ReloadTest(BootedTest):
    def reload(self):
        before = self.log().count('reload')
        self.machine.systemctl('reload', SERVICE)
        return self.wait_for(
            lambda: [line for line in self.log().splitlines() if 'reload' in line][before:],
            'log of the reload')[0]

    def test_publishes_a_new_generation(self):
        self.assertServes()
        pid = self.main_pid()
        self.assertIn('reloaded generation=2', self.reload())
        self.wait_for(lambda: re.fullmatch(r'\d+ connections, 1 queries, generation 2',
                                           self.show('StatusText')), 'status')
        self.assertIn('generation 2', self.machine.systemctl('status', SERVICE))
        self.wait_for(self.is_running, 'end of the reload')
        self.assertServes()
        self.assertEqual(self.main_pid(), pid)
        suite.checked(f'after a reload: {self.show("StatusText")}')

    def test_with_a_bad_index_keeps_the_old_one(self):
        self.assertServes()
        good = self.machine.path(self.INDEX).read_bytes()
        try:
            self.machine.write(self.INDEX, good[:-1])
            with self.assertRaises(AssertionError):  # systemctl says so
                self.machine.systemctl('reload', SERVICE)
            self.wait_for(lambda: f'charfinderd: {self.INDEX} ' in self.log(), 'reason')
        finally:
            self.machine.write(self.INDEX, good)
        self.wait_for(self.is_running, 'end of the reload')
        self.assertNotIn('reloaded', self.log())
        self.assertServes()
        self.assertIn('reloaded generation=2', self.reload())

    def test_under_load_loses_nothing(self):
        with Load(self.machine.socket, ADDRESS, clients=40) as load:
            for _ in range(3):
                load.go_on(200)
                self.assertIn('reloaded', self.reload())
        self.assertEqual((load.wrong, load.late, load.lost), ([], [], 0))
        self.assertEqual((load.refused, load.asked_again, load.cut_short), (0, 0, []))
        suite.checked(f'3 reloads: {load}')


class RestartTest(BootedTest):
    def restart(self):
        pid = self.main_pid()
        self.machine.systemctl('restart', SERVICE)
        self.assertNotEqual(self.main_pid(), pid)

    def test_under_load_loses_and_truncates_nothing(self):
        with (Load(self.machine.socket, ADDRESS, clients=100, questions_each=50) as load,
              Load(self.machine.socket, ADDRESS, clients=4, questions=BIG_QUESTIONS) as big):
            load.go_on(1000)
            for _ in range(2):
                self.restart()
                load.go_on(1000)
                big.go_on(1)
        for clients in (load, big):
            self.assertEqual((clients.wrong, clients.late, clients.lost), ([], [], 0))
            self.assertEqual((clients.refused, clients.cut_short), (0, []))
        self.assertNotIn(' reason=shutdown-timeout ', self.log())
        suite.checked(f'2 restarts: {load}')
        suite.checked(f'  and big answers: {big}')

    def test_a_slow_reader_gets_its_answer_whole_and_the_next_client_waits(self):
        self.machine.write(self.DEFAULTS, self.options('--shutdown-timeout=60'))
        self.configure(SERVICE, '[Service]', 'TimeoutStopSec=90s')
        slow = self.slow_client()
        slow.sendall(b'cjk\r\n')
        begun = oracle.PROMPT + daemon.read_until(slow, b'')
        self.machine.systemctl('restart', '--no-block', SERVICE)
        self.wait_for(lambda: self.show('SubState').startswith('stop'), 'stop')
        next_one = self.connect()
        next_one.sendall(QUERY)
        self.assertEqual(begun + daemon.read_to_end(slow), self.oracle.reply(b'cjk\r\n'))
        self.assertEqual(daemon.talk(next_one, []), self.oracle.reply(QUERY))
        self.assertEqual(self.show('Result'), 'success')

    def test_who_asks_on_while_reading_gets_whole_answers(self):
        # What arrives at a closed socket resets it, and what was on its way is lost.
        big, small = b'letter\r\n', b'rook\r\n'
        s = self.slow_client()
        s.sendall(big)
        received = daemon.read_until(s, b'')
        self.machine.systemctl('restart', '--no-block', SERVICE)
        self.wait_for(lambda: 'Server shutting down.' in self.log(), 'shutdown')
        asked = 0
        with contextlib.suppress(ConnectionResetError):
            while data := s.recv(4096):
                received += data
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    s.sendall(small)
                    asked += 1
        expected = self.oracle.reply(big + small * asked)[len(oracle.PROMPT):]
        self.assertTrue(expected.startswith(received))
        answers = [self.oracle.answer(line.strip()) + oracle.PROMPT for line in (big, small)]
        self.assertGreaterEqual(len(received), len(answers[0]))
        self.assertEqual((len(received) - len(answers[0])) % len(answers[1]), 0)

    def test_the_idle_do_not_hold_it_up(self):
        idle = [self.connect() for _ in range(50)]
        for s in idle:
            daemon.read_until(s, oracle.PROMPT)
        self.restart()
        for s in idle:
            self.assertEqual(daemon.read_to_end(s), b'')
        self.assertNotIn(' reason=shutdown-timeout ', self.log())
        self.assertServes()


class CrashTest(BootedTest):
    def kill(self, number):
        """Kills the main process and waits for its end."""
        pid = self.main_pid()
        os.kill(pid, number)
        self.wait_for(lambda: not os.path.exists(f'/proc/{pid}'), 'end of the process')
        return pid

    def test_it_is_started_again_and_the_next_connection_is_served(self):
        self.assertServes()
        for restarts, number in enumerate([signal.SIGSEGV, signal.SIGKILL], 1):
            pid = self.kill(number)
            self.assertServes()
            self.assertNotEqual(self.main_pid(), pid)
            self.assertEqual(self.show('NRestarts'), str(restarts))
        suite.checked('after SIGSEGV and SIGKILL the next connection was served')

    def test_under_load_who_asks_again_loses_nothing(self):
        with Load(self.machine.socket, ADDRESS, clients=40) as load:
            for _ in range(2):
                load.go_on(500)
                self.kill(signal.SIGKILL)
            load.go_on(500)
        self.assertEqual((load.wrong, load.late, load.lost), ([], [], 0))
        self.assertEqual((load.refused, load.cut_short), (0, []))
        suite.checked(f'2 crashes: {load}')

    def test_however_often(self):
        self.configure(SERVICE, '[Service]', 'RestartSec=1ms')
        self.assertServes()
        crashes = 10  # systemd's own limit is 5 in 10 s
        for _ in range(crashes):
            self.kill(signal.SIGKILL)
            self.assertServes()
        self.assertEqual(self.show('NRestarts'), str(crashes))


class WatchdogTest(BootedTest):
    def setUp(self):
        super().setUp()
        self.configure(SERVICE, '[Service]', 'WatchdogSec=1s', 'RestartSec=1ms')
        self.assertServes()

    def assertStartedAgain(self, pid):
        """That systemd finds out, and the next client is served."""
        self.wait_for(lambda: self.show('NRestarts') == '1', 'restart')
        self.assertServes()
        self.assertNotEqual(self.main_pid(), pid)
        self.assertEqual(self.log().count('Watchdog timeout'), 1)

    def test_leaves_alone_who_turns(self):
        for _ in range(3):
            fed = self.show('WatchdogTimestampMonotonic')
            self.wait_for(lambda: self.show('WatchdogTimestampMonotonic') != fed, 'sign of life')
        self.assertEqual(self.show('NRestarts'), '0')

    def test_leaves_alone_who_delivers_answers_before_the_end(self):
        self.machine.write(self.DEFAULTS, self.options('--shutdown-timeout=60'))
        self.configure(SERVICE, '[Service]', 'WatchdogSec=1s', 'TimeoutStopSec=90s')
        self.machine.systemctl('restart', SERVICE)
        slow = self.slow_client()
        slow.sendall(b'cjk\r\n')
        begun = oracle.PROMPT + daemon.read_until(slow, b'')
        self.machine.systemctl('restart', '--no-block', SERVICE)
        self.wait_for(lambda: self.show('SubState').startswith('stop'), 'stop')
        # Longer than WatchdogSec=: signs of life come twice as often. One of the workers
        # has no client, and has already ended.
        for _ in range(4):
            fed = self.show('WatchdogTimestampMonotonic')
            self.wait_for(lambda: self.show('WatchdogTimestampMonotonic') != fed, 'sign of life')
        self.assertEqual(begun + daemon.read_to_end(slow), self.oracle.reply(b'cjk\r\n'))

    def test_ends_a_stopped_process(self):
        pid = self.main_pid()
        os.kill(pid, signal.SIGSTOP)
        self.assertStartedAgain(pid)
        suite.checked('the watchdog ended a stopped process')

    def test_ends_a_process_of_which_one_worker_is_stuck(self):
        pid = self.main_pid()
        # The main thread, that of the log, and then the workers are started.
        workers = sorted(map(int, os.listdir(f'/proc/{pid}/task')))[2:]
        self.assertEqual(len(workers), 2)
        stop_thread(workers[-1])
        self.assertStartedAgain(pid)
        suite.checked('the watchdog ended a process with one stuck worker')


def stop_thread(thread):
    """Stops one thread of a process as a debugger does, for as long as that thread is."""
    PTRACE_SEIZE, PTRACE_INTERRUPT, ANY_THREAD = 0x4206, 0x4207, 0x40000000
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    libc.ptrace.restype = ctypes.c_long
    outcome = queue.SimpleQueue()

    # All by one thread, which is the debugger. It must take note of the other's end, too:
    # until then the process has not quite ended.
    def debug():
        if libc.ptrace(PTRACE_SEIZE, thread, None, None) != 0:
            outcome.put(os.strerror(ctypes.get_errno()))
            return
        libc.ptrace(PTRACE_INTERRUPT, thread, None, None)
        os.waitpid(thread, ANY_THREAD)
        outcome.put(None)
        while os.WIFSTOPPED(os.waitpid(thread, ANY_THREAD)[1]):
            pass

    threading.Thread(target=debug, daemon=True).start()
    if error := outcome.get(timeout=daemon.DEADLINE):
        raise unittest.SkipTest(f'no thread can be stopped: {error}')


class SandboxTest(BootedTest):
    def setUp(self):
        super().setUp()
        self.assertServes()
        self.process = pathlib.Path(f'/proc/{self.main_pid()}')

    def test_it_is_nobody_and_may_nothing(self):
        status = dict(line.split(':\t', 1) for line
                      in (self.process / 'status').read_text().splitlines() if ':\t' in line)
        users = set(status['Uid'].split() + status['Gid'].split())
        self.assertEqual(len(users), 1, status)
        self.assertIn(int(users.pop()), range(61184, 65520), 'a dynamic user')
        self.assertEqual(status['NoNewPrivs'], '1')
        self.assertEqual(status['Seccomp'], '2')
        for capabilities in ('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'):
            self.assertEqual(int(status[capabilities], 16), 0, capabilities)
        self.assertEqual((self.show('DynamicUser'), self.show('LimitNOFILE')), ('yes', '65536'))
        self.assertEqual([self.show(name) for name in ('LimitCORE', 'TasksMax', 'MemoryMax')],
                         ['0', '64', str(2 << 30)])

    def test_it_has_no_network_but_loopback(self):
        interfaces = re.findall(r'(?m)^ *(\S+):', (self.process / 'net/dev').read_text())
        self.assertEqual(interfaces, ['lo'])

    def test_it_has_namespaces_of_its_own(self):
        for name in ('net', 'mnt', 'user', 'ipc', 'uts'):
            self.assertNotEqual(os.readlink(self.process / 'ns' / name),
                                os.readlink(f'/proc/{self.machine.pid}/ns/{name}'), name)

    def test_it_sees_little_and_writes_less(self):
        mounts = {fields[4]: fields for fields in map(
            str.split, (self.process / 'mountinfo').read_text().splitlines())}
        for path in ('/', '/sys', '/home', '/root'):
            self.assertIn('ro', mounts[path][5].split(','), path)
        for path in ('/home', '/root'):
            self.assertIn('inaccessible', mounts[path][3])
        for option in ('hidepid=invisible', 'subset=pid'):
            self.assertIn(option, mounts['/proc'][-1].split(','))
        for path in ('/tmp', '/var/tmp'):
            self.assertIn('systemd-private-', mounts[path][3])


if __name__ == '__main__':
    suite.main()
