#!/usr/bin/env python3
"""System calls fail, or move a single byte: with every error that they may have, at every
turn of a scripted conversation. Who loses the connection by that has got only what is
right; what passes by itself costs nobody anything; the processor rests; and whoever comes
after is answered to the byte."""

import contextlib
import errno
import os
import tempfile
import time
import unittest

import daemon
import suite
from torture import preload
from torture.part_reader import PartReader

ONE_BYTE = preload.CallPlans.ONE_BYTE

# What passes by itself: nothing may be lost.
PASSING = (errno.EINTR, errno.EAGAIN, ONE_BYTE)
NO_ROOM = (errno.ENOBUFS, errno.ENOMEM)

FAULTS = {
    'accept4': (*PASSING[:2], *NO_ROOM, errno.ECONNABORTED, errno.EMFILE, errno.ENFILE, errno.EPROTO),
    'recv': (*PASSING, errno.ECONNRESET, errno.ENOMEM),
    'read': (*PASSING, errno.ECONNRESET, errno.ETIMEDOUT, errno.ENOMEM),
    'send': (*PASSING, *NO_ROOM, errno.ECONNRESET, errno.EPIPE),
    'sendmsg': (*PASSING, *NO_ROOM, errno.ECONNRESET, errno.EPIPE),
    'writev': (*PASSING, *NO_ROOM, errno.ECONNRESET, errno.EPIPE),
    'write': (*PASSING, errno.ENOSPC, errno.EPIPE),  # of the log
    'epoll_ctl': (errno.ENOMEM, errno.ENOSPC),
    'epoll_wait': (errno.EINTR,),
    'ioctl': (errno.EINVAL,),
    'shutdown': (errno.ENOTCONN, errno.ENOBUFS),
}

# Calls whose failure, whatever it is, may cost nobody the connection: who is to be accepted
# waits a little, the log is not the clients' business, and so on.
HARMLESS = ('accept4', 'write', 'epoll_wait', 'shutdown')
# These are for clients that are turned away.
REFUSALS = ('recv', 'send')

BIG = b'letter\n' * 2
MAX_CLIENTS = 4

# Processor time that a round may take, in seconds: ten times what it does take.
BUSY = 0.1

# Of the turns of a call each is tried in the long run, else so many, evenly spread.
TURNS = 10**6 if suite.long_run() else 12


def name_of(error):
    return 'one byte' if error == ONE_BYTE else errno.errorcode[error]


