#!/usr/bin/env python3
"""The DICT face, measured: DEFINE against the prompt's answer of the same size, in processor
time; MATCH and DEFINE against dictd with the same names, in answers a second. Prints tables in
Markdown, and writes them where --output says.

    bench/dict_bench.py --build=build/gcc [--output=FILE]
"""

import argparse
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import report

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tests'))

SECONDS = 1.0
PIPELINED = 16
# What each is asked, and how the prompt is asked for as much.
SAME_SIZE = (('DEFINE search rook', 'rook'), ('DEFINE unicode "black chess rook"', 'white bishop'),
             ('DEFINE unicode snowman', 'white bishop'))
WORK = ('DEFINE {} "black chess rook"', 'MATCH {} exact "black chess rook"', 'MATCH {} prefix "white chess"',
        'MATCH {} suffix "rook"', 'MATCH {} substring "ook"', 'MATCH {} word "rook"', 'DEFINE {} xyzzy',
        'MATCH {} exact xyzzy')
# Each has one of these at its end, and nowhere else; they are of one length.
DICT_ENDS = (b'250 ok', b'552 no')
PROMPT_ENDS = (b'?> ',)


class Server:
    """A server that is to be asked at 127.0.0.1."""

    def __init__(self, command, ports, work):
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=work, stderr=work)
        for port in ports:
            deadline = time.monotonic() + 60
            while True:
                try:
                    socket.create_connection(('127.0.0.1', port)).close()
                    break
                except OSError:
                    if time.monotonic() > deadline or self.process.poll() is not None:
                        raise
                    time.sleep(0.01)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)

    def processor_time(self):
        """Seconds, of all its threads."""
        tasks = pathlib.Path(f'/proc/{self.process.pid}/task').iterdir()
        return sum(int((task / 'schedstat').read_text().split()[0]) for task in tasks) / 1e9


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Client:
    """One connection, on which the same line is asked again and again."""

    def __init__(self, port, greeting_end):
        self.socket = socket.create_connection(('127.0.0.1', port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        received = b''
        while not received.endswith(greeting_end):
            received += self.socket.recv(65536)

    def ask(self, lines, count, ends):
        """Asks `count` lines at once, each of which is answered up to one of `ends`: the bytes."""
        self.socket.sendall(lines)
        size, tail = 0, b''
        while count > 0:
            received = self.socket.recv(1 << 20)
            size += len(received)
            received = tail + received
            count -= sum(map(received.count, ends))
            tail = received[-(len(ends[0]) - 1):]
        return size

    def rate(self, line, depth, ends, seconds=SECONDS):
        """Answers in so many seconds, and the seconds."""
        lines, answers = line * depth, 0
        begin = now = time.monotonic()
        while now - begin < seconds:
            self.ask(lines, depth, ends)
            answers += depth
            now = time.monotonic()
        return answers, now - begin


def measure_same_size(server, dict_port, prompt_port):
    yield ('| DEFINE | bytes | the prompt | bytes | one at a time, µs of the processor | ratio '
           f'| {PIPELINED} at a time | ratio |')
    yield '|---|---|---|---|---|---|---|---|'
    for define, query in SAME_SIZE:
        row, ratios = [], []
        ours = Client(dict_port, b'\r\n')
        prompt = Client(prompt_port, b'?> ')
        sides = ((ours, define.encode() + b'\r\n', DICT_ENDS), (prompt, query.encode() + b'\n', PROMPT_ENDS))
        sizes = [client.ask(line, 1, ends) for client, line, ends in sides]
        for depth in (1, PIPELINED):
            costs = []
            for client, line, ends in sides:
                client.rate(line, depth, ends, 0.1)
                before = server.processor_time()
                answers, _ = client.rate(line, depth, ends)
                costs.append((server.processor_time() - before) / answers * 1e6)
            row.append(f'{costs[0]:.2f}, {costs[1]:.2f}')
            ratios.append(f'{costs[0] / costs[1]:.2f}')
        yield (f'| `{define}` | {sizes[0]} | `{query}` | {sizes[1]} | {row[0]} | {ratios[0]} | {row[1]} '
               f'| {ratios[1]} |')


def measure_dictd(dict_port, dictd_port):
    yield '| asked | charfinderd, answers a second | dictd | times |'
    yield '|---|---|---|---|'
    totals = [0, 0]
    for work in WORK:
        rates = []
        for i, (port, name) in enumerate(((dict_port, 'unicode'), (dictd_port, 'names'))):
            client = Client(port, b'\r\n')
            line = work.format(name).encode() + b'\r\n'
            answers, seconds = client.rate(line, PIPELINED, DICT_ENDS)
            rates.append(answers / seconds)
            totals[i] += seconds / answers
        yield f'| `{work.format("…")}` | {rates[0]:,.0f} | {rates[1]:,.0f} | {rates[0] / rates[1]:,.0f} |'
    yield f'| all of these once | {1 / totals[0]:,.0f} | {1 / totals[1]:,.2f} | {totals[1] / totals[0]:,.0f} |'


def make_names(build, home):
    """The database of dictd: all names of the index."""
    dump = subprocess.run([f'{build}/mkcharindex', '--dump', f'{build}/charindex.db'], capture_output=True,
                          check=True).stdout.decode()
    names = re.findall(r'^row \d+ [^\t]*\t[^\t]*\t([A-Z0-9][A-Z0-9 -]*)\r?$', dump, re.M)
    text = ''.join(f':{name}:{name}\n' for name in names)
    subprocess.run(['dictfmt', '-j', '--utf8', '--allchars', '--without-headword', '--without-time', '-s', 'names',
                    f'{home}/names'], input=text.encode(), check=True, capture_output=True)
    return len(names)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', default='.')
    parser.add_argument('--output')
    parser.add_argument('--quick', action='store_true', help='a short round, which writes nothing')
    arguments, _ = parser.parse_known_args()
    global SECONDS
    SECONDS = 0.1 if arguments.quick else SECONDS
    build = os.path.abspath(arguments.build)
    lines = ['# The DICT face', '', 'Made by `bench/dict_bench.py`, one client and one server on this machine, whose load '
             f'average was {os.getloadavg()[0]:.0f}.', '']
    with tempfile.TemporaryDirectory() as home, open(f'{home}/log', 'wb') as log:
        dict_port, prompt_port, dictd_port = free_port(), free_port(), free_port()
        command = [f'{build}/charfinderd', f'--index={build}/charindex.db', '--workers=1', f'--dict=127.0.0.1:{dict_port}',
                   f'--listen=127.0.0.1:{prompt_port}']
        with Server(command, (dict_port, prompt_port), log) as server:
            lines += measure_same_size(server, dict_port, prompt_port)
            program = shutil.which('dictd') or '/usr/sbin/dictd'
            if not os.path.exists(program) or not shutil.which('dictfmt'):
                lines += ['', 'dictd or dictfmt is not installed: not compared.']
            else:
                count = make_names(build, home)
                pathlib.Path(home).chmod(0o755)
                pathlib.Path(f'{home}/dictd.conf').write_text(
                    f'global {{ listen_to 127.0.0.1\n port {dictd_port} }}\naccess {{ allow * }}\n'
                    f'database names {{ data {home}/names.dict\n index {home}/names.index }}\n')
                with Server([program, '-d', 'nodetach', '--locale', 'C.UTF-8', '-c', f'{home}/dictd.conf', '--pid-file',
                             f'{home}/pid'], (dictd_port,), log):
                    lines += ['', f'Against dictd, which has the {count:,} names as headwords:', '']
                    lines += measure_dictd(dict_port, dictd_port)
    text = '\n'.join(lines) + '\n'
    report.give(text, arguments)


if __name__ == '__main__':
    main()
