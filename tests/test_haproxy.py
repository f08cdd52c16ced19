#!/usr/bin/env python3
"""Three daemons behind the real HAProxy, configured as doc/haproxy.cfg has it: one is
killed and one is drained under load. Clients that ask again lose nothing; those of the
drained one lose nothing at all."""

import asyncio
import contextlib
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

import daemon
import oracle
import suite

# None, few and many rows, and an error: up to 40 kB.
QUESTIONS = [b'rook', b'white bishop', b'nosuchword', b'peso sign', b'chess', b'arrow', b'\xc0']
# 0.4 and 4.2 MB, more than is on its way at a time.
BIG_QUESTIONS = [b'letter', b'cjk']


class Load:
    """Clients that ask all the time, one question after the other, and compare each answer
    to the byte with the oracle's. They do what a client must that wants to lose nothing:
    when the connection ends instead of an answer, they connect and ask again.

    As a context it runs from the first answer until it is left; then nobody waits for an
    answer any more, and the figures are final."""

    def __init__(self, open_socket, address, clients, questions=QUESTIONS, questions_each=20,
                 seed=17):
        self.open_socket = open_socket  # a new socket, not yet connected
        self.address = address
        self.clients = clients
        self.questions_each = questions_each  # on one connection, at the most
        self.seed = seed
        self.questions = [(question + b'\r\n', suite.oracle().answer(question) + oracle.PROMPT)
                          for question in questions]
        self.ending = False
        # the figures
        self.asked = self.answered = 0
        self.connections = 0
        self.refused = 0      # attempts to connect that failed
        self.asked_again = 0  # because the connection ended without a byte of the answer
        self.cut_short = []   # answers that began and did not end
        self.wrong = []       # answers that are others
        self.late = []        # questions that nobody answered in time

    def __enter__(self):
        self.thread = threading.Thread(target=lambda: asyncio.run(self.run()))
        self.thread.start()
        try:
            daemon.wait_for(lambda: self.answered, 'first answer')
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.ending = True
        self.thread.join()

    async def run(self):
        clients = [Client(self, random.Random(self.seed + i)) for i in range(self.clients)]
        await asyncio.gather(*(client.run() for client in clients))

    def go_on(self, answers):
        """Waits for that many more answers."""
        end = self.answered + answers
        daemon.wait_for(lambda: self.answered >= end or self.failures(),
                        f'{answers} more answers')

    @property
    def lost(self):
        return self.asked - self.answered

    def failures(self):
        return self.wrong + self.late

    def __str__(self):
        return (f'{self.answered} queries answered on {self.connections} connections, '
                f'{self.asked_again} asked again, {len(self.cut_short)} cut short, '
                f'{len(self.wrong)} wrong, {self.lost} lost')


