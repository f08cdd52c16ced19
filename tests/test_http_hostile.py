#!/usr/bin/env python3
"""Clients of the HTTP face that mean harm, or might: what they send is refused with the right
status, at once, however the connection was used before, and costs nobody anything; and no answer
is cut short by what its client does next."""

import contextlib
import json
import re
import socket
import time
import unittest

import daemon
import suite
from web_client import Reader, connect, request

HTTP = '--http=127.0.0.1:0'
BIG = '/search?q=letter'
START = b'GET /search?q=rook HTTP/1.1\r\nHost: a\r\n'
PHRASES = {
    400: 'Bad Request', 405: 'Method Not Allowed', 413: 'Content Too Large', 417: 'Expectation Failed',
    431: 'Request Header Fields Too Large', 501: 'Not Implemented', 505: 'HTTP Version Not Supported',
}
# What is refused, each up to the byte that is wrong.
REFUSED = {
    'a body': (413, START + b'Content-Length: 5\r\n'),
    'a body of nothing': (400, START + b'Content-Length: 0\r\n'),
    'a chunked body': (400, START + b'Transfer-Encoding: chunked\r\n'),
    'an upload of curl': (417, b'PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n'),
    'an expectation': (417, START + b'Expect: 100-continue\r\n'),
    'a long head': (431, START + b'X: '.ljust(16384 - len(START), b'y')),
    'a long target': (431, b'GET /'.ljust(16384, b'x')),
    'many headers': (431, START + b'a:\r\n' * 99 + b'a:'),
    'another method': (405, b'DELETE / HTTP/1.1\r\nHost: a\r\n\r\n'),
    'an unknown method': (501, b'BREW / HTTP/1.1\r\nHost: a\r\n\r\n'),
    'two versions': (400, b'GET /search?q=rook HTTP/1.1 '),
    'version 1.999': (505, b'GET / HTTP/1.9'),
    'version 0.9': (505, b'GET / HTTP/0'),
    'version 2.0': (505, b'GET / HTTP/2'),
    'no version': (400, b'GET /\r'),
    'no slash': (400, b'GET x'),
    'not ASCII': (400, 'GET /?q=♗'.encode()[:-2]),
    'two hosts': (400, START + b'Host: a\r\n'),
    'a host with a space': (400, b'GET / HTTP/1.1\r\nHost: a b\r\n'),
    'a host that is a list': (400, b'GET / HTTP/1.1\r\nHost: a,b/c\r\n'),
    'a host with a user': (400, b'GET / HTTP/1.1\r\nHost: u@a\r\n'),
    'a port that is too high': (400, b'GET / HTTP/1.1\r\nHost: a:65536\r\n'),
    'no host': (400, b'GET / HTTP/1.1\r\n\r\n'),
    'another host in the target': (400, b'GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n'),
    'a bare LF': (400, START + b'X: y\n'),
    'a bare CR': (400, START + b'X: y\rz'),
    'a NUL': (400, START + b'X: \0'),
    'a folded line': (400, START + b'X: y\r\n '),
    'a space before the colon': (400, START + b'Content-Length '),
    'a TLS handshake': (400, b'\x16'),
}


class HostileTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.d = cls.enterClassContext(daemon.Daemon(HTTP))
        with contextlib.closing(connect(cls.d)) as s:
            s.sendall(request('/search?q=rook'))
            cls.rook = Reader(s).answer().body

    def connect(self):
        return self.enterContext(contextlib.closing(connect(self.d)))

    def assertRefused(self, s, status):
        """One answer comes, and then the end."""
        line, _, rest = daemon.read_to_end(s).decode().partition('\r\n')
        self.assertEqual(line, f'HTTP/1.1 {status} {PHRASES[status]}')
        head, _, body = rest.partition('\r\n\r\n')
        self.assertIn('\r\nConnection: close', '\r\n' + head)
        self.assertIn(f'\r\nContent-Length: {len(body)}', '\r\n' + head)
        problem = json.loads(body)
        self.assertEqual((problem['status'], problem['title']), (status, PHRASES[status]))

    def assertServes(self):
        self.assertEqual(self.ask('/search?q=rook').body, self.rook)

    def ask(self, target):
        s = self.connect()
        s.sendall(request(target))
        return Reader(s).answer()


