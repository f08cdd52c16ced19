#!/usr/bin/env python3
"""--workers=N: connections are spread over N threads, each of which answers as one alone
would, and no second daemon gets a share of them unnoticed.

Data races are looked for by ThreadSanitizer: in a build with

    ../../configure --enable-sanitizers=thread && make check

(gcc or clang) every test that uses charfinderd looks for them, for a daemon that finds one
says so and ends with status 66 where 0 is expected. test_reload.py, test_drain.py and
test_counters.py are those in which threads have most to do with each other. Neither
libevent nor ICU need be built for it: the threads share none of their objects but the
case map, which is only read."""

import collections
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

import daemon
import programs
import suite
from load import watch
from load.crowd import Crowd

WORKERS = 4


def worker_of(connection):
    """Connections are numbered so that the number tells the worker."""
    return connection % WORKERS


class WorkersTest(unittest.TestCase):
    def setUp(self):
        self.oracle = suite.oracle()
        self.daemon = self.enterContext(daemon.Daemon(f'--workers={WORKERS}'))

    def test_there_are_as_many_threads_and_listeners(self):
        threads = os.listdir(f'/proc/{self.daemon.process.pid}/task')
        if not watch.is_instrumented(self.daemon):
            self.assertEqual(len(threads), WORKERS + 2)  # the main one, and that of the log
        port = f':{self.daemon.port:04X} '
        with open('/proc/net/tcp', encoding='ascii') as sockets:
            listeners = [line for line in sockets if port in line and ' 0A ' in line]
        self.assertEqual(len(listeners), WORKERS)

    def test_connections_are_spread_evenly(self):
        count = 100 * WORKERS
        with contextlib.ExitStack() as open_sockets:
            for _ in range(count):
                s = open_sockets.enter_context(contextlib.closing(self.daemon.connect()))
                self.assertEqual(daemon.read_until(s, b'?> '), b'?> ')
            connections = daemon.wait_for(self.all_opened(count), 'log')
            self.assertEqual(len(set(connections)), count)
            share = collections.Counter(map(worker_of, connections))
            # The system deals them out at random: half a share is 5 standard deviations off.
            self.assertEqual(len(share), WORKERS)
            self.assertGreater(min(share.values()), count / WORKERS / 2)
        suite.checked(f'{count} connections on {WORKERS} workers: {sorted(share.values())}')

    def all_opened(self, count):
        def opened():
            connections = watch.opened(self.daemon)
            return connections if len(connections) >= count else None
        return opened

    def test_each_gives_exact_answers_while_all_are_at_work(self):
        words = sorted(word for word, points in self.oracle.index.items() if len(points) < 3000)
        questions = {query: self.oracle.answer(query.encode())
                     for query in words[::len(words) // 200] + ['white bishop', 'hiragana letter']}
        answers = 5_000 if watch.is_instrumented(self.daemon) else 200_000
        with Crowd((self.daemon.host, self.daemon.port), questions, clients=64, depth=8,
                   answers=answers) as crowd:
            counts = crowd.counts()
        daemon.wait_for(lambda: len(watch.closed(self.daemon)) == 64, 'end of all connections')
        share = collections.Counter()
        for connection, (_, queries) in watch.closed(self.daemon).items():
            share[worker_of(connection)] += queries
        self.assertEqual(len(share), WORKERS)
        suite.checked(f'{counts["answers"]} answers to {len(questions)} queries, all exact; '
                      f'by worker: {sorted(share.values())}')


class SecondInstanceTest(programs.ProgramTest):
    def assertFails(self, d, *arguments):
        result = self.run_program('charfinderd', '--index=' + suite.database(), *arguments)
        self.assertError(result, 1, f':{d.port}: Address already in use')

    def test_fails_however_many_workers_either_has(self):
        for first in (1, 4):
            with daemon.Daemon(f'--workers={first}') as d, contextlib.closing(d.connect()) as s:
                for second in (1, 2, 4):
                    for host in (d.host, '0.0.0.0'):
                        self.assertFails(d, f'--workers={second}', host, str(d.port))
                # The first has not lost a listener: every connection is answered.
                for _ in range(20):
                    self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
                self.assertEqual(daemon.talk(s, [b'rook\n']), suite.oracle().reply(b'rook\n'))
        suite.checked('a second daemon on the port fails, with 1, 2 and 4 workers')

    def test_fails_on_one_of_all_addresses_too(self):
        with daemon.Daemon('--workers=2', addresses=('0.0.0.0', '0')) as d:
            for host in ('127.0.0.1', '0.0.0.0'):
                for workers in ('--workers=1', '--workers=4'):
                    self.assertFails(d, workers, host, str(d.port))

    def test_of_those_that_start_at_the_same_time_one_serves(self):
        for workers in (1, 4):
            for _ in range(2 if suite.wrap() else 10):
                self.assertOneServes(f'--workers={workers}')

    @unittest.skipUnless(shutil.which('strace'), 'needs strace')
    def test_not_even_between_two_system_calls_of_another(self):
        with daemon.Daemon() as d:
            if watch.is_instrumented(d):
                self.skipTest('one tracer at a time')
        # Each is delayed before and after it listens, so that all are there at once.
        for delay in ('bind:delay_exit', 'listen:delay_enter', 'listen:delay_exit'):
            self.assertOneServes('--workers=2', prefix=[
                'strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=bind,listen',
                '-e', f'inject={delay}=100000'])
        suite.checked('daemons that start at the same time: one serves, the others say why not')

    def assertOneServes(self, *arguments, prefix=()):
        with socket.create_server(('127.0.0.1', 0)) as s:
            port = str(s.getsockname()[1])
        starting = [Starting([*prefix, *suite.program('charfinderd'), '--index=' + suite.database(),
                              *arguments, '127.0.0.1', port]) for _ in range(3)]
        with contextlib.ExitStack() as stack:
            for one in starting:
                stack.enter_context(one)
            daemon.wait_for(lambda: all(one.has_decided() for one in starting), 'decisions')
            serving = [one for one in starting if one.process.poll() is None]
            if len(serving) != 1 and prefix and any('ptrace' in one.stderr() for one in starting):
                self.skipTest('not allowed to trace')
            self.assertEqual(len(serving), 1, [one.stderr() for one in starting])
            for one in starting:
                if one not in serving:
                    self.assertEqual(one.process.returncode, 1)
                    self.assertRegex(one.stderr(), r'\Acharfinderd: cannot listen on '
                                     rf'127\.0\.0\.1:{port}: Address already in use; [^\n]*\n\Z')


class Starting(daemon.Daemon):
    """A daemon that may serve or not."""

    def __init__(self, command):
        super().__init__()
        self.command = command

    def __enter__(self):
        self._stdout = tempfile.TemporaryFile()
        self._stderr = tempfile.TemporaryFile()
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL,
                                        stdout=self._stdout, stderr=self._stderr)
        return self

    def __exit__(self, *_):
        # What a tracer has started is told so itself, lest it outlives the tracer.
        for pid in [self.process.pid, *children(self.process.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        self.wait()
        self.kill()

    def has_decided(self):
        return self.served() or self.process.poll() is not None


def children(pid):
    with contextlib.suppress(OSError), \
            open(f'/proc/{pid}/task/{pid}/children', encoding='ascii') as file:
        return [int(child) for child in file.read().split()]
    return []


if __name__ == '__main__':
    suite.main()
