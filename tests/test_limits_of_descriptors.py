#!/usr/bin/env python3
"""More clients than descriptors: those over the limit are told so or wait, those who are
there are served throughout, the processor rests, the log stays short, and in the end
everybody is served."""

import contextlib
import re
import resource
import socket
import threading
import time
import unittest

import daemon
import suite
from torture import preload

LIMIT = 64
CROWD = 40 if suite.wrap() else 200
TOO_MANY = b'Error: too many clients\r\n'
QUESTION = b'white bishop\n'

# How long the processor is watched while descriptors are short, and what share of that it
# may be used; it is asked a question now and then.
WATCH = 1.5
IDLE_SHARE = 0.1


class LimitedDaemon(daemon.Daemon):
    """A daemon with one worker whose limits on open files are `soft` and `hard`."""

    def __init__(self, soft, hard, *arguments):
        super().__init__('--workers=1', *arguments)
        self.command = ['sh', '-c', f'ulimit -Sn {soft} && ulimit -Hn {hard} && exec "$@"', 'sh',
                        *self.command]

    def pauses(self):
        return self.stderr().count('accepting pauses')


class DescriptorsTest(unittest.TestCase):
    def setUp(self):
        self.answer = suite.oracle().answer(QUESTION.strip()) + b'?> '

    def start(self, *arguments):
        self.daemon = self.enterContext(LimitedDaemon(*arguments))
        self.assertEqual(self.daemon.reply(QUESTION), b'?> ' + self.answer)
        self.at_first = preload.descriptors(self.daemon)

    def allow(self, descriptors):
        resource.prlimit(self.daemon.process.pid, resource.RLIMIT_NOFILE, (descriptors, 1024))

    def come(self, count):
        """Clients that have just come."""
        crowd = []
        for _ in range(count):
            s = socket.socket()
            self.addCleanup(s.close)
            s.settimeout(daemon.DEADLINE)
            s.connect((self.daemon.host, self.daemon.port))
            crowd.append(s)
        return crowd

    def assertAnswers(self, s, begins=b''):
        s.sendall(QUESTION)
        expected = begins + self.answer
        received = b''
        while len(received) < len(expected):
            data = s.recv(len(expected) - len(received))
            self.assertTrue(data, f'the end after {received!r}')
            received += data
        self.assertEqual(received, expected)

    def assertRests(self, inside):
        """That the processor rests, but for questions of those who are inside, which are
        answered at once."""
        used, questions, longest = preload.processor_seconds(self.daemon), 0, 0
        end = time.monotonic() + WATCH
        while time.monotonic() < end:
            begin = time.monotonic()
            self.assertAnswers(inside[questions % len(inside)])
            longest = max(longest, time.monotonic() - begin)
            questions += 1
            time.sleep(0.02)  # not in hope: rest between the questions is what is watched
        used = preload.processor_seconds(self.daemon) - used
        self.assertLess(used, suite.patience(WATCH * IDLE_SHARE))
        return (f'{1000 * used:.1f} ms of processor time in {WATCH} s, with {questions} questions '
                f'answered meanwhile, the slowest in {1000 * longest:.1f} ms')

    def assertNothingIsLeft(self):
        daemon.wait_for(lambda: preload.descriptors(self.daemon) <= self.at_first,
                        'closing of descriptors')

    def test_those_over_the_limit_are_told_and_come_back(self):
        self.start(LIMIT, LIMIT)
        inside, outside = [], []
        for s in self.come(CROWD):
            first = daemon.read_until(s, b'')
            if first.startswith(b'?'):
                inside.append(s)
                continue
            self.assertEqual(first + daemon.read_to_end(s), TOO_MANY)
            outside.append(s)
        self.assertGreater(len(inside), LIMIT // 3)
        self.assertGreater(len(outside), 0)
        self.assertLess(preload.descriptors(self.daemon), LIMIT)
        rest = self.assertRests(inside)
        served = len(inside)
        while served < CROWD:
            for s in inside:
                self.assertAnswers(s)
                s.close()
            self.assertNothingIsLeft()
            inside = self.come(min(len(inside), CROWD - served))
            for s in inside:
                self.assertEqual(daemon.read_until(s, b'?> '), b'?> ')
            served += len(inside)
        for s in inside:
            self.assertAnswers(s)
            s.close()
        self.assertNothingIsLeft()
        self.assertEqual(self.daemon.pauses(), 0)
        refused = re.compile(r'^refused peer=\S+ reason=max-clients$', re.M)
        daemon.wait_for(lambda: len(refused.findall(self.daemon.stderr())) == len(outside), 'log')
        suite.checked(f'limit of {LIMIT} open files, {CROWD} clients: {len(outside)} were told that '
                      f'there are too many, came back and were served, {served} in all; {rest}')

    def test_when_there_are_none_left_the_others_wait(self):
        self.start(1024, 1024, f'--max-clients={CROWD}')
        self.allow(self.at_first + 10)
        crowd = self.come(CROWD)
        inside = crowd[:10]
        for s in inside:
            self.assertAnswers(s, begins=b'?> ')
        daemon.wait_for(lambda: self.daemon.pauses() == 1, 'log of the pause')
        rest = self.assertRests(inside)
        self.assertEqual(self.daemon.pauses(), 1)
        for s in crowd:
            if s not in inside:
                self.assertAnswers(s, begins=b'?> ')
            s.close()
        self.assertNothingIsLeft()
        self.assertEqual(self.daemon.pauses(), 1)
        suite.checked(f'no descriptor left for {CROWD - 10} of {CROWD} clients: they waited and were '
                      f'all served, with one line in the log; {rest}')

    def test_those_who_wait_are_let_in_when_the_limit_is_raised(self):
        self.start(1024, 1024)
        self.allow(self.at_first + 4)
        crowd = self.come(12)
        daemon.wait_for(self.daemon.pauses, 'log of the pause')
        self.allow(1024)
        for s in crowd:
            self.assertAnswers(s, begins=b'?> ')

    def test_the_limit_is_raised_as_far_as_it_may_be(self):
        self.start(LIMIT, 1024, f'--max-clients={CROWD}')
        soft, hard = resource.prlimit(self.daemon.process.pid, resource.RLIMIT_NOFILE)
        self.assertGreater(soft, CROWD)
        self.assertEqual(hard, 1024)
        crowd = self.come(CROWD)
        for s in crowd:
            self.assertAnswers(s, begins=b'?> ')
        one_more, = self.come(1)
        self.assertEqual(daemon.read_to_end(one_more), TOO_MANY)
        suite.checked(f'--max-clients={CROWD} raised the limit of {LIMIT} open files to {soft}')

    def test_more_clients_than_the_limit_allows_are_an_error(self):
        for soft, arguments in ((LIMIT, [f'--max-clients={LIMIT}']), (20, [])):
            d = LimitedDaemon(soft, soft, *arguments)
            with self.assertRaises(daemon.Gone), d:
                pass
            self.assertEqual(d.process.returncode, 1)
            self.assertRegex(d.stderr(), rf'\Acharfinderd: (?=.*open files).*\b{soft}\b.*\n\Z')

    def test_who_is_turned_away_and_goes_on_sending_holds_up_nobody(self):
        self.start(1024, 1024, '--max-clients=1')
        inside, = self.come(1)
        self.assertEqual(daemon.read_until(inside, b'?> '), b'?> ')
        floods = Floods((self.daemon.host, self.daemon.port), 2)
        with contextlib.closing(floods):
            floods.wait_for(20)
            longest = 0
            for _ in range(200):
                begin = time.monotonic()
                self.assertAnswers(inside)
                longest = max(longest, time.monotonic() - begin)
        self.assertLess(longest, suite.patience(1))
        suite.checked(f'{floods.count} clients were turned away and went on sending; of 200 '
                      f'questions meanwhile the slowest was answered in {1000 * longest:.1f} ms')


class Floods:
    """Threads of clients that send and send, come what may, and come again."""

    def __init__(self, address, threads):
        self.address = address
        self.count = 0
        self.over = False
        self.threads = [threading.Thread(target=self.run) for _ in range(threads)]
        for thread in self.threads:
            thread.start()

    def run(self):
        data = bytes(1 << 20)
        while not self.over:
            with contextlib.suppress(OSError), socket.create_connection(self.address, 1) as s:
                begin = time.monotonic()
                # A daemon that reads all of it must not keep the test from its end.
                while not self.over and time.monotonic() - begin < 10:
                    s.send(data)
            self.count += 1

    def wait_for(self, count):
        daemon.wait_for(lambda: self.count >= count, f'{count} clients turned away')

    def close(self):
        self.over = True
        for thread in self.threads:
            thread.join()


if __name__ == '__main__':
    suite.main()
