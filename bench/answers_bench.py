#!/usr/bin/env python3
"""Wide answers beside the search engines that one would take from Debian: SQLite's FTS5 and Xapian,
over the same documents, asked the same, for the first twenty rows. Prints a table in Markdown, and
writes it where --output says.

    bench/answers_bench.py --build=build/gcc [--output=FILE]

A document is a character with its names, aliases and English keywords; the peers' databases are
files, read before. All three are called from Python in one process, in turn, and the best of
several times of each query counts, in processor time. charfinder knows more documents than its
peers, keywords in a hundred languages among them, and corrects what they have no row for.
"""

import argparse
import collections
import os
import sqlite3
import statistics
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, '..', 'examples'))

import find
import report

try:
    import xapian
except ImportError:
    xapian = None

DATA = os.path.join(HERE, '..', 'data')
TRIES, ROWS = 3, 20
PERCENTILES = (50, 90, 99, 100)
MEAN, P99 = 40, 200  # microseconds wanted


def read_table(name):
    with open(os.path.join(DATA, name), encoding='utf-8') as file:
        for line in file:
            if not line.startswith('#'):
                yield line.rstrip('\n').split('\t')


def documents():
    """{code points: text}"""
    texts = collections.defaultdict(list)
    for table in ('characters.tsv', 'sequences.tsv', 'aliases.tsv'):
        for codes, name, *_ in read_table(table):
            texts[codes].append(name)
    for codes, name, keywords in read_table('keywords/en.tsv'):
        texts[codes] += [name, keywords.replace('|', ' ')]
    return {codes: ' '.join(text) for codes, text in texts.items()}


def judged():
    return [query for mode, query, *_ in read_table('../tests/judged.tsv') if mode == 'wide']


def as_typed(queries):
    """Every fifth, character by character."""
    return [query[:length] for query in queries[::5] for length in range(1, len(query) + 1)]


def words(query):
    return ''.join(c if c.isalnum() else ' ' for c in query).split()


class Charfinder:
    name = 'charfinder'
    version = 'wide'

    def __init__(self, texts, directory, build):
        self.library = find.load(os.path.join(build, 'libcharindex.so'))
        self.index = find.Index(self.library, os.path.join(build, 'charindex.db')).__enter__()
        self.settings = find.Settings(find.WIDE)

    def prepare(self, query):
        return query.encode()

    def ask(self, prepared):
        """The rows, as one text."""
        answer, run, rows = find.Answer(), find.Run(), []
        self.index.check(self.library.charindex_answer_begin(answer, self.index.pointer, self.settings, prepared,
                                                             len(prepared)))
        left = ROWS
        while left and self.library.charindex_answer_next(answer, left, run):
            rows.append(run.text[:run.length])
            left -= run.count
        self.library.charindex_answer_release(answer)
        return rows


class Fts5:
    name = 'SQLite FTS5'
    version = sqlite3.sqlite_version
    QUERY = f'SELECT codes FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {ROWS}'

    def __init__(self, texts, directory, build):
        self.connection = sqlite3.connect(os.path.join(directory, 'fts5.db'))
        self.connection.execute("CREATE VIRTUAL TABLE texts USING fts5(codes UNINDEXED, text, prefix='1 2 3')")
        self.connection.executemany('INSERT INTO texts VALUES (?, ?)', texts.items())
        self.connection.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        self.connection.commit()

    def prepare(self, query):
        """The last word may go on, as while it is typed."""
        return ' '.join(f'"{word}"' for word in words(query)) + '*'

    def ask(self, prepared):
        return self.connection.execute(self.QUERY, (prepared,)).fetchall() if prepared != '*' else []


