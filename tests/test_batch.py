#!/usr/bin/env python3
"""charfinder --server and --batch: the same answers from a server as from the index, and many at a
time, in order or not, in every form; what comes of them, and how it ends."""

import asyncio
import contextlib
import itertools
import json
import os
import pathlib
import random
import re
import select
import signal
import socket
import subprocess
import threading
import time
import unittest

import chaos_proxy
import daemon
import programs
import suite
from torture import preload

PROMPT = b'?> '
REPORT = re.compile(r'([\d,]+) quer(?:y|ies) .*\n +([\d,]+) found.*\n +([\d,]+) no match.*\n +([\d,]+) errors?(.*)\n')


def number(text):
    return int(text.replace(',', ''))


class BatchCase(programs.ProgramTest):
    """A daemon in auto mode, and the oracle of the seed's rule."""
    mode = 'auto'

    @classmethod
    def setUpClass(cls):
        cls.oracle = suite.oracle()
        cls.daemon = cls.enterClassContext(daemon.Daemon('--mode=' + cls.mode, '--workers=2'))
        cls.server = f'--server=127.0.0.1:{cls.daemon.port}'
        cls.index = '--index=' + suite.database()
        r = random.Random(7)
        words = sorted(word for word, points in cls.oracle.index.items() if len(points) < 300)
        cls.queries = [' '.join(r.choices(words, k=r.choice([1, 1, 1, 2]))) for _ in range(2000)]

    def charfinder(self, *arguments, **options):
        return self.run_program('charfinder', *arguments, **options)

    def batch(self, queries, *arguments, **options):
        """The result of a batch of these lines, by the server unless told otherwise."""
        data = queries if isinstance(queries, bytes) else ''.join(q + '\n' for q in queries).encode()
        path = self.write('queries.txt', data)
        where = [] if self.index in arguments or any(str(a).startswith('--server') for a in arguments) else [self.server]
        return self.charfinder(*where, f'--batch={path}', *arguments, **options)

    def expected(self, query):
        """What the seed's rule prints."""
        rows, status = self.oracle.answer(query.encode()).replace(b'\r\n', b'\n').rsplit(b'\n', 2)[:2] \
            if self.oracle.find(query) else (b'', self.oracle.answer(query.encode()).strip())
        return rows + (b'\n' if rows else b'') + b'(' + status + b')\n'

    def report(self, result):
        """(done, found, no match, errors, the rest of that line)"""
        match = REPORT.search(result.stderr.decode())
        self.assertTrue(match, result.stderr)
        return (*map(number, match.groups()[:4]), match.group(5).strip())

    def both(self):
        return (self.server, self.index)


def but_for_names(output):
    """What --all-forms prints, without the names in HTML and LaTeX, which only the index knows."""
    output = re.sub(rb'(?m)^\t(entity|latex)\t.*\n', b'', output)
    output = re.sub(rb',"(entity|latex)":"[^"]*"', b'', output)
    return re.sub(rb'(?m)^(U\+(?:[^\t\n]*\t){16})[^\t\n]*\t[^\t\n]*$', rb'\1\t', output)


