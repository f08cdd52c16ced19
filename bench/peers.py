#!/usr/bin/env python3
"""charfinder beside what else there is in a shell for the same question: what one answer takes, from the
start of the program to its end, in turn. Prints a table in Markdown, and writes it where --output says.

    bench/peers.py --build=build/gcc [--output=FILE]
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

import report

ROUNDS = 41
WANTED_MS = 3.4
HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = '''import unicodedata
for point in range(0x110000):
    name = unicodedata.name(chr(point), '')
    if 'WHITE' in name.split() and 'BISHOP' in name.split():
        print(f'U+{point:04X}', chr(point), name)'''


def commands(build):
    """What is run, by what it is called in the table; a program that is not installed is left out."""
    charfinder = [os.path.join(build, 'charfinder'), '--index=' + os.path.join(build, 'charindex.db')]
    table = os.path.join(os.path.dirname(HERE), 'data', 'characters.tsv')
    every = {
        'true, which does nothing': ['true'],
        'charfinder white bishop': [*charfinder, 'white', 'bishop'],
        'charfinder --mode=wide white bishop': [*charfinder, '--mode=wide', 'white', 'bishop'],
        'charfinder --about U+2657': [*charfinder, '--about', 'U+2657'],
        'charfinder --list=blocks': [*charfinder, '--list=blocks'],
        'grep WHITE.*BISHOP characters.tsv': ['grep', 'WHITE.*BISHOP', table],
        'unicode --regexp WHITE.*BISHOP': ['unicode', '--max=0', '--color=off', '--regexp', 'WHITE.*BISHOP'],
        'unicode U+2657': ['unicode', '--color=off', 'U+2657'],
        'Python, unicodedata': [sys.executable, '-S', '-c', PYTHON],
    }
    return {name: command for name, command in every.items() if shutil.which(command[0])}


def run(command):
    """(ms from start to end, ms of processor time) of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall * 1e3, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3


def measure(every, rounds):
    taken = {name: [] for name in every}
    for _ in range(rounds):
        for name, command in every.items():
            taken[name].append(run(command))
    return taken


def page(taken, rounds):
    lines = ['# charfinder and its peers', '',
             f'Made by `bench/peers.py` in {rounds} rounds on this machine, whose load average was '
             f'{os.getloadavg()[0]:.0f}. One answer, from the start of the program to its end:', '',
             '| what | ms, median | ms, least | ms of CPU |', '|---|---:|---:|---:|']
    for name, times in taken.items():
        walls, cpus = zip(*times)
        lines.append(f'| `{name}` | {statistics.median(walls):.1f} | {min(walls):.1f} | {statistics.median(cpus):.1f} |')
    lines += ['', f'Wanted of `charfinder white bishop`: at most {WANTED_MS} ms.', '']
    return '\n'.join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n\n')[0])
    parser.add_argument('--build', default='.', help='where charfinder and charindex.db are')
    parser.add_argument('--output', help='where the table goes')
    parser.add_argument('--quick', action='store_true', help='some rounds only, and nothing is written')
    arguments = parser.parse_args()
    rounds = 3 if arguments.quick else ROUNDS
    text = page(measure(commands(arguments.build), rounds), rounds)
    report.give(text, arguments)


if __name__ == '__main__':
    main()
