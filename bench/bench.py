#!/usr/bin/env python3
"""Compares charfinderd with other servers side by side; see README.md.

The contenders run side by side, pinned to one core with the load on another, and take turns
of a fraction of a second in many rounds, so that what else the machine does hits all alike;
what counts are medians, and medians of what is compared within each round."""

import argparse
import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

import contenders
import report
import workloads

ROUNDS_FOR_ONE = 5  # of the workloads, for one of idle, start and search
IDLE_CONNECTIONS = 15000
IDLE_SECONDS = 1


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--build', default='.', help='where charfinderd and bench/load are built')
    parser.add_argument('--before', metavar='BUILD', help='an earlier build, to measure it beside this one')
    parser.add_argument('--rounds', type=int, default=15)
    parser.add_argument('--seconds', type=float, default=0.3, help='of each measurement')
    parser.add_argument('--quick', action='store_true', help='one short round, to see that all works')
    parser.add_argument('--cores', help='SERVER,LOAD: the processors to use; default the first two')
    parser.add_argument('--workloads', help='only these, with commas between: rook-1, rook-16, '
                        'mix-1, mix-16, found-16, auto-16, letter, cjk, fair, idle, start, search')
    parser.add_argument('--contenders', help='only these, with commas between')
    parser.add_argument('--output', help='where to write the results of a whole run as well')
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.rounds, arguments.seconds = 1, 0.3
    return arguments


def two_cores(wish):
    if wish:
        return [int(core) for core in wish.split(',')]
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) == 1:
        print('there is one processor only: servers and load share it', file=sys.stderr)
    return cores[0], cores[1 if len(cores) > 1 else 0]


def raise_descriptors():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def read_pairs(line):
    """{name: number} of a line of name=number."""
    return {name: float(value) for name, value in (pair.split('=') for pair in line.split())}


class Bench:
    def __init__(self, arguments, settings):
        self.settings = settings
        self.seconds = arguments.seconds
        self.rounds = arguments.rounds
        self.few_rounds = -(-arguments.rounds // ROUNDS_FOR_ONE)
        self.results = report.Results()
        self.chosen = arguments.workloads.split(',') if arguments.workloads else None
        self.contenders = []
        for kind in contenders.ALL:
            contender = kind(settings)
            if arguments.contenders and contender.name not in arguments.contenders.split(','):
                continue
            if reason := contender.missing():
                self.results.skip(contender.name, reason)
            else:
                self.contenders.append(contender)

    def wants(self, workload):
        return self.chosen is None or workload in self.chosen

    def get_answers(self, directory):
        for kind in (contenders.Charfinderd, contenders.Auto):
            with kind(self.settings).running([]) as (_, port):
                for queries in workloads.QUERIES.values():
                    if queries.mode == kind.mode:
                        queries.get_answers(port, directory)

    def run(self):
        for workload in workloads.WORKLOADS:
            if self.wants(workload.name):
                self.compare(workload)
        everywhere = [contender for contender in self.contenders if contender.everywhere]
        for number in range(self.few_rounds):
            if self.wants('idle'):
                for contender in everywhere:
                    self.idle(number, contender)
            if self.wants('start'):
                for contender in everywhere:
                    self.start(number, contender)
            if self.wants('search'):
                for queries in workloads.QUERIES.values():
                    if queries.name not in ('found', 'auto'):
                        self.search(number, queries)

    def compare(self, workload):
        with contextlib.ExitStack() as stack:
            running = [(contender, *stack.enter_context(contender.running(workload.all_queries())))
                       for contender in self.contenders if workload.takes(contender)]
            for number in range(self.rounds):
                for contender, pid, port in running:
                    self.ask(number, workload, contender, pid, port)
                running.append(running.pop(0))  # nobody always comes first

    def ask(self, number, workload, contender, pid, port):
        output = self.load(contender, f'--pid={pid}', f'--seconds={self.seconds}',
                           *workload.all_options(), workload.queries.path, str(port))
        self.note(number, workload.name, contender.name, output)

    def idle(self, number, contender):
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 100
        queries = workloads.QUERIES['rook']
        with contender.running([queries]) as (pid, port):
            output = self.load(contender, f'--pid={pid}', '--idle', f'--seconds={IDLE_SECONDS}',
                               f'--connections={min(most, IDLE_CONNECTIONS)}', queries.path, str(port))
        self.note(number, 'idle', contender.name, output)

    def start(self, number, contender):
        if contender.starts == 0:
            return
        port = contenders.free_port()
        output = self.load(contender, f'--start={contender.starts}',
                           f'--core={self.settings.server_core}', workloads.QUERIES['rook'].path,
                           str(port), *contender.command([], port))
        self.note(number, 'start', contender.name, output)

    def load(self, contender, *arguments):
        return self.run_pinned(self.settings.load_core, contender.name,
                               [self.settings.built('bench', 'load'),
                                f'--protocol={contender.protocol}', *arguments])

    def search(self, number, queries):
        """The first class of queries that bench/search tells of is all of them."""
        output = self.run_pinned(self.settings.server_core, 'search',
                                 [self.settings.built('bench', 'search'), self.settings.index,
                                  queries.path, str(self.seconds / 2)])
        for line in output.splitlines():
            name, _, values = line.removeprefix("class='").partition("' ")
            who = queries.name if name == 'all' else f'{queries.name}: {name}'
            if name == 'all' or len(queries.queries) > 1:
                self.note(number, 'search', who, values)

    def run_pinned(self, core, name, command):
        result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                timeout=120 + 2 * self.seconds,
                                preexec_fn=lambda: contenders.pin(core))
        if result.returncode != 0:
            sys.exit(f'{name}: {result.stderr.strip()}\n{" ".join(command)}')
        return result.stdout

    def note(self, number, workload, contender, line):
        print(f'{number + 1} {workload} {contender} {line.strip()}', file=sys.stderr)
        self.results.add(workload, contender, read_pairs(line))


def main():
    arguments = parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit('stopped'))
    raise_descriptors()
    settings = contenders.Settings(arguments.build, two_cores(arguments.cores), arguments.before)
    bench = Bench(arguments, settings)
    machine = report.Machine()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as directory:
        bench.get_answers(directory)
        bench.run()
    text = report.page(bench, machine, time.monotonic() - begun)
    print(text)
    if arguments.output and not (arguments.quick or arguments.workloads or arguments.contenders):
        with open(arguments.output, 'w', encoding='utf-8') as file:
            file.write(text)


if __name__ == '__main__':
    main()
