#!/usr/bin/env python3
"""Compares charfinderd's HTTP face with what it costs to move the same bytes, and with nginx;
see README.md. As bench.py: the contenders take turns, server on one core and load on another."""

import argparse
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import contenders
import report

TARGET = '/search?q=rook'
CONNECTIONS = 64
HTTP = re.compile(r'HTTP on http://127\.0\.0\.1:(\d+)/')
LATENCY = re.compile(r'(50|99)%\s+([\d.]+)(us|ms|s)')
UNITS = {'us': 1, 'ms': 1e3, 's': 1e6}

# Nothing in it that would keep it from its best: no log, an open file kept open.
NGINX = '''daemon off;
master_process off;
error_log stderr crit;
pid {directory}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
	access_log off;
	server_tokens off;
	sendfile on;
	tcp_nodelay on;
	etag off;
	keepalive_requests 100000000;
	open_file_cache max=16;
	{paths}
	server {{
		listen 127.0.0.1:{port} reuseport;
		location = /search {{
			default_type application/json;
			alias {directory}/body;
			{headers}
		}}
	}}
}}
'''


class Answer:
    """What charfinderd sends, and the files that make others send the same."""

    def __init__(self, port, directory):
        with contextlib.closing(socket.create_connection(('127.0.0.1', port), 30)) as s:
            s.sendall(b'GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n' % TARGET.encode())
            whole = b''
            while data := s.recv(1 << 16):
                whole += data
        head, _, self.body = whole.partition(b'\r\n\r\n')
        lines = head.decode().split('\r\n')
        if not lines[0].endswith(' 200 OK'):
            sys.exit(f'charfinderd: {lines[0]}')
        # each server says these by itself
        self.headers = [line.partition(': ')[::2] for line in lines[1:]
                        if line.partition(':')[0] not in ('Date', 'Connection')]
        date = next(line.partition(': ')[::2] for line in lines if line.startswith('Date: '))
        self.directory = directory
        self.path = os.path.join(directory, 'answer')
        with open(self.path, 'wb') as file:
            file.write(''.join(f'{name}: {value}\r\n' for name, value in [date, *self.headers]).encode()
                       + b'\r\n' + self.body)
        with open(os.path.join(directory, 'body'), 'wb') as file:
            file.write(self.body)
        os.chmod(directory, 0o755)


def charfinderd(settings, answer):
    return [settings.built('charfinderd'), '--index=' + settings.index, '--workers=1',
            '--http=127.0.0.1:0', '127.0.0.1', '0'], None


def floor(settings, answer):
    return [settings.built('bench', 'http_floor'), answer.path], None


def nginx(settings, answer):
    port = contenders.free_port()
    path = os.path.join(answer.directory, 'nginx.conf')
    own = ('Content-Type', 'Content-Length')
    headers = '\n\t\t\t'.join(f"add_header {name} '{value}';" for name, value in answer.headers
                              if name not in own)
    paths = ' '.join(f'{name}_temp_path {answer.directory}/{name};'
                     for name in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
    with open(path, 'w', encoding='utf-8') as file:
        file.write(NGINX.format(directory=answer.directory, port=port, headers=headers, paths=paths))
    return ['nginx', '-p', answer.directory, '-c', path], port


CONTENDERS = {'charfinderd': charfinderd, 'floor': floor, 'nginx': nginx}
# how many requests are in flight on each connection
WORKLOADS = {'rook-1': 1, 'rook-16': 16}


@contextlib.contextmanager
def running(kind, settings, answer):
    """(pid, port) of the server."""
    command, port = kind(settings, answer)
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.DEVNULL,
                                   preexec_fn=lambda: contenders.pin(settings.server_core))
        try:
            yield process.pid, wait_for_port(process, output, port)
        finally:
            contenders.stop(process)


def wait_for_port(process, output, port):
    end = time.monotonic() + contenders.DEADLINE
    while time.monotonic() < end and process.poll() is None:
        if port is None:
            if said := HTTP.search(os.pread(output.fileno(), 4096, 0).decode()):
                return int(said[1])
        else:
            with contextlib.suppress(ConnectionRefusedError):
                socket.create_connection(('127.0.0.1', port)).close()
                return port
        time.sleep(0.005)
    sys.exit(f'{process.args[0]} has not begun to serve')


def cpu_seconds(pid):
    with open(f'/proc/{pid}/stat', encoding='ascii') as stat:
        user, system = stat.read().rpartition(')')[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf('SC_CLK_TCK')


def wrk(settings, port, seconds, in_flight):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'pipelined.lua')
    result = subprocess.run(['wrk', '-t1', f'-c{CONNECTIONS}', f'-d{seconds}s', '--latency',
                             *(['-s', script] if in_flight > 1 else []),
                             f'http://127.0.0.1:{port}{TARGET}'], capture_output=True, text=True,
                            preexec_fn=lambda: contenders.pin(settings.load_core))
    text = result.stdout
    if result.returncode != 0 or 'Non-2xx' in text or 'Socket errors' in text:
        sys.exit(f'wrk: {text}{result.stderr}')
    latencies = {name: float(value) * UNITS[unit] for name, value, unit in LATENCY.findall(text)}
    return {'requests': float(re.search(r'(\d+) requests in', text)[1]),
            'rate': float(re.search(r'Requests/sec:\s+([\d.]+)', text)[1]),
            'p50_us': latencies['50'], 'p99_us': latencies['99']}


