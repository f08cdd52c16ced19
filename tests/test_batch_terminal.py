#!/usr/bin/env python3
"""charfinder --batch on a terminal: the bar, the spinner, that they are wiped whatever ends the
work, and Ctrl-C, on pseudo-terminals."""

import asyncio
import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unittest

import chaos_proxy
import daemon
import suite
import test_batch

WIPE = '\r\033[K'
BAR = re.compile('[\u2588-\u258f ]{24} +\\d+ %')
SPINNER = re.compile(r'[|/\\-] [\d,]+ done')


class Terminal:
    """Runs a program on a pseudo-terminal, which is its standard error, its controlling terminal
    and, if it is told so, its standard output. What has come is `text`."""

    def __init__(self, arguments, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, columns=100, **environment):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 30, columns, 0, 0))

        def take_terminal():
            os.setsid()
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # as a shell does; make may have been told not to
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            suite.program('charfinder') + arguments, stdin=stdin, stdout=slave if stdout is None else stdout,
            stderr=slave, preexec_fn=take_terminal,
            env={'TERM': 'xterm', 'PATH': os.environ['PATH'], **environment})
        os.close(slave)
        self.decoder = codecs.getincrementaldecoder('utf-8')()
        self.text = ''

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        os.close(self.master)

    def read(self):
        """Whether there may be more."""
        with contextlib.suppress(OSError):  # EIO: nobody has it open any more
            if not select.select([self.master], [], [], daemon.DEADLINE)[0]:
                raise daemon.Late(f'nothing comes after {self.text[-200:]!r}')
            data = os.read(self.master, 65536)
            self.text += self.decoder.decode(data)  # a character may come in two reads
            return bool(data)
        return False

    def read_until(self, pattern):
        while not re.search(pattern, self.text):
            if not self.read():
                raise AssertionError(f'no {pattern!r} in {self.text[-500:]!r}')

    def read_to_end(self):
        """The exit status."""
        while self.read():
            pass
        return self.process.wait(daemon.DEADLINE)

    def type(self, text):
        os.write(self.master, text.encode())

    def screen(self):
        """The lines as somebody sees them."""
        lines, column = [''], 0
        for token in re.findall(r'\033\[K|\033\[[0-9]*m|(?s:.)', self.text):
            if token == '\033[K':
                lines[-1] = lines[-1][:column]
            elif token == '\r':
                column = 0
            elif token == '\n':
                lines.append('')
                column = 0
            elif not token.startswith('\033'):
                lines[-1] = lines[-1][:column].ljust(column) + token + lines[-1][column + 1:]
                column += 1
        return lines


def but_for_help(line):
    """A line of a terminal, without what marks sit on and what isolates text from right to left."""
    return re.sub('[\u25CC\u2068\u2069]', '', line)