class ServerTest(BatchCase):
    """One query: from a server as from the index."""

    QUERIES = (['white bishop'], ['white', 'bishop'], ['smilng'], ['U+20AC'], ['U+0007'], ['U+D800'], ['U+FFFF'],
               ['U+0378'], ['\N{EURO SIGN}'], ['nosuchwordq'], ["it's"], ['"white chess"'], ['is:sequence', 'france'],
               ['papillon', '--lang=fr'], ['heart', '--mode=wide'], ['heart', '--mode=wide', '--from=15'],
               ['heart', '--mode=wide', '--limit=0'], ['arrow', '-n', '3', '--from=20'], ['arrow', '--from=9999999'],
               ['cat:Sm arrow', '--mode=classic'], ['rook', '--mode=classic', '-n2', '--from=2'], ['cjk'],
               ['heart limit:2'], ['heart from:3', '--limit=2'], ['\x03 rook'], [':quit'], [':smile:'], ['\x1f'],
               ['quotation mark'], ['keycap'])
    FORMS = ([], ['--json'], ['--tsv'], ['-a'], ['-a', '--json'], ['-a', '--tsv'], ['--details'],
             ['--details', '-a'], ['--color=always'], ['--details', '--color=always'])

    def test_is_answered_as_by_the_index(self):
        compared = 0
        for query in self.QUERIES:
            for form in self.FORMS[:3] if query == ['cjk'] else self.FORMS:
                if '--details' in form and '--mode=classic' in query:
                    continue # a server tells details by commands: see test_about.py
                there, here = (self.charfinder(where, *form, '--', *query) if query[0][0] == '-' else
                               self.charfinder(where, *form, *query) for where in self.both())
                self.assertEqual((there.stdout, there.stderr, there.returncode),
                                 (but_for_names(here.stdout) if form[:1] == ['-a'] else here.stdout,
                                  here.stderr, here.returncode), (query, form))
                compared += 1
        suite.checked(f'{compared} answers of a server as those of the index')

    def test_a_wrong_query_is_the_same_error(self):
        for query in ('block:nix', 'rook block:nix', '"white', 'limit:x'):
            there, here = (self.charfinder(where, query) for where in self.both())
            self.assertEqual((there.stdout, there.stderr, there.returncode), (here.stdout, here.stderr, 2))

    def test_what_a_server_cannot_do_is_an_error(self):
        self.assertError(self.charfinder(self.server, 'a\nb'), 2, 'line end')
        self.assertError(self.charfinder(self.server, '--lang=xx', 'rook'), 2, "'xx'", ' de ')
        self.assertError(self.charfinder(self.server, '--mode=classic', '\x03rook'), 2, 'control character')
        self.assertError(self.charfinder(self.server, 'x' * 5000), 2, '4096 bytes')
        self.assertError(self.charfinder(self.server, '-', input=b'x'), 2, '--server')

    def test_hosts_are_resolved_and_every_address_is_tried(self):
        # localhost is ::1 first, where nobody listens
        result = self.charfinder(f'--server=localhost:{self.daemon.port}', 'rook')
        self.assertEqual((result.returncode, result.stderr), (0, b''))
        self.assertError(self.charfinder('--server=no.such.host.invalid', 'rook'), 3, 'no.such.host.invalid')
        for name in ('', ':1', 'x:0', 'x:y', '[::1', 'x:99999'):
            self.assertError(self.charfinder('--server=' + name, 'rook'), 2, '--server=' + name)

    def test_nobody_there_is_an_error_after_the_retries(self):
        with socket.create_server(('127.0.0.1', 0)) as s:
            port = s.getsockname()[1]
        for retries in (0, 1):
            self.assertError(self.charfinder(f'--server=127.0.0.1:{port}', f'--retries={retries}', 'rook'), 3,
                             f'cannot connect to 127.0.0.1:{port}: Connection refused')
        self.assertError(self.charfinder(f'--server=[::1]:{port}', '--retries=0', 'rook'), 3,
                         f'cannot connect to [::1]:{port}: ')

    def test_wrong_usage(self):
        for arguments in (['--batch', 'rook'], ['--output', '/tmp', 'rook'], ['--repeat', '2', 'rook'],
                          ['--for', '1', 'rook'], ['--connections=0', 'x'], ['--connections=1001', 'x'], ['--pipeline=0', 'x'],
                          ['--timeout=0', 'x'], ['--rate=0', 'x'], ['--retries=21', 'x'], ['--progress=x', 'x']):
            self.assertError(self.charfinder(*arguments), 2, arguments[0])
        self.assertError(self.charfinder('--batch=/no/such/file', self.index), 2, '/no/such/file')
        self.assertError(self.charfinder(f'--batch={self.directory}', '-q', self.index), 2, self.directory)
        self.assertError(self.batch([], self.index, '--output=/no/such/dir'), 2, '/no/such/dir')


