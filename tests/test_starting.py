#!/usr/bin/env python3
"""charfinderd's command line: where it listens, what it says, and why it does not start."""

import contextlib
import socket
import unittest

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

    def test_version_names_that_of_unicode_too(self):
        said = self.assertWell(self.charfinderd('--version'))
        self.assertRegex(said, r'\Acharfinderd \d')
        self.assertIn('18.0.0', said)

    def test_a_bad_index_is_an_error_that_names_it(self):
        for what, path in self.bad_indexes():
            with self.subTest(what):
                self.assertError(self.run_program('charfinderd', '-i', path, '127.0.0.1', '0'),
                                 1, path)

    def test_wrong_usage(self):
        for arguments, thing in (
                (['--nosuchoption'], '--nosuchoption'), (['-x'], '-x'), (['--index'], '--index'),
                (['127.0.0.1', '0', 'x'], 'x'),
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
            address = '127.0.0.1:%d' % s.getsockname()[1]
        self.assertError(self.charfinderd('-l', address, '-l', address), 1, address)

    def test_a_full_disk_is_an_error(self):
        for option in ('--help', '--version', '--check'):
            self.assertError(self.run_into_a_full_disk(
                'charfinderd', '--index=' + suite.database(), option), 1)


if __name__ == '__main__':
    suite.main()
