#!/usr/bin/env python3
"""charfinder --batch against servers and networks that are not what they should be: every query is
answered to the byte, once, or counted as one that is not. The proxy is chaos_proxy.py.

CHARFINDER_SEED=N makes it another chaos; CHARFINDER_LONG=1 makes it last."""

import asyncio
import json
import os
import re
import socket
import struct
import unittest

import chaos_proxy
import suite
import test_batch

SEED = int(os.environ.get('CHARFINDER_SEED', '1'))
PROMPT = b'?> '


def command_reply(line):
    return b'%s: x\r\n' % line[1:].split()[0]


def prompt_server(answer):
    """A server that greets, takes commands, and says answer(line) to everything else; after None it
    says no more, after an exception it hangs up."""
    async def converse(server, reader, writer):
        writer.write(PROMPT)
        while line := (await reader.readline()).strip():
            server.counts['lines'] += 1
            said = command_reply(line) if line.startswith(b':') else answer(server, line)
            if said is None:
                await asyncio.sleep(3600)
            writer.write(said + PROMPT)
            await writer.drain()
    return chaos_proxy.FakeServer(converse)


def none_found(line):
    return b"No match for '%s'\r\n" % line


class FaultsCase(test_batch.BatchCase):
    def ask(self, fake, queries, *arguments):
        return self.batch(queries, '--server=' + fake.name, '--mode=classic', *arguments)


class ChaosTest(FaultsCase):
    CHAOS = (
        ('delays', dict(delay=0.02), []),
        ('small pieces', dict(piece=7), []),
        ('cuts', dict(cut=0.03), ['--retries=20']),
        ('cuts of a pipeline of one', dict(cut=0.05), ['--retries=20', '-p1', '-c20']),
        ('delays and cuts, unordered', dict(delay=0.005, cut=0.03, piece=2000), ['--retries=20', '--unordered', '-c20']),
    )

    def test_every_query_is_answered_once_and_exactly(self):
        queries = self.queries * (5 if suite.long_run() else 1)
        for what, chaos, options in self.CHAOS:
            if 'piece' in chaos and chaos['piece'] < 100:
                queries = queries[:200]
            with chaos_proxy.ChaosProxy((self.daemon.host, self.daemon.port), seed=SEED, **chaos) as proxy:
                result = self.ask(proxy, queries, *options)
            expected = list(map(self.expected, queries))
            printed = re.findall(rb'(?s).*?\n?\([^\n]*\)\n', result.stdout)
            if '--unordered' in options:
                expected.sort()
                printed.sort()
            self.assertTrue(printed == expected, (what, result.stderr))
            done, _, _, errors, _ = self.report(result)
            self.assertEqual((done, errors), (len(queries), 0))
            self.assertIn(result.returncode, (0, 1))
            suite.checked(f'{what}, seed {SEED}: {done} queries answered exactly on '
                          f'{proxy.counts["connections"]} connections, {proxy.counts["cut"]} of them cut')
            queries = self.queries

    def test_what_is_garbled_is_found_out_or_at_least_counted(self):
        queries = self.queries[:500]
        for form in ([], ['--json'], ['--details']):
            with chaos_proxy.ChaosProxy((self.daemon.host, self.daemon.port), seed=SEED, garble=0.3,
                                        piece=256) as proxy:
                result = self.batch(queries, '--server=' + proxy.name, *form, '--retries=10', '--timeout=5')
            self.assertIn(result.returncode, (0, 1, 2, 3))
            done, _, _, errors, _ = self.report(result)
            self.assertEqual(done, len(queries))
            self.assertGreater(proxy.counts['garbled'], 5)
            last = [line for line in map(lenient, result.stdout.splitlines())
                    if isinstance(line, dict) and ('error' in line or 'status' in line)]
            # a garbled number is nobody's fault
            self.assertLessEqual(len(last), done)
            suite.checked(f'garbled {proxy.counts["garbled"]} pieces: {done} queries counted once each, '
                          f'{errors} errors told {form}')


def lenient(line):
    try:
        return json.loads(line)
    except ValueError:
        return None


