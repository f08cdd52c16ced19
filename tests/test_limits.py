#!/usr/bin/env python3
"""What clients may have of the daemon: how many they may be, how long they may take, how
much memory they cost. Whoever wants more is told so, or cut, and the log and the counters
say why."""

import contextlib
import re
import resource
import select
import signal
import socket
import time
import unittest

import daemon
import programs
import suite
from load import watch

TOO_MANY = b'Error: too many clients\r\n'
PROMPT = b'?> '
KIB = 1024


class LimitsTest(unittest.TestCase):
    def setUp(self):
        self.oracle = suite.oracle()
        self.came = {}  # when each client began to connect

    def client(self, d, asks=b'', source=None, receive_buffer=None, address=None):
        host, port = address or (d.host, d.port)
        s = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET)
        self.addCleanup(s.close)
        if receive_buffer:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        if source:
            s.bind((source, 0))
        s.settimeout(daemon.DEADLINE)
        self.came[s] = time.monotonic()
        s.connect((host, port))
        s.sendall(asks)
        return s

    def assertWelcome(self, s):
        self.assertEqual(daemon.read_until(s, PROMPT), PROMPT)
        s.sendall(b'rook\n')
        self.assertEqual(PROMPT + daemon.read_until(s, PROMPT), self.oracle.reply(b'rook\n'))

    def assertTurnedAway(self, s, says=b''):
        """That all the client gets is the line, whole, though it has said something that
        nobody will read."""
        with contextlib.suppress(ConnectionError):
            s.sendall(says)
        self.assertEqual(read_until_gone(s), TOO_MANY)
        s.close()

    def wait_until_welcome(self, d, **options):
        def is_welcome():
            s = self.client(d, **options)
            said = daemon.read_until(s, b'')
            if said != PROMPT:
                s.close()
            return said == PROMPT and s

        return daemon.wait_for(is_welcome, 'free place')

    def assertRefused(self, d, reason, count):
        name = f'charfinder_connections_refused_total{{reason="{reason}"}}'
        self.assertEqual(watch.counters(d)[name], count)


def read_until_gone(s):
    """What comes until the connection ends, in whatever way."""
    received = b''
    with contextlib.suppress(ConnectionResetError):
        while data := s.recv(65536):
            received += data
    return received


class MaxClientsTest(LimitsTest):
    def test_one_more_is_told_so_and_closed(self):
        turned_away = 0
        for workers in (1, 4):
            with daemon.Daemon(f'--workers={workers}', '--max-clients=3') as d:
                inside = [self.client(d) for _ in range(3)]
                for s in inside:
                    self.assertWelcome(s)
                for _ in range(20):
                    for says in (b'', b'rook\n', b'x' * 100_000, b'\xff\xfd\x01\x03'):
                        self.assertTurnedAway(self.client(d), says)
                        turned_away += 1
                self.assertRefused(d, 'max-clients', 80)
                for s in inside:
                    s.sendall(b'queen\n')
                    self.assertEqual(PROMPT + daemon.read_until(s, PROMPT),
                                     self.oracle.reply(b'queen\n'))
                self.assertEqual(watch.counters(d)['charfinder_connections_open'], 3)
            self.assertEqual(len(re.findall(
                r'(?m)^refused peer=127\.0\.0\.1:\d+ reason=max-clients$', d.stderr())), 80)
        suite.checked(f'{turned_away} clients too many, all told so')

    def test_a_place_becomes_free_however_its_client_leaves(self):
        with daemon.Daemon('--workers=2', '--max-clients=2') as d:
            self.wait_until_welcome(d)
            for leave in (lambda s: s.close(), lambda s: s.sendall(b'\x03'),
                          lambda s: s.shutdown(socket.SHUT_WR)):
                for _ in range(5):
                    s = self.wait_until_welcome(d)
                    self.assertTurnedAway(self.client(d))
                    leave(s)
                    if s.fileno() >= 0:
                        daemon.read_to_end(s)
                        s.close()
            self.wait_until_welcome(d)

    @unittest.skipIf(suite.wrap(), 'the wrapper has descriptors of its own')
    def test_by_default_there_are_as_many_as_descriptors_allow(self):
        # Clients in plenty for 64 descriptors; accepting never has to pause.
        with limited(daemon.Daemon('--workers=2'), 'ulimit -n 64') as d:
            everyone = [self.client(d) for _ in range(200)]
            served = [s for s in everyone if self.is_served(s)]
            self.assertGreater(len(served), 16)
            for s in served:
                s.sendall(b'rook\n')
                self.assertEqual(PROMPT + daemon.read_until(s, PROMPT), self.oracle.reply(b'rook\n'))
            self.assertRefused(d, 'max-clients', 200 - len(served))
        self.assertNotIn('pauses', d.stderr())
        suite.checked(f'200 clients for 64 descriptors: {len(served)} served, the others told so')

    @unittest.skipIf(suite.wrap(), 'the wrapper has descriptors of its own')
    def test_the_soft_limit_on_descriptors_is_raised(self):
        with limited(daemon.Daemon('--max-clients=100'), 'ulimit -Sn 64') as d:
            everyone = [self.client(d) for _ in range(101)]
            self.assertEqual(sum(map(self.is_served, everyone)), 100)

    def is_served(self, s):
        first_word = daemon.read_until(s, b'')
        self.assertIn(first_word, (PROMPT, TOO_MANY))
        return first_word == PROMPT


