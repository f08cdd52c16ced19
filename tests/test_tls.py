#!/usr/bin/env python3
"""TLS in front of charfinderd, with the configurations that doc/OPERATING.md shows."""

import contextlib
import http.client
import shutil
import socket
import ssl
import subprocess

import daemon
import oracle
import proxies
import suite


class TLSTest(proxies.ProxyTest):
    def setUp(self):
        super().setUp()
        if not shutil.which('openssl'):
            self.skipTest('needs openssl')
        key, self.certificate = self.directory / 'key.pem', self.directory / 'certificate.pem'
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1',
                        '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext',
                        'subjectAltName=DNS:localhost', '-keyout', key, '-out', self.certificate],
                       check=True, capture_output=True)
        self.pem = self.write('charfinder.pem', key.read_bytes() + self.certificate.read_bytes())
        self.context = ssl.create_default_context(cafile=self.certificate)

    def get(self, port, target):
        connection = http.client.HTTPSConnection('localhost', port, context=self.context, timeout=daemon.DEADLINE)
        with contextlib.closing(connection):
            connection.request('GET', target)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def test_haproxy(self):
        with daemon.Daemon('--listen=127.0.0.1:0,proxy', '--http=127.0.0.1:0,proxy', addresses=()) as d:
            self.check_haproxy(f'127.0.0.1:{d.port}', '%s:%d' % d.http())
        suite.checked('TLS by HAProxy: the prompt and HTTP answer')

    def test_haproxy_over_unix_sockets(self):
        prompt, page = self.directory / 'prompt', self.directory / 'page'
        with daemon.Daemon(f'--listen=unix:{prompt},proxy', f'--http=unix:{page},proxy', '-l127.0.0.1:0',
                           addresses=()) as d:
            self.check_haproxy(prompt, page)
            self.assertRegex(d.stderr(), r'(?m)^c\d+ proxied peer=127\.0\.0\.1:\d+$')

    def check_haproxy(self, prompt_server, page_server):
        prompt, page = proxies.free_port(), proxies.free_port()
        with self.haproxy(proxies.shown('haproxy'),
                          {':2325': f'127.0.0.1:{prompt}', ':443': f'127.0.0.1:{page}',
                           '/etc/haproxy/charfinder.pem': self.pem, '127.0.0.1:2324': prompt_server,
                           '127.0.0.1:8889': page_server}, ports=(prompt, page)):
            with socket.create_connection(('127.0.0.1', prompt), timeout=daemon.DEADLINE) as raw, \
                    self.context.wrap_socket(raw, server_hostname='localhost') as s:
                s.sendall(b'white bishop\r\n')
                wanted = suite.oracle().answer(b'white bishop') + oracle.PROMPT
                self.assertIn(wanted, daemon.read_until(s, wanted))
            self.assertEqual(self.get(page, '/healthz'), (200, b'ok\n'))
            self.assertIn('♗'.encode(), self.get(page, '/search?q=white+bishop')[1])

    def test_nginx(self):
        with daemon.Daemon('--http=127.0.0.1:0', '--trusted-proxy=127.0.0.1') as d:
            self.check_nginx('%s:%d' % d.http())
        suite.checked('TLS by nginx: HTTP answers')

    def test_nginx_over_a_unix_socket(self):
        self.directory.chmod(0o755)  # nginx serves as nobody
        page = self.directory / 'page'
        with daemon.Daemon(f'--http=unix:{page}', '--trusted-proxy=unix', '--verbose', '-l127.0.0.1:0',
                           addresses=()) as d:
            self.check_nginx(f'unix:{page}')
            self.assertIn(' status=200 client=127.0.0.1 method=GET target=/healthz\n', d.stderr())

    def check_nginx(self, page_server):
        port = proxies.free_port()
        with self.nginx(proxies.shown('nginx'),
                        {'listen 443': f'listen 127.0.0.1:{port}', '/etc/nginx/charfinder.pem': self.pem,
                         '127.0.0.1:8888': page_server}, port):
            self.assertEqual(self.get(port, '/healthz'), (200, b'ok\n'))
            self.assertIn('♗'.encode(), self.get(port, '/search?q=white+bishop')[1])


if __name__ == '__main__':
    suite.main()
