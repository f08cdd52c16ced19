#!/usr/bin/env python3
"""System calls fail, or move a single byte: with every error that they may have, at every
turn of a scripted conversation. Who loses the connection by that has got only what is
right; what passes by itself costs nobody anything; the processor rests; and whoever comes
after is answered to the byte."""

import errno
import os
import unittest

import daemon
import suite
from torture import preload
from torture.faults import MAX_CLIENTS, NO_ROOM, ONE_BYTE, WHY_NOT, EachCall, FaultsTest, name_of
from torture.part_reader import PartReader

BIG = b'letter\n' * 2


class PromptTest(EachCall, FaultsTest):
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

    def test_accepting(self):
        self.check('accept4')

    def test_the_log(self):
        self.check('write')

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


@unittest.skipIf(WHY_NOT, WHY_NOT)
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
