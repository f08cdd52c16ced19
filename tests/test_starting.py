#!/usr/bin/env python3
"""charfinderd's command line: where it listens, what it says, and why it does not start."""

import contextlib
import os
import pathlib
import pty
import pwd
import re
import signal
import socket
import sys
import unittest
import unittest.mock

import daemon
import programs
import suite


class ListenTest(unittest.TestCase):
    QUERY = b'peso sign\n'

    def assertServes(self, d, address):
        with contextlib.closing(d.connect(address)) as s:
            self.assertEqual(daemon.talk(s, [self.QUERY]), suite.oracle().reply(self.QUERY))

    def test_says_where_it_serves_and_port_0_is_the_real_one(self):
        with daemon.Daemon(addresses=('127.0.0.1', '0')) as d:
            self.assertRegex(d.stdout(),
                             r'\AServing on 127\.0\.0\.1:[1-9]\d*\. Hit CTRL-C to stop\.\n\Z')
            self.assertServes(d, (d.host, d.port))
        self.assertRegex(d.stdout(), r'\AServing on .*\nServer shutting down\.\n\Z')

    def test_listens_on_every_address_that_it_is_given(self):
        with daemon.Daemon('--listen=127.0.0.1:0', '-l', '127.0.0.1:0', '-l127.0.0.1:0',
                           addresses=(), serving=3) as d:
            self.assertEqual(len(set(d.served())), 3)
            for address in d.served():
                self.assertServes(d, address)

    @unittest.skipUnless(daemon.has_ipv6(), 'needs IPv6')
    def test_ipv6(self):
        with daemon.Daemon('--listen=[::1]:0', '--listen=127.0.0.1:0',
                           addresses=(), serving=2) as d:
            self.assertRegex(d.stdout(), r'(?m)^Serving on \[::1\]:[1-9]\d*\. Hit CTRL-C')
            for address in d.served():
                self.assertServes(d, address)
        with daemon.Daemon(addresses=('::1', '0')) as d:
            self.assertServes(d, ('::1', d.port))

    def test_a_name_is_resolved(self):
        with daemon.Daemon(addresses=('localhost', '0')) as d:
            for address in d.served():
                self.assertServes(d, address)

    def test_every_worker_serves(self):
        with daemon.Daemon('--workers=8') as d:
            for _ in range(50):
                self.assertServes(d, (d.host, d.port))

    def test_a_connection_is_logged_with_its_end_and_a_query_only_if_verbose(self):
        for options, expected in (([], 0), (['--verbose'], 2), (['-v'], 2)):
            with daemon.Daemon(*options) as d:
                d.reply(b'white bishop\n\x1b[31m\n')
                d.reply(b'white bishop\nnosuchword')
                # Logged when it has ended, which may be after the client has seen it end.
                daemon.wait_for(lambda: d.stderr().count('reason=') >= 2, 'log of the end')
            log = d.stderr()
            self.assertEqual(log.count('opened'), 2, log)
            self.assertEqual(log.count('closed'), 2, log)
            self.assertEqual(log.count("5 matches for 'white bishop'"), expected, log)
            self.assertEqual(log.count("No match for 'nosuchword'"), expected // 2, log)

    def test_the_log_has_no_control_characters_of_a_client(self):
        with daemon.Daemon('--verbose') as d:
            d.reply(b'x\x1b[31m\x07\r\x9b\nx\x1b[31m\x07\xc2\x9b\n')
            daemon.wait_for(lambda: 'reason=' in d.stderr(), 'log of the end')
        self.assertIn(r"No match for 'x\x1b[31m\x07\x9b'", d.stderr())
        self.assertTrue(all(c == '\n' or c.isprintable() for c in d.stderr()), d.stderr())


class DescriptorsTest(unittest.TestCase):
    def test_those_that_are_closed_at_the_start_are_no_sockets(self):
        for closed in ('0<&-', '2>&-', '0<&- 2>&-'):
            d = daemon.Daemon()
            d.command = ['sh', '-c', f'exec "$@" {closed}', 'sh', *d.command]
            with d:
                self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
                for fd in re.findall(r'\d', closed):
                    self.assertEqual(os.readlink(f'/proc/{d.process.pid}/fd/{fd}'), '/dev/null')


@unittest.skipUnless(os.geteuid() == 0, 'only root can become somebody else')
class UserTest(programs.ProgramTest):
    USER = 'nobody'

    def setUp(self):
        super().setUp()
        self.directory.chmod(0o755)
        self.index = self.write('index.db', pathlib.Path(suite.database()).read_bytes())

    def daemon(self, *arguments, **options):
        # Of sanitizers and valgrind, not all can go on as somebody else.
        return daemon.Daemon(f'--index={self.index}', '--user=' + self.USER, *arguments, **options)

    def test_all_rights_are_given_up(self):
        user = pwd.getpwnam(self.USER)
        with self.daemon() as d:
            for task in pathlib.Path(f'/proc/{d.process.pid}/task').iterdir():
                fields = dict(line.split(':', 1) for line in (task / 'status').read_text().splitlines())
                self.assertEqual(set(map(int, fields['Uid'].split())), {user.pw_uid})
                self.assertEqual(set(map(int, fields['Gid'].split())), {user.pw_gid})
                self.assertEqual(set(map(int, fields['Groups'].split())),
                                 set(os.getgrouplist(self.USER, user.pw_gid)))
                for capabilities in ('CapInh', 'CapPrm', 'CapEff', 'CapAmb'):
                    self.assertEqual(int(fields[capabilities], 16), 0, capabilities)
            self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
        self.assertNotIn('running as root', d.stderr())

    def test_it_may_listen_below_1024(self):
        with contextlib.closing(low_socket()) as s:
            port = s.getsockname()[1]
        with self.daemon(addresses=('127.0.0.1', str(port))) as d:
            self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))

    def test_it_reloads_what_the_user_may_read(self):
        with self.daemon() as d:
            d.process.send_signal(signal.SIGHUP)
            daemon.wait_for(lambda: 'reloaded generation=2' in d.stderr(), 'reload')

    def test_it_says_that_there_can_be_no_reload(self):
        self.index.chmod(0o600)
        with self.daemon() as d:
            daemon.wait_for(lambda: f'may not read {self.index}' in d.stderr(), 'warning')
            d.process.send_signal(signal.SIGHUP)
            daemon.wait_for(lambda: 'Permission denied' in d.stderr(), 'reason')
            self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))

    def test_root_is_told_how_not_to_be_but_not_by_a_service_manager(self):
        for invocation, expected in (None, True), ('0123', False):
            with unittest.mock.patch.dict(os.environ):
                os.environ.pop('INVOCATION_ID', None)
                if invocation:
                    os.environ['INVOCATION_ID'] = invocation
                with daemon.Daemon() as d:
                    pass
            self.assertEqual('running as root' in d.stderr(), expected)
            self.assertEqual('--user=NAME' in d.stderr(), expected)

    def test_nobody_else_can_become_somebody(self):
        os.chown(self.index, 65534, 65534)
        for user, names in (('nosuchuser', ['nosuchuser']), ('daemon', ['daemon', 'as that user'])):
            result = self.run_program('charfinderd', f'--index={self.index}', f'--user={user}',
                                      '127.0.0.1', '0', user=65534, group=65534, extra_groups=[])
            self.assertError(result, 1, *names)


