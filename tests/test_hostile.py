#!/usr/bin/env python3
"""Clients that are slow, rude or many: what they do to themselves is theirs, and nobody
else notices."""

import concurrent.futures
import contextlib
import os
import resource
import select
import socket
import struct
import time
import unittest

import daemon
import suite

CLIENTS = 20 if suite.wrap() else 200


class HostileTest(unittest.TestCase):
    arguments = ()

    def setUp(self):
        self.oracle = suite.oracle()
        self.daemon = self.enterContext(daemon.Daemon(*self.arguments))
        self.assertServesOthers()
        self.descriptors_at_first = self.descriptors()

    def descriptors(self):
        return len(os.listdir(f'/proc/{self.daemon.process.pid}/fd'))

    def assertServesOthers(self):
        self.assertEqual(self.daemon.reply(b'white bishop\n'),
                         self.oracle.reply(b'white bishop\n'))

    def assertNothingIsLeft(self):
        daemon.wait_for(lambda: self.descriptors() <= self.descriptors_at_first,
                        'closing of the descriptors of connections that are gone')

    def client(self, asks=b'', receive_buffer=None):
        s = socket.socket()
        self.addCleanup(s.close)
        if receive_buffer:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        s.settimeout(daemon.DEADLINE)
        s.connect((self.daemon.host, self.daemon.port))
        s.sendall(asks)
        return s


class OneWorkerTest(HostileTest):
    arguments = ('--workers=1',)

    def test_a_client_that_reads_nothing_holds_up_nobody(self):
        asked = b'cjk\n' * 10
        slow = self.client(asked, receive_buffer=4096)
        select.select([slow], [], [], daemon.DEADLINE)
        for _ in range(5):
            self.assertServesOthers()
        self.assertEqual(daemon.talk(slow, []), self.oracle.reply(asked))
        slow.close()
        self.assertNothingIsLeft()
        suite.checked('a client that reads nothing of cjk holds up nobody')

    def test_a_client_that_reads_all_it_asks_for_holds_up_nobody(self):
        answers = 2 if suite.wrap() else 40
        with concurrent.futures.ThreadPoolExecutor() as pool:
            greedy = pool.submit(self.daemon.reply, b'cjk\n' * answers)
            others = 0
            while not greedy.done():
                self.assertServesOthers()
                others += 1
            self.assertEqual(greedy.result(), self.oracle.reply(b'cjk\n' * answers))
        suite.checked(f'{others} others served while one read {answers} answers to cjk')

    def test_answers_that_nobody_reads_do_not_pile_up_in_memory(self):
        before = self.resident_bytes()
        for _ in range(3):
            slow = self.client(b'cjk\n' * 1000, receive_buffer=4096)
            daemon.wait_for(lambda: select.select([slow], [], [], 0)[0], 'begin of the answer')
        for _ in range(5):
            self.assertServesOthers()
        # The index itself becomes resident as it is read.
        allowance = os.path.getsize(suite.database()) + (16 << 20)
        self.assertLess(self.resident_bytes() - before, suite.patience(allowance))

    def resident_bytes(self):
        with open(f'/proc/{self.daemon.process.pid}/statm', encoding='ascii') as statm:
            return int(statm.read().split()[1]) * os.sysconf('SC_PAGE_SIZE')

    def test_an_endless_line_holds_up_nobody(self):
        with concurrent.futures.ThreadPoolExecutor() as pool:
            endless = pool.submit(self.daemon.reply, [b'x' * 65536] * 160, half_close=False)
            while not endless.done():
                self.assertServesOthers()
        self.assertNothingIsLeft()

    def test_a_reset_in_the_middle_of_an_answer_disturbs_nobody(self):
        for _ in range(20):
            rude = self.client(b'cjk\n' * 3)
            steady = self.client(b'cjk\n')
            rude.recv(100000)
            rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            rude.close()
            self.assertServesOthers()
            if not suite.wrap():
                self.assertEqual(daemon.talk(steady, []), self.oracle.reply(b'cjk\n'))
            steady.close()
        self.assertNothingIsLeft()
        suite.checked('20 resets in the middle of an answer disturbed nobody')

    def test_clients_that_only_come_and_go_leave_nothing_behind(self):
        for count in range(CLIENTS):
            s = self.client(b'white bi' if count % 2 else b'')
            if count % 3 == 0:
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            s.close()
        self.assertServesOthers()
        self.assertNothingIsLeft()

    def test_when_descriptors_run_out_clients_wait_and_the_processor_rests(self):
        limit = self.descriptors() + 8
        resource.prlimit(self.daemon.process.pid, resource.RLIMIT_NOFILE, (limit, limit))
        crowd = [self.client(b'white bishop\n') for _ in range(30)]
        expected = self.oracle.reply(b'white bishop\n')
        daemon.read_until(crowd[0], expected)
        used = self.processor_seconds()
        time.sleep(1)  # not in hope: it is over this second that the processor is measured
        self.assertLess(self.processor_seconds() - used, suite.patience(0.3))
        for s in crowd:  # in the order in which they came, each making room for another
            if s is not crowd[0]:
                daemon.read_until(s, expected)
            s.close()
        self.assertServesOthers()
        suite.checked('30 clients waited for 8 descriptors and were all served')

    def processor_seconds(self):
        with open(f'/proc/{self.daemon.process.pid}/stat', encoding='ascii') as stat:
            fields = stat.read().rpartition(')')[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


class ManyClientsTest(HostileTest):
    arguments = ('--workers=4',)

    def test_many_at_once_get_exact_answers(self):
        words = sorted(word for word, points in self.oracle.index.items() if len(points) < 3000)
        everyone = []
        with contextlib.ExitStack() as open_sockets:
            for n in range(CLIENTS):
                s = open_sockets.enter_context(self.client())
                daemon.read_until(s, b'?> ')
                asked = ''.join(f'{word}\r\n' for word in words[n::len(words) // 25]).encode()
                everyone.append((s, asked))
            with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
                replies = pool.map(lambda client: daemon.talk(client[0], pieces(client[1])), everyone)
                for (_, asked), reply in zip(everyone, replies, strict=True):
                    self.assertEqual(b'?> ' + reply, self.oracle.reply(asked))
        self.assertNothingIsLeft()
        suite.checked(f'{CLIENTS} concurrent clients got exact answers')


def pieces(data):
    return [data[i:i + 11] for i in range(0, len(data), 11)]


if __name__ == '__main__':
    suite.main()