@unittest.skipIf(preload.why_not('fail_calls'), preload.why_not('fail_calls'))
class FaultsTest(unittest.TestCase):
    maxDiff = 500

    @classmethod
    def setUpClass(cls):
        directory = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.index = preload.SmallIndex(directory, 'index', ('LETTER', 'CHESS', 'PESO'))

    def setUp(self):
        self.plans = self.enterContext(contextlib.closing(preload.CallPlans()))
        self.daemon = self.enterContext(self.new_daemon())
        self.descriptors = preload.descriptors(self.daemon)
        self.answers = self.lost = 0

    def new_daemon(self):
        return preload.PreloadedDaemon(
            'fail_calls', {'FAIL_CALLS_STATE': self.plans.path}, f'--index={self.index.path}',
            f'--max-clients={MAX_CLIENTS}', '--idle-timeout=1', '--line-timeout=1',
            '--answer-timeout=1')

    def client(self, **options):
        return PartReader((self.daemon.host, self.daemon.port), self.index, **options)

    def converse(self):
        """The scripted conversation; returns its clients."""
        reader, slow, other = self.client(), self.client(slow=True), self.client()
        slow.say(BIG)
        reader.ask(b'peso sign\r\n')
        other.ask(b'white chess bishop\n' * 20)
        reader.say(b'white chess')
        fourth = self.client()
        fourth.ask(b'caf\xe9\n')
        one_too_many = self.client()  # or not, if one of the others has gone
        one_too_many.ask(b'rook\n')
        one_too_many.end()
        reader.ask(b' bishop\n' + b'x' * 5000 + b'\nblack \xff\xf1rook\n')
        slow.widen()
        slow.ask(b'rook\n')
        clients = (reader, slow, other, fourth)
        for client in clients:
            client.end()
        self.answers += sum(client.received.count(b'\n?> ') for client in clients)
        return clients

    def round(self, what, may_lose):
        """One conversation in which something fails, and one after it."""
        begin, used = time.monotonic(), preload.processor_seconds(self.daemon)
        try:
            lost = sum(client.lost for client in self.converse())
            self.plans.stop()
            self.assertLessEqual(lost, may_lose)
            self.await_the_end_of_all()
            lost_after = sum(client.lost for client in self.converse())
            self.assertEqual(lost_after, 0, 'the conversation after')
            self.await_the_end_of_all()
            self.assertLess(preload.processor_seconds(self.daemon) - used, BUSY)
            self.assertIsNone(self.daemon.process.poll())
        except (AssertionError, OSError) as error:
            took = time.monotonic() - begin
            raise AssertionError(f'{what}, in {took:.1f} s: {error!r}') from error
        self.lost += lost

    def await_the_end_of_all(self):
        daemon.wait_for(lambda: preload.descriptors(self.daemon) <= self.descriptors,
                        'closing of descriptors')

    def turns(self, call):
        """How often the conversation makes the call."""
        before = self.plans.number(call, self.plans.CALLS)
        self.converse()
        self.await_the_end_of_all()
        return self.plans.number(call, self.plans.CALLS) - before

    def may_lose(self, call, error, count):
        if call in HARMLESS + REFUSALS or error in PASSING:
            return 0
        if call == 'sendmsg' and error in NO_ROOM:
            return 0
        return min(count, MAX_CLIENTS)

    def fail_all(self, call):
        turns = self.turns(call)
        self.assertGreater(turns, 0, f'{call} is never called')
        step = -(-turns // TURNS)
        for error in FAULTS[call]:
            for count in (1, 3):
                last = turns if count == 1 or suite.long_run() else 1
                for first in range(1, last + 1, step):
                    self.plans.fail(call, error, first, count)
                    what = f'{call} number {first} ({count} of them): {name_of(error)}'
                    self.round(what, self.may_lose(call, error, count))

    def check(self, *calls):
        for call in calls:
            self.fail_all(call)
        failed = self.plans.stop()
        suite.checked(f'{", ".join(calls)}: {failed} calls failed, {self.answers} answers exact, '
                      f'{self.lost} connections lost to it')

    def test_accepting(self):
        self.check('accept4')

    def test_reading(self):
        self.check('read', 'ioctl')

    def test_sending_at_once(self):
        self.check('sendmsg')

    def test_sending_what_was_queued(self):
        self.check('writev')

    def test_turning_away(self):
        self.check('recv', 'send')

    def test_closing(self):
        self.check('shutdown')

    def test_the_log(self):
        self.check('write')

    def test_waiting(self):
        self.check('epoll_ctl', 'epoll_wait')

    def test_a_byte_at_a_time_all_along(self):
        for call in ('read', 'sendmsg', 'writev'):
            self.plans.fail(call, ONE_BYTE, count=1 << 40)
        client = self.client()
        asked = b'peso sign\r\n' + b'x' * 5000 + b'\nblack chess\n'
        client.ask(asked)
        client.end()
        self.assertFalse(client.lost)
        failed = self.plans.stop()
        suite.checked(f'{failed} calls in a row moved one byte each, and the answer was exact')

    def test_accepting_goes_on_after_everything_was_short(self):
        # Accepting pauses, and when it is to go on there is no room in epoll for a while.
        for error in (errno.EMFILE, errno.ENOMEM):
            self.plans.fail('accept4', error)
            self.plans.fail('epoll_ctl', errno.ENOMEM, count=3)
            self.round(f'accept4: {name_of(error)}, then epoll_ctl: ENOMEM', MAX_CLIENTS)


@unittest.skipIf(preload.why_not('fail_calls'), preload.why_not('fail_calls'))
class StartingTest(unittest.TestCase):
    def test_an_option_that_cannot_be_set_is_an_error_of_one_line(self):
        ended = 0
        for error in NO_ROOM:
            first = 1
            while not self.starts(error, first):
                first += 1
            ended += first - 1
        self.assertGreater(ended, 0)
        suite.checked(f'{ended} starts ended with one line because setsockopt failed')

    def starts(self, error, first):
        d = preload.PreloadedDaemon('fail_calls', {'FAIL_CALLS': f'setsockopt:{error}:{first}:1'})
        try:
            with d:
                return True
        except daemon.Gone:
            self.assertEqual(d.process.returncode, 1)
            self.assertRegex(d.stderr(), rf'\Acharfinderd: [^\n]*{os.strerror(error)}\n\Z')
            return False


if __name__ == '__main__':
    suite.main()
