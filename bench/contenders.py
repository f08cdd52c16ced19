"""The servers that are compared: how each is started, filled and stopped."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

SERVING = re.compile(r'Serving on 127\.0\.0\.1:(\d+)\. ')
DEADLINE = 30  # seconds that a server may take to start or to stop
MOST_CLIENTS = '16384'

HERE = os.path.dirname(os.path.abspath(__file__))


class Settings:
    """What the command line of bench.py says that servers need to know."""

    def __init__(self, build, cores, before=None):
        self.build = os.path.abspath(build)
        self.before = before and os.path.abspath(before)
        self.server_core, self.load_core = cores
        self.index = self.built('charindex.db')
        self.table = os.path.join(os.path.dirname(HERE), 'data', 'characters.tsv')

    def built(self, *path):
        return os.path.join(self.build, *path)


class Contender:
    """A kind of server. It takes a port if it cannot tell which one it has chosen."""

    protocol = 'prompt'
    tells_port = True
    starts = 11  # in the measurement of the start; 0: none
    everywhere = True  # else only where a workload names it

    def __init__(self, settings):
        self.settings = settings

    def missing(self):
        """Why it cannot take part, or None."""

    def version(self):
        """What to say of it in the results, or None."""

    def command(self, files, port):
        raise NotImplementedError

    def fill(self, port, answers):
        """Gives the server what it is to answer, if it does not know that by itself."""

    @contextlib.contextmanager
    def running(self, workloads):
        """The running server, with the answers to all `workloads`: its pid and port."""
        with tempfile.TemporaryFile() as output:
            port = 0 if self.tells_port else free_port()
            process = subprocess.Popen(self.command([w.path for w in workloads], port),
                                       stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=subprocess.DEVNULL,
                                       preexec_fn=lambda: pin(self.settings.server_core))
            try:
                port = self.wait_for_port(process, output, port)
                for workload in workloads:
                    self.fill(port, workload.answers)
                yield process.pid, port
                if process.poll() is not None:
                    sys.exit(f'{self.name} has ended by itself with {process.returncode}')
            finally:
                stop(process)

    def wait_for_port(self, process, output, port):
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end and process.poll() is None:
            if self.tells_port:
                said = SERVING.search(os.pread(output.fileno(), 4096, 0).decode('utf-8', 'replace'))
                if said:
                    return int(said.group(1))
            else:
                with contextlib.suppress(ConnectionRefusedError):
                    socket.create_connection(('127.0.0.1', port)).close()
                    return port
            time.sleep(0.005)
        sys.exit(f'{self.name} has not begun to serve: {self.command([], port)}')


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def pin(core):
    os.sched_setaffinity(0, {core})


def stop(process):
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(DEADLINE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def first_line(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    return (result.stdout + result.stderr).strip().partition('\n')[0]


def key(query):
    """As script.c makes it."""
    return query.replace(' ', '_').encode()


def exchange(port, requests, reply):
    """Sends the requests one by one; each must have that reply."""
    with socket.create_connection(('127.0.0.1', port), timeout=DEADLINE) as s:
        for request in requests:
            s.sendall(request)
            received = b''
            while len(received) < len(reply):
                received += s.recv(4096) or sys.exit('the connection was closed')
            if received != reply:
                sys.exit(f'an answer was not stored: {received!r}')


class Charfinderd(Contender):
    """By the seed's rule alone, whose answers all others know."""

    name = 'charfinderd'
    mode = 'classic'

    def version(self):
        return first_line(self.settings.built('charfinderd'), '--index=' + self.settings.index,
                          '--version') if self.everywhere else None

    def command(self, files, port):
        return [self.settings.built('charfinderd'), '--index=' + self.settings.index,
                '--workers=1', '--mode=' + self.mode, '127.0.0.1', str(port)]


class Auto(Charfinderd):
    """In its usual mode: what the seed's rule answers, to see what it costs to be able to answer
    more, and what it does not."""

    name = 'auto'
    mode = 'auto'
    everywhere = False


class NoCache(Auto):
    """The same without a cache, which would have all misses of the mix after its first round."""

    name = 'no cache'

    def command(self, files, port):
        command = super().command(files, port)
        return [command[0], '--cache=0', *command[1:]]


class Before(Charfinderd):
    """An earlier charfinderd with its own index, to see what has become of its figures."""

    name = 'before'

    def missing(self):
        return None if self.settings.before else 'no --before was given'

    def version(self):
        return 'before: ' + first_line(*self.command([], 0)[:2], '--version')

    def command(self, files, port):
        def built(name):
            return os.path.join(self.settings.before, name)
        return [built('charfinderd'), '--index=' + built('charindex.db'), '--workers=1',
                '--mode=' + self.mode, '127.0.0.1', str(port)]


class Floor(Contender):
    name = 'floor'
    starts = 0

    def command(self, files, port):
        return [self.settings.built('bench', 'floor'), *files]


class Bufferevent(Contender):
    name = 'bufferevent'
    starts = 0

    def version(self):
        return 'libevent ' + first_line('pkg-config', '--modversion', 'libevent_core')

    def command(self, files, port):
        return [self.settings.built('bench', 'bufferevent'), *files]


class Memcached(Contender):
    name = 'memcached'
    protocol = 'memcached'
    tells_port = False

    def missing(self):
        return None if shutil.which('memcached') else 'memcached is not installed'

    def version(self):
        return first_line('memcached', '-V')

    def command(self, files, port):
        user = ['-u', 'nobody'] if os.getuid() == 0 else []
        return ['memcached', '-l', '127.0.0.1', '-p', str(port), '-U', '0', '-t', '1',
                '-m', '256', '-I', '16m', '-c', MOST_CLIENTS, *user]

    def fill(self, port, answers):
        exchange(port, (b'set %s 0 0 %d\r\n%s\r\n' % (key(query), len(answer), answer)
                        for query, answer in answers), b'STORED\r\n')


class Redis(Contender):
    name = 'redis'
    protocol = 'redis'
    tells_port = False

    def missing(self):
        return None if shutil.which('redis-server') else 'redis-server is not installed'

    def version(self):
        return ' '.join(first_line('redis-server', '--version').split()[:3])

    def command(self, files, port):
        return ['redis-server', '--bind', '127.0.0.1', '--port', str(port), '--save', '',
                '--appendonly', 'no', '--maxclients', '16000']

    def fill(self, port, answers):
        exchange(port, (b'*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n'
                        % (len(key(query)), key(query), len(answer), answer)
                        for query, answer in answers), b'+OK\r\n')


class Seed(Contender):
    name = 'asyncio'
    starts = 1

    def version(self):
        return 'Python ' + sys.version.split()[0]

    def command(self, files, port):
        return [sys.executable, os.path.join(HERE, 'seed_server.py'), self.settings.table,
                '127.0.0.1', str(port)]


ALL = [Charfinderd, Auto, NoCache, Before, Floor, Bufferevent, Memcached, Redis, Seed]
