#!/usr/bin/env python3
"""The log: whoever reads it, or does not, makes nobody wait; what is lost is counted and
said; what was said before the end comes out."""

import contextlib
import fcntl
import os
import pathlib
import re
import select
import signal
import subprocess
import tempfile
import termios
import threading
import unittest
import unittest.mock

import daemon
import programs
import suite

PIPE_SIZE = 65536
QUERY = b'rook\n'
SERVING = daemon.SERVING
LOST = re.compile(rb'^log lines lost=(\d+), for they were not read in time\n', re.M)
DROPPED = re.compile(rb'^charfinder_log_lines_dropped_total (\d+)\n', re.M)


class DaemonWithPipe(daemon.Daemon):
    """Its standard error is a pipe, which is read when a test says so. `full`: the pipe is
    so from the beginning."""

    def __init__(self, *arguments, full=False):
        super().__init__(*arguments)
        self.full = full

    def open_stderr(self):
        self.log, end = os.pipe()
        fcntl.fcntl(self.log, fcntl.F_SETPIPE_SZ, PIPE_SIZE)
        self.filled = fill(end) if self.full else 0
        return os.fdopen(end, 'wb', buffering=0)

    def __enter__(self):
        super().__enter__()
        self._stderr.close()  # it is the daemon's alone now
        self._stderr = tempfile.TemporaryFile()
        return self

    def __exit__(self, *exception):
        super().__exit__(*exception)
        os.close(self.log)

    def stderr(self):
        return ''  # not to be read yet

    def stop(self, number=signal.SIGTERM):
        """Says so on standard output too, but not while the log is stuck."""
        if not self.signalled:
            self.send_signal(number)
        assert self.wait() == 0, self.process.returncode

    def read_log(self, until=None):
        """What is in the pipe, up to the end, or until the pattern is found."""
        os.set_blocking(self.log, False)
        received = b''
        while not (until and until.search(received)):
            if not select.select([self.log], [], [], daemon.DEADLINE)[0]:
                raise daemon.Late(f'no end of the log, after {received[-300:]!r}')
            data = os.read(self.log, 1 << 20)
            if not data:
                break
            received += data
        return received[self.filled:]


def fill(pipe):
    """Writes to a pipe until it is full: returns how many bytes that took."""
    os.set_blocking(pipe, False)
    filled = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            filled += os.write(pipe, b'x' * 4096)
    with contextlib.suppress(BlockingIOError):
        while True:
            filled += os.write(pipe, b'\n')
    os.set_blocking(pipe, True)
    return filled


def numbered(number):
    """A query whose log line, with --verbose, is long and tells its number."""
    return b'nosuchword%08d%s\n' % (number, b'x' * 4000)


def numbers(log):
    return [int(number) for number in re.findall(rb"No match for 'nosuchword(\d{8})x", log)]


class JournalDaemon(daemon.Daemon):
    """Its standard error is what JOURNAL_STREAM says, as under systemd, unless `elsewhere`."""

    def __init__(self, *arguments, elsewhere=False):
        super().__init__(*arguments)
        self.elsewhere = elsewhere

    def open_stderr(self):
        file = super().open_stderr()
        facts = os.fstat(file.fileno())
        stream = f'{facts.st_dev}:{facts.st_ino + self.elsewhere}'
        self.popen_options = {'env': {**os.environ, 'JOURNAL_STREAM': stream, 'INVOCATION_ID': 'of a test'}}
        return file


