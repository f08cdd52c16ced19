"""What the servers are asked, and the files in which the true answers stand."""

import os
import socket
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


class Queries:
    """Some queries and their true answers, also as a file (workload.h)."""

    def __init__(self, name, queries, mode='classic'):
        self.name = name
        self.queries = queries
        self.mode = mode
        self.answers = None  # [(query, answer)]
        self.path = None

    def get_answers(self, port, directory):
        """Asks the charfinderd on `port` and writes the file."""
        with socket.create_connection(('127.0.0.1', port), timeout=30) as s:
            read_up_to(s, b'?> ')
            self.answers = [(query, ask(s, query)) for query in self.queries]
        self.path = os.path.join(directory, self.name)
        with open(self.path, 'wb') as file:
            for query, answer in self.answers:
                file.write(b'%s\n%d\n%s' % (query.encode(), len(answer), answer))

    def mean_length(self):
        return sum(len(answer) for _, answer in self.answers) / len(self.answers)


def ask(s, query):
    s.sendall(query.encode() + b'\r\n')
    return read_up_to(s, b'\r\n?> ')


def read_up_to(s, end):
    received = b''
    while not received.endswith(end):
        received += s.recv(1 << 20) or sys.exit('charfinderd has closed the connection')
    return received


def mix():
    with open(os.path.join(HERE, 'mix.txt'), encoding='utf-8') as file:
        return file.read().splitlines()


class FoundQueries(Queries):
    """Those of the mix that have rows."""

    def get_answers(self, port, directory):
        super().get_answers(port, directory)
        self.queries = [query for query, answer in self.answers if not answer.startswith(b'No match')]
        super().get_answers(port, directory)


QUERIES = {q.name: q for q in (Queries('rook', ['rook']), Queries('mix', mix()),
                               FoundQueries('found', mix()), Queries('auto', mix(), 'auto'),
                               Queries('letter', ['letter']), Queries('cjk', ['cjk']))}


class Workload:
    """One row of the issue's list: queries asked on some connections, each with some in
    flight. With streams, that many more connections ask for cjk over and over. Contenders named in
    `also` take part beside those that do everywhere; or those in `only`."""

    def __init__(self, name, title, queries, connections, in_flight, streams=0, also=(), only=()):
        self.name = name
        self.title = title
        self.queries = QUERIES[queries]
        self.streams = streams
        self.also, self.only = also, only
        self.options = [f'--connections={connections}', f'--in-flight={in_flight}']
        if streams:
            self.options += [f'--streams={streams}']

    def takes(self, contender):
        if self.only:
            return contender.name in self.only
        return contender.everywhere or contender.name in self.also

    def all_queries(self):
        """What a server must be able to answer."""
        return [self.queries] + ([QUERIES['cjk']] if self.streams else [])

    def all_options(self):
        return self.options + ([f'--beside={QUERIES["cjk"].path}'] if self.streams else [])


AUTO, NO_CACHE = 'auto', 'no cache'
WORKLOADS = [
    Workload('rook-1', '`rook`, 1 in flight', 'rook', 64, 1, also=(AUTO,)),
    Workload('rook-16', '`rook`, 16 in flight', 'rook', 64, 16, also=(AUTO,)),
    Workload('mix-1', 'mix, 1 in flight', 'mix', 64, 1),
    Workload('mix-16', 'mix, 16 in flight', 'mix', 64, 16),
    Workload('found-16', 'mix of those found, 16 in flight', 'found', 64, 16, also=(AUTO,)),
    Workload('auto-16', 'mix with its misses, 16 in flight', 'auto', 64, 16, only=(AUTO, NO_CACHE, 'floor')),
    Workload('letter', '`letter`, 4 connections', 'letter', 4, 1),
    Workload('cjk', '`cjk`, 2 connections', 'cjk', 2, 1),
    Workload('fair', '`rook` beside 5 × `cjk`', 'rook', 4, 1, streams=5),
]