def low_socket():
    """A socket that is bound below 1024."""
    for port in range(700, 1000):
        s = socket.socket()
        with contextlib.suppress(OSError):
            s.bind(('127.0.0.1', port))
            return s
        s.close()
    raise unittest.SkipTest('no port below 1024 is free')


class TerminalTest(unittest.TestCase):
    def test_one_that_is_closed_ends_it_and_one_that_is_not_reloads(self):
        d = daemon.Daemon()
        master, terminal = pty.openpty()
        d.command = [sys.executable, '-c', IN_TERMINAL, *d.command]
        os.set_inheritable(terminal, True)
        os.environ['TERMINAL'] = str(terminal)
        self.addCleanup(os.environ.pop, 'TERMINAL')
        d.popen_options = {'pass_fds': [terminal]}
        with d:
            os.close(terminal)
            d.process.send_signal(signal.SIGHUP)
            daemon.wait_for(lambda: 'reloaded generation=2' in d.stderr(), 'reload')
            self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
            os.close(master)  # the system sends SIGHUP
            d.signalled = True
            self.assertEqual(d.wait(), 0)


IN_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(int(os.environ['TERMINAL']), termios.TIOCSCTTY, 0)
os.close(int(os.environ['TERMINAL']))
os.execv(sys.argv[1], sys.argv[1:])
"""


class OptionsTest(programs.ProgramTest):
    def charfinderd(self, *arguments, **options):
        return self.run_program('charfinderd', '--index=' + suite.database(), *arguments,
                                **options)

    def test_check_says_what_would_be_served(self):
        said = self.assertWell(self.charfinderd('--check'))
        for fact in ('18.0.0', '172808', suite.database(), '127.0.0.1:2323'):
            self.assertIn(fact, said)
        said = self.assertWell(self.charfinderd('--check', '-l', '127.0.0.1:2324', '-l',
                                                'localhost:2325'))
        self.assertIn('127.0.0.1:2324', said)
        self.assertIn(':2325', said)

    def test_check_does_not_listen(self):
        with daemon.Daemon() as d:
            self.assertWell(self.charfinderd('--check', d.host, str(d.port)))

    def test_check_finds_what_would_go_wrong(self):
        for what, path in self.bad_indexes():
            with self.subTest(what):
                self.assertError(self.run_program('charfinderd', '--check', '-i', path), 1, path)
        self.assertError(self.charfinderd('--check', 'nosuchhost.invalid', '0'), 1,
                         'nosuchhost.invalid', prints=b'Unicode 18.0.0')
        self.assertError(self.charfinderd('--check', '--user=nosuchuser'), 1, '--user=nosuchuser', prints=b'Unicode 18.0.0')

    def test_version_names_that_of_unicode_too(self):
        said = self.assertWell(self.charfinderd('--version'))
        self.assertRegex(said, r'\Acharfinderd \d')
        self.assertIn('18.0.0', said)

    def test_version_needs_no_index(self):
        for what, path in self.bad_indexes():
            with self.subTest(what):
                said = self.assertWell(self.run_program('charfinderd', '-i', path, '--version'))
                self.assertRegex(said, r'\Acharfinderd \d[^\n]*\nno index: ')
                self.assertIn(str(path), said)

    def test_a_bad_index_is_an_error_that_names_it(self):
        for what, path in self.bad_indexes():
            with self.subTest(what):
                self.assertError(self.run_program('charfinderd', '-i', path, '127.0.0.1', '0'),
                                 1, path)

    def test_wrong_usage(self):
        for arguments, thing in (
                (['--nosuchoption'], '--nosuchoption'), (['-x'], '-x'), (['--index'], '--index'),
                (['127.0.0.1', '0', 'x'], 'x'),
                (['2323'], '127.0.0.1 2323'), (['0'], '127.0.0.1 2323'),
                (['2323', '127.0.0.1'], '127.0.0.1 2323'),
                (['127.0.0.1', '65536'], '65536'), (['127.0.0.1', '-1'], '-1'),
                (['127.0.0.1', 'http'], 'http'), (['127.0.0.1', ''], ''),
                (['127.0.0.1', '23 '], '23 '), (['', '0'], ''),
                (['--listen=127.0.0.1'], '127.0.0.1'), (['--listen=127.0.0.1:'], '127.0.0.1:'),
                (['--listen=127.0.0.1:x'], 'x'), (['--listen=:::1:0'], ':::1:0'),
                (['--listen=[::1]'], '[::1]'), (['--listen=[::1:0'], '[::1:0'),
                (['--listen='], '--listen'), (['-l', '127.0.0.1:99999'], '99999'),
                (['--workers=0'], '0'), (['--workers=x'], 'x'), (['--workers='], '--workers'),
                (['-w', '-1'], '-1'), (['-w', '99999999999'], '99999999999'),
                (['--shutdown-timeout=x'], 'x'), (['--shutdown-timeout=-1'], '-1'),
                (['--shutdown-timeout='], '--shutdown-timeout'),
                (['--http-base='], '/chars'),
                *(([f'--http-base={path}'], path) for path in (
                    'chars', '/', '/chars/', '//x', '/a//b', '/a b', '/a?b', '/a%20b', '/..', '/a/./b', '/"')),
                (['--trusted-proxy=10.0.0.1/8'], '10.0.0.0/8'), (['--trusted-proxy=x'], 'x'),
                (['--check=x'], '--check'), (['--help=x'], '--help')):
            with self.subTest(arguments):
                self.assertError(self.charfinderd(*arguments), 2, thing)

    def test_an_address_that_is_not_ours_is_an_error_that_names_it(self):
        self.assertError(self.charfinderd('nosuchhost.invalid', '0'), 1, 'nosuchhost.invalid')
        self.assertError(self.charfinderd('192.0.2.1', '2323'), 1,
                         'cannot listen on 192.0.2.1:2323')

    def test_a_port_in_use_is_an_error(self):
        for workers in ('--workers=1', '--workers=4'):
            with daemon.Daemon(workers) as d:
                address = f'{d.host}:{d.port}'
                for again in (['--workers=1', d.host, str(d.port)],
                              ['--workers=4', d.host, str(d.port)],
                              ['--workers=4', '-l', '127.0.0.1:0', '-l', address]):
                    result = self.charfinderd(*again)
                    self.assertError(result, 1,
                                     f'cannot listen on {address}: Address already in use')
                self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
        with socket.create_server(('127.0.0.1', 0)) as other:
            self.assertError(self.charfinderd('127.0.0.1', str(other.getsockname()[1])), 1,
                             'Address already in use')

    def test_the_same_address_twice_is_an_error(self):
        with socket.create_server(('127.0.0.1', 0)) as s:
            port = s.getsockname()[1]
        for first, second in ((f'-l127.0.0.1:{port}', f'-l127.0.0.1:{port}'),
                              (f'-l127.0.0.1:{port}', f'--http=127.0.0.1:{port}'),
                              (f'-l0.0.0.0:{port}', f'--http=127.0.0.1:{port}'),
                              (f'-l127.0.0.1:{port}', f'-l0.0.0.0:{port}')):
            with self.subTest(f'{first} {second}'):
                self.assertError(self.charfinderd(first, second), 1, f':{port}')
                self.assertError(self.charfinderd('--check', first, second), 1,
                                 f':{port} is to be listened on twice', prints=b'Unicode')
        self.assertWell(self.charfinderd('--check', '-l127.0.0.1:0', '-l127.0.0.1:0',
                                         f'-l127.0.0.1:{port}', f'-l[::1]:{port}',
                                         f'-l127.0.0.2:{port}'))

    def test_mistakes_have_a_remedy(self):
        with socket.create_server(('127.0.0.1', 0)) as s:
            used = '127.0.0.1:%d' % s.getsockname()[1]
            self.assertError(self.charfinderd('-l', used), 1, used, 'another port')
        for arguments, status, *things in (
                (['-l192.0.2.1:2323'], 1, '192.0.2.1:2323', '0.0.0.0'),
                (['nosuchhost.invalid'], 1, 'nosuchhost.invalid', '0.0.0.0', 'IP address'),
                (['2323'], 2, '127.0.0.1 2323'),
                (['localhost:2323'], 2, 'as localhost 2323', '--listen=localhost:2323'),
                (['[::1]:2323'], 2, 'as ::1 2323', '--listen=[::1]:2323'),
                (['--http=8888'], 2, '--http=8888', '127.0.0.1:8888'),
                (['--listen=2323'], 2, '--listen=2323', '127.0.0.1:2323'),
                (['--port', '2323'], 2, '--port', '--help'),
                (['127.0.0.1', '--listen=127.0.0.1:0'], 2, 'give all addresses with --listen')):
            with self.subTest(arguments):
                self.assertError(self.charfinderd(*arguments), status, *things)
        self.assertError(self.run_program('charfinderd', '-inosuchfile.db'), 1, 'nosuchfile.db',
                         'mkcharindex', '--index')

    @unittest.skipUnless(os.geteuid() == 0, 'only root can become somebody else')
    def test_a_port_below_1024_has_a_remedy(self):
        index = self.write('index.db', pathlib.Path(suite.database()).read_bytes())
        self.directory.chmod(0o755)
        with contextlib.closing(low_socket()) as s:
            port = s.getsockname()[1]
        if port >= int(pathlib.Path('/proc/sys/net/ipv4/ip_unprivileged_port_start').read_text()):
            self.skipTest('anybody may listen there')
        self.assertError(self.run_program('charfinderd', f'-i{index}', f'-l127.0.0.1:{port}', user=65534,
                                          group=65534, extra_groups=[]), 1, f':{port}', '1024', '--user=NAME')

    def test_short_forms_of_help_and_version(self):
        for short, long in (('-h', '--help'), ('-V', '--version')):
            self.assertEqual(self.assertWell(self.charfinderd(short)),
                             self.assertWell(self.charfinderd(long)))

    def test_a_full_disk_is_an_error(self):
        for option in ('--help', '--version', '--check'):
            self.assertError(self.run_into_a_full_disk(
                'charfinderd', '--index=' + suite.database(), option), 1)


if __name__ == '__main__':
    suite.main()