class LevelsTest(programs.ProgramTest):
    def log_of(self, d):
        with d:
            d.reply(b'rook\n')
            d.process.send_signal(signal.SIGHUP)
            daemon.wait_for(lambda: 'reloaded' in d.stderr(), 'reload')
        return d.stderr()

    def test_each_says_how_much_is_logged(self):
        for what, found in (('errors', ['reloaded']), ('connections', ['opened', 'closed', 'reloaded']),
                            ('queries', ['opened', 'answered', 'closed', 'reloaded'])):
            log = self.log_of(daemon.Daemon(f'--log={what}'))
            for word in ('opened', 'answered', 'closed', 'reloaded'):
                self.assertEqual(bool(re.search(fr'\b{word}\b', log)), word in found, log)

    def test_a_journal_is_told_the_level_of_each_line(self):
        log = self.log_of(JournalDaemon('--log=queries'))
        for line in (r'<6>c\d+ opened peer=\S+ face=prompt', r'<6>c\d+ closed reason=end-of-input queries=1',
                     r'<6>c\d+ answered status="\d+ matches for \'rook\'"', '<5>reloaded generation=2 .*'):
            self.assertRegex(log, f'(?m)^{line}$')

    def test_a_status_is_logged_in_words_without_control_characters_whatever_the_format(self):
        with daemon.Daemon('--mode=auto', '--log=queries') as d:
            for format in (b'text', b'tsv', b'json'):
                d.reply(b':format ' + format + b'\ncat:\x1b["\n')
        status = r"Error: column 5: no general category is called '?[\x22'; try Sm or Currency_Symbol"
        self.assertEqual(re.findall(r'answered (.*)', d.stderr()), [f'status="{status}"'] * 3)

    def test_errors_are_the_first_that_one_sees(self):
        d = JournalDaemon('--log=errors', '--max-clients=1')
        d.command.append('--index=' + str(self.write('index.db', b'')))
        index = self.directory / 'index.db'
        index.write_bytes(pathlib.Path(suite.database()).read_bytes())
        with d:
            with contextlib.closing(d.connect()) as first:
                daemon.read_until(first, b'?> ')
                d.reply(b'')
            index.rename(self.directory / 'gone')
            d.process.send_signal(signal.SIGHUP)
            daemon.wait_for(lambda: 'reload failed' in d.stderr(), 'failure')
        self.assertRegex(d.stderr(), r'\A<4>refused peer=\S+ reason=max-clients\n<3>reload failed, .*\n\Z')

    def test_nobody_else_is(self):
        self.assertNotIn('<', self.log_of(JournalDaemon(elsewhere=True)))

    def test_a_word_that_is_none_is_an_error(self):
        self.assertError(self.run_program('charfinderd', '--log=all'), 2, '--log=all', 'queries')


class UnreadTest(unittest.TestCase):
    def setUp(self):
        # So that a root who runs the tests is not told that there are others.
        self.enterContext(unittest.mock.patch.dict(os.environ, INVOCATION_ID='of a test'))
        self.reply = suite.oracle().reply(QUERY)

    def assertServes(self, d):
        self.assertEqual(d.reply(QUERY), self.reply)

    def ask_numbered(self, d, count):
        """One connection that asks `count` queries, each answered."""
        with contextlib.closing(d.connect()) as s:
            self.assertEqual(daemon.talk(s, [numbered(i) for i in range(count)]).count(b'No match'),
                             count)

    def metrics(self, d):
        with contextlib.closing(d.connect(d.http())) as s:
            s.sendall(b'GET /metrics HTTP/1.0\r\n\r\n')
            return daemon.read_to_end(s)

    def test_a_log_that_nobody_reads_stops_nobody(self):
        connections = 200 if suite.wrap() else 2500
        with DaemonWithPipe('--workers=2', '--shutdown-timeout=1', full=True) as d:
            for _ in range(connections):
                self.assertServes(d)
            # And the end comes in the time that was promised.
            d.stop()
        suite.checked(f'{connections} connections served, and a stop, with the log a full pipe')

    def test_nor_does_a_stopped_terminal(self):
        master, terminal = os.openpty()
        self.addCleanup(os.close, master)
        with os.fdopen(terminal, 'wb', buffering=0) as end:
            d = DaemonWithPipe('--workers=2', '--shutdown-timeout=1')
            d.open_stderr = lambda: os.fdopen(os.dup(end.fileno()), 'wb')
            d.log = os.dup(master)
            with d:
                self.assertServes(d)
                termios.tcflow(end.fileno(), termios.TCOOFF)  # Ctrl-S
                for _ in range(50):
                    self.assertServes(d)
                d.stop()

    def test_a_second_signal_ends_it_though_the_log_is_stuck(self):
        with DaemonWithPipe('--shutdown-timeout=3600', full=True) as d:
            self.assertServes(d)
            d.send_signal()
            daemon.wait_for(lambda: not accepts(d), 'end of listening')
            d.send_signal()
            self.assertEqual(d.wait(), 0)

    def test_what_was_logged_before_the_end_is_written_when_it_is_read(self):
        with DaemonWithPipe('--verbose', '--shutdown-timeout=3600', full=True) as d:
            self.ask_numbered(d, 50)
            d.send_signal()
            # The sessions are over: what keeps it is the log.
            daemon.wait_for(lambda: not accepts(d), 'end of listening')
            log = d.read_log()
            self.assertEqual(d.wait(), 0)
        self.assertEqual(numbers(log), list(range(50)))
        self.assertTrue(re.search(rb'\nc\d+ closed reason=end-of-input queries=50\n', log))

    def test_lines_keep_their_order_and_what_is_lost_is_counted_where_it_is_missing(self):
        asked = 1000
        with DaemonWithPipe('--verbose', '--workers=1', '--http=127.0.0.1:0') as d:
            self.ask_numbered(d, asked)
            dropped = int(DROPPED.search(self.metrics(d))[1])
            self.assertGreater(dropped, 100)
            self.assertServes(d)  # its lines find no room, or come after the notice
            log = d.read_log(LOST)
            self.assertServes(d)
            d.send_signal()
            log += d.read_log()
        got, lost = numbers(log), sum(map(int, LOST.findall(log)))
        self.assertEqual(got, list(range(len(got))), 'the first lines, in order')
        before = log[:LOST.search(log).start()]
        self.assertEqual(numbers(before), got)
        self.assertEqual(before.count(b'\n') - 1 - len(got), 0, 'all that was before is there')
        self.assertGreaterEqual(lost, dropped)
        self.assertGreaterEqual(lost + len(got), asked)
        suite.checked(f'of {asked} long lines {len(got)} were kept, in order, and '
                      f'{lost} counted as lost')

    def test_a_reader_that_is_slow_but_reads_misses_nothing(self):
        asked = 200  # fewer than the ring has room for
        with DaemonWithPipe('--verbose', full=True) as d:
            self.ask_numbered(d, asked)
            reader = Reader(d)
            d.send_signal()
            self.assertEqual(d.wait(), 0)
            log = reader.result()
        self.assertEqual(numbers(log), list(range(asked)))
        self.assertFalse(LOST.search(log))

    def test_a_reader_that_goes_away_stops_nobody(self):
        with DaemonWithPipe('--workers=2', '--http=127.0.0.1:0') as d:
            os.close(d.log)
            d.log = os.open(os.devnull, os.O_RDONLY)
            for _ in range(100):
                self.assertServes(d)
            daemon.wait_for(lambda: int(DROPPED.search(self.metrics(d))[1]) >= 200, 'lost lines')


