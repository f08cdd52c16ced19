#!/usr/bin/env python3
"""SIGINT and SIGTERM: the daemon says so, stops accepting, closes the idle, lets answers
finish for as long as --shutdown-timeout allows, and exits 0."""

import concurrent.futures
import select
import signal
import socket
import time
import unittest

import daemon
import suite

CJK = b'cjk\n'


class ShutdownTest(unittest.TestCase):
    def setUp(self):
        self.oracle = suite.oracle()

    def daemon(self, *arguments):
        return daemon.Daemon(*arguments)

    def client(self, d, asks=b'', receive_buffer=None):
        s = socket.socket()
        self.addCleanup(s.close)
        if receive_buffer:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        s.settimeout(daemon.DEADLINE)
        s.connect((d.host, d.port))
        s.sendall(asks)
        return s

    def shut_down(self, d, number=signal.SIGTERM):
        d.send_signal(number)
        daemon.wait_for(d.says_that_it_shuts_down, 'line "Server shutting down."')

    def test_by_either_signal_it_says_so_and_exits_0(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            for workers in (1, 4):
                with self.daemon(f'--workers={workers}') as d:
                    d.stop(number)
                self.assertEqual(d.process.returncode, 0)
                self.assertTrue(d.stdout().endswith('\nServer shutting down.\n'))
        suite.checked('SIGINT and SIGTERM exit 0')

    def test_right_after_the_start(self):
        for _ in range(1 if suite.wrap() else 10):
            with self.daemon() as d:
                d.stop()

    def test_idle_clients_get_the_end_of_output(self):
        with self.daemon('--shutdown-timeout=3600') as d:
            idle = [self.client(d) for _ in range(20)]
            served = [self.client(d, b'white bishop\n') for _ in range(20)]
            half_typed = [self.client(d, b'white bish') for _ in range(20)]
            for s in idle + half_typed:
                daemon.read_until(s, b'?> ')
            for s in served:
                daemon.read_until(s, self.oracle.reply(b'white bishop\n'))
            self.shut_down(d)
            for s in idle + served + half_typed:
                self.assertEqual(daemon.read_to_end(s), b'')
            # They are not waited for, though they have not closed their side.
            self.assertEqual(d.wait(), 0)
        suite.checked('60 idle clients got the end of output')

    def test_who_is_in_the_middle_of_an_answer_gets_all_of_it(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.daemon('--shutdown-timeout=3600') as d:
                reading = [self.client(d, CJK, receive_buffer=65536) for _ in range(4)]
                first = [daemon.read_until(s, b'') for s in reading]
                self.shut_down(d, number)
                for s, begun in zip(reading, first):
                    self.assertEqual(begun + daemon.read_to_end(s), self.oracle.reply(CJK))
                self.assertEqual(d.wait(), 0)
        suite.checked('clients in the middle of cjk got all of it')

    def test_what_was_asked_is_answered_also_when_pipelined(self):
        asked = b'cjk\nwhite bishop\nrook\n' + CJK
        with self.daemon('--shutdown-timeout=3600') as d:
            s = self.client(d, asked, receive_buffer=65536)
            begun = daemon.read_until(s, b'')
            self.shut_down(d)
            self.assertEqual(begun + daemon.read_to_end(s), self.oracle.reply(asked))

    def test_a_long_pipeline_ends_after_a_whole_answer(self):
        # More than the server reads ahead while it waits for its client to read.
        asked = CJK + b'peso sign\n' * 10000
        with self.daemon('--shutdown-timeout=3600') as d:
            s = self.client(d, receive_buffer=65536)
            s.sendall(asked)
            begun = daemon.read_until(s, b'')
            self.shut_down(d)
            reply = begun + daemon.read_to_end(s)
            self.assertTrue(self.oracle.reply(asked).startswith(reply))
            self.assertGreaterEqual(len(reply), len(self.oracle.reply(CJK)))
            self.assertTrue(reply.endswith(b'\r\n?> '), reply[-80:])

    def test_what_was_asked_just_before_is_answered(self):
        # In the socket when the signal comes, and perhaps not yet read.
        rounds = 2 if suite.wrap() else 30
        for _ in range(rounds):
            with self.daemon('--workers=2') as d:
                clients = [self.client(d) for _ in range(10)]
                for s in clients:
                    daemon.read_until(s, b'?> ')
                for s in clients:
                    s.sendall(b'white bishop\n')
                self.shut_down(d)
                for s in clients:
                    self.assertEqual(b'?> ' + daemon.read_to_end(s),
                                     self.oracle.reply(b'white bishop\n'))
        suite.checked(f'{rounds * 10} queries sent just before the signal were answered')

    def test_a_client_that_never_reads_costs_the_timeout_and_no_more(self):
        with self.daemon('--shutdown-timeout=1') as d:
            stuck = self.client(d, CJK * 50, receive_buffer=4096)
            daemon.wait_for(lambda: select.select([stuck], [], [], 0)[0], 'begin of the answer')
            begin = time.monotonic()
            self.shut_down(d)
            self.assertEqual(d.wait(), 0)
            took = time.monotonic() - begin
        self.assertGreater(took, 0.9)
        suite.checked('a client that never reads cost 1 s of --shutdown-timeout=1')

    def test_without_patience_it_ends_at_once(self):
        with self.daemon('--shutdown-timeout=0') as d:
            stuck = self.client(d, CJK * 50, receive_buffer=4096)
            daemon.wait_for(lambda: select.select([stuck], [], [], 0)[0], 'begin of the answer')
            self.shut_down(d)
            self.assertEqual(d.wait(), 0)

    def test_a_second_signal_ends_it_at_once(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.daemon('--shutdown-timeout=3600') as d:
                stuck = self.client(d, CJK * 50, receive_buffer=4096)
                daemon.wait_for(lambda: select.select([stuck], [], [], 0)[0], 'begin of the answer')
                self.shut_down(d, number)
                d.send_signal(number)
                self.assertEqual(d.wait(), 0)

    def test_new_connections_are_refused_while_answers_finish(self):
        with self.daemon('--shutdown-timeout=3600') as d:
            reading = self.client(d, CJK * 3, receive_buffer=4096)
            begun = daemon.read_until(reading, b'')
            self.shut_down(d)

            def is_refused():
                try:
                    d.connect().close()
                except ConnectionRefusedError:
                    return True
                except ConnectionResetError:
                    pass
                return False

            daemon.wait_for(is_refused, 'refusal')
            self.assertIsNone(d.process.poll())
            self.assertEqual(begun + daemon.read_to_end(reading), self.oracle.reply(CJK * 3))
            self.assertEqual(d.wait(), 0)
        suite.checked('new connections are refused while answers finish')

    def test_the_port_is_free_again_at_once(self):
        with self.daemon() as d:
            s = self.client(d, b'rook\n')
            daemon.read_until(s, self.oracle.reply(b'rook\n'))
            address = (d.host, str(d.port))
            d.stop()
            with daemon.Daemon(addresses=address) as again:
                self.assertEqual(again.reply(b'rook\n'), self.oracle.reply(b'rook\n'))

    def test_under_load_every_answer_is_whole(self):
        # Clients that keep asking see whole answers, up to the end of output.
        answers = 0
        answer = self.oracle.answer(b'white bishop') + b'?> '
        with self.daemon() as d, concurrent.futures.ThreadPoolExecutor(20) as pool:
            loads = [pool.submit(ask_until_the_end, self.client(d), b'white bishop\n', answer)
                     for _ in range(20)]
            busy = self.client(d)
            for _ in range(5 if suite.wrap() else 200):
                busy.sendall(b'white bishop\n')
                daemon.read_until(busy, answer)
            self.shut_down(d)
            for load in loads:
                whole, rest = load.result(timeout=daemon.DEADLINE)
                self.assertEqual(rest, b'')
                answers += whole
            self.assertEqual(d.wait(), 0)
        suite.checked(f'{answers} answers before the end of output, all whole')


def ask_until_the_end(s, question, answer):
    """Asks again as soon as it is answered: the number of answers, and what came after
    the last whole one."""
    count = 0
    daemon.read_until(s, b'?> ')
    while True:
        try:
            s.sendall(question)
            received = b''
            while len(received) < len(answer):
                data = s.recv(65536)
                if not data:
                    return count, received
                received += data
        except (BrokenPipeError, ConnectionResetError):
            return count, received  # asked after the end: the daemon had closed already
        assert received == answer, received
        count += 1


if __name__ == '__main__':
    suite.main()
