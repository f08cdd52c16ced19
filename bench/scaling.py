#!/usr/bin/env python3
"""How the cost of a query grows: with workers, with connections, with the size of the index.
Prints the tables of SCALING.md."""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

import bench
import contenders
import report
import workloads

LAST = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


class Workers(contenders.Charfinderd):
    """charfinderd with so many workers, on as many cores as it likes."""

    def __init__(self, settings, workers):
        super().__init__(settings)
        self.workers = workers

    def command(self, files, port):
        command = super().command(files, port)
        command[command.index('--workers=1')] = f'--workers={self.workers}'
        return command


class Measure:
    def __init__(self, arguments):
        self.seconds, self.rounds = arguments.seconds, arguments.rounds
        self.settings = contenders.Settings(arguments.build, bench.two_cores(arguments.cores))

    def load(self, contender, cores, *options):
        """The medians of what the load generator says, over the rounds."""
        rounds = []
        for _ in range(self.rounds):
            with contender.running([]) as (pid, port):
                os.sched_setaffinity(pid, cores[0])
                for task in os.listdir(f'/proc/{pid}/task'):
                    os.sched_setaffinity(int(task), cores[0])
                rounds.append(self.run(cores[1], 'load', f'--pid={pid}',
                                       f'--seconds={self.seconds}', *options,
                                       workloads.QUERIES['rook'].path, str(port)))
        return {name: statistics.median([one[name] for one in rounds]) for name in rounds[0]}

    def run(self, cores, program, *arguments):
        result = subprocess.run([self.settings.built('bench', program), *arguments],
                                stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                preexec_fn=lambda: os.sched_setaffinity(0, cores))
        if result.returncode != 0:
            sys.exit(result.stderr.strip())
        return bench.read_pairs(result.stdout.splitlines()[0].removeprefix("class='all' "))

    # ---- workers ---------------------------------------------------------------

    def by_workers(self):
        everywhere = os.sched_getaffinity(0)
        rows = []
        for workers in sorted({1, 2, 4, len(everywhere)}):
            for in_flight in (1, 16):
                got = self.load(Workers(self.settings, workers), (everywhere, everywhere),
                                '--connections=64', f'--in-flight={in_flight}')
                rows.append([f'{workers}', f'{in_flight}', f'{got["rate"]:,.0f}',
                             f'{got["cpu_ns"]:,.0f}', f'{got["busy"]:.2f}', f'{got["load_busy"]:.2f}'])
        return report.table(['workers', 'in flight', 'queries/s', 'CPU ns/query',
                             'processors the server had', 'and the load'], rows, 0)

    # ---- connections -------------------------------------------------------------

    def by_connections(self):
        rows = []
        cores = {self.settings.server_core}, {self.settings.load_core}
        for connections in (1, 4, 16, 64, 256, 1000, 4000, 15000):
            got = self.load(Workers(self.settings, 1), cores, f'--connections={connections}')
            rows.append([f'{connections:,}', f'{got["rate"]:,.0f}', f'{got["cpu_ns"]:,.0f}',
                         f'{got["p50_us"]:,.0f}', f'{got["p99_us"]:,.0f}'])
        return report.table(['connections', 'queries/s', 'CPU ns/query', 'p50 µs', 'p99 µs'], rows, 0)

    # ---- characters --------------------------------------------------------------

    def by_characters(self, directory):
        rows = []
        for copies in (0, 5, 10, 20):
            data = os.path.join(directory, f'data{copies}')
            index = os.path.join(directory, f'{copies}.db')
            os.mkdir(data)
            grow(self.settings.table, os.path.join(data, 'characters.tsv'), copies)
            begin = time.monotonic()
            subprocess.run([self.settings.built('mkcharindex'), '-o', index, data], check=True,
                           stdin=subprocess.DEVNULL)
            took = time.monotonic() - begin
            times = [self.run({self.settings.server_core}, 'search', index,
                              workloads.QUERIES['mix'].path, f'{self.seconds}')['ns']
                     for _ in range(self.rounds)]
            characters, words = counts(self.settings, index)
            rows.append([f'{characters:,}', f'{words:,}', f'{os.path.getsize(index) / 1e6:.1f} MB',
                         f'{took:.1f} s', f'{statistics.median(times):,.0f}'])
        return report.table(['characters', 'words', 'index', 'built in', 'search, ns/query'], rows, 0)


def counts(settings, index):
    said = contenders.first_line(settings.built('charfinderd'), '--check', '--index=' + index)
    words = said.replace(',', '').split()
    return int(words[words.index('characters') - 1]), int(words[words.index('words') - 1])


# ---- a bigger Unicode ------------------------------------------------------------

def grow(source, target, copies):
    """The table with every single character `copies` times more, at code points that were
    free, under names whose words have a number each: the old queries have the old
    answers, among ever more words and rows."""
    with open(source, encoding='utf-8') as file:
        head, lines = [], []
        for line in file:
            (head if line.startswith('#') else lines).append(line.rstrip('\n').split('\t'))
    lines = [columns for columns in lines if columns[2] != 'Co']  # private use: room for more
    used, singles = [], []
    for columns in lines:
        first, _, last = columns[0].partition('..')
        used.append((int(first, 16), int(last or first, 16)))
        if not last and columns[1]:
            singles.append(columns)
    free = free_code_points(used)
    for copy in range(2, copies + 2):
        for columns in singles:
            name = re.sub(r'\w+', lambda word: f'{word[0]}_{copy}', columns[1])
            lines.append([f'{next(free):04X}', name, *columns[2:]])
    lines.sort(key=lambda columns: int(columns[0].partition('..')[0], 16))
    with open(target, 'w', encoding='utf-8') as file:
        for columns in head + lines:
            file.write('\t'.join(columns) + '\n')


def free_code_points(used):
    at = 0
    for first, last in sorted(used):
        yield from (c for c in range(at, first) if c not in SURROGATES)
        at = max(at, last + 1)
    yield from range(at, LAST + 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--build', default='.', help='where charfinderd and bench/load are built')
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--seconds', type=float, default=1, help='of each measurement')
    parser.add_argument('--cores', help='SERVER,LOAD: the processors to use; default the first two')
    measure = Measure(parser.parse_args())
    bench.raise_descriptors()
    with tempfile.TemporaryDirectory() as directory:
        with contenders.Charfinderd(measure.settings).running([]) as (_, port):
            for name in ('rook', 'mix'):
                workloads.QUERIES[name].get_answers(port, directory)
        print('## Workers\n\n' + measure.by_workers() + '\n', flush=True)
        print('## Connections\n\n' + measure.by_connections() + '\n', flush=True)
        print('## Characters\n\n' + measure.by_characters(directory))


if __name__ == '__main__':
    main()