class Reader(threading.Thread):
    """Reads the log to its end, a few bytes at a time."""

    def __init__(self, d):
        super().__init__(daemon=True)
        self.d = d
        self.received = b''
        self.start()

    def run(self):
        while data := os.read(self.d.log, 1000):
            self.received += data

    def result(self):
        self.join(daemon.DEADLINE)
        return self.received[self.d.filled:]


def accepts(d):
    with contextlib.suppress(OSError), contextlib.closing(d.connect()):
        return True
    return False


class StartTest(programs.ProgramTest):
    """What is said before there is a thread that writes."""

    def test_errors_of_the_start_come_out_and_end_it(self):
        self.assertError(self.run_program('charfinderd', '--index=nosuchfile.db'), 1, 'nosuchfile.db')
        with daemon.Daemon() as d:
            self.assertError(self.run_program('charfinderd', '--index=' + suite.database(),
                                              d.host, str(d.port)), 1, 'Address already in use')

    def test_both_outputs_in_one_pipe_are_in_order(self):
        reading, writing = os.pipe()
        with os.fdopen(reading, 'rb') as log:
            process = subprocess.Popen(
                suite.program('charfinderd') + ['--index=' + suite.database(), '127.0.0.1', '0'],
                stdin=subprocess.DEVNULL, stdout=writing, stderr=writing,
                env={**os.environ, 'INVOCATION_ID': 'of a test'})  # so that nobody minds root
            os.close(writing)
            try:
                first = log.readline()
                self.assertRegex(first.decode(), SERVING)
                host, port = SERVING.findall(first.decode())[0]
                with contextlib.closing(daemon.socket.create_connection((host, int(port)))) as s:
                    daemon.talk(s, [QUERY])
                    lines = [log.readline(), log.readline()]
                process.send_signal(signal.SIGTERM)
                lines += log.readlines()
                self.assertEqual(process.wait(daemon.DEADLINE), 0)
            finally:
                process.kill()
        patterns = (rb'c\d+ opened ', rb'c\d+ closed ', rb'Server shutting down\.\n')
        self.assertEqual(len(lines), 3, lines)
        for line, pattern in zip(lines, patterns):
            self.assertRegex(line, pattern)


if __name__ == '__main__':
    suite.main()