def measure(kind, settings, answer, seconds, in_flight):
    with running(kind, settings, answer) as (pid, port):
        wrk(settings, port, 1, in_flight)
        before = cpu_seconds(pid)
        values = wrk(settings, port, seconds, in_flight)
        values['cpu_ns'] = (cpu_seconds(pid) - before) / values['requests'] * 1e9
        return values


def missing():
    return [name for name in ('wrk',) if not shutil.which(name)]


def table(results, workload):
    rows = []
    for name in CONTENDERS:
        if not results.median(workload, name, 'rate'):
            continue
        median = {key: results.median(workload, name, key) for key in ('rate', 'cpu_ns', 'p50_us', 'p99_us')}
        rows.append([name, report.number(median['rate']), report.number(median['cpu_ns']),
                     report.number(results.ratio(workload, 'cpu_ns', 'charfinderd', name), 2),
                     report.percent(results.spread(workload, name, 'cpu_ns')),
                     report.number(median['p50_us']), report.number(median['p99_us'])])
    return report.table(['who', 'requests/s', 'CPU ns/request', 'charfinderd ÷', 'spread', 'p50 µs',
                         'p99 µs'], rows, text_columns=1)


# workload, figure, against whom, in which sense, target
TARGETS = [
    ('rook-1', 'cpu_ns', 'nginx', 'at most', 1.0),
    ('rook-1', 'rate', 'nginx', 'at least', 1.0),
    ('rook-1', 'cpu_ns', 'floor', 'at most', 1.3),
    ('rook-16', 'rate', 'nginx', 'at least', 2.0),
]
FIGURES = {'cpu_ns': 'CPU per request', 'rate': 'requests/s'}


def page(results, answer, machine, seconds, arguments):
    reach = []
    for workload, figure, name, sense, target in TARGETS:
        ratio = results.ratio(workload, figure, 'charfinderd', name)
        reach.append([f'{FIGURES[figure]} against {name}, {WORKLOADS[workload]} in flight',
                      f'{sense} {target:g} ×', '' if ratio is None else f'{ratio:.2f} ×',
                      report.verdict(ratio, sense, target)])
    others, stolen = machine.others(seconds)
    lines = ['# What `make bench` measured over HTTP', '',
             f'* {time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())}; {arguments.rounds} rounds, medians; '
             f'{arguments.seconds:g} s for each measurement',
             f'* {machine.model()}, {os.cpu_count()} processors; others used {100 * others:.1f} % of them, '
             f'and the host took {100 * stolen:.1f} %',
             f'* `{TARGET}`, wrk with {CONNECTIONS} connections: {len(answer.body):,} B of JSON, and '
             f'{len(answer.headers)} headers, the same from all; one worker each',
             f'* {contenders.first_line("wrk", "-v")}; {contenders.first_line("nginx", "-v") if shutil.which("nginx") else "no nginx"}',
             '']
    for workload, in_flight in WORKLOADS.items():
        lines += [f'## {in_flight} in flight on each connection', '', table(results, workload), '']
    lines += ['## Reach', '', report.table(['figure', 'target', 'this run', ''], reach, text_columns=1), '']
    return '\n'.join(lines)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--build', default='.')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--seconds', type=int, default=3)
    parser.add_argument('--quick', action='store_true', help='one short round, to see that all works')
    parser.add_argument('--output', help='where to write the results as well')
    arguments, _ = parser.parse_known_args()
    if arguments.quick:
        arguments.rounds, arguments.seconds = 1, 1
    return arguments


def main():
    arguments = parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit('stopped'))
    if missing():
        print('skipped over HTTP: wrk is not installed')
        return
    cores = sorted(os.sched_getaffinity(0))
    settings = contenders.Settings(arguments.build, (cores[0], cores[1 if len(cores) > 1 else 0]))
    kinds = {name: kind for name, kind in CONTENDERS.items() if name != 'nginx' or shutil.which('nginx')}
    results, machine, begun = report.Results(), report.Machine(), time.monotonic()
    with tempfile.TemporaryDirectory() as directory:
        with running(charfinderd, settings, None) as (_, port):
            answer = Answer(port, directory)
        for number in range(arguments.rounds):
            order = list(kinds)[number % len(kinds):] + list(kinds)[:number % len(kinds)]
            for workload, in_flight in WORKLOADS.items():
                for name in order:
                    values = measure(kinds[name], settings, answer, arguments.seconds, in_flight)
                    print(f'{number + 1} {workload} {name} '
                          + ' '.join(f'{k}={v:.1f}' for k, v in values.items()), file=sys.stderr)
                    results.add(workload, name, values)
    text = page(results, answer, machine, time.monotonic() - begun, arguments)
    report.give(text, arguments)


if __name__ == '__main__':
    main()
