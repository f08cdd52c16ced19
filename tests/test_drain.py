#!/usr/bin/env python3
"""SIGTERM under load: every answer that has been begun arrives whole, whoever is idle is
let go at once, and whoever takes nothing costs the deadline and no more.

By default with few restarts; in make check-long, ten of them and a million queries."""

import contextlib
import select
import signal
import socket
import time
import unittest

import daemon
import suite
from load import watch
from load.crowd import Crowd



class DrainTest(unittest.TestCase):
    def setUp(self):
        self.oracle = suite.oracle()
        self.cjk = self.oracle.reply(b'cjk\n')

    def questions(self, *queries):
        return {query: self.oracle.answer(query.encode()) for query in queries}

    def client(self, d, asks=b'', receive_buffer=4096):
        s = socket.socket()
        self.addCleanup(s.close)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        s.settimeout(daemon.DEADLINE)
        s.connect((d.host, d.port))
        s.sendall(asks)
        return s

    def stuck_clients(self, d, count):
        """Clients in the middle of an answer of which they take no more."""
        clients = [self.client(d, b'cjk\n' * 10) for _ in range(count)]
        for s in clients:
            daemon.read_until(s, b'')
        return clients

    def shut_down(self, d, number=signal.SIGTERM):
        d.send_signal(number)
        daemon.wait_for(d.says_that_it_shuts_down, 'line "Server shutting down."')

    def crowd(self, address, **options):
        return Crowd(address, self.questions('white bishop', 'rook', 'hiragana', 'nosuchword', 'arrow'),
                     **options)

    def test_many_that_pipeline_get_whole_answers(self):
        answers = unanswered = 0
        rounds = 2 if suite.wrap() else 10
        for n in range(rounds):
            with daemon.Daemon(f'--workers={1 + n % 4}', '--shutdown-timeout=3600') as d, \
                    self.crowd((d.host, d.port), clients=100, depth=20) as crowd:
                daemon.wait_for(
                    lambda: watch.counters(d)['charfinder_queries_total'] > 2000, 'load')
                d.stop()
                counts = crowd.counts()
            self.assertEqual((counts['ended'], counts['truncated']), (100, 0))
            self.assertNotIn('shutdown-timeout', watch.close_reasons(d))
            answers += counts['answers']
            unanswered += counts['unanswered']
        suite.checked(f'{rounds} shutdowns with 100 clients that pipeline: {answers} answers whole, '
                      f'truncated: 0 ({unanswered} queries not begun)')

    def test_who_asks_on_while_an_answer_arrives_gets_all_of_it(self):
        # The daemon has handed everything to the system, but the client is far from having
        # it; what it asks now must not be met by a reset, which would overtake the rest.
        readers = 2 if suite.wrap() else 10
        rook = self.oracle.reply(b'rook\n')[len(b'?> '):]
        for workers in (1, 2):
            with daemon.Daemon(f'--workers={workers}', '--shutdown-timeout=60') as d:
                clients = [self.client(d, b'cjk\n', receive_buffer=16384) for _ in range(readers)]
                received = [daemon.read_until(s, b'') for s in clients]
                self.shut_down(d)
                for s, begun in zip(clients, received):
                    rest = b''
                    while data := read_or_none(s):
                        rest += data
                        with contextlib.suppress(ConnectionError):
                            s.sendall(b'rook\n')
                    # Of the others, one may have come before a worker heard of the end.
                    self.assertTrue((begun + rest).startswith(self.cjk),
                                    f'{len(begun + rest)} of {len(self.cjk)} bytes')
                    more = (begun + rest)[len(self.cjk):]
                    self.assertEqual(more, rook * (len(more) // len(rook)))
                    s.close()
                self.assertEqual(d.wait(), 0)
        suite.checked(f'{2 * readers} clients that asked on while an answer arrived got all of it')

    def test_the_idle_go_at_once_though_others_are_stuck(self):
        with daemon.Daemon('--workers=2', '--shutdown-timeout=3600') as d:
            stuck = self.stuck_clients(d, 4)
            idle = [self.client(d) for _ in range(50)]
            typing = [self.client(d, b'white bi') for _ in range(50)]
            for s in idle + typing:
                daemon.read_until(s, b'?> ')
            self.shut_down(d)
            for s in idle + typing:
                self.assertEqual(daemon.read_to_end(s), b'')
            self.assertIsNone(d.process.poll())
            # The port is free for another, before the last answers have been taken.
            with daemon.Daemon('--workers=2', addresses=(d.host, str(d.port))) as successor:
                self.assertEqual(successor.reply(b'rook\n'), self.oracle.reply(b'rook\n'))
            self.assertIsNone(d.process.poll())
            for s in stuck:
                s.close()
            self.assertEqual(d.wait(), 0)
        suite.checked('100 idle clients let go at once, and the port, while 4 others were stuck')

    def test_the_stuck_cost_the_deadline_and_no_more(self):
        with daemon.Daemon('--workers=4', '--shutdown-timeout=2') as d:
            self.stuck_clients(d, 50)
            with self.crowd((d.host, d.port), clients=20, depth=10) as crowd:
                daemon.wait_for(lambda: watch.counters(d)['charfinder_queries_total'] > 500, 'load')
                begin = time.monotonic()
                self.shut_down(d)
                self.assertEqual(d.wait(), 0)
                took = time.monotonic() - begin
                self.assertEqual(crowd.counts()['truncated'], 0)
        self.assertGreater(took, 1.9)
        self.assertEqual(watch.close_reasons(d).count('shutdown-timeout'), 50)
        suite.checked(f'50 stuck clients cost {took:.2f} s of --shutdown-timeout=2, and others nothing')

    def test_dictionary_programs_get_what_they_have_asked_for(self):
        asked = b'define * heart\r\nmatch unicode substring arrow\r\nmatch * lev arow\r\n' * 8
        with daemon.Daemon('--dict=127.0.0.1:0', '--workers=2', '--shutdown-timeout=3600') as d:
            with contextlib.closing(d.connect(d.dict())) as s:
                whole = daemon.talk(s, [asked])
            whole = whole[whole.index(b'\r\n'):]
            clients, idle = [], d.connect(d.dict())
            self.addCleanup(idle.close)
            daemon.read_until(idle, b'\r\n')
            for _ in range(10):
                s = d.connect(d.dict())
                self.addCleanup(s.close)
                daemon.read_until(s, b'\r\n')
                s.sendall(asked)
                clients.append(s)
            for s in clients:
                daemon.wait_for(lambda: daemon.has_been_read(s), 'reading')
            self.shut_down(d)
            self.assertEqual(daemon.read_to_end(idle), b'')  # without a word
            for s in clients:
                self.assertTrue(b'\r\n' + daemon.read_to_end(s) == whole)
                s.close()
        suite.checked(f'{len(clients)} dictionary programs got {len(whole)} bytes each after SIGTERM')

    def test_without_a_deadline_it_ends_at_once(self):
        with daemon.Daemon('--workers=4', '--shutdown-timeout=0') as d:
            self.stuck_clients(d, 50)
            self.shut_down(d)
            self.assertEqual(d.wait(), 0)

    def test_a_second_signal_ends_it_at_once(self):
        for first in (signal.SIGTERM, signal.SIGINT):
            for second in (signal.SIGTERM, signal.SIGINT):
                with daemon.Daemon('--workers=2', '--shutdown-timeout=3600') as d:
                    stuck = self.stuck_clients(d, 10)
                    self.shut_down(d, first)
                    # It would wait an hour: the idle are gone, the stuck are not.
                    self.assertIsNone(d.process.poll())
                    d.send_signal(second)
                    self.assertEqual(d.wait(), 0)
                self.assertEqual(watch.close_reasons(d), ['shutdown-timeout'] * 10)
                for s in stuck:
                    s.close()
        suite.checked('a second signal ends it at once, whichever came first')

    def test_connections_that_wait_to_be_accepted_are_served(self):
        # While the daemon stands still, the system makes connections for it.
        with daemon.Daemon('--workers=2') as d:
            d.process.send_signal(signal.SIGSTOP)
            clients = [self.client(d, b'rook\n') for _ in range(50)]
            d.send_signal()
            d.process.send_signal(signal.SIGCONT)
            for s in clients:
                self.assertEqual(daemon.read_to_end(s), self.oracle.reply(b'rook\n'))
            self.assertEqual(d.wait(), 0)
        suite.checked('50 connections that had not been accepted were served')

    def test_restarts_under_load_truncate_nothing(self):
        restarts, answers = (10, 1_000_000) if suite.long_run() else (2, 50_000)
        if suite.wrap():
            restarts, answers = 1, 5_000
        address = None
        with contextlib.ExitStack() as stack:
            d = stack.enter_context(daemon.Daemon('--workers=2'))
            address = (d.host, str(d.port))
            crowd = stack.enter_context(self.crowd(address, clients=50, depth=16, again=True,
                                                   answers=answers, report=answers // (restarts + 1)))
            done = 0
            for _ in crowd.reports():
                if done < restarts:
                    done += 1
                    d.stop()
                    d = stack.enter_context(daemon.Daemon('--workers=2', addresses=address))
            counts = crowd.counts()
        self.assertEqual(done, restarts)
        self.assertEqual((counts['truncated'], counts['wrong']), (0, 0))
        self.assertGreaterEqual(counts['answers'], answers)
        suite.checked(f'{counts["answers"]} answers over {restarts} restarts under load: truncated '
                      f'answers: {counts["truncated"]} ({counts["ended"]} connections ended, '
                      f'{counts["resets"]} by a reset; {counts["unanswered"]} queries not begun)')


def read_or_none(s):
    with contextlib.suppress(ConnectionResetError):
        return s.recv(65536)
    return None


if __name__ == '__main__':
    suite.main()