class RefusalTest(HostileTest):
    def test_comes_with_the_first_wrong_byte(self):
        for what, (status, data) in REFUSED.items():
            with self.subTest(what):
                s = self.connect()
                s.sendall(data)
                self.assertRefused(s, status)
        self.assertServes()
        suite.checked(f'{len(REFUSED)} kinds of requests refused')

    def test_is_the_same_on_a_used_connection(self):
        for what, (status, data) in REFUSED.items():
            with self.subTest(what):
                s = self.connect()
                s.sendall(request('/search?q=rook'))
                self.assertEqual(Reader(s).answer().body, self.rook)
                s.sendall(data)
                self.assertRefused(s, status)

    def test_does_not_wait_for_what_is_announced(self):
        for what, (status, data) in REFUSED.items():
            with self.subTest(what):
                s = self.connect()
                with contextlib.suppress(ConnectionError):
                    s.sendall(data + b'0' * 300000)
                self.assertRefused(s, status)

    def test_is_counted_and_nothing_else_is(self):
        with daemon.Daemon(HTTP, '--workers=1') as d:
            for status, data in REFUSED.values():
                with contextlib.closing(connect(d)) as s:
                    s.sendall(data)
                    daemon.read_to_end(s)
            with contextlib.closing(connect(d)) as s:
                s.sendall(request('/metrics'))
                metrics = Reader(s).answer().text()
        counts = {(name, kind): int(value) for name, kind, value in
                  re.findall(r'^charfinder_http_(requests)_total\{class="(.xx)"\} (\d+)$', metrics, re.M)}
        refused = [status for status, _ in REFUSED.values()]
        self.assertEqual(counts, {('requests', '2xx'): 0, ('requests', '3xx'): 0,
                                  ('requests', '4xx'): sum(status < 500 for status in refused),
                                  ('requests', '5xx'): sum(status >= 500 for status in refused)})

    def test_lets_nobody_past_the_rules_of_a_proxy(self):
        for target in ('//x/metrics', '/./metrics', '/%6detrics', '/metrics/', '//metrics'):
            self.assertEqual(self.ask(target).status, 404, target)
        self.assertEqual(self.ask('/metrics').status, 200)


class MemoryTest(HostileTest):
    def test_does_not_grow_with_what_is_refused(self):
        """Of a body in chunks the first chunk-size line has no end."""
        clients, data = 20, b'0' * (1 << 20)
        before = self.memory()
        sent = []
        for _ in range(clients):
            s = self.connect()
            s.settimeout(daemon.DEADLINE)
            s.sendall(b'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n')
            with contextlib.suppress(ConnectionError):
                s.sendall(data)
            sent.append(s)
        for s in sent:
            self.assertRefused(s, 400)
        grown = self.memory() - before
        self.assertLess(grown, clients * len(data) / 4)
        suite.checked(f'{clients} clients sent {len(data)} bytes of a chunk size each: {grown} bytes more memory')

    def memory(self):
        with open(f'/proc/{self.d.process.pid}/status') as file:
            return int(re.search(r'VmHWM:\s+(\d+) kB', file.read())[1]) * 1024


class WholeAnswerTest(HostileTest):
    """An answer that has begun comes to its end, whatever its client sends then."""

    def test_to_a_request_as_proxies_get_them(self):
        whole = self.ask(BIG).body
        target = 'http://localhost' + BIG
        for more in (b'', request('/search?q=rook'), b'junk\n', b'x' * 100000):
            s = self.connect()
            s.sendall(request(target) + request(target) + more)
            reader = Reader(s)
            for _ in range(2):
                self.assertEqual(reader.answer().body, whole, more)

    def test_to_a_slow_reader_who_sends_again(self):
        whole = self.ask(BIG).body
        s = socket.socket()
        self.addCleanup(s.close)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.connect(self.d.http())
        s.sendall(request(BIG, Connection='close'))
        self.assertEqual(s.recv(4), b'HTTP', 'the answer has begun')
        for _ in range(6):  # slower than the daemon lingers, and never quiet
            time.sleep(0.5)
            s.sendall(request('/search?q=rook'))
        reader = Reader(s)
        reader.buffer = b'HTTP'
        self.assertEqual(reader.answer().body, whole)


if __name__ == '__main__':
    suite.main()
