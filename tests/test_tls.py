#!/usr/bin/env python3
"""TLS in front of charfinderd, with the configurations that doc/OPERATING.md shows."""

import contextlib
import http.client
import pathlib
import re
import shutil
import socket
import ssl
import subprocess

import daemon
import oracle
import programs
import suite


def shown(language):
    """The configuration in OPERATING.md."""
    text = pathlib.Path(suite.source('doc', 'OPERATING.md')).read_text(encoding='utf-8')
    return re.search(rf'(?s)```{language}\n(.*?)```', text)[1]


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as s:
        return s.getsockname()[1]


class TLSTest(programs.ProgramTest):
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

    @contextlib.contextmanager
    def proxy(self, *command, ports):
        with open(self.directory / 'log', 'wb') as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            for port in ports:
                daemon.wait_for(lambda: process.poll() is not None or self.listens(port), 'proxy')
            self.assertIsNone(process.poll(), (self.directory / 'log').read_text())
            yield
        finally:
            process.terminate()
            process.wait(daemon.DEADLINE)

    def listens(self, port):
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(('127.0.0.1', port)):
            return True
        return False

    def configure(self, text, replacements, name):
        for old, new in replacements.items():
            self.assertIn(old, text)
            text = text.replace(old, str(new))
        return self.write(name, text.encode())

    def get(self, port, target):
        connection = http.client.HTTPSConnection('localhost', port, context=self.context, timeout=daemon.DEADLINE)
        with contextlib.closing(connection):
            connection.request('GET', target)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def test_haproxy(self):
        with daemon.Daemon('--listen=127.0.0.1:0,proxy', '--http=127.0.0.1:0,proxy', addresses=()) as d:
            self.haproxy(f'127.0.0.1:{d.port}', '%s:%d' % d.http())
        suite.checked('TLS by HAProxy: the prompt and HTTP answer')

    def test_haproxy_over_unix_sockets(self):
        prompt, page = self.directory / 'prompt', self.directory / 'page'
        with daemon.Daemon(f'--listen=unix:{prompt},proxy', f'--http=unix:{page},proxy', '-l127.0.0.1:0',
                           addresses=()) as d:
            self.haproxy(prompt, page)
            self.assertRegex(d.stderr(), r'(?m)^c\d+ proxied peer=127\.0\.0\.1:\d+$')

    def haproxy(self, prompt_server, page_server):
        if not shutil.which('haproxy'):
            self.skipTest('needs haproxy')
        prompt, page = free_port(), free_port()
        path = self.configure(
            'defaults\n\ttimeout connect 9s\n\ttimeout client 99s\n\ttimeout server 99s\n' + shown('haproxy'),
            {':2325': f'127.0.0.1:{prompt}', ':443': f'127.0.0.1:{page}',
             '/etc/haproxy/charfinder.pem': self.pem, '127.0.0.1:2324': prompt_server,
             '127.0.0.1:8889': page_server}, 'haproxy.cfg')
        with self.proxy('haproxy', '-db', '-f', path, ports=(prompt, page)):
            with socket.create_connection(('127.0.0.1', prompt), timeout=daemon.DEADLINE) as raw, \
                    self.context.wrap_socket(raw, server_hostname='localhost') as s:
                s.sendall(b'white bishop\r\n')
                wanted = suite.oracle().answer(b'white bishop') + oracle.PROMPT
                self.assertIn(wanted, daemon.read_until(s, wanted))
            self.assertEqual(self.get(page, '/healthz'), (200, b'ok\n'))
            self.assertIn('♗'.encode(), self.get(page, '/search?q=white+bishop')[1])

    def test_nginx(self):
        with daemon.Daemon('--http=127.0.0.1:0', '--trusted-proxy=127.0.0.1') as d:
            self.nginx('%s:%d' % d.http())
        suite.checked('TLS by nginx: HTTP answers')

    def test_nginx_over_a_unix_socket(self):
        self.directory.chmod(0o755)  # nginx serves as nobody
        page = self.directory / 'page'
        with daemon.Daemon(f'--http=unix:{page}', '--trusted-proxy=unix', '--verbose', '-l127.0.0.1:0',
                           addresses=()) as d:
            self.nginx(f'unix:{page}')
            self.assertIn(' status=200 client=127.0.0.1 method=GET target=/healthz\n', d.stderr())

    def nginx(self, page_server):
        if not shutil.which('nginx'):
            self.skipTest('needs nginx')
        port = free_port()
        server = shown('nginx')
        path = self.configure(
            f'daemon off; pid {self.directory}/pid; error_log stderr; events {{}}\n'
            f'http {{ access_log off; client_body_temp_path {self.directory}/body;'
            f' proxy_temp_path {self.directory}/proxy; fastcgi_temp_path {self.directory}/f;'
            f' uwsgi_temp_path {self.directory}/u; scgi_temp_path {self.directory}/s;\n{server}}}\n',
            {'listen 443': f'listen 127.0.0.1:{port}', '/etc/nginx/charfinder.pem': self.pem,
             '127.0.0.1:8888': page_server}, 'nginx.conf')
        with self.proxy('nginx', '-e', 'stderr', '-c', path, ports=(port,)):
            self.assertEqual(self.get(port, '/healthz'), (200, b'ok\n'))
            self.assertIn('♗'.encode(), self.get(port, '/search?q=white+bishop')[1])


if __name__ == '__main__':
    suite.main()
