#!/usr/bin/env python3
"""SIGUSR1 prints the counters, in the text form of Prometheus, and they count what was
really done, whichever worker did it."""

import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request

import daemon
import programs
import suite
from load import watch
from load.crowd import Crowd

REASONS = {'end-of-input', 'quit', 'interrupt', 'no-line-end', 'reset', 'shutdown',
           'shutdown-timeout', 'idle-timeout', 'line-timeout', 'answer-timeout', 'proxy-header',
           'max-clients-per-address', 'answered', 'bad-request', 'out-of-memory'}


def closed(reason):
    return f'charfinder_connections_closed_total{{reason="{reason}"}}'


def refused(reason):
    return f'charfinder_connections_refused_total{{reason="{reason}"}}'


def error(kind):
    return f'charfinder_errors_total{{kind="{kind}"}}'


GOOD_TEXT = """\
# HELP a_total Things.
# TYPE a_total counter
a_total{kind="x"} 1
a_total{kind="y"} 2
# HELP b_seconds Times.
# TYPE b_seconds histogram
b_seconds_bucket{le="0.1"} 3
b_seconds_bucket{le="+Inf"} 4
b_seconds_sum 1.5
b_seconds_count 4
"""

# What is not counted, and is not 0 at first.
GAUGES = ('charfinder_generation', 'charfinder_connections_max', 'charfinder_index_loaded_time_seconds',
          'charfinder_last_reload_successful', 'charfinder_workers', 'process_start_time_seconds')


class ReaderTest(unittest.TestCase):
    """That watch.parse() finds what is wrong with a text."""

    def test_reads_a_valid_text(self):
        self.assertEqual(watch.parse(GOOD_TEXT), {
            'a_total{kind="x"}': 1, 'a_total{kind="y"}': 2, 'b_seconds_bucket{le="0.1"}': 3,
            'b_seconds_bucket{le="+Inf"}': 4, 'b_seconds_sum': 1.5, 'b_seconds_count': 4})

    def test_finds_what_is_wrong(self):
        for right, wrong in (
                ('# HELP a_total Things.\n', ''), ('# TYPE a_total counter\n', ''),
                ('# TYPE a_total counter', '# TYPE a_total number'),
                ('# TYPE a_total counter', '# TYPE b_total counter'), ('a_total', 'a'),
                ('kind="y"', 'kind="x"'), ('kind="y"', 'kind=y'), ('kind="y"', 'kind="y'),
                ('a_total{kind="y"} 2\n', 'a_total{kind="y"}\n'),
                ('a_total{kind="y"} 2\n', 'a_total{kind="y"} -2\n'),
                ('a_total{kind="y"} 2\n', 'c_total 2\n'),
                ('b_seconds_count 4\n', 'b_seconds_count 4\na_total 2\n'),
                ('b_seconds_count 4\n', 'b_seconds_count 4'), ('b_seconds_count 4', 'b_seconds_count 5'),
                ('b_seconds_count 4\n', ''), ('b_seconds_sum 1.5\n', ''),
                ('le="0.1"} 3', 'le="0.1"} 5'), ('b_seconds_bucket{le="+Inf"} 4\n', ''),
                ('b_seconds_count 4\n', 'b_seconds_count 4\n# HELP c_total Things.\n'),
                ('# HELP b_seconds', '# HELP a_total'), ('\na_total', '\n\na_total')):
            with self.subTest(wrong, instead_of=right):
                self.assertIn(right, GOOD_TEXT)
                with self.assertRaises(AssertionError):
                    watch.parse(GOOD_TEXT.replace(right, wrong))


