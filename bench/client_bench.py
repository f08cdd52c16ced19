#!/usr/bin/env python3
"""charfinder with many queries, measured: against bench/load over as many connections, with as many
queries in flight, in turn on the same server; and straight from the index, on one thread. Prints
tables in Markdown, and writes them where --output says.

    bench/client_bench.py --build=build/gcc [--output=FILE]
"""

import argparse
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile

import contenders
import report
import workloads

QUERIES = 100000
ROUNDS = 7
CONNECTIONS, IN_FLIGHT = 4, 16
LEAST_RATIO, LEAST_DIRECT = 0.9, 300000
REPORT = re.compile(r'^([\d,]+) quer.* in ([\d.]+) s$', re.M)


def read_number(text):
    return float(text.replace(',', ''))


class Run:
    """A program that has asked many queries: what it took, in wall time and its own processor time."""

    def __init__(self, core, *command):
        begin = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE if 'load' in command[0] else
                                subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=600,
                                preexec_fn=lambda: contenders.pin(core))
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        if result.returncode not in (0, 1):
            sys.exit(f'{result.stderr}\n{" ".join(command)}')
        self.cpu = end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime
        if match := REPORT.search(result.stderr):
            self.queries, seconds = map(read_number, match.groups())
        else:
            values = dict(pair.split('=') for pair in result.stdout.split())
            self.queries, seconds = float(values['answers']), float(values['seconds'])
        self.rate = self.queries / seconds
        self.cpu_rate = self.queries / self.cpu


def server_cpu(pid):
    """Seconds, of all its threads."""
    tasks = pathlib.Path(f'/proc/{pid}/task').iterdir()
    return sum(int((task / 'schedstat').read_text().split()[0]) for task in tasks) / 1e9


def over_loopback(settings, path, rounds):
    """[(who, rate, own CPU ns a query, server's CPU ns a query)] of each round."""
    charfinder = (settings.built('charfinder'), '--batch=' + path, '--mode=classic', f'-c{CONNECTIONS}', f'-p{IN_FLIGHT}')
    measured = []
    with tempfile.TemporaryDirectory() as directory, contenders.Charfinderd(settings).running([]) as (pid, port):
        mix = workloads.QUERIES['mix']
        mix.get_answers(port, directory)
        load = (settings.built('bench', 'load'), f'--connections={CONNECTIONS}', f'--in-flight={IN_FLIGHT}',
                '--seconds=600', f'--queries={QUERIES}', mix.path, str(port))
        for number in range(rounds):
            # nobody always comes first
            for who, command in ((('load', load), ('charfinder', (*charfinder, f'--server=127.0.0.1:{port}')))
                                 [::1 if number % 2 else -1]):
                before = server_cpu(pid)
                run = Run(settings.load_core, *command)
                measured.append((who, run.rate, 1e9 / run.cpu_rate, 1e9 * (server_cpu(pid) - before) / run.queries))
    return measured


def median_of(measured, who, column):
    return statistics.median(row[column] for row in measured if row[0] == who)


def loopback_table(measured):
    ratios = [statistics.fmean(r[1] for r in pair if r[0] == 'charfinder') /
              statistics.fmean(r[1] for r in pair if r[0] == 'load') for pair in zip(measured[::2], measured[1::2])]
    def least_work(who):
        """ns a query that whoever has more to do cannot do without."""
        return max(median_of(measured, who, 2), median_of(measured, who, 3))

    yield f'{QUERIES:,} queries of `mix.txt`, {CONNECTIONS} connections, {IN_FLIGHT} in flight on each, classic mode:'
    yield ''
    yield '| who | queries/s | its CPU ns/query | server CPU ns/query |'
    yield '|---|---:|---:|---:|'
    for who in ('load', 'charfinder'):
        yield f'| {who} | {median_of(measured, who, 1):,.0f} | {median_of(measured, who, 2):,.0f} | {median_of(measured, who, 3):,.0f} |'
    yield ''
    yield (f'charfinder ÷ load, queries/s, median of the rounds: {statistics.median(ratios):.2f} '
           f'({min(ratios):.2f} to {max(ratios):.2f}); wanted: at least {LEAST_RATIO}. By processor time, which '
           f'others on the machine disturb less: {least_work("load") / least_work("charfinder"):.2f}, of what is taken by '
           'the busier of client and server, on a core each.')


def direct_table(settings, path, few_path, rounds):
    yield 'From the index, on one thread:'
    yield ''
    yield '| mode | queries | queries/s | queries/s of CPU |'
    yield '|---|---|---:|---:|'
    for mode, what, list_path in (('classic', 'mix', path), ('auto', 'found', few_path['found']),
                                  ('auto', 'no match', few_path['none'])):
        runs = [Run(settings.server_core, settings.built('charfinder'), '--index=' + settings.index, '--mode=' + mode,
                    '-c1', '--batch=' + list_path) for _ in range(rounds)]
        yield (f'| {mode} | {what} | {statistics.median(r.rate for r in runs):,.0f} '
               f'| {statistics.median(r.cpu_rate for r in runs):,.0f} |')
    yield ''
    yield (f'Wanted in classic mode: at least {LEAST_DIRECT:,}. What the mix has no match for by the seed\'s rule, auto mode '
           'looks for in all other sources: that is its cost, and not the client\'s.')


def write_list(directory, name, queries, count):
    path = os.path.join(directory, name)
    with open(path, 'w', encoding='utf-8') as file:
        for n in range(count):
            file.write(queries[n % len(queries)] + '\n')
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', default='.', help='where charfinder and bench/load are built')
    parser.add_argument('--output', help='the file to write')
    parser.add_argument('--quick', action='store_true', help='one round, and nothing is written')
    arguments = parser.parse_args()
    rounds = 1 if arguments.quick else ROUNDS
    settings = contenders.Settings(arguments.build, sorted(os.sched_getaffinity(0))[-2:])
    with tempfile.TemporaryDirectory() as directory:
        mix = workloads.mix()
        path = write_list(directory, 'mix.txt', mix, QUERIES)
        measured = over_loopback(settings, path, rounds)
        answers = workloads.QUERIES['mix'].answers
        found = [query for query, answer in answers if not answer.startswith(b'No match')]
        none = [query for query, answer in answers if answer.startswith(b'No match')]
        few = {'found': write_list(directory, 'found.txt', found, QUERIES), 'none': write_list(directory, 'none.txt', none, 2000)}
        lines = ['# The client', '', f'Made by `bench/client_bench.py` in {rounds} rounds on this machine, whose load average was '
                 f'{os.getloadavg()[0]:.0f}.', '', *loopback_table(measured), '',
                 *direct_table(settings, path, few, min(rounds, 3))]
    text = '\n'.join(lines) + '\n'
    report.give(text, arguments)


if __name__ == '__main__':
    main()