class Xapian:
    name = 'Xapian'
    version = xapian.version_string() if xapian else None

    def __init__(self, texts, directory, build):
        self.database = xapian.WritableDatabase(os.path.join(directory, 'xapian'), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        for codes, text in texts.items():
            document = xapian.Document()
            document.set_data(codes)
            generator.set_document(document)
            generator.index_text(text)
            self.database.add_document(document)
        self.database.commit()
        self.parser = xapian.QueryParser()
        self.parser.set_database(self.database)
        self.parser.set_default_op(xapian.Query.OP_AND)

    def prepare(self, query):
        return ' '.join(words(query))

    def ask(self, prepared):
        enquire = xapian.Enquire(self.database)
        enquire.set_query(self.parser.parse_query(prepared, xapian.QueryParser.FLAG_PARTIAL))
        return [match.document.get_data() for match in enquire.get_mset(0, ROWS)]


ENGINES = [Charfinder, Fts5] + ([Xapian] if xapian else [])


def time_ask(engine, prepared):
    """In microseconds."""
    begin = time.thread_time_ns()
    engine.ask(prepared)
    return (time.thread_time_ns() - begin) / 1e3


def measure(engines, queries):
    """{engine: the least time of each query}"""
    times = {engine: [] for engine in engines}
    for query in queries:
        prepared = [(engine, engine.prepare(query)) for engine in engines]
        turns = [[time_ask(*each) for each in prepared] for _ in range(TRIES)]
        for (engine, _), taken in zip(prepared, zip(*turns)):
            times[engine].append(min(taken))
    return times


def percentile(times, per_cent):
    return sorted(times)[min(len(times) - 1, len(times) * per_cent // 100)]


def row(title, engine, times):
    figures = [statistics.mean(times)] + [percentile(times, p) for p in PERCENTILES]
    return [title, f'{engine.name} {engine.version}'] + [report.number(figure, 1) for figure in figures]


def reach(title, times):
    """What was wanted: rows of a table."""
    ours, *others = times
    yield [title, 'mean', f'at most {MEAN} µs', report.verdict(statistics.mean(times[ours]), 'at most', MEAN)]
    yield [title, '99th percentile', f'at most {P99} µs', report.verdict(percentile(times[ours], 99), 'at most', P99)]
    for other in others:
        pairs = [(percentile(times[ours], p), percentile(times[other], p)) for p in PERCENTILES[:-1]]
        pairs.append((statistics.mean(times[ours]), statistics.mean(times[other])))
        ahead = sum(our <= their for our, their in pairs)
        yield [title, f'{other.name}: mean and percentiles', 'no slower',
               'met' if ahead == len(pairs) else f'{ahead} of {len(pairs)}']


def page(build, each):
    texts, queries = documents(), judged()[::each]
    rows, reached = [], []
    with tempfile.TemporaryDirectory() as directory:
        engines = [engine(texts, directory, build) for engine in ENGINES]
        for title, asked in (('judged', queries), ('as typed', as_typed(queries))):
            times = measure(engines, asked)
            rows += [row(f'{title}, {len(asked):,} queries', engine, times[engine]) for engine in engines]
            reached += reach(title, times)
    return '\n'.join([
        '# Wide answers beside SQLite FTS5 and Xapian',
        '',
        f'* {time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())}; {report.Machine.model()}',
        f'* {len(texts):,} documents; the first {ROWS} rows; microseconds of processor time, the best of {TRIES}',
        *([] if xapian else ['* Xapian was skipped: its module for Python is not installed']),
        '',
        report.table(['what', 'who', 'mean'] + [f'p{p}' if p < 100 else 'worst' for p in PERCENTILES], rows),
        '',
        '## Reach',
        '',
        report.table(['what', 'figure', 'target', 'this run'], reached, text_columns=4),
        ''])


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--build', default='.', help='where libcharindex.so and charindex.db are built')
    parser.add_argument('--output', help='where to write the page as well')
    parser.add_argument('--quick', action='store_true', help='few queries, and nothing is written')
    arguments = parser.parse_args()
    text = page(arguments.build, 50 if arguments.quick else 1)
    report.give(text, arguments)


if __name__ == '__main__':
    main()