def limited(d, command):
    """The daemon `d` started by a shell after `command`."""
    d.command = ['sh', '-c', f'{command} && exec "$0" "$@"'] + d.command
    return d


class TooFewDescriptorsTest(programs.ProgramTest):
    @unittest.skipIf(suite.wrap(), 'the wrapper has descriptors of its own')
    def test_more_clients_than_the_hard_limit_allows_are_an_error(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

        result = self.run_program('charfinderd', '--index=' + suite.database(), '--max-clients=100',
                                  '127.0.0.1', '0', preexec_fn=limit)
        self.assertError(result, 1, '100', '64', 'ulimit', '--max-clients')

    @unittest.skipIf(suite.wrap(), 'the wrapper has descriptors of its own')
    def test_check_finds_that_too(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

        def check(max_clients):
            return self.run_program('charfinderd', '--index=' + suite.database(), '--check', '--workers=1',
                                    f'--max-clients={max_clients}', preexec_fn=limit)

        self.assertWell(check(20))
        self.assertError(check(100), 1, '100', '64', 'ulimit', '--max-clients', prints=b'Unicode ')


class MaxRatePerAddressTest(LimitsTest):
    RATE = 20

    def test_who_asks_more_waits_and_is_answered_everything(self):
        asked = b'rook\n' * (3 * self.RATE)
        with daemon.Daemon('--workers=2', f'--max-rate-per-address={self.RATE}') as d:
            begin = time.monotonic()
            self.assertEqual(d.reply(asked), self.oracle.reply(asked))
            # The bucket is full at first; what is over it takes at least its time.
            self.assertGreater(time.monotonic() - begin, 0.9)
            self.assertGreater(watch.counters(d)['charfinder_queries_rationed_total'], 0)

    def test_others_do_not_wait(self):
        with daemon.Daemon('--workers=1', '--max-rate-per-address=1') as d:
            greedy = self.client(d, source='127.0.0.2')
            greedy.sendall(b'rook\n' * 1000)
            daemon.wait_for(lambda: watch.counters(d)['charfinder_queries_rationed_total'] > 0,
                            'somebody who waits')
            for source in ('127.0.0.3', '127.0.0.4', '127.0.0.5'):
                with contextlib.closing(self.client(d, source=source)) as s:
                    self.assertEqual(daemon.talk(s, [b'rook\n']), self.oracle.reply(b'rook\n'))

    def test_over_http_it_is_told_when_to_come_again(self):
        request = b'GET /search?q=rook HTTP/1.1\r\nHost: a\r\n\r\n'
        with daemon.Daemon('--http=127.0.0.1:0', f'--max-rate-per-address={self.RATE}') as d:
            with contextlib.closing(d.connect(d.http())) as s:
                answers = daemon.talk(s, [request * (3 * self.RATE)])
            statuses = re.findall(rb'HTTP/1\.1 (\d+) ', answers)
            self.assertEqual(len(statuses), 3 * self.RATE)
            self.assertEqual(set(statuses[:self.RATE]), {b'200'})
            self.assertEqual(statuses.count(b'429'), answers.count(b'Retry-After: '))
            self.assertGreater(statuses.count(b'429'), 0)
            # What is no search is not counted.
            with contextlib.closing(d.connect(d.http())) as s:
                answers = daemon.talk(s, [b'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n' * 100])
            self.assertEqual(answers.count(b'HTTP/1.1 200 OK'), 100)


class MaxClientsPerAddressTest(LimitsTest):
    def test_others_are_still_welcome(self):
        with daemon.Daemon('--workers=4', '--max-clients-per-address=2') as d:
            inside = {}
            for source in ('127.0.0.2', '127.0.0.3', '127.0.0.4'):
                inside[source] = [self.client(d, source=source) for _ in range(2)]
                for s in inside[source]:
                    self.assertWelcome(s)
                for says in (b'', b'rook\n', b'x' * 100_000):
                    self.assertTurnedAway(self.client(d, source=source), says)
            self.assertRefused(d, 'max-clients-per-address', 9)
            daemon.wait_for(lambda: d.stderr().count('reason=max-clients-per-address') == 9, 'log')
            # A place that becomes free is one of that address.
            inside['127.0.0.3'].pop().close()
            self.wait_until_welcome(d, source='127.0.0.3')
            for source in inside:
                self.assertTurnedAway(self.client(d, source=source))
        suite.checked('three addresses had two clients each and no more')

    def test_who_is_turned_away_takes_no_place_of_others(self):
        # They stay as long as they can: neither reading, nor closing.
        with daemon.Daemon('--max-clients=10', '--max-clients-per-address=2') as d:
            crowd = [self.client(d, source='127.0.0.2') for _ in range(20)]
            for s in crowd:
                select.select([s], [], [], daemon.DEADLINE)
            self.assertWelcome(self.client(d, source='127.0.0.3'))

    @unittest.skipUnless(daemon.has_ipv6(), 'needs IPv6')
    def test_ipv6(self):
        with daemon.Daemon('--listen=[::1]:0', '--listen=127.0.0.1:0',
                           '--max-clients-per-address=2', addresses=(), serving=2) as d:
            for address in d.served():
                for _ in range(2):
                    self.assertWelcome(self.client(d, address=address))
                self.assertTurnedAway(self.client(d, address=address))
        suite.checked('::1 had two clients and no more')

    def test_an_ipv6_network_of_64_bits_counts_as_one_address(self):
        with daemon.Daemon('--listen=127.0.0.1:0,proxy', '--max-clients-per-address=2',
                           addresses=()) as d:
            def behind_balancer(address):
                family = 'TCP6' if ':' in address else 'TCP4'
                there = '::1' if ':' in address else '127.0.0.1'
                return self.client(d, f'PROXY {family} {address} {there} 4242 2323\r\n'.encode())

            for welcome in ('2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8:0:1::1', '192.0.2.1',
                            '192.0.2.1', '192.0.2.2'):
                self.assertWelcome(behind_balancer(welcome))
            for turned_away in ('2001:db8::1', '2001:db8::3:4', '192.0.2.1'):
                self.assertTurnedAway(behind_balancer(turned_away))
        suite.checked('an IPv6 /64 had two clients and no more')


@unittest.skipIf(suite.wrap(), 'the limits are in seconds')
class TimeoutsTest(LimitsTest):
    LONG = 3.5  # seconds: by then a limit of 1 s has been felt, and one of 2 s

    def converse(self, clients, seconds):
        """Waits for `seconds`, while every client that is a pair of a socket and an iterator
        sends the next piece every tenth of a second. Returns what they received, and how long after
        they came they were closed."""
        begin = time.monotonic()
        writers = {s: iter(pieces) for s, pieces in clients}
        closed = {}
        received = {s: b'' for s in writers}
        while (now := time.monotonic() - begin) < seconds:
            for s, pieces in writers.items():
                with contextlib.suppress(ConnectionError):
                    s.sendall(next(pieces, b''))
            rest = begin + now + 0.1 - time.monotonic()
            readable, _, _ = select.select([s for s in writers if s not in closed], [], [], rest)
            for s in readable:
                data = s.recv(65536)
                received[s] += data
                if not data:
                    closed[s] = time.monotonic() - self.came[s]
            time.sleep(max(0, begin + now + 0.1 - time.monotonic()))
        return received, closed

    def assertClosedFor(self, d, expected):
        daemon.wait_for(lambda: watch.close_reasons(d) == sorted(expected) or
                        len(watch.closed(d)) > len(expected), f'log of {expected}')
        self.assertEqual(watch.close_reasons(d), sorted(expected))
        counters = watch.counters(d)
        for reason in set(expected):
            self.assertEqual(counters[f'charfinder_connections_closed_total{{reason="{reason}"}}'],
                             expected.count(reason))

    def test_idle(self):
        with daemon.Daemon('--idle-timeout=1', '--line-timeout=0', '--answer-timeout=0') as d:
            silent = self.client(d)
            asked_once = self.client(d, b'rook\n')
            negotiating = self.client(d)
            asking = self.client(d)
            in_a_line = self.client(d, b'white bi')
            received, closed = self.converse([
                (silent, []), (asked_once, []), (negotiating, [b'\xff\xfb\x01\xff\xf1'] * 100),
                (asking, [b'', b'rook\n'] * 100), (in_a_line, [])], self.LONG)
            for s in (silent, asked_once, negotiating):
                self.assertGreater(closed.get(s, 0), 0.9)
            self.assertEqual(received[silent], PROMPT)
            self.assertEqual(received[asked_once], self.oracle.reply(b'rook\n'))
            self.assertEqual(received[negotiating], PROMPT)
            for s in (asking, in_a_line):
                self.assertNotIn(s, closed)
            for s in (silent, asked_once, negotiating):
                s.close()
            self.assertClosedFor(d, ['idle-timeout'] * 3)
            in_a_line.sendall(b'shop\n')
            self.assertEqual(PROMPT + daemon.read_until(in_a_line, PROMPT),
                             self.oracle.reply(b'white bishop\n'))
        suite.checked('--idle-timeout=1: who asks nothing is closed, who asks or types is not')

    def test_a_question_at_the_last_moment_is_answered_or_not_but_never_half(self):
        with daemon.Daemon('--idle-timeout=1') as d:
            clients = [self.client(d) for _ in range(60)]
            answered = 0
            for n, s in enumerate(clients):
                self.assertEqual(daemon.read_until(s, PROMPT), PROMPT)
            begin = time.monotonic()
            for n, s in enumerate(clients):
                time.sleep(max(0, begin + 0.9 + n / 40 - time.monotonic()))
                with contextlib.suppress(ConnectionError):
                    s.sendall(b'white bishop\n')
            for s in clients:
                received = read_until_gone(s)
                self.assertIn(PROMPT + received, (PROMPT, self.oracle.reply(b'white bishop\n')))
                answered += received != b''
        suite.checked(f'60 questions around the end of --idle-timeout: {answered} answered, none half')

    def test_line(self):
        with daemon.Daemon('--idle-timeout=0', '--line-timeout=1', '--answer-timeout=0') as d:
            begun = self.client(d, b'white bi')
            dribbling = self.client(d)
            too_long = self.client(d, b'x' * 5000)
            second = self.client(d, b'rook\nque')
            silent = self.client(d)
            negotiating = self.client(d)
            slow = self.client(d)
            received, closed = self.converse([
                (begun, []), (dribbling, [b'x'] * 100), (too_long, []), (second, []), (silent, []),
                (negotiating, [b'\xff\xfb\x01\xff\xf1'] * 100),
                (slow, [b'r', b'oo', b'k\n', b''] * 100)], self.LONG)
            for s in (begun, dribbling, too_long, second):
                self.assertGreater(closed.get(s, 0), 0.9)
                s.close()
            self.assertEqual(received[begun], PROMPT)
            self.assertEqual(received[dribbling], PROMPT)
            self.assertEqual(received[second], self.oracle.reply(b'rook\n'))
            self.assertEqual(received[too_long], self.oracle.reply(b'x' * 5000))
            for s in (silent, negotiating, slow):
                self.assertNotIn(s, closed)
            self.assertGreaterEqual(received[slow].count(b" for 'rook'"), 4)
            self.assertClosedFor(d, ['line-timeout'] * 4)
        suite.checked('--line-timeout=1: who does not end a line is closed, dribbling or not; '
                      'who is slow, or silent, is not')

    def test_answer(self):
        cjk = self.oracle.reply(b'cjk\n')
        with daemon.Daemon('--idle-timeout=0', '--line-timeout=0', '--answer-timeout=2') as d:
            stuck, half_closed, dribbling = [self.client(d, b'cjk\n' * 3, receive_buffer=4096)
                                             for _ in range(3)]
            half_closed.shutdown(socket.SHUT_WR)
            steady = self.client(d, receive_buffer=65536)
            dribble, answers = b'', 0
            begin = time.monotonic()
            self.assertEqual(daemon.read_until(steady, PROMPT), PROMPT)
            while len(watch.closed(d)) < 3 or time.monotonic() - begin < self.LONG:
                steady.sendall(b'cjk\n')
                self.assertTrue(PROMPT + daemon.read_until(steady, b"'cjk'\r\n?> ") == cjk)
                answers += 1
                with contextlib.suppress(ConnectionError):
                    dribble += dribbling.recv(1024)
                self.assertLess(time.monotonic() - begin, daemon.DEADLINE)
            self.assertClosedFor(d, ['answer-timeout'] * 3)
            for begun, s in ((b'', stuck), (b'', half_closed), (dribble, dribbling)):
                self.assertTrue((cjk * 3).startswith(begun + read_until_gone(s)))
        suite.checked('--answer-timeout=2: who takes nothing, and who dribbled '
                      f'({len(dribble)} bytes), were cut; who took {answers} answers was not')

    def test_who_has_taken_the_answer_may_be_silent(self):
        # An answer that just so fits into the socket and the queue: all of it is written at
        # once, and nothing is left to do but to wait for the client.
        with daemon.Daemon('--idle-timeout=0', '--answer-timeout=3', '--workers=1') as d:
            measuring = self.client(d, b'white bishop\n' * 20_000, receive_buffer=4096)
            room = self.settled(d, 'charfinder_sent_bytes_total')
            measuring.close()
            answer = self.oracle.reply(b'white bishop\n')[len(PROMPT):]
            clients = []
            for spare in range(0, 288, 32):
                count = (room - spare * KIB) // len(answer)
                s = self.client(d, b'white bishop\n' * count, receive_buffer=4096)
                clients.append((s, count))
            for s, count in clients:
                expected = PROMPT + answer * count
                received = daemon.read_until(s, PROMPT)
                while len(received) < len(expected):
                    received += daemon.read_until(s, PROMPT)
                self.assertTrue(received == expected)
            readable, _, _ = select.select([s for s, _ in clients], [], [], 5)
            self.assertNotIn('answer-timeout', watch.close_reasons(d))
            self.assertFalse(readable)
        suite.checked(f'{len(clients)} clients took answers of {room >> 20} MiB, and may be silent')

    def settled(self, d, name):
        """The value of a counter that does not change any more."""
        def same_twice():
            before = watch.counters(d)[name]
            time.sleep(0.1)  # not in hope: it is the change in this time that is measured
            return before and watch.counters(d)[name] == before and before

        return daemon.wait_for(same_twice, f'end of the changes of {name}')

    def test_never(self):
        with daemon.Daemon('--idle-timeout=0', '--line-timeout=0', '--answer-timeout=0') as d:
            silent = self.client(d)
            half_typed = self.client(d, b'white bi')
            stuck = self.client(d, b'cjk\n', receive_buffer=4096)
            _, closed = self.converse([(silent, []), (half_typed, [])], self.LONG)
            self.assertEqual(closed, {})
            silent.sendall(b'rook\n')
            half_typed.sendall(b'shop\n')
            self.assertEqual(PROMPT + daemon.read_until(silent, PROMPT), self.oracle.reply(b'rook\n'))
            self.assertEqual(PROMPT + daemon.read_until(half_typed, PROMPT),
                             self.oracle.reply(b'white bishop\n'))
            self.assertTrue(daemon.read_until(stuck, b"'cjk'\r\n?> ") == self.oracle.reply(b'cjk\n'))
            self.assertClosedFor(d, [])
        suite.checked('limits of 0 s are none')


class MemoryTest(LimitsTest):
    # What may be queued for a client, a slice of an answer, and what a connection costs.
    QUEUE, SLICE, CONNECTION = 256 * KIB, 64 * KIB, 16 * KIB
    CLIENTS = 100

    def setUp(self):
        super().setUp()
        self.daemon = self.enterContext(daemon.Daemon('--workers=2'))
        if watch.is_instrumented(self.daemon):
            self.skipTest('the memory is not its own')
        # It has done once all that it is going to do.
        self.daemon.reply(b'cjk\nwhite bishop\n')
        self.before = watch.memory(self.daemon)

    def wait_until_settled(self):
        def is_settled():
            before = watch.counters(self.daemon), watch.memory(self.daemon)
            time.sleep(0.1)  # not in hope: it is the change in this time that is measured
            return before == (watch.counters(self.daemon), watch.memory(self.daemon))

        daemon.wait_for(is_settled, 'rest')

    def assertCosts(self, what, clients, most):
        cost = (watch.memory(self.daemon) - self.before) / clients
        suite.checked(f'{clients} clients {what}: {cost / KIB:.1f} KiB of memory each')
        self.assertLess(cost, most, what)

    def test_answers_that_nobody_takes(self):
        clients = [self.client(self.daemon, b'cjk\n' * 100, receive_buffer=4096)
                   for _ in range(self.CLIENTS)]
        self.wait_until_settled()
        self.assertCosts('that ask cjk and read nothing', self.CLIENTS,
                         self.QUEUE + self.SLICE + self.CONNECTION)
        self.assertEqual(watch.counters(self.daemon)['charfinder_connections_open'], len(clients))

    def test_small_answers_that_nobody_takes(self):
        for _ in range(self.CLIENTS):
            s = self.client(self.daemon, receive_buffer=4096)
            s.setblocking(False)
            for _ in range(10):
                with contextlib.suppress(BlockingIOError):
                    s.send(b'white bishop\n' * 10_000)
        self.wait_until_settled()
        self.assertCosts('that pipeline small queries and read nothing', self.CLIENTS,
                         self.QUEUE + self.SLICE + self.CONNECTION)

    def test_whatever_is_not_taken(self):
        """The ways of being stuck that cost most: what is kept of an answer is kept with what is
        queued of it. The man page promises less than half a megabyte."""
        http = ' HTTP/1.1\r\nHost: a\r\n'
        ways = {
            'that ask for all rows, ranked': ('prompt', ':limit all\n' + 'cat:Lo\n' * 3),
            'that ask for all rows as JSON': ('prompt', ':format json\n:limit all\n' + 'cat:Lo\n' * 3),
            'that ask for all rows, found in many ways':
                ('prompt', ':limit all\n' + 'in:any *e* | *a* | *i* | *o*\n' * 3),
            'that ask for all rows over HTTP': ('http', f'GET /search?q=cat:Lo{http}\r\n' * 3),
            'the same, compressed': ('http', f'GET /search?q=cat:Lo{http}Accept-Encoding: gzip\r\n\r\n' * 20),
            'in the middle of a head': ('http', f'GET /{http}X: ' + 'x' * 16000),
            'that ask for all headwords': ('dict', 'match * prefix a\r\n' * 100),
            'that ask for all definitions': ('dict', 'define * letter\r\n' * 100),
        }
        slow = 'the same, compressed', 'that ask for all definitions'
        for way, (face, data) in ways.items():
            # among many what the process itself has taken hardly counts; some take their time
            clients = 15 if way in slow else 50
            with daemon.Daemon('--workers=1', '--mode=wide', '--http=127.0.0.1:0', '--dict=127.0.0.1:0') as d, \
                    contextlib.ExitStack() as stack:
                self.daemon = d
                d.reply(b'rook\n')
                self.before = watch.memory(d)
                for _ in range(clients):
                    s = stack.enter_context(socket.socket())
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                    s.connect({'prompt': (d.host, d.port), 'http': d.http(), 'dict': d.dict()}[face])
                    s.sendall(data.encode())
                counter, bytes_each = (('charfinder_sent_bytes_total', 250_000) if data.endswith('\n') else
                                       ('charfinder_received_bytes_total', len(data)))
                daemon.wait_for(lambda: watch.counters(d)[counter] >= bytes_each * clients, 'all that can be done')
                self.wait_until_settled()
                self.assertCosts(way, clients, 500 * 1000)
                d.send_signal(signal.SIGINT)
                d.send_signal(signal.SIGTERM)

    def test_what_many_took_goes_back_when_they_have_gone(self):
        with daemon.Daemon('--workers=2', '--mode=wide', '--http=127.0.0.1:0') as d:
            d.reply(b'rook\n')
            before = watch.memory(d)
            with contextlib.ExitStack() as stack:
                for _ in range(self.CLIENTS):
                    s = stack.enter_context(socket.socket())
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                    s.connect(d.http())
                    s.sendall(b'GET /search?q=cat:Lo HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n' * 3)
                daemon.wait_for(lambda: watch.counters(d)['charfinder_queries_total'] >= self.CLIENTS, 'questions')
                took = watch.memory(d) - before
            daemon.wait_for(lambda: watch.counters(d)['charfinder_connections_open'] == 0, 'end of them all')
            daemon.wait_for(lambda: watch.memory(d) - before < took / 4, 'memory')
            suite.checked(f'{self.CLIENTS} clients took {took >> 10} KiB, of which {(watch.memory(d) - before) >> 10} '
                          'were kept when they had gone')

    def test_a_mebibyte_without_a_line_end(self):
        clients = [self.client(self.daemon) for _ in range(self.CLIENTS)]
        for s in clients:
            s.sendall(b'x' * ((1 << 20) - 1))
        self.wait_until_settled()
        self.assertCosts('that send 1 MiB without a line end', self.CLIENTS, self.CONNECTION)
        for s in clients:
            s.sendall(b'x')
            self.assertEqual(daemon.read_to_end(s), self.oracle.reply(b'x' * 5000))
            s.close()
        daemon.wait_for(lambda: watch.close_reasons(self.daemon).count('no-line-end') == len(clients),
                        'end of them all')

    def test_half_a_line(self):
        for _ in range(self.CLIENTS):
            self.client(self.daemon, b'x' * 4000)
        self.wait_until_settled()
        self.assertCosts('in the middle of a line', self.CLIENTS, self.CONNECTION)

    def test_silence(self):
        clients = 1000
        for _ in range(clients):
            self.client(self.daemon)
        self.wait_until_settled()
        self.assertCosts('that say nothing', clients, 4 * KIB)

    def test_silence_over_http(self):
        """Once it has been answered, and is kept alive."""
        clients = 500
        with daemon.Daemon('--workers=1', '--http=127.0.0.1:0') as d, \
                contextlib.ExitStack() as stack:
            self.daemon = d

            def ask(count):
                for _ in range(count):
                    s = stack.enter_context(socket.create_connection(d.http(), timeout=daemon.DEADLINE))
                    s.sendall(b'HEAD /search?q=rook HTTP/1.1\r\nHost: a\r\n\r\n')
                    daemon.read_until(s, b'\r\n\r\n')

            ask(50)
            self.wait_until_settled()
            self.before = watch.memory(d)
            ask(clients)
            self.wait_until_settled()
            self.assertCosts('that say nothing more over HTTP', clients, 1000)


if __name__ == '__main__':
    suite.main()