class CountersTest(unittest.TestCase):
    def setUp(self):
        self.oracle = suite.oracle()

    def assertCounters(self, d, **expected):
        """That the daemon comes to count exactly this. A connection is counted as closed a
        little after its client has seen that it is."""
        expected = {f'charfinder_{name}': value for name, value in expected.items()}
        with contextlib.suppress(daemon.Late):
            daemon.wait_for(lambda: watch.counters(d).items() >= expected.items(),
                            'expected counters')
        counters = watch.counters(d)
        self.assertEqual({name: counters[name] for name in expected}, expected)
        return counters

    def test_are_valid_and_all_zero_at_first(self):
        with daemon.Daemon('--workers=3') as d:
            counters = watch.counters(d)
        for gauge in GAUGES:
            self.assertGreater(counters.pop(gauge), 0, gauge)
        counters = {name: value for name, value in counters.items() if 'build_info' not in name}
        self.assertEqual(set(counters.values()), {0})
        for reason in REASONS:
            self.assertIn(closed(reason), counters)
        self.assertEqual(sum(name.startswith('charfinder_connections_closed') for name in counters),
                         len(REASONS))
        suite.checked(f'{len(counters) + len(GAUGES)} counters in valid Prometheus text')

    def test_what_is_asked_and_answered(self):
        conversations = [b'white bishop\n', b'rook\r\nqueen\r\n', b'nosuchword\n', b'\n \n+++\n',
                         b'\xff\xfb\x01king\n', b'\xc3\nrook\n', b'x' * 4097 + b'\n', b'rook']
        conversations *= 5
        asked = sum(map(len, conversations))
        queries = rows = received = 0
        with daemon.Daemon('--workers=3') as d:
            for data in conversations:
                reply = d.reply(data)
                self.assertEqual(reply, self.oracle.reply(data))
                received += len(reply)
                queries += len(re.findall(rb'\b(?:No|\d+) match(?:es)? for ', reply))
                rows += reply.count(b'U+')
            counters = self.assertCounters(d, **{
                'connections_accepted_total': len(conversations),
                'connections_open': 0,
                'connections_closed_total{reason="end-of-input"}': len(conversations),
                'queries_total': queries,
                'rows_total': rows,
                'received_bytes_total': asked,
                'sent_bytes_total': received,
                'errors_total{kind="utf8"}': 5,
                'errors_total{kind="too-long"}': 5,
                'errors_total{kind="accept"}': 0,
                'answer_seconds_count': queries,
            })
            self.assertGreater(counters['charfinder_answer_seconds_sum'], 0)
        self.assertEqual(queries, 5 * 8)
        suite.checked(f'{len(conversations)} conversations counted exactly: {queries} queries, '
                      f'{rows} rows, {asked} bytes received, {received} sent')

    def test_how_connections_end(self):
        with daemon.Daemon('--workers=3', '--idle-timeout=1', '--line-timeout=1') as d:
            for data in (b'rook\n', b'rook\n\x03', b'rook\n\xff\xf4', b'x' * (1 << 20)):
                for _ in range(4):
                    d.reply(data, half_close=data == b'rook\n')
            for _ in range(4):
                with contextlib.closing(d.connect()) as s:
                    s.sendall(b'cjk\n')
                    daemon.read_until(s, b'')
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            with contextlib.ExitStack() as open_sockets:
                for data in (b'', b'ro') * 4:
                    s = open_sockets.enter_context(contextlib.closing(d.connect()))
                    s.sendall(data)
                self.assertCounters(d, connections_accepted_total=28, connections_open=8)
                # And when those have been silent for too long:
                counters = self.assertCounters(d, connections_open=0)
            for reason in ('end-of-input', 'quit', 'interrupt', 'no-line-end', 'reset',
                           'idle-timeout', 'line-timeout'):
                self.assertEqual(counters[closed(reason)], 4, reason)
            # The counters say what the log says.
            for reason in REASONS:
                self.assertEqual(watch.close_reasons(d).count(reason), counters[closed(reason)])
        suite.checked('7 ways to end a connection, 4 times each, counted and logged alike')

    def test_who_is_turned_away(self):
        with daemon.Daemon('--workers=3', '--max-clients=4', '--max-clients-per-address=3') as d, \
                contextlib.ExitStack() as open_sockets:
            def client(address):
                s = open_sockets.enter_context(contextlib.closing(
                    socket.create_connection((d.host, d.port), daemon.DEADLINE, (address, 0))))
                return s, daemon.read_until(s, b'')

            for _ in range(3):
                self.assertEqual(client('127.0.0.1')[1], b'?> ')
            for _ in range(5):
                s, said = client('127.0.0.1')
                self.assertEqual(said, b'Error: too many clients\r\n')
                s.close()
                self.assertCounters(d, connections_open=3)
            self.assertEqual(client('127.0.0.2')[1], b'?> ')
            for _ in range(7):
                self.assertEqual(client('127.0.0.3')[1], b'Error: too many clients\r\n')
            counters = self.assertCounters(d, connections_open=4)
        self.assertEqual(counters[refused('max-clients-per-address')], 5)
        self.assertEqual(counters[refused('max-clients')], 7)
        self.assertEqual(counters[refused('out-of-memory')], 0)
        self.assertEqual(counters[closed('max-clients-per-address')],
                         counters['charfinder_connections_accepted_total'] - 4)
        suite.checked('12 clients turned away, counted by reason')

    def test_what_the_daemon_is(self):
        before = time.time()
        with daemon.Daemon('--workers=3', '--max-clients=77') as d:
            version = subprocess.run([*suite.program('charfinder'), '--version'], capture_output=True,
                                     text=True).stdout.split()[-1]
            counters = self.assertCounters(d, **{
                f'build_info{{version="{version}"}}': 1, 'connections_max': 77, 'workers': 3,
                'generation': 1, 'last_reload_successful': 1})
            started = counters['process_start_time_seconds']
            self.assertTrue(before - 1 <= started <= time.time(), started)
            self.assertEqual(counters['charfinder_index_loaded_time_seconds'], started)
            d.process.send_signal(signal.SIGHUP)
            counters = self.assertCounters(d, generation=2, last_reload_successful=1)
            self.assertGreater(counters['charfinder_index_loaded_time_seconds'], started)

    def test_times_of_answers_are_told_apart_by_face(self):
        with daemon.Daemon('--http=127.0.0.1:0') as d:
            for _ in range(3):
                d.reply(b'rook\n')
            urllib.request.urlopen('http://%s:%d/search?q=rook' % d.http(), timeout=daemon.DEADLINE).read()
            counters = self.assertCounters(d, **{
                'answer_seconds_count{face="prompt"}': 3, 'answer_seconds_count{face="http"}': 1,
                'answer_seconds_count{face="dict"}': 0})
        bounds = [float(match[1]) for name in counters if (match := re.fullmatch(
            r'charfinder_answer_seconds_bucket\{face="prompt",le="([^"]+)"\}', name))]
        self.assertEqual((bounds[0], bounds[-2]), (1e-5, 10))
        for low, high in itertools.pairwise(bounds[:-1]):
            self.assertLess(high / low, 2.6)

    def test_reloads_and_generation(self):
        with daemon.Daemon() as d:
            for number in (2, 3):
                d.process.send_signal(signal.SIGHUP)
                self.assertCounters(d, **{'generation': number, 'reloads_total{result="failed"}': 0,
                                          'reloads_total{result="done"}': number - 1})
        with tempfile.NamedTemporaryFile() as index:
            with open(suite.database(), 'rb') as good:
                index.write(good.read())
                index.flush()
            with daemon.Daemon('--index=' + index.name) as d:
                # In place of what is mapped: what comes after its end is nobody's.
                index.write(b'x')
                index.flush()
                for number in (1, 2):
                    d.process.send_signal(signal.SIGHUP)
                    self.assertCounters(d, **{'generation': 1, 'reloads_total{result="done"}': 0,
                                              'last_reload_successful': 0,
                                              'reloads_total{result="failed"}': number})

    def test_never_go_back_and_add_up_under_load(self):
        questions = {query: self.oracle.answer(query.encode())
                     for query in ('white bishop', 'rook', 'small', 'nosuchword')}
        rounds = 5 if suite.wrap() else 200
        with daemon.Daemon('--workers=3') as d, \
                Crowd((d.host, d.port), questions, clients=20, depth=4) as crowd:
            over = threading.Event()
            passers_by = threading.Thread(target=come_and_go, args=(d, over))
            passers_by.start()
            try:
                before = watch.counters(d)
                for _ in range(rounds):
                    after = watch.counters(d)
                    for name, value in after.items():
                        if not name.startswith('charfinder_connections_open'):
                            self.assertGreaterEqual(value, before[name], name)
                    self.assertLessEqual(after['charfinder_connections_open'],
                                         after['charfinder_connections_accepted_total'])
                    before = after
            finally:
                over.set()
                passers_by.join()
            crowd.stop()
            # What was in flight when the crowd went is answered still, to nobody.
            counters = self.assertCounters(d, connections_open=0)
        self.assertEqual(counters['charfinder_connections_accepted_total'], len(watch.opened(d)))
        self.assertEqual(counters['charfinder_queries_total'],
                         sum(queries for _, queries in watch.closed(d).values()))
        self.assertEqual(counters['charfinder_queries_total'],
                         counters['charfinder_answer_seconds_count'])
        suite.checked(f'{rounds} times under load the counters added up, to '
                      f'{counters["charfinder_queries_total"]} queries and '
                      f'{counters["charfinder_connections_accepted_total"]} connections')


