"""Proxies in front of the daemon, with the configurations that doc/OPERATING.md shows."""

import contextlib
import pathlib
import random
import re
import shutil
import socket
import subprocess

import daemon
import programs
import suite

HAPROXY_DEFAULTS = 'defaults\n\ttimeout connect 9s\n\ttimeout client 99s\n\ttimeout server 99s\n'


def shown(language, nth=0):
    """The configuration in OPERATING.md, or another one in the same language."""
    text = pathlib.Path(suite.source('doc', 'OPERATING.md')).read_text(encoding='utf-8')
    return re.findall(rf'(?s)```{language}\n(.*?)```', text)[nth]


def free_port():
    """A port for a program that cannot choose one: below those that the system gives to whoever takes
    any, as the servers of other tests do while the program starts."""
    given = int(pathlib.Path('/proc/sys/net/ipv4/ip_local_port_range').read_text(encoding='ascii').split()[0])
    while True:
        port = random.randrange(given // 2, given)
        with contextlib.suppress(OSError), socket.create_server(('127.0.0.1', port)):
            return port


class ProxyTest(programs.ProgramTest):
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
        """The text, in a file, with other addresses and paths; what has been put in is not looked at again."""
        for old in replacements:
            self.assertIn(old, text)
        longest_first = sorted(replacements, key=len, reverse=True)
        text = re.sub('|'.join(map(re.escape, longest_first)), lambda match: str(replacements[match[0]]), text)
        return self.write(name, text.encode())

    def haproxy(self, text, replacements, ports):
        """A context in which HAProxy runs."""
        if not shutil.which('haproxy'):
            self.skipTest('needs haproxy')
        path = self.configure(HAPROXY_DEFAULTS + text, replacements, 'haproxy.cfg')
        return self.proxy('haproxy', '-db', '-f', path, ports=ports)

    def nginx(self, servers, replacements, port):
        """A context in which nginx runs."""
        if not shutil.which('nginx'):
            self.skipTest('needs nginx')
        path = self.configure(
            f'daemon off; pid {self.directory}/pid; error_log stderr; events {{}}\n'
            f'http {{ access_log off; client_body_temp_path {self.directory}/body;'
            f' proxy_temp_path {self.directory}/proxy; fastcgi_temp_path {self.directory}/f;'
            f' uwsgi_temp_path {self.directory}/u; scgi_temp_path {self.directory}/s;\n{servers}}}\n',
            replacements, 'nginx.conf')
        return self.proxy('nginx', '-e', 'stderr', '-c', path, ports=(port,))
