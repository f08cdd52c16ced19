#!/usr/bin/env python3
"""Whoever asks one small question gets the answer at once, whatever others on the same
worker ask for: five clients that stream the biggest answer or pipeline thousands of
queries, costly ones included.

The promise is 5 ms for 99 of 100 questions. Whether it was kept is printed; machines that
run tests are shared, so the test fails only where unfairness must be the cause. In make
check-long it asks more, and again where the promise was not kept."""

import contextlib
import time
import unittest

import daemon
import suite
from load import watch
from load.crowd import Crowd
from load.readers import readers
from web_client import Reader, connect, request

PROMISED_MILLISECONDS = 5
BOUND_MILLISECONDS = 100
QUESTIONS = 500 if suite.long_run() else 150
ROUNDS = 3  # at most; the best one counts, for others on the machine can only do harm

# (query, clients, queries that each has in flight)
SMALL = 'white bishop'
STREAMS = ('cjk', 5, 2)
PIPELINE = (SMALL, 1, 4000)
PIPELINES = (SMALL, 5, 4000)
# Words in hundreds of names all over the code space, and in hardly any one together: few
# bytes to send, and much to search.
COSTLY_PIPELINES = ('u a', 5, 4000)


class FairnessTest(unittest.TestCase):
    MODE = ()

    def setUp(self):
        self.oracle = suite.oracle()
        self.daemon = self.enterContext(daemon.Daemon('--workers=1', *self.MODE))
        self.questions = 100 if watch.is_instrumented(self.daemon) else QUESTIONS

    def crowd(self, query, **options):
        return Crowd((self.daemon.host, self.daemon.port),
                     {query: self.oracle.answer(query.encode())}, **options)

    def wait_until_at_work(self, clients):
        def are_at_work():
            counters = watch.counters(self.daemon)
            return (counters['charfinder_connections_open'] == clients
                    and counters['charfinder_queries_total'] >= 2 * clients)

        daemon.wait_for(are_at_work, f'work of {clients} clients')

    def measure(self):
        """(p99, median, longest) of the times that small questions took, in milliseconds."""
        with self.crowd(SMALL, answers=self.questions) as one:
            counts = one.counts()
        return tuple(counts[what] / 1000 for what in ('p99', 'median', 'max'))

    def assertServedAtOnce(self, name, *others):
        with contextlib.ExitStack() as stack:
            crowds = [stack.enter_context(self.crowd(query, clients=clients, depth=depth))
                      for query, clients, depth in others]
            self.wait_until_at_work(sum(clients for _, clients, _ in others))
            best = p99, median, longest = self.measure()
            for _ in range(ROUNDS - 1):
                if p99 >= (PROMISED_MILLISECONDS if suite.long_run() else BOUND_MILLISECONDS):
                    best = p99, median, longest = min(best, self.measure())
            answers = sum(crowd.stop()['answers'] for crowd in crowds)
        verdict = 'OK' if p99 < PROMISED_MILLISECONDS else 'MISSED'
        suite.checked(f'{name}: median {median:.2f} ms, p99 {p99:.2f} ms, max {longest:.2f} ms; '
                      f'under {PROMISED_MILLISECONDS} ms: {verdict} ({answers} answers to others)')
        if not watch.is_instrumented(self.daemon):
            self.assertLess(p99, BOUND_MILLISECONDS)

    def test_alone(self):
        self.assertServedAtOnce('a small query alone')

    def test_while_five_stream_and_one_pipelines(self):
        self.assertServedAtOnce('while five stream cjk and one pipelines', STREAMS, PIPELINE)

    def test_while_five_pipeline(self):
        self.assertServedAtOnce('while five pipeline small queries', PIPELINES)

    def test_while_five_pipeline_costly_queries(self):
        self.assertServedAtOnce('while five pipeline costly queries', COSTLY_PIPELINES)


def asked(target, **fields):
    return request(target, **fields) * 500