def come_and_go(d, over):
    while not over.is_set():
        d.connect().close()


class PrometheusTest(programs.ProgramTest):
    def promtool(self, *arguments, **options):
        if not shutil.which('promtool'):
            self.skipTest('needs promtool')
        result = subprocess.run(['promtool', *arguments], capture_output=True, text=True,
                                timeout=daemon.DEADLINE, **options)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout + result.stderr

    def assertAreThere(self, asked):
        with daemon.Daemon('--http=127.0.0.1:0') as d:
            there = {name.partition('{')[0] for name in watch.counters(d)}
        self.assertGreater(len(asked), 6)
        self.assertEqual(asked - there, set())
        return there


class AlertsTest(PrometheusTest):
    """The rules for Prometheus in packaging/prometheus."""

    RULES = os.path.abspath(suite.source('packaging', 'prometheus', 'alerts.yml'))

    def test_what_they_ask_for_is_there(self):
        with open(self.RULES, encoding='utf-8') as rules:
            asked = set(re.findall(r'\b(?:charfinder|process)_\w+', rules.read()))
        self.assertAreThere(asked)

    def test_promtool_takes_them(self):
        self.assertRegex(self.promtool('check', 'rules', self.RULES), r'SUCCESS: \d+ rules')

    def test_they_fire_when_they_should(self):
        with open(suite.source('tests', 'alerts.yml'), encoding='utf-8') as cases:
            path = self.write('alerts.yml', cases.read().replace('RULES', self.RULES).encode())
        self.promtool('test', 'rules', path)

    def test_promtool_finds_nothing_wrong_with_the_metrics(self):
        with daemon.Daemon() as d:
            self.assertEqual(self.promtool('check', 'metrics', input=watch.counters_text(d)), '')


