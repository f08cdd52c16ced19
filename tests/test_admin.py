#!/usr/bin/env python3
"""Metrics and health on an address of their own (charfinderd(8), --admin), and asking whether a
daemon is well (--probe)."""

import contextlib
import re

import daemon
import programs
import suite

ADMIN = re.compile(r'Metrics and health on http://(.+):(\d+)/\n')
STATUS = ('/healthz', '/readyz', '/metrics')


class AdminDaemon(daemon.Daemon):
    def __init__(self, *arguments):
        super().__init__('--http=127.0.0.1:0', *arguments)

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
            metrics = d.get(d.admin(), '/metrics')[1]
            self.assertIn('charfinder_connections_open{face="admin"} 1\n', metrics)
        suite.checked('metrics and health have an address of their own')

    def test_without_it_they_are_where_http_is(self):
        with AdminDaemon() as d:
            for path in STATUS:
                self.assertEqual(d.get(d.http(), path)[0], 200, path)

    def test_it_needs_no_other_http(self):
        d = daemon.Daemon(f'--admin=unix:{self.directory}/admin')
        with d:
            self.assertIn(f'Metrics and health on unix:{self.directory}/admin\n', d.stdout())


if __name__ == '__main__':
    suite.main()