class TerminalTest(test_batch.BatchCase):
    def setUp(self):
        super().setUp()
        try:
            for fd in pty.openpty():
                os.close(fd)
        except OSError as error:
            self.skipTest(f'needs a pseudo-terminal: {error}')

    def list(self, count=2000, query='rook'):
        return f'--batch={self.write("list.txt", (query + chr(10)).encode() * count)}'

    def assertWiped(self, terminal, first_line):
        """Nothing of the progress is left, only what is said in the end."""
        screen = terminal.screen()
        self.assertFalse([line for line in screen if BAR.search(line) or SPINNER.search(line)], screen)
        self.assertRegex(screen[0], first_line)
        self.assertIn(WIPE, terminal.text)

    def test_a_bar_that_is_wiped(self):
        for where in self.both():
            with Terminal([where, self.list(), '--rate=1500']) as terminal:
                self.assertEqual(terminal.read_to_end(), 0)
                drawn = BAR.findall(terminal.text)
                shares = [int(bar.split()[-2]) for bar in drawn]
                self.assertGreater(len(drawn), 3)
                self.assertEqual(shares, sorted(shares))
                self.assertRegex(terminal.text, r'% +[\d,]+ of 2,000 +[\d,]+/s +ETA 0:0\d')
                self.assertWiped(terminal, r'^2,000 queries ')
        suite.checked(f'{len(drawn)} bars were drawn, from {shares[0]} % to {shares[-1]} %')

    def test_the_bar_is_by_count_of_the_queries_that_there_are(self):
        """Not by bytes: the first ones are long. Empty lines are none."""
        data = b'rook\n\n' + b'rook \r\n' * 99 + ' \u3000\n'.encode() + (b' ' * 200 + b'rook\n') * 100 + b'x' * 70000
        path = self.write('list.txt', b'not this\n' + data)
        for where in self.both():
            for repeat, total in ((1, 201), (3, 603)):
                with open(path, 'rb') as file:
                    os.lseek(file.fileno(), len(b'not this\n'), os.SEEK_SET)
                    with Terminal([where, '--batch', f'--rate={120 * repeat}', f'--repeat={repeat}'], stdin=file) as terminal:
                        self.assertEqual(terminal.read_to_end(), 2)  # one is too long
                drawn = re.findall(r' (\d+) %  ([\d,]+) of ([\d,]+) ', terminal.text)
                self.assertGreater(len(drawn), 3, terminal.text[-300:])
                for share, done, of in drawn:
                    self.assertEqual(int(of), total)
                    self.assertAlmostEqual(int(share), 100 * int(done) / total, delta=1)

    def test_a_spinner_for_pipes(self):
        for where in self.both():
            with Terminal([where, '--batch'], stdin=subprocess.PIPE) as terminal:
                for _ in range(8):
                    terminal.process.stdin.write(b'rook\n' * 10)
                    terminal.process.stdin.flush()
                    time.sleep(0.1)  # not in hope: it is to take some time
                terminal.read_until(r'[|] 80 done')
                terminal.read_until(r'/ 80 done')
                terminal.read_until(r'- 80 done')
                terminal.read_until(r'\\ 80 done')
                terminal.process.stdin.close()
                self.assertEqual(terminal.read_to_end(), 0)
                self.assertWiped(terminal, r'^80 queries ')

    def test_what_is_over_soon_draws_nothing(self):
        if suite.wrap():
            self.skipTest('nothing is over soon in a wrapper')
        with Terminal([self.index, self.list(2)]) as terminal:
            self.assertEqual(terminal.read_to_end(), 0)
            if 'in 0.0' in terminal.text or 'in 0.1' in terminal.text:
                self.assertNotIn('\033', terminal.text)

    def test_waiting_for_a_server(self):
        async def converse(server, reader, writer):
            await server.asked.wait()
            writer.write(b'?> ')
            while line := (await reader.readline()).strip():
                setting = re.match(rb':(\w+)', line)
                writer.write(setting[1] + b': well\r\n?> ' if setting else b"No match for 'rook'\r\n?> ")
        with chaos_proxy.FakeServer(converse) as fake:
            fake.asked = asyncio.Event()
            for arguments in (['rook'], [self.list(1)]):
                with Terminal(['--server=' + fake.name, *arguments], stdout=None) as terminal:
                    terminal.read_until(r'[|/\\-] connecting to ' + fake.name)
                    fake.loop.call_soon_threadsafe(fake.asked.set)
                    self.assertEqual(terminal.read_to_end(), 1)
                    self.assertWiped(terminal, r"^\(No match for 'rook'\)$")
                fake.asked = asyncio.Event()
            with Terminal(['--server=' + fake.name, 'rook', '--timeout=1', '--retries=0'], stdout=None) as terminal:
                self.assertEqual(terminal.read_to_end(), 3)
                self.assertWiped(terminal, '^charfinder: cannot connect to ')
            fake.loop.call_soon_threadsafe(fake.asked.set)

    def test_it_is_wiped_when_an_error_ends_it(self):
        data = b'rook\n' * 1500 + b'block:nix\n' * 2
        path = self.write('errors.txt', data)
        for where in self.both():
            with Terminal([where, f'--batch={path}', '--rate=1500', '-v']) as terminal:
                self.assertEqual(terminal.read_to_end(), 2)
                self.assertTrue(BAR.search(terminal.text))
                self.assertWiped(terminal, '^charfinder: line 1501: column 7: ')
                self.assertRegex(terminal.screen()[1], '^charfinder: line 1502: column 7: ')
                self.assertRegex(terminal.screen()[2], '^1,502 queries ')
            with Terminal([where, f'--batch={path}', '--rate=1500', '--fail-early']) as terminal:
                self.assertEqual(terminal.read_to_end(), 2)
                self.assertWiped(terminal, '^1,501 queries .*ended at the first error')
            with open('/dev/full', 'wb') as full, \
                    Terminal([where, '--batch'], stdin=subprocess.PIPE, stdout=full) as terminal:
                terminal.read_until(SPINNER.pattern if where == self.index else r'0 done|connecting')
                terminal.process.stdin.write(b'rook\n')
                terminal.process.stdin.flush()
                self.assertEqual(terminal.read_to_end(), 2)
                self.assertWiped(terminal, '^charfinder: cannot write to standard output: No space left')

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_ctrl_c(self):
        for where in self.both():
            with Terminal([where, self.list(100000), '--rate=1500']) as terminal:
                terminal.read_until(BAR)
                terminal.type('\x03')
                self.assertEqual(terminal.read_to_end(), 130)
                screen = terminal.screen()
                self.assertFalse([line for line in screen if BAR.search(line)], screen)
                self.assertRegex('\n'.join(screen), r'(?m)^(\^C)?[\d,]+ queries .*: interrupted$')

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_ctrl_c_while_waiting_for_a_server(self):
        async def converse(server, reader, writer):
            await asyncio.sleep(3600)
        with chaos_proxy.FakeServer(converse) as fake:
            with Terminal(['--server=' + fake.name, 'rook'], stdout=None) as terminal:
                terminal.read_until('connecting')
                terminal.type('\x03')
                self.assertEqual(terminal.read_to_end(), 130)
                self.assertNotIn('connecting', '\n'.join(terminal.screen()))

    def test_answers_and_progress_do_not_mix(self):
        queries = self.queries[:200]
        path = self.write('list.txt', ''.join(q + '\n' for q in queries).encode())
        expected = [but_for_help(line) for line in b''.join(map(self.expected, queries)).decode().split('\n')[:-1]]
        for where in self.both():
            with Terminal([where, f'--batch={path}', '--rate=200', '--mode=classic', '-q', '--color=never'],
                          stdout=None) as terminal:
                self.assertIn(terminal.read_to_end(), (0, 1))
                self.assertTrue(BAR.search(terminal.text))
                self.assertEqual([but_for_help(line) for line in terminal.screen() if line], expected)

    def test_no_terminal_no_progress_unless_asked_for(self):
        arguments = [self.server, self.list(1000), '--rate=1000', '-q']
        self.assertEqual(self.charfinder(*arguments, stdout=subprocess.DEVNULL).stderr, b'')
        said = self.charfinder(*arguments, '--progress=always', stdout=subprocess.DEVNULL).stderr.decode()
        self.assertTrue(BAR.search(said))
        self.assertTrue(said.endswith(WIPE))
        for environment, options in (({}, ['--progress=never']), ({'NO_COLOR': '1'}, []), ({'TERM': 'dumb'}, [])):
            with Terminal(arguments + options, **environment) as terminal:
                self.assertEqual(terminal.read_to_end(), 0)
                self.assertEqual(terminal.text, '')

    def test_a_narrow_terminal(self):
        with Terminal([self.index, self.list(1000), '--rate=1000', '-q'], columns=20) as terminal:
            self.assertEqual(terminal.read_to_end(), 0)
            drawn = terminal.text.split(WIPE)
            self.assertTrue(all(len(line) < 20 for line in drawn))
            self.assertGreater(len(drawn), 2)


if __name__ == '__main__':
    suite.main()