class DashboardTest(PrometheusTest):
    """packaging/grafana.json."""

    def setUp(self):
        super().setUp()
        with open(suite.source('packaging', 'grafana.json'), encoding='utf-8') as file:
            self.dashboard = json.load(file)

    def expressions(self):
        return [target['expr'] for panel in self.dashboard['panels'] for target in panel['targets']]

    def test_what_it_shows_is_there_and_all_of_it_is_shown(self):
        queries = [variable['query'] for variable in self.dashboard['templating']['list']]
        shown = set(re.findall(r'\b(?:charfinder|process)_\w+', ' '.join(self.expressions() + queries)))
        there = self.assertAreThere(shown)
        counted = {name for name in there if not re.search(r'answer_seconds_(sum|count)$', name)}
        self.assertEqual(counted - shown, set())
        suite.checked(f'the dashboard shows {len(shown)} metrics, all there are')

    def test_promtool_takes_its_expressions(self):
        rules = [{'record': f'panel:{i}', 'expr': expression.replace('$__rate_interval', '5m')}
                 for i, expression in enumerate(self.expressions())]
        path = self.write('rules.json', json.dumps({'groups': [{'name': 'panels', 'rules': rules}]}).encode())
        self.assertIn(f'SUCCESS: {len(rules)} rules', self.promtool('check', 'rules', str(path)))

    def test_its_panels_lie_side_by_side(self):
        places = [panel['gridPos'] for panel in self.dashboard['panels']]
        cells = [(x, y) for place in places for x in range(place['x'], place['x'] + place['w'])
                 for y in range(place['y'], place['y'] + place['h'])]
        self.assertEqual(len(cells), len(set(cells)))
        self.assertLess(max(x for x, _ in cells), 24)
        ids = [panel['id'] for panel in self.dashboard['panels']]
        self.assertEqual(len(ids), len(set(ids)))


if __name__ == '__main__':
    suite.main()