class AnswersTest(BatchCase):
    def test_all_are_answered_in_their_order(self):
        expected = b''.join(map(self.expected, self.queries))
        for where in self.both():
            for options in ([], ['-c1', '-p1'], ['-c', '50'], ['-p100'], ['-c', '3', '--pipeline=2']):
                result = self.batch(self.queries, where, '--mode=classic', *options)
                self.assertTrue(result.stdout == expected, (where, options, result.stderr))
                self.assertEqual(self.report(result)[0], len(self.queries))
        suite.checked(f'{len(self.queries)} queries answered in order, in ten ways')

    def test_unordered_they_are_the_same(self):
        expected = sorted(map(self.expected, self.queries))
        for where in self.both():
            result = self.batch(self.queries, where, '--mode=classic', '--unordered', '-c', '20')
            answers = re.findall(rb'(?s).*?\n?\([^\n]*\)\n', result.stdout)
            self.assertEqual(sorted(answers), expected)

    def test_one_that_takes_long_holds_up_nobody_if_unordered(self):
        queries = ['cjk'] + ['rook'] * 50
        result = self.batch(queries, '--unordered', '--json', '-c', '2', '-p', '1')
        first = [json.loads(line)['number'] for line in result.stdout.splitlines() if b'"status"' in line]
        self.assertEqual(sorted(first), list(range(1, 52)))
        ordered = self.batch(queries, '--json', '-c', '2', '-p', '1')
        self.assertEqual([json.loads(line)['number'] for line in ordered.stdout.splitlines() if b'"status"' in line],
                         list(range(1, 52)))

    def test_every_row_says_whose_it_is(self):
        queries = ['white bishop', '', '  ', 'nosuchwordq', 'block:nix', 'caf\u00e9 "\\', 'a\tb', 'dromedary\r']
        for where in self.both():
            lines = [json.loads(line) for line in self.batch(queries, where, '--json').stdout.splitlines()]
            self.assertEqual([(line['number'], line['query']) for line in lines if 'codes' not in line],
                             [(1, 'white bishop'), (4, 'nosuchwordq'), (5, 'block:nix'), (6, 'caf\u00e9 "\\'),
                              (7, 'a\tb'), (8, 'dromedary')])
            self.assertEqual([line['error'] for line in lines if 'error' in line],
                             ["column 7: no block is called 'nix'; try arrows or box_drawing",
                              'column 6: the quotes are not closed; add a " at the end'])
            self.assertEqual([line['codes'] for line in lines if line['number'] == 8 and 'codes' in line], [['U+1F42A']])
            table = self.batch(queries, where, '--tsv').stdout.decode().splitlines()
            self.assertEqual([row.split('\t')[:2] for row in table if row.startswith(('white', 'drom'))][-1],
                             ['dromedary', 'U+1F42A'])
            self.assertEqual({len(row.split('\t')) for row in table}, {9})

    def test_any_text_can_be_a_query(self):
        queries = [':quit', ':mode classic', ':', ':smile:', '\x03', '\x04x', '\x1b[A', '\x00', ':find x', ': x',
                   '?> ', '?>', "'", '"', '\\', 'x\x85', '\u2028x', '\ufeff', 'q' * 4000, '\U0010ffff', '\x7f']
        there, here = (self.batch(queries, where, '--json') for where in self.both())
        self.assertEqual(there.stdout, here.stdout)
        self.assertEqual(self.report(there)[0], len(queries))

    def test_the_list_may_have_anything_in_it(self):
        data = b'rook\r\n\n \nnot utf-8 \xff\n' + b'x' * 70000 + b'\nx' + b'y' * 5000 + b'\nwhite bishop'
        for where in self.both():
            result = self.batch(data, where, '-v', '--mode=classic')
            done, found, none, errors, _ = self.report(result)
            # the index takes a query of 5,000 bytes, a server does not
            self.assertEqual((done, found, none, errors), (5, 2, 0, 3) if where == self.server else (5, 2, 1, 2))
            self.assertEqual(result.stdout.count(b'\n('), 2 + none)
            self.assertIn(b'line 4: it is not valid UTF-8\n', result.stderr)
            self.assertIn(b'line 5: it is longer than 65536 bytes\n', result.stderr)
            self.assertEqual(result.returncode, 2)
            # and from a pipe
            piped = self.charfinder(where, '--batch', '--mode=classic', '-q', input=data)
            self.assertEqual((piped.stdout, piped.stderr), (result.stdout, b''))

    def test_an_empty_list_is_no_error(self):
        for data in (b'', b'\n', b'  \n\r\n'):
            for where in self.both():
                result = self.batch(data, where)
                self.assertEqual((result.returncode, result.stdout), (0, b''))
                self.assertEqual(self.report(result)[:4], (0, 0, 0, 0))

    def test_a_device_without_queries_is_an_empty_list(self):
        for where in (self.index, self.server):
            result = self.charfinder(where, '--batch=/dev/null', '--quiet')
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b'', b''))

    def test_answers_come_as_queries_do(self):
        """Somebody types queries, one after the other."""
        for where in self.both():
            with subprocess.Popen(suite.program('charfinder') + [where, '--batch', '-q', '--mode=classic'],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
                for query in ('white bishop', 'rook', 'nosuchword', 'peso sign'):
                    process.stdin.write(query.encode() + b'\n')
                    process.stdin.flush()
                    expected = self.expected(query)
                    self.assertEqual(process.stdout.read(len(expected)), expected)
                process.stdin.close()
                self.assertEqual(process.wait(daemon.DEADLINE), 1)

    def test_the_exit_status(self):
        for queries, status in ((['rook'], 0), (['rook', 'nosuchwordq'], 1), (['rook', 'block:nix', 'nosuchwordq'], 2)):
            for where in self.both():
                self.assertEqual(self.batch(queries, where).returncode, status)

    def test_the_report(self):
        queries = ['rook'] * 1000 + ['nosuchwordq', 'block:nix', 'rook block:nix']
        result = self.batch(queries, '-c', '2')
        done, found, none, errors, rest = self.report(result)
        self.assertEqual((done, found, none, errors), (1003, 1000, 1, 2))
        self.assertTrue(rest.startswith('2 not understood (line 1002: column 7: no block'), rest)
        self.assertRegex(result.stderr.decode(), r'\A1,003 queries to 127\.0\.0\.1:\d+, 2 connections, 16 in flight each, in ')
        self.assertRegex(result.stderr.decode(), r'p50 [\d.]+ m?s, p99 [\d.]+ m?s, worst [\d.]+ m?s\n')
        self.assertEqual(self.batch(queries, '-q').stderr, b'')
        verbose = self.batch(queries, '-q', '-v').stderr.decode().splitlines()
        self.assertEqual([line.split(':')[:3] for line in verbose],
                         [['charfinder', ' line 1002', ' column 7'], ['charfinder', ' line 1003', ' column 12']])

    def test_no_more_connections_than_queries(self):
        self.assertIn(b', 1 connection, ', self.batch(['rook'], '-c', '100').stderr)
        self.assertIn(b', 1 thread, ', self.batch(['rook'], self.index, '-c', '100').stderr)


class OptionsTest(BatchCase):
    def test_fail_early_ends_at_the_first_error(self):
        queries = ['rook'] * 10 + ['block:nix'] + ['rook'] * 20000
        for where in self.both():
            result = self.batch(queries, where, '--fail-early')
            self.assertEqual(result.returncode, 2)
            self.assertLess(self.report(result)[0], 20000)
            self.assertIn(b'ended at the first error', result.stderr)
            self.assertTrue(result.stdout.startswith(self.expected('rook') * 10))

    def test_the_rate_is_kept(self):
        for where in self.both():
            begin = time.monotonic()
            self.batch(['rook'] * 60, where, '--rate=100')
            self.assertGreater(time.monotonic() - begin, 0.45)

    def test_a_list_that_is_repeated_is_answered_as_before(self):
        queries = self.queries[:100]
        once = self.batch(queries, '--mode=classic')
        for where in self.both():
            result = self.batch(queries, where, '--mode=classic', '--repeat=7')
            self.assertEqual(result.stdout, once.stdout)
            self.assertEqual(self.report(result)[0], 700)
            self.assertEqual(result.returncode, once.returncode)
            path = self.directory / 'queries.txt'
            with open(path, 'rb') as file:
                again = self.charfinder(where, '--batch', '--mode=classic', '--repeat=3', stdin=file)
            self.assertEqual((again.stdout, self.report(again)[0]), (once.stdout, 300))
            self.assertError(self.charfinder(where, '--batch', '-q', '--repeat=2', input=b'rook\n',
                                             stdout=subprocess.DEVNULL), 2, '--batch=FILE') \
                if where == self.index else None

    def test_for_some_time(self):
        begin = time.monotonic()
        result = self.batch(['rook', 'white bishop'], '--for=1', '--rate=1000')
        self.assertGreater(time.monotonic() - begin, 1)
        self.assertEqual(result.stdout, self.expected('rook') + self.expected('white bishop'))
        self.assertGreater(self.report(result)[0], 100)
        self.assertEqual(result.returncode, 0)

    def test_an_answer_that_differs_is_told(self):
        answers = itertools.count()

        async def converse(server, reader, writer):
            writer.write(PROMPT)
            while line := (await reader.readline()).strip():
                if line.startswith(b':'):
                    writer.write(b'%s: x\r\n?> ' % line[1:].split()[0])
                else:
                    rows = next(answers) // 40 % 2
                    writer.write(b'U+0041 \tA\tX\r\n' * rows
                                 + (b'1 match for ' if rows else b'No match for ') + b"'%s'\r\n?> " % line)

        with chaos_proxy.FakeServer(converse) as fake:
            result = self.batch(['rook'], '--server=' + fake.name, '--repeat=100', '-c1', '-p1')
        self.assertEqual(result.returncode, 3)
        self.assertEqual(result.stdout, b"(No match for 'rook')\n")
        self.assertEqual(self.report(result)[3:], (40, '40 answered otherwise than before '
                                                   '(line 1: not the answer of the first time)'))

    def test_a_file_for_each_answer(self):
        for where in self.both():
            for options, suffix in (([], 'txt'), (['--json'], 'json'), (['--tsv'], 'tsv')):
                out = self.directory / f'out{suffix}{where[2]}'
                out.mkdir()
                queries = self.queries[:300] + ['', 'block:nix']
                result = self.batch(queries, where, *options, f'--output={out}')
                self.assertEqual(result.stdout, b'')
                self.assertEqual(sorted(os.listdir(out)), [f'{n:06}.{suffix}' for n in range(1, 301)])
                if suffix == 'txt':
                    one = self.batch(queries[:300], where).stdout
                    self.assertEqual(b''.join(file.read_bytes() for file in sorted(out.iterdir())), one)
                    # once more, in place of those that are there
                    self.batch(queries, where, f'--output={out}')
                    self.assertEqual(b''.join(file.read_bytes() for file in sorted(out.iterdir())), one)


class EndsTest(BatchCase):
    """However it ends: one line, the right status, and no half answers."""

    def assertWhole(self, output, status=b'('):
        self.assertTrue(output == b'' or output.endswith(b')\n'), output[-100:])

    def big(self):
        return self.write('big.txt', b'rook\nwhite bishop\n' * 200000)

    def test_a_full_disk(self):
        for where in self.both():
            with open('/dev/full', 'wb') as full:
                result = self.charfinder(where, f'--batch={self.big()}', '-q', stdout=full)
            self.assertEqual((result.returncode, result.stderr),
                             (2, b'charfinder: cannot write to standard output: No space left on device\n'))

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_a_closed_pipe(self):
        for where in self.both():
            for restored, status in ((True, -signal.SIGPIPE), (False, 2)):
                with subprocess.Popen(suite.program('charfinder') + [where, f'--batch={self.big()}'],
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                      restore_signals=restored) as process:
                    self.assertTrue(process.stdout.readline())
                    process.stdout.close()
                    self.assertEqual(process.wait(daemon.DEADLINE), status)
                    self.assertEqual(process.stderr.read(), b'')

    def test_a_directory_that_goes(self):
        for where in self.both():
            out = self.directory / ('out' + where[2])
            out.mkdir()
            with subprocess.Popen(suite.program('charfinder') + [where, f'--batch={self.big()}', '-q',
                                                                 f'--output={out}'],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                daemon.wait_for(lambda: len(os.listdir(out)) > 10, 'files')
                moved = self.directory / ('moved' + where[2])
                os.rename(out, moved)  # of no consequence
                for _ in range(3):
                    for name in os.listdir(moved):
                        with contextlib.suppress(FileNotFoundError):
                            os.unlink(moved / name)
                    with contextlib.suppress(OSError):
                        os.rmdir(moved)
                        break
                else:
                    process.send_signal(signal.SIGSTOP)
                    daemon.wait_for(lambda: preload.state(process.pid) == 'T', 'stop')
                    for name in os.listdir(moved):
                        os.unlink(moved / name)
                    os.rmdir(moved)
                    process.send_signal(signal.SIGCONT)
                self.assertEqual(process.wait(daemon.DEADLINE), 2)
                self.assertRegex(process.stderr.read().decode(),
                                 rf'\Acharfinder: cannot write {out}/\d+\.txt: No such file or directory\n\Z')

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_ctrl_c_lets_go_and_reports(self):
        for where in self.both():
            for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
                output = self.directory / 'output'
                with open(output, 'wb') as file, \
                        subprocess.Popen(suite.program('charfinder') + [where, f'--batch={self.big()}', '--rate=5000',
                                                                        '--mode=classic'],
                                         stdout=file, stderr=subprocess.PIPE) as process:
                    daemon.wait_for(lambda: output.stat().st_size > 1000, 'output')
                    process.send_signal(number)
                    self.assertEqual(process.wait(daemon.DEADLINE), status)
                    said = process.stderr.read()
                self.assertIn(b': interrupted\n', said)
                both = self.expected('rook') + self.expected('white bishop')
                written = output.read_bytes()
                whole = both * (len(written) // len(both) + 1)
                self.assertTrue(whole.startswith(written))
                self.assertWhole(written)
                done = number_of(said)
                self.assertEqual(written.count(b'\n(') , done)

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_ctrl_c_leaves_no_half_file(self):
        for where in self.both():
            out = self.directory / ('out' + where[2])
            out.mkdir()
            with subprocess.Popen(suite.program('charfinder') + [where, f'--batch={self.big()}', f'--output={out}',
                                                                 '--mode=classic'],
                                  stderr=subprocess.PIPE) as process:
                daemon.wait_for(lambda: len(os.listdir(out)) > 100, 'files')
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.wait(daemon.DEADLINE), 130)
                done = number_of(process.stderr.read())
            names = os.listdir(out)
            self.assertEqual([name for name in names if not re.fullmatch(r'\d{6}\.txt', name)], [])
            self.assertEqual(len(names), done)
            for name in names[:200]:
                query = 'rook' if int(name[:6]) % 2 else 'white bishop'
                self.assertEqual((out / name).read_bytes(), self.expected(query))

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_ctrl_c_when_nobody_reads(self):
        """A reader that has stopped reading does not keep it from ending."""
        for where in self.both():
            read, write = os.pipe()
            with subprocess.Popen(suite.program('charfinder') + [where, f'--batch={self.big()}', '-q'],
                                  stdout=write, stderr=subprocess.PIPE) as process:
                os.close(write)
                daemon.wait_for(lambda: sleeping(process.pid), 'rest')
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.wait(daemon.DEADLINE), 130)
            os.close(read)


def number_of(said):
    return number(re.search(r'([\d,]+) quer', said.decode()).group(1))


def sleeping(pid):
    """Has the process done nothing for a while?"""
    before = processor_ticks(pid)
    time.sleep(0.3)  # not in hope: over this time it is measured
    return before > 0 and processor_ticks(pid) == before


def processor_ticks(pid):
    with open(f'/proc/{pid}/stat', encoding='ascii') as stat:
        fields = stat.read().rsplit(')', 1)[1].split()
    return int(fields[11]) + int(fields[12])


def own_memory(pid):
    """0 of a process that has ended and is still to be waited for."""
    with open(f'/proc/{pid}/status', encoding='ascii') as status:
        return next((1024 * int(line.split()[1]) for line in status if line.startswith('RssAnon:')), 0)


def is_instrumented(pid):
    """By a sanitizer, which maps terabytes for itself."""
    with open(f'/proc/{pid}/status', encoding='ascii') as status:
        return any(line.startswith('VmSize:') and int(line.split()[1]) > 1 << 30 for line in status)


class MemoryTest(BatchCase):
    """Bounded, however long the list, and whoever reads the answers."""

    @unittest.skipIf(suite.wrap(), 'its memory is not its own')
    def test_a_long_list(self):
        count = 1000000 if suite.long_run() else 50000
        query = 'white bishop'
        expected = self.expected(query)
        for where in self.both():
            with subprocess.Popen(suite.program('charfinder') + [where, '--batch', '--mode=classic'],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                def feed(process=process):
                    for _ in range(count // 1000):
                        process.stdin.write((query + '\n').encode() * 1000)
                    process.stdin.close()

                feeder = threading.Thread(target=feed)
                feeder.start()
                most = 0
                self.instrumented = is_instrumented(process.pid)
                for n in range(count // 1000):
                    self.assertTrue(process.stdout.read(1000 * len(expected)) == expected * 1000, n)
                    most = max(most, own_memory(process.pid))
                self.assertEqual(process.stdout.read(), b'')
                feeder.join()
                self.assertEqual(process.wait(daemon.DEADLINE), 0)
                self.assertEqual(number_of(process.stderr.read()), count)
            if not self.instrumented:
                self.assertLess(most, 40e6)
            suite.checked(f'{count} queries {where.split(":")[0][2:8]}: at most {most / 1e6:.1f} MB')

    @unittest.skipIf(suite.wrap(), 'its memory is not its own')
    def test_big_answers_that_nobody_reads(self):
        for where in self.both():
            for options in ([], ['--unordered']):
                read, write = os.pipe()
                path = self.write('cjk.txt', b'cjk\n' * 100)
                with subprocess.Popen(suite.program('charfinder') + [where, f'--batch={path}', '-c', '30', '--timeout=600',
                                                                     '--mode=classic', *options],
                                      stdout=write, stderr=subprocess.PIPE) as process:
                    os.close(write)
                    daemon.wait_for(lambda: sleeping(process.pid), 'rest')
                    memory = own_memory(process.pid)
                    self.instrumented = is_instrumented(process.pid)
                    with open(read, 'rb') as file:
                        expected = self.expected('cjk')
                        for n in range(100):
                            self.assertTrue(file.read(len(expected)) == expected,
                                            (n, options, select.select([process.stderr], [], [], 0)[0] and os.read(process.stderr.fileno(), 999)))
                        self.assertEqual(file.read(), b'')
                    self.assertEqual(process.wait(daemon.DEADLINE), 0)
                # what is held, and for each of 30 connections or threads one answer of 4 MB at the most
                if not self.instrumented:
                    self.assertLess(memory, 190e6)
                suite.checked(f'100 answers of 4 MB {options or "in order"}: {memory / 1e6:.0f} MB when nobody reads')


if __name__ == '__main__':
    suite.main()