class BadServerTest(FaultsCase):
    def test_one_that_never_answers(self):
        with prompt_server(lambda server, line: None) as fake:
            result = self.ask(fake, ['rook'] * 10, '--timeout=1', '-c2', '-p2')
            self.assertEqual((result.returncode, result.stdout), (3, b''))
            self.assertEqual(self.report(result)[3:], (10, '10 timed out (line 1: no answer in 1 s)'))
            self.assertError(self.charfinder('--server=' + fake.name, '--timeout=1', 'rook'), 3, 'no answer in 1 s')

    def test_one_that_does_not_even_greet(self):
        async def converse(server, reader, writer):
            await asyncio.sleep(3600)
        with chaos_proxy.FakeServer(converse) as fake:
            self.assertError(self.charfinder('--server=' + fake.name, '--timeout=1', '--retries=1', 'rook'), 3,
                             fake.name, 'no prompt comes; HTTP ')

    def test_one_that_answers_half(self):
        async def converse(server, reader, writer):
            writer.write(PROMPT)
            while line := (await reader.readline()).strip():
                if not line.startswith(b':'):
                    writer.write(b'U+2656 \t\xe2\x99\x96\tWHITE CHESS ROOK\r\nU+265')
                    return
                writer.write(command_reply(line) + PROMPT)
        with chaos_proxy.FakeServer(converse) as fake:
            result = self.ask(fake, ['rook'] * 3, '--retries=1', '-v')
            self.assertEqual((result.returncode, result.stdout), (3, b''))
            self.assertEqual(self.report(result)[:4], (3, 0, 0, 3))
            self.assertIn(b'3 lost (line ', result.stderr)
            self.assertError(self.charfinder('--server=' + fake.name, '--retries=1', 'rook'), 3,
                             'the server has closed the connection')

    def test_one_query_that_kills_the_server_costs_the_others_nothing(self):
        def answer(server, line):
            if line == b'poison':
                raise OSError
            return none_found(line)
        queries = [f'word{n}' for n in range(100)]
        queries[37] = 'poison'
        with prompt_server(answer) as fake:
            result = self.ask(fake, queries, '--retries=2')
        self.assertEqual(result.returncode, 3)
        self.assertEqual(result.stdout, b''.join(b'(' + none_found(q.encode()).strip() + b')\n'
                                                 for q in queries if q != 'poison'))
        # what had been asked behind it was not read, which may come back as a reset
        errors, what = self.report(result)[3:]
        self.assertEqual(errors, 1)
        self.assertRegex(what, r'^1 lost \(line 38: (the server has closed the connection|Connection reset by peer)\)$')

    def test_those_that_speak_another_protocol(self):
        greetings = {'ssh': b'SSH-2.0-OpenSSH_9.2\r\n', 'smtp': b'220 mail ESMTP\r\n', 'a half prompt': b'?>x',
                     'telnet': b'\xff\xfd\x18', 'http': b'HTTP/1.1 400 Bad Request\r\n\r\n', 'a later prompt': b'hello\r\n?> '}
        for what, greeting in greetings.items():
            async def converse(server, reader, writer, greeting=greeting):
                writer.write(greeting)
                await asyncio.sleep(3600)
            with self.subTest(what), chaos_proxy.FakeServer(converse) as fake:
                self.assertError(self.charfinder('--server=' + fake.name, 'rook'), 3,
                                 fake.name, 'not the prompt of a charfinderd')
                result = self.batch(['rook'] * 100, '--server=' + fake.name, '-q')
                self.assertError(result, 3, 'not the prompt of a charfinderd')

    def test_one_that_has_too_many_clients(self):
        async def converse(server, reader, writer):
            writer.write(b'Error: too many clients\r\n')
        with chaos_proxy.FakeServer(converse) as fake:
            self.assertError(self.charfinder('--server=' + fake.name, '--retries=1', 'rook'), 3, 'too many clients')
            self.assertEqual(fake.counts['connections'], 2)

    def test_some_connections_are_enough(self):
        async def converse(server, reader, writer):
            if server.counts['connections'] > 2:
                writer.write(b'Error: too many clients\r\n')
                return
            await prompt_server(lambda _, line: none_found(line)).converse(server, reader, writer)
        with chaos_proxy.FakeServer(converse) as fake:
            result = self.ask(fake, [f'word{n}' for n in range(2000)], '-c20', '--retries=0')
        self.assertEqual((result.returncode, self.report(result)[:4]), (1, (2000, 0, 2000, 0)))

    def test_the_seed_itself_knows_no_commands(self):
        """As a daemon in classic mode: what looks like a command is words."""
        with prompt_server(lambda server, line: none_found(line)) as fake:
            async def converse(server, reader, writer):
                writer.write(PROMPT)
                while line := (await reader.readline()).strip():
                    writer.write(none_found(line) + PROMPT)
            fake.converse = converse
            for arguments in ([], ['--mode=classic']):
                result = self.charfinder('--server=' + fake.name, *arguments, 'rook')
                self.assertEqual((result.returncode, result.stdout), (1, b"(No match for 'rook')\n"))
            result = self.charfinder('--server=' + fake.name, ':quit')
            self.assertEqual(result.stdout, b"(No match for ':quit')\n")
            for arguments in (['--mode=auto'], ['--json'], ['--limit=3'], ['--mode=classic', '--tsv'], ['--details']):
                self.assertError(self.charfinder('--server=' + fake.name, *arguments, 'rook'), 2, '--mode=classic')

    def test_answers_that_are_none(self):
        for what in (b'nonsense\r\n', b'', b"1 match for 'rook'\r\n", b"No match for 'other'\r\n",
                     b"U+2656 \t\xe2\x99\x96\tWHITE CHESS ROOK\r\n2 matches for 'rook'\r\n", b'\r\n', b'\xff\r\n',
                     # what a terminal would obey
                     b"U+2656 \t\xe2\x99\x96\tWHITE \x1b]0;CHESS\x07 ROOK\r\n1 match for 'rook'\r\n",
                     b"U+2656 \t\xe2\x99\x96\tWHITE \xc2\x9b31m\r\n1 match for 'rook'\r\n", b"No match for 'rook'\x7f\r\n"):
            with prompt_server(lambda server, line, what=what: what) as fake:
                self.assertError(self.charfinder('--server=' + fake.name, '--retries=0', 'rook'), 3,
                                 'no answer to the query')

    def test_an_answer_without_an_end_is_given_up(self):
        async def converse(server, reader, writer):
            writer.write(PROMPT)
            while line := (await reader.readline()).strip():
                if line.startswith(b':'):
                    writer.write(command_reply(line) + PROMPT)
                    continue
                while True:
                    writer.write(b'U+2656 \t\xe2\x99\x96\tWHITE CHESS ROOK\r\n' * 20000)
                    await writer.drain()
        with chaos_proxy.FakeServer(converse) as fake:
            result = self.charfinder('--server=' + fake.name, '--retries=0', 'rook')
            self.assertEqual((result.returncode, result.stdout), (3, b''))

    def test_a_server_that_goes_for_good(self):
        class Gone(Exception):
            pass

        def answer(server, line):
            if server.counts['lines'] > 500:
                server.server.close()
                raise OSError
            return none_found(line)
        with prompt_server(answer) as fake:
            result = self.ask(fake, [f'word{n}' for n in range(5000)], '--retries=1', '-c3')
        self.assertEqual(result.returncode, 3)
        done, found, none, errors, rest = self.report(result)
        self.assertEqual(found, 0)
        self.assertEqual(result.stdout.count(b'\n'), none)
        self.assertGreater(none, 300)
        self.assertGreater(errors, 0)
        self.assertLess(done, 5000)
        self.assertIn(b'the rest of the list was not asked', result.stderr)
        self.assertIn(f'charfinder: cannot connect to {fake.name}: Connection refused\n'.encode(), result.stderr)
        numbers = [int(n) for n in re.findall(rb'word(\d+)', result.stdout)]
        self.assertEqual(numbers, sorted(set(numbers)))

    def test_a_connection_that_is_closed_when_idle_is_opened_when_there_is_something_to_ask(self):
        import subprocess
        import daemon

        async def converse(server, reader, writer):
            writer.write(PROMPT)
            for _ in range(2):
                line = (await reader.readline()).strip()
                writer.write((command_reply(line) if line.startswith(b':') else none_found(line)) + PROMPT)
                await writer.drain()
        with chaos_proxy.FakeServer(converse) as fake:
            with subprocess.Popen(suite.program('charfinder') + ['--server=' + fake.name, '--batch', '-q', '-c1'],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
                for n in range(1, 4):
                    process.stdin.write(b'one\n')
                    process.stdin.flush()
                    self.assertEqual(process.stdout.readline(), b"(No match for 'one')\n")
                    self.assertEqual(fake.counts['connections'], n)
                process.stdin.close()
                self.assertEqual(process.wait(daemon.DEADLINE), 1)


if __name__ == '__main__':
    suite.main()
