#!/usr/bin/env python3
"""SIGHUP: a new index in place of the one that is served, while serving goes on. Every
answer is all of one generation; what is no index changes nothing; nothing grows."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import unittest

import daemon
import oracle as oracle_module
import programs
import suite
from load import watch
from load.crowd import Crowd

CURRENT = 'current.db'


def small_table(lines, ideographs, chess):
    """A table with some of the real one: its `ideographs`, a range of code points, and its
    pieces of chess as those of the game `chess`."""
    for line in lines:
        if line.startswith('#'):
            yield line
            continue
        code, name, *rest = line.split('\t')
        block = rest[2]
        if code.startswith('4E00..'):
            yield '\t'.join((ideographs, name, *rest))
        elif block in ('Basic Latin', 'Hiragana', 'Arrows', 'Miscellaneous Symbols'):
            yield '\t'.join((code, name.replace('CHESS', chess), *rest))


def build_small(directory, *what):
    """A small index in `directory`, and its oracle."""
    table, index = directory / 'characters.tsv', directory / 'charindex.db'
    with open(suite.table(), encoding='utf-8') as lines:
        table.write_text(''.join(small_table(lines, *what)), encoding='utf-8')
    subprocess.run(suite.program('mkcharindex') + ['-o', index, directory],
                   stdin=subprocess.DEVNULL, check=True)
    return index, oracle_module.Oracle(*oracle_module.read_table(table))


class ReloadTest(programs.ProgramTest):
    """The daemon's index is a symbolic link, so that anything can be put in its place, by
    one rename."""

    @classmethod
    def setUpClass(cls):
        cls.real = suite.oracle()
        with daemon.Daemon() as d:
            cls.slow = watch.is_instrumented(d)

    def put(self, index):
        """Makes `index` the one that is loaded next."""
        link = self.directory / 'next'
        link.symlink_to(index)
        os.replace(link, self.directory / CURRENT)

    def daemon(self, index, *arguments):
        self.put(index)
        return daemon.Daemon(f'--index={self.directory / CURRENT}', *arguments)

    def reload(self, d, index):
        """Puts `index` in place and waits until it has been loaded or refused; returns
        what the log says of that."""
        self.put(index)
        before = len(d.stderr())
        d.process.send_signal(signal.SIGHUP)
        return daemon.wait_for(lambda: reload_line(d.stderr()[before:]), 'end of the reload')

    def assertAnswers(self, d, oracle, *queries):
        asked = b''.join(query + b'\n' for query in queries)
        self.assertEqual(d.reply(asked), oracle.reply(asked))

    def assertGeneration(self, d, number, done, failed):
        counters = watch.counters(d)
        self.assertEqual(counters['charfinder_generation'], number)
        self.assertEqual(counters['charfinder_reloads_total{result="done"}'], done)
        self.assertEqual(counters['charfinder_reloads_total{result="failed"}'], failed)


def reload_line(log):
    return next((line for line in log.splitlines(keepends=True)
                 if line.startswith('reload') and line.endswith('\n')), None)


class NewIndexTest(ReloadTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        places = [pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
                  for _ in range(2)]
        cls.go, cls.go_oracle = build_small(places[0], '4E00..75FF', 'GO')
        cls.shogi, cls.shogi_oracle = build_small(places[1], '7600..8FFF', 'SHOGI')

    def test_is_served_from_then_on_also_to_those_connected_before(self):
        with self.daemon(self.go, '--workers=3') as d, contextlib.ExitStack() as open_sockets:
            before = [open_sockets.enter_context(contextlib.closing(d.connect())) for _ in range(12)]
            for s in before:
                s.sendall(b'white bishop\n')
                self.assertEqual(daemon.read_until(s, self.go_oracle.reply(b'white bishop\n')),
                                 self.go_oracle.reply(b'white bishop\n'))
            # A file that is only put there is not served yet.
            self.put(self.shogi)
            self.assertAnswers(d, self.go_oracle, b'white bishop', b'cjk')
            said = self.reload(d, self.shogi)
            self.assertRegex(said, r'\Areloaded generation=2 unicode=18\.0\.0 characters='
                             rf'{len(self.shogi_oracle.rows)} words={len(self.shogi_oracle.index)}\n')
            for s in before:
                self.assertEqual(b'?> ' + daemon.talk(s, [b'white bishop\n']),
                                 self.shogi_oracle.reply(b'white bishop\n'))
            for _ in range(12):
                self.assertAnswers(d, self.shogi_oracle, b'white bishop', b'cjk', b'white go')
            self.assertGeneration(d, 2, done=1, failed=0)

    def test_takes_the_answers_that_were_kept_with_it(self):
        asked = b':mode wide\n' + b'white bshop\nchess kngi\n' * 3
        replies = {}
        for index in self.go, self.shogi:
            with self.daemon(index, '--mode=auto', '--cache=0') as d:
                replies[index] = d.reply(asked)
        self.assertNotEqual(*replies.values())
        with self.daemon(self.go, '--mode=auto', '--workers=1') as d:
            for number, index in enumerate((self.go, self.shogi, self.go)):
                if number > 0:
                    self.reload(d, index)
                for _ in range(2):
                    self.assertEqual(d.reply(asked), replies[index])
            counters = watch.counters(d)
            self.assertEqual(counters['charfinder_cache_requests_total{result="miss"}'], 3 * 2)
            self.assertEqual(counters['charfinder_cache_requests_total{result="hit"}'], 3 * 10)

    def test_is_what_dictionary_programs_look_into_from_then_on(self):
        with self.daemon(self.go, '--dict=127.0.0.1:0') as d, contextlib.closing(d.connect(d.dict())) as s:
            daemon.read_until(s, b'\r\n')
            for index, row, other in ((self.shogi, b'SHOGI', b'GO'), (self.go, b'GO', b'SHOGI')):
                self.reload(d, index)
                s.sendall(b'match unicode exact "white %s king"\r\nmatch unicode word %s\r\n' % (other, row))
                answer = daemon.read_until(s, b'250 ok\r\n')
                self.assertTrue(answer.startswith(b'552 '), answer[:200])
                self.assertIn(row, answer)

    def test_a_slow_reader_gets_the_rest_of_the_old_one(self):
        with self.daemon(suite.database(), '--workers=2') as d:
            readers = [socket.socket() for _ in range(4)]
            begun = []
            for s in readers:
                self.addCleanup(s.close)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                s.settimeout(daemon.DEADLINE)
                s.connect((d.host, d.port))
                s.sendall(b'cjk\nwhite bishop\n')
                begun.append(daemon.read_until(s, b''))
            self.reload(d, self.go)
            self.assertAnswers(d, self.go_oracle, b'cjk', b'white bishop')
            self.assertEqual(watch.mappings(d, '.db'), 2)  # the old one, for them, and the new
            for s, first in zip(readers, begun):
                # What they asked for at the same time is answered after, and so from the new.
                old, new = self.real.reply(b'cjk\n'), self.go_oracle.reply(b'white bishop\n')[3:]
                self.assertTrue(first + daemon.talk(s, []) == old + new)
            daemon.wait_for(lambda: watch.mappings(d, '.db') == 1, 'end of the old index')
        suite.checked(f'{len(readers)} slow readers of cjk got the rest of it from the old index')

    def test_a_hundred_under_load(self):
        reloads = 10 if self.slow else 100  # of small indexes: quick
        queries = ('cjk', 'white bishop', 'black go king', 'rook shogi', 'hiragana', 'nosuchword')
        questions = {query: [o.answer(query.encode()) for o in (self.go_oracle, self.shogi_oracle)]
                     for query in queries}
        # The same from both would prove nothing.
        self.assertNotEqual(*questions['cjk'])
        questions = {query: answers if answers[0] != answers[1] else answers[0]
                     for query, answers in questions.items()}
        with self.daemon(self.go, '--workers=2') as d:
            descriptors = watch.descriptors(d)
            with Crowd((d.host, d.port), questions, clients=20, depth=4) as crowd:
                for n in range(reloads):
                    self.assertIn(f'generation={n + 2} ',
                                  self.reload(d, self.go if n % 2 else self.shogi))
                    if n == max(1, reloads // 10 - 1):  # as at the end, the go index is served
                        memory = watch.memory(d), watch.memory(d, 'VmRSS')
                self.assertEqual(watch.descriptors(d), descriptors + 20)
                daemon.wait_for(lambda: watch.mappings(d, '.db') == 1, 'end of the old indexes')
                growth = watch.memory(d) - memory[0], watch.memory(d, 'VmRSS') - memory[1]
                counts = crowd.stop()
            self.assertGeneration(d, reloads + 1, done=reloads, failed=0)
            daemon.wait_for(lambda: watch.descriptors(d) == descriptors, 'end of the connections')
            if not self.slow:
                self.assertLess(max(growth), 2 << 20)
        self.assertGreater(counts['choice0'], 0)
        self.assertGreater(counts['choice1'], 0)
        suite.checked(f'{reloads} reloads under load: {counts["answers"]} answers, all exact and of '
                      f'one generation ({counts["choice1"]} only of every other); memory '
                      f'{growth[0] / 1024:+.0f} KiB, with the index {growth[1] / 1024:+.0f} KiB, '
                      'descriptors and mappings as before')

    def test_signals_during_a_reload_are_not_lost(self):
        # The real index takes long enough to be loaded for others to be asked for meanwhile.
        rounds = 10 if suite.long_run() else 2
        with self.daemon(self.go) as d:
            for _ in range(rounds):
                for last, its_oracle in ((self.shogi, self.shogi_oracle), (self.go, self.go_oracle)):
                    self.put(suite.database())
                    d.process.send_signal(signal.SIGHUP)
                    daemon.wait_for(lambda: watch.mappings(d, '.db') == 2, 'begin of a reload')
                    self.put(last)
                    for _ in range(5):
                        d.process.send_signal(signal.SIGHUP)
                    expected = its_oracle.reply(b'white bishop\n')
                    daemon.wait_for(lambda: d.reply(b'white bishop\n') == expected, 'last index')
            # Signals that come together are one reload; none that comes later is lost.
            daemon.wait_for(lambda: watch.mappings(d, '.db') == 1, 'end of the old indexes')
            counters = watch.counters(d)
        done = counters['charfinder_reloads_total{result="done"}']
        self.assertGreaterEqual(done, 2 * rounds)
        self.assertLessEqual(done, 12 * rounds)
        suite.checked(f'{12 * rounds} signals, most of them during a reload: {done} reloads, the '
                      'last index served')

    def test_the_daemon_can_be_stopped_during_one(self):
        rounds = 10 if suite.long_run() else 4
        stopped_during = 0
        for n in range(rounds):
            with self.daemon(self.go, f'--workers={1 + n % 2}') as d:
                self.put(suite.database())
                d.process.send_signal(signal.SIGHUP)
                daemon.wait_for(lambda: watch.mappings(d, '.db') == 2, 'begin of a reload')
                d.stop()
            stopped_during += 'reloaded' not in d.stderr()
        self.assertGreater(stopped_during, 0)
        suite.checked(f'{stopped_during} of {rounds} times the daemon was stopped during a reload')


class BrokenIndexTest(ReloadTest):
    REASONS = {  # what bad_indexes() calls it: what the log says
        'missing': 'cannot be opened: No such file or directory',
        'below a file': 'cannot be opened: Not a directory',
        'a directory': 'cannot be opened: Is a directory',
        'empty': 'is empty',
        'text': 'is not a charfinder index',
        'zeros': 'is not a charfinder index',
        'cut short': 'is truncated',
        'cut by one byte': 'is truncated',
        'one byte more': 'is truncated or has grown',
        'only a magic': 'is truncated',
        'only a header': 'is truncated',
        'of another format': 'has another format version',
    }

    def more_bad_indexes(self):
        good = programs.small_index().read_bytes()
        for n in range(1, 8):
            yield f'cut at {n} eighths', self.write('cut.db', good[:len(good) * n // 8]), 'is truncated'
        for n in range(1, 16):
            at = len(good) * n // 16
            damaged = good[:at] + bytes([good[at] ^ 0x20]) + good[at + 1:]
            yield f'damaged at byte {at}', self.write('damaged.db', damaged), ''
        os.mkfifo(self.directory / 'fifo')
        yield 'a fifo', self.directory / 'fifo', 'cannot be opened: Invalid argument'
        yield 'itself', self.directory / CURRENT, \
            'cannot be opened: Too many levels of symbolic links'

    def test_is_refused_and_the_old_one_stays(self):
        queries = (b'white bishop', b'rook', b'nosuchword')
        refused = 0
        with self.daemon(suite.database(), '--workers=2') as d:
            bad = [(what, path, self.REASONS[what]) for what, path in self.bad_indexes()]
            self.assertEqual(len(bad), len(self.REASONS))
            for what, path, reason in [*bad, *self.more_bad_indexes()]:
                with self.subTest(what):
                    said = self.reload(d, path)
                    refused += 1
                    self.assertTrue(said.startswith(
                        f'reload failed, the index stays: {self.directory / CURRENT} {reason}'), said)
                    self.assertAnswers(d, self.real, *queries)
                    self.assertEqual(watch.mappings(d, '.db'), 1)
            self.assertGeneration(d, 1, done=0, failed=refused)
            # And a good one is still welcome.
            self.assertIn('reloaded generation=2', self.reload(d, suite.database()))
            self.assertAnswers(d, self.real, *queries)
            self.assertGeneration(d, 2, done=1, failed=refused)
        suite.checked(f'{refused} broken indexes refused, each with the reason, and serving went on')

    def test_costs_nothing(self):
        with self.daemon(suite.database()) as d:
            bad = [path for _, path in self.bad_indexes()]
            damaged = bytearray(programs.small_index().read_bytes())
            damaged[-100] ^= 1
            bad.append(self.write('damaged.db', bytes(damaged)))
            descriptors = memory = None
            for _ in range(1 if self.slow else 5):
                for path in bad:
                    self.reload(d, path)
                descriptors = descriptors or watch.descriptors(d)
                memory = memory or watch.memory(d)
            self.assertEqual(watch.descriptors(d), descriptors)
            self.assertEqual(watch.mappings(d, '.db'), 1)
            if not self.slow:
                self.assertLess(watch.memory(d) - memory, 2 << 20)


if __name__ == '__main__':
    suite.main()
