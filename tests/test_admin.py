#!/usr/bin/env python3
"""Metrics and health on an address of their own (charfinderd(8), --admin), and asking whether a
daemon is well (--probe)."""

import contextlib
import os
import re
import socket
import unittest.mock

import daemon
import programs
import suite

ADMIN = re.compile(r'Metrics and health on http://(.+):(\d+)/\n')
STATUS = ('/healthz', '/readyz', '/metrics')


class AdminDaemon(daemon.Daemon):
    def __init__(self, *arguments, **options):
        super().__init__('--http=127.0.0.1:0', *arguments, **options)

    def admin(self):
        host, port = daemon.wait_for(lambda: ADMIN.findall(self.stdout()), 'address for metrics')[0]
        return host, int(port)

    def get(self, address, path):
        """(status, body)"""
        with contextlib.closing(self.connect(address)) as s:
            answer = daemon.talk(s, [f'GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'.encode()])
        head, _, body = answer.partition(b'\r\n\r\n')
        return int(head.split()[1]), body.decode()


class AdminTest(programs.ProgramTest):
    def test_metrics_and_health_are_there_alone(self):
        with AdminDaemon('--admin=127.0.0.1:0') as d:
            for path in STATUS:
                self.assertEqual(d.get(d.admin(), path)[0], 200, path)
                self.assertEqual(d.get(d.http(), path)[0], 404, path)
            for path in ('/', '/search?q=rook', '/api/v1/search?q=rook', '/char/U+2656', '/U+2656', '/version'):
                self.assertEqual(d.get(d.admin(), path)[0], 404, path)
                self.assertEqual(d.get(d.http(), path)[0], 200, path)
            # those before may still be closing
            daemon.wait_for(lambda: 'charfinder_connections_open{face="admin"} 1\n' in d.get(d.admin(), '/metrics')[1],
                            'one connection that asks for metrics')
        suite.checked('metrics and health have an address of their own')

    def test_without_it_they_are_where_http_is(self):
        with AdminDaemon() as d:
            for path in STATUS:
                self.assertEqual(d.get(d.http(), path)[0], 200, path)

    def test_it_needs_no_other_http(self):
        d = daemon.Daemon(f'--admin=unix:{self.directory}/admin')
        with d:
            self.assertIn(f'Metrics and health on unix:{self.directory}/admin\n', d.stdout())


class ProbeTest(programs.ProgramTest):
    def probe(self, where):
        return self.run_program('charfinderd', f'--probe={where}')

    def assertUnwell(self, where, *things):
        self.assertError(self.probe(where), 1, where, *things)

    def test_whoever_serves_is_well(self):
        path = f'unix:{self.directory}/'
        with AdminDaemon('--dict=127.0.0.1:0', '--admin=127.0.0.1:0', f'--listen={path}a,proxy', f'--dict={path}b',
                         f'--admin={path}c', '-l127.0.0.1:0', addresses=()) as d:
            for where in (f'{d.host}:{d.port}', f'localhost:{d.port}', 'dict://%s:%d' % d.dict(),
                          'http://%s:%d' % d.admin(), 'http://%s:%d/' % d.admin(),
                          f'{path}a,proxy', f'dict://{path}b', f'http://{path}c'):
                with self.subTest(where):
                    self.assertEqual(self.assertWell(self.probe(where)), '')
            daemon.wait_for(lambda: d.stderr().count('closed') == d.stderr().count('opened'), 'ends')
            self.assertNotIn('reset', d.stderr())
            self.assertUnwell('http://%s:%d' % d.http(), 'HTTP/1.1 404')
            self.assertUnwell(f'http://{d.host}:{d.port}', "'?> ")
        suite.checked('a daemon that serves is well, over each face')

    def test_whoever_does_not_answer_is_not(self):
        with socket.create_server(('127.0.0.1', 0)) as s:
            where = '127.0.0.1:%d' % s.getsockname()[1]
            self.assertUnwell(where, 'timed out')
        self.assertUnwell(where, 'Connection refused')
        self.assertUnwell(f'unix:{self.directory}/none', 'No such file')
        self.assertUnwell('[no:such:address]:1', 'does not answer')

    def test_a_daemon_that_turns_clients_away_is_not(self):
        with daemon.Daemon('--max-clients=1') as d, contextlib.closing(d.connect()) as first:
            daemon.read_until(first, b'?> ')
            self.assertUnwell(f'{d.host}:{d.port}', 'too many clients')

    def test_what_is_no_address_is_an_error(self):
        for where in ('', '2323', 'http://', 'http://127.0.0.1', 'gopher://127.0.0.1:70', 'unix:x', '[::1]',
                      'http://127.0.0.1:80/path', 'x' * 300 + ':1'):
            with self.subTest(where):
                self.assertError(self.probe(where), 2, '--probe')


class EnvironmentTest(programs.ProgramTest):
    """CHARFINDERD_OPTIONS."""

    def check(self, value, *arguments):
        with unittest.mock.patch.dict(os.environ, CHARFINDERD_OPTIONS=value):
            return self.run_program('charfinderd', '--check', '--index=' + suite.database(), *arguments)

    def test_its_words_are_options(self):
        said = self.assertWell(self.check(' --listen=127.0.0.1:1\t-w 2 \n --http=127.0.0.1:2 ', '-l127.0.0.1:3'))
        self.assertEqual(said.splitlines()[1:], ['would listen on 127.0.0.1:1', 'would listen on 127.0.0.1:2, for http',
                                                 'would listen on 127.0.0.1:3'])

    def test_its_words_may_be_operands(self):
        self.assertIn('would listen on 127.0.0.1:7\n', self.assertWell(self.check('127.0.0.1 7')))

    def test_the_command_line_has_the_last_word(self):
        self.assertError(self.check('--index=' + suite.database(), '--index=nosuchfile.db'), 1, 'nosuchfile.db')

    def test_none_is_none(self):
        for value in ('', ' ', '\n\t '):
            self.assertIn('would listen on 127.0.0.1:2323\n', self.assertWell(self.check(value)))

    def test_a_wrong_one_is_an_error(self):
        self.assertError(self.check('--workers=many'), 2, '--workers=many')
        self.assertError(self.check("--mode='wide'"), 2, "--mode='wide'")
        self.assertError(self.check('--bad'), 2, '--bad', 'CHARFINDERD_OPTIONS')


if __name__ == '__main__':
    suite.main()