class Client:
    """One client of a load."""

    def __init__(self, load, rng):
        self.load = load
        self.rng = rng
        self.socket = None
        self.questions_left = 0

    async def run(self):
        load = self.load
        try:
            while not load.ending and not load.failures():
                question, answer = self.rng.choice(load.questions)
                load.asked += 1
                async with asyncio.timeout(daemon.DEADLINE):
                    while not await self.ask(question, answer):
                        self.disconnect()
                load.answered += 1
                self.questions_left -= 1
                if self.questions_left == 0:
                    self.disconnect()
        except TimeoutError:
            load.late.append(question)
        except WrongAnswer as wrong:
            load.wrong.append((question, *wrong.args))
        finally:
            self.disconnect()

    async def ask(self, question, answer):
        """Whether it has been answered; if not, the connection has ended."""
        loop = asyncio.get_running_loop()
        if self.socket is not None and self.has_ended():
            self.disconnect()
        if self.socket is None and not await self.connect():
            return False
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            await loop.sock_sendall(self.socket, question)
        received = await self.receive(answer)
        if received == len(answer):
            return True
        self.load.asked_again += 1
        if received > 0:
            self.load.cut_short.append((question, received, len(answer)))
        return False

    async def connect(self):
        """Whether there is a connection, with its prompt."""
        self.socket = self.load.open_socket()
        self.socket.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(self.socket, self.load.address)
        except OSError:
            self.load.refused += 1
            return False
        self.load.connections += 1
        self.questions_left = self.rng.randint(1, self.load.questions_each)
        return await self.receive(oracle.PROMPT) == len(oracle.PROMPT)

    async def receive(self, expected):
        """How much of what is expected arrived before the connection ended: all, normally."""
        received = 0
        while received < len(expected):
            try:
                data = await asyncio.get_running_loop().sock_recv(self.socket, 1 << 16)
            except ConnectionResetError:
                break
            if not data:
                break
            if not expected.startswith(data, received):
                raise WrongAnswer(received, data)
            received += len(data)
        return received

    def has_ended(self):
        """Whether the connection has ended since the last answer."""
        try:
            return self.socket.recv(1, socket.MSG_PEEK) == b''
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True

    def disconnect(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = None


class WrongAnswer(Exception):
    """Something else arrived than what was expected."""


class HAProxy:
    """A running HAProxy with doc/haproxy.cfg, changed in where it listens, logs and sends
    to, and asking for the health of the servers more often. It is a context."""

    def __init__(self, daemons):
        self.daemons = daemons

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.directory = stack.enter_context(tempfile.TemporaryDirectory())
            self.output = stack.enter_context(tempfile.TemporaryFile())
            self.listener = stack.enter_context(socket.create_server(('127.0.0.1', 0)))
            self.address = self.listener.getsockname()
            file = pathlib.Path(self.directory, 'haproxy.cfg')
            file.write_text(self.configuration())
            self.process = subprocess.Popen(
                ['haproxy', '-db', '-f', file], pass_fds=[self.listener.fileno()],
                stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT)
            stack.callback(self.process.wait)
            stack.callback(self.process.kill)
            daemon.wait_for(self.answers_or_is_gone, 'answer of HAProxy')
            assert self.process.poll() is None, daemon.contents(self.output)
            for name in self.daemons:
                self.wait_until(name, check_status='L7OK', status='UP')
            self.everything = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.everything.close()

    @property
    def admin_socket(self):
        return os.path.join(self.directory, 'admin.sock')

    def configuration(self):
        text = shipped_configuration()
        for pattern, replacement in [
                (r'log /dev/log local0', 'log stdout format raw local0'),
                (r'\n\tchroot .*', ''),
                (r'\n\tuser .*', ''),
                (r'\n\tgroup .*', ''),
                (r'/run/haproxy/admin\.sock(?= mode)', self.admin_socket),
                (r'\n\tmaxconn 20000', '\n\tmaxconn 1000'),
                (r'bind :2323', f'bind fd@{self.listener.fileno()}'),
                (r'inter 2s fastinter 500ms', 'inter 100ms fastinter 50ms'),
                *((rf'server {name} 127\.0\.0\.1:\d+', f'server {name} 127.0.0.1:{d.port}')
                  for name, d in self.daemons.items())]:
            text, count = re.subn(pattern, replacement, text)
            assert count == 1, f'{pattern} is {count} times in doc/haproxy.cfg'
        return text

    def command(self, line):
        """What HAProxy answers on its admin socket."""
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(daemon.DEADLINE)
            s.connect(self.admin_socket)
            s.sendall(line.encode() + b'\n')
            return daemon.read_to_end(s).decode()

    def answers_or_is_gone(self):
        with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
            return self.command('show info') or self.process.poll() is not None
        return self.process.poll() is not None

    def server(self, name):
        """The statistics of a server, by their names."""
        header, *rows = self.command('show stat charfinderd 4 -1').strip().split('\n')
        names = header.lstrip('# ').split(',')
        return next(fields for row in rows
                    if (fields := dict(zip(names, row.split(','))))['svname'] == name)

    def wait_until(self, name, **fields):
        """Waits until the server's statistics begin so."""
        daemon.wait_for(
            lambda: all(self.server(name)[field].startswith(value)
                        for field, value in fields.items()),
            f'server {name} with {fields}, but {self.server(name)}')

    def set_state(self, name, state):
        refused = self.command(f'set server charfinderd/{name} state {state}')
        assert not refused.strip(), refused


class HAProxyOfDict(HAProxy):
    """The same in front of one daemon that speaks DICT: only what is checked is other."""

    def __init__(self, d):
        super().__init__({'a': d})

    def configuration(self):
        host, port = self.daemons['a'].dict()
        text = super().configuration()
        for pattern, replacement in [
                (r'tcp-check expect string "\?> "', 'tcp-check expect rstring "^220 charfinderd"'),
                (r'tcp-check send "white.*', r'tcp-check send "define unicode snowman\\r\\n"'),
                (r'tcp-check expect rstring "\[0-9\]\+ matches.*', 'tcp-check expect string "U+2603"'),
                (r'server a .*', f'server a {host}:{port}'),
                (r'\n\tserver b .*', ''),
                (r'\n\tserver c .*', '')]:
            text, count = re.subn(pattern, replacement, text)
            assert count == 1, f'{pattern} is {count} times in doc/haproxy.cfg'
        return text


def shipped_configuration():
    return pathlib.Path(suite.source('doc', 'haproxy.cfg')).read_text()


class HAProxyTest(unittest.TestCase):
    def setUp(self):
        if not shutil.which('haproxy'):
            self.skipTest('needs haproxy')
        self.oracle = suite.oracle()
        self.daemons = {name: self.enterContext(proxied_daemon()) for name in 'abc'}
        self.haproxy = self.enterContext(HAProxy(self.daemons))

    def connect(self, source='127.0.0.1'):
        s = socket.create_connection(self.haproxy.address, timeout=daemon.DEADLINE,
                                     source_address=(source, 0))
        self.addCleanup(s.close)
        return s

    def assertServes(self, data=b'white bishop\r\n'):
        with self.connect() as s:
            self.assertEqual(daemon.talk(s, [data]), self.oracle.reply(data))

    def test_a_dictionary_program_is_served_as_others_are(self):
        """What HAProxy does for the prompt it does for DICT: a second frontend, of two lines."""
        with daemon.Daemon('--dict=127.0.0.1:0,proxy', '--workers=1') as d:
            with HAProxyOfDict(d) as haproxy:
                for _ in range(3):
                    with socket.create_connection(haproxy.address, daemon.DEADLINE, ('127.0.0.7', 0)) as s:
                        real = '127.0.0.7:%d' % s.getsockname()[1]
                        answer = daemon.talk(s, [b'define unicode snowman\r\nquit\r\n'])
                    self.assertRegex(answer, rb'\A220 charfinderd ')
                    self.assertIn(b'U+2603', answer)
                    self.assertTrue(answer.endswith(b'\r\n250 ok\r\n221 bye\r\n'), answer)
                    daemon.wait_for(lambda: f' proxied peer={real}\n' in d.stderr(), 'line in the log')

    def logs(self, text):
        """How often that is in the logs of the daemons."""
        return sum(d.stderr().count(text) for d in self.daemons.values())

    def test_the_shipped_file_is_valid_as_it_is(self):
        checked = subprocess.run(['haproxy', '-c', '-f', suite.source('doc', 'haproxy.cfg')],
                                 stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if 'cannot find user' in checked.stderr:
            self.skipTest('needs the user haproxy')
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertNotIn('[WARNING]', checked.stderr)

    def test_what_a_half_closed_client_asked_is_answered_whole(self):
        for _ in range(3):
            self.assertServes(b'cjk\nrook\ncjk')
            self.assertServes(b'rook\r\n' * 1000)

    def test_the_daemons_know_the_real_client(self):
        with self.connect('127.0.0.7') as s:
            daemon.read_until(s, oracle.PROMPT)
            real = '127.0.0.7:%d' % s.getsockname()[1]
            daemon.wait_for(lambda: self.logs(f' proxied peer={real}\n') == 1, 'line in the log')
        self.assertEqual(self.logs(' proxied '), 1)  # and the checks claim to be nobody

    def test_a_check_is_a_conversation_that_ends_well(self):
        daemon.wait_for(lambda: self.logs(' closed ') >= 10, 'checks')
        ends = [line for d in self.daemons.values()
                for line in re.findall(r'^c\d+ closed (.*)$', d.stderr(), re.M)]
        self.assertEqual(set(ends), {'reason=end-of-input queries=1'})
        suite.checked(f'{len(ends)} health checks ended as conversations do')

    def test_a_daemon_that_does_not_answer_gets_no_clients_until_it_does(self):
        stopped = self.daemons['b'].process
        stopped.send_signal(signal.SIGSTOP)
        try:
            # It still accepts connections: only who expects an answer finds out.
            self.haproxy.wait_until('b', status='DOWN', check_status='L7TOUT')
            for _ in range(20):
                self.assertServes()
        finally:
            stopped.send_signal(signal.SIGCONT)
        self.haproxy.wait_until('b', status='UP', check_status='L7OK')
        suite.checked('a stopped daemon was taken out, and in again')

    @unittest.skipIf(suite.wrap(), 'in a wrapper it is too slow for HAProxy')
    def test_one_drained_and_one_killed_under_load(self):
        with self.load(clients=40) as load:
            load.go_on(1000)
            with self.load(clients=4, questions=BIG_QUESTIONS, questions_each=3) as big:
                self.drain_and_stop('a')
                load.go_on(1000)
            self.assertEqual((load.asked_again, load.cut_short), (0, []))
            drained_after = load.answered
            self.kill('b')
            load.go_on(1000)
            self.haproxy.wait_until('b', status='DOWN')
            self.haproxy.wait_until('c', status='UP')
            load.go_on(1000)
        for clients in (load, big):
            self.assertEqual((clients.wrong, clients.late, clients.lost), ([], [], 0))
            self.assertEqual((clients.refused, clients.cut_short), (0, []))
        self.assertEqual(big.asked_again, 0)
        suite.checked(f'a daemon drained: {drained_after} queries answered, none asked again; '
                      f'big answers: {big}')
        suite.checked(f'and one killed: {load}')

    def load(self, **options):
        return Load(socket.socket, self.haproxy.address, **options)

    def drain_and_stop(self, name):
        """As doc/haproxy.cfg says."""
        self.haproxy.set_state(name, 'drain')
        self.haproxy.wait_until(name, scur='0')
        d = self.daemons[name]
        d.stop()
        # No client was sent away: each had ended its input.
        clients = re.findall(r'^(c\d+) proxied ', d.stderr(), re.M)
        reasons = dict(re.findall(r'^(c\d+) closed reason=(\S+)', d.stderr(), re.M))
        self.assertEqual({reasons[client] for client in clients}, {'end-of-input'})

    def kill(self, name):
        """When it has clients."""
        daemon.wait_for(lambda: self.haproxy.server(name)['scur'] != '0', 'client')
        self.daemons[name].kill()


def proxied_daemon():
    return Daemon('--listen=127.0.0.1:0,proxy', '--workers=1', addresses=())


class Daemon(daemon.Daemon):
    """One that may be killed instead of stopped."""
    killed = False

    def kill(self):
        self.killed = True
        super().kill()

    def stop(self, *arguments):
        if not self.killed:
            super().stop(*arguments)


if __name__ == '__main__':
    suite.main()
