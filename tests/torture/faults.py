"""Rounds of a scripted conversation in which system calls fail, or move a single byte: with every
error that they may have, at every turn. The faces differ in what is said; what is promised is
the same."""

import contextlib
import errno
import functools
import tempfile
import time
import unittest

import daemon
import suite
from torture import preload

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

MAX_CLIENTS = 4

# Processor time that a round may take, in seconds: ten times what it does take.
BUSY = 0.1

# Of the turns of a call each is tried in the long run, else so many, evenly spread.
TURNS = 10**6 if suite.long_run() else 12


def name_of(error):
    return 'one byte' if error == ONE_BYTE else errno.errorcode[error]


WHY_NOT = preload.why_not('fail_calls')


class FaultsTest(unittest.TestCase):
    """What a face adds: its `ARGUMENTS`, and what its `converse()` says."""

    maxDiff = 500
    ARGUMENTS = ()
    turns_tried = TURNS

    @classmethod
    def setUpClass(cls):
        if WHY_NOT:
            raise unittest.SkipTest(WHY_NOT)
        directory = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.index = preload.SmallIndex(directory, 'index', ('LETTER', 'CHESS', 'PESO'))

    def setUp(self):
        self.plans = self.enterContext(contextlib.closing(preload.CallPlans()))
        self.daemon = self.enterContext(preload.PreloadedDaemon(
            'fail_calls', {'FAIL_CALLS_STATE': self.plans.path}, *self.arguments()))
        self.descriptors = preload.descriptors(self.daemon)
        self.answers = self.lost = 0

    @classmethod
    def arguments(cls):
        return (f'--index={cls.index.path}', f'--max-clients={MAX_CLIENTS}', '--idle-timeout=1',
                '--line-timeout=1', '--answer-timeout=1', *cls.ARGUMENTS)

    def converse(self):
        """The scripted conversation; adds to `answers`, and returns its clients."""
        raise NotImplementedError

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
        step = -(-turns // self.turns_tried)
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


class EachCall:
    """What of every conversation fails; with a FaultsTest."""

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

    def test_waiting(self):
        self.check('epoll_ctl', 'epoll_wait')


class FaceTest(FaultsTest):
    """A face whose answers are what a daemon gives in which nothing fails. It is asked at the
    `address` of the face, `FAREWELL` last, to which it says the last thing and closes."""

    READER = None  # a class of PartReader
    FAREWELL = b''
    GREETED = False
    turns_tried = TURNS // 2  # what the loop does is the same for all faces

    @staticmethod
    def address(d):
        raise NotImplementedError

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unharmed = cls.enterClassContext(daemon.Daemon('--workers=1', *cls.arguments()))
        cls.idle = preload.descriptors(cls.unharmed)
        cls.too_many = cls.turned_away()
        nothing = cls.said(b'') if cls.GREETED else b''
        cls.farewell = cls.said(cls.FAREWELL).removeprefix(nothing)

    @classmethod
    def turned_away(cls):
        """What one client too many hears."""
        with contextlib.ExitStack() as stack:
            for _ in range(MAX_CLIENTS):
                stack.enter_context(contextlib.closing(cls.unharmed.connect(cls.address(cls.unharmed))))
            daemon.wait_for(lambda: preload.descriptors(cls.unharmed) == cls.idle + MAX_CLIENTS, 'clients')
            heard = cls.said(b'')
        daemon.wait_for(lambda: preload.descriptors(cls.unharmed) == cls.idle, 'closing of descriptors')
        return heard

    @classmethod
    def said(cls, data):
        """All that is answered to the bytes `data`, and to the end of input."""
        with contextlib.closing(cls.unharmed.connect(cls.address(cls.unharmed))) as s:
            return cls.READER.normal(daemon.talk(s, [data]))

    @classmethod
    @functools.cache
    def reply(cls, asked):
        return cls.said(asked + cls.FAREWELL).removesuffix(cls.farewell)

    def client(self, **options):
        client = self.READER(self.address(self.daemon), self, **options)
        client.TOO_MANY = self.too_many
        return client

    def converse(self):
        clients = self.say_it_all()
        self.answers += sum(not client.lost for client in clients)
        for client in clients:
            client.end()
        return clients