class ManyTest(unittest.TestCase):
    """Beside fifty clients of one kind, whose requests are big, or costly to find, to render, or to
    compress: who asks a small question over the prompt, over HTTP, or as a dictionary program."""

    CLIENTS = 50
    PROMISED_MILLISECONDS = 10
    # name: (face, what each of them sends)
    KINDS = {
        'text': ('prompt', b'cjk\n' * 500),
        'json': ('prompt', b':format json\n' + b'cjk\n' * 500),
        'tsv': ('prompt', b':format tsv\n' + b'cjk\n' * 500),
        'costly queries': ('prompt', b'qqxzzkvjw\nthumbs upp\n' * 5000),
        'lists': ('http', asked('/search?q=cjk')),
        'lists with gzip': ('http', asked('/search?q=cjk', Accept_Encoding='gzip')),
        'rows with facets': ('http', asked('/api/v1/search?q=cjk&limit=1000')),
        'facets': ('http', asked('/api/v1/search?q=cjk&limit=1') * 3),
        'pages with gzip': ('http', asked('/?query=letter', Accept_Encoding='gzip') * 3),
        'characters': ('http', asked('/api/v1/char/U+2764') * 3),
        'matches': ('dict', b'match * substring letter\r\n' * 2000),
        'corrections': ('dict', b'match * lev "smilng"\r\n' * 2000),
        'definitions': ('dict', b'define * arrow\r\n' * 2000),
    }

    def setUp(self):
        self.d = self.enterContext(daemon.Daemon('--workers=1', '--mode=auto', '--http=127.0.0.1:0',
                                                  '--dict=127.0.0.1:0'))
        self.questions = 20 if watch.is_instrumented(self.d) else QUESTIONS // 5

    def times(self, ask):
        """Of the questions, in milliseconds, in ascending order."""
        times = []
        for _ in range(self.questions):
            begun = time.monotonic()
            ask()
            times.append((time.monotonic() - begun) * 1000)
        return sorted(times)

    def prompt_times(self):
        with contextlib.closing(self.d.connect()) as s:
            daemon.read_until(s, b'?> ')

            def ask():
                s.sendall(SMALL.encode() + b'\n')
                daemon.read_until(s, b'?> ')

            return self.times(ask)

    def http_times(self):
        with contextlib.closing(connect(self.d)) as s:
            reader = Reader(s)

            def ask():
                s.sendall(request('/search?q=rook'))
                assert reader.answer().status == 200

            return self.times(ask)

    def dict_times(self):
        with contextlib.closing(self.d.connect(self.d.dict())) as s:
            daemon.read_until(s, b'\r\n')

            def ask():
                s.sendall(b'define unicode snowman\r\n')
                daemon.read_until(s, b'\r\n250 ok\r\n')

            return self.times(ask)

    def test_who_asks_little_is_served_at_once(self):
        addresses = {'prompt': (self.d.host, self.d.port), 'http': self.d.http(), 'dict': self.d.dict()}
        measures = {'prompt': self.prompt_times, 'http': self.http_times, 'dict': self.dict_times}
        for name, (their_face, data) in self.KINDS.items():
            with readers(addresses[their_face], self.CLIENTS, data):
                for face, measure in measures.items():
                    best = measure()
                    for _ in range(ROUNDS - 1):
                        if p99(best) >= (self.PROMISED_MILLISECONDS if suite.long_run() else BOUND_MILLISECONDS):
                            best = min(best, measure(), key=p99)
                    self.report(f'{face} beside {self.CLIENTS} clients with {name}', best)

    def report(self, what, times):
        verdict = 'OK' if p99(times) < self.PROMISED_MILLISECONDS else 'MISSED'
        suite.checked(f'{what}: median {times[len(times) // 2]:.2f} ms, p99 {p99(times):.2f} ms; '
                      f'under {self.PROMISED_MILLISECONDS} ms: {verdict}')
        if not watch.is_instrumented(self.d):
            self.assertLess(times[len(times) // 2], BOUND_MILLISECONDS)


def p99(times):
    return times[len(times) * 99 // 100]


class CostlyFairnessTest(FairnessTest):
    """The same in auto mode, where a line may ask for much more than words by the seed's
    rule. What is answered to that is known from asking once."""

    MODE = ('--mode=auto',)
    COSTLY = ('qqxzzkvjw', 'thumbs upp', '*a* *e* *o* *qu*', 'in:any "of the" -cat:L')

    def crowd(self, query, **options):
        answer = self.daemon.reply(query.encode() + b'\n')
        return Crowd((self.daemon.host, self.daemon.port),
                     {query: answer.removeprefix(b'?> ').removesuffix(b'?> ')}, **options)

    def test_while_five_pipeline_what_is_costly_in_auto_mode(self):
        for query in self.COSTLY:
            self.assertServedAtOnce(f'while five ask {query}', (query, 5, 4))


if __name__ == '__main__':
    suite.main()
