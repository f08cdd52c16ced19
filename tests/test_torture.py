#!/usr/bin/env python3
"""Memory runs out: the daemon holds a scripted conversation in which the n-th allocation
fails, for every n there is, and in which n and all that follow it for a while fail.

At start it then ends with one line and exit status 1, or starts nevertheless. Later at most
the connection concerned is lost; whoever comes after it is answered to the byte, SIGTERM
ends it with exit status 0, and no descriptor or block of memory is left over."""

import concurrent.futures
import contextlib
import os
import re
import shutil
import signal
import tempfile
import unittest

import daemon
import suite
from torture import preload
from torture.part_reader import PartReader

CALLS, FAILED, LIVE, FIRST, COUNT = range(5)  # in the state of the shim

# How many allocations in a row fail. The longest is more than there are for a connection.
BURSTS = (1, 2, 5, 20, 100)

# Of the bursts longer than one every n is begun with in the long run only.
STRIDE = 1 if suite.long_run() else 7

LONG_LINE = b'x' * 5000 + b'\r\n'
BIG = b'letter\n' * 2


class Outcome:
    """What became of one run."""

    def __init__(self):
        self.started = False
        self.failures = 0    # of them
        self.calls = 0       # for allocations, up to the end of the first conversation
        self.blocks = 0      # of memory, left at the end
        self.lost = 0        # connections
        self.reloaded = False


class Script:
    """The conversation, and the life of a daemon that holds it."""

    def __init__(self, directory):
        self.before = preload.SmallIndex(directory, 'before', ('LETTER', 'CHESS', 'PESO'))
        self.after = preload.SmallIndex(directory, 'after', ('LETTER', 'PESO'))

    def run(self, first=0, count=1, at_stop=False):
        """One life of a daemon in which `count` allocations fail from the `first` on, counted
        from the beginning, or from the signal that stops it."""
        outcome = Outcome()
        with contextlib.ExitStack() as stack:
            directory = stack.enter_context(tempfile.TemporaryDirectory())
            index = os.path.join(directory, 'index.db')
            shutil.copy(self.before.path, index)
            state = stack.enter_context(contextlib.closing(preload.SharedNumbers(5)))
            d = preload.PreloadedDaemon(
                'fail_alloc', {'FAIL_ALLOC_FIRST': 0 if at_stop else first,
                               'FAIL_ALLOC_COUNT': count, 'FAIL_ALLOC_STATE': state.path},
                f'--index={index}', '--idle-timeout=2', '--line-timeout=2', '--answer-timeout=2',
                '--shutdown-timeout=1', '--max-clients-per-address=50', '--verbose',
                '--listen=127.0.0.1:0', '--listen=127.0.0.1:0,proxy', addresses=(), serving=2)
            try:
                stack.enter_context(d)
                outcome.started = True
            except AssertionError:
                if not state[FAILED]:
                    raise
                self.assert_clean_refusal(d)
            if outcome.started:
                self.live(d, index, state, outcome)
                if at_stop:
                    self.leave_a_stuck_reader(stack, d)
                    state[FIRST] = state[CALLS] + first
                d.stop()
            outcome.failures, outcome.blocks = state[FAILED], state[LIVE]
        return outcome

    @staticmethod
    def assert_clean_refusal(d):
        status, message = d.process.returncode, d.stderr()
        assert status == 1, f'exit status {status}: {message}'
        assert re.fullmatch(r'charfinderd: [^\n]+\n', message), message

    def live(self, d, index, state, outcome):
        """The conversation in which failures come, and one after it in which none does."""
        descriptors = preload.descriptors(d)
        outcome.lost = self.converse(d, index, outcome)
        state[FIRST] = 0
        outcome.calls = state[CALLS]
        index_now = self.after if outcome.reloaded else self.before
        for address, header in self.faces(d):
            client = PartReader(address, index_now, header)
            client.ask(b'peso sign\nwhite chess bishop\n' + LONG_LINE + BIG + b'caf\xe9\n')
            assert not client.lost, 'the conversation after was cut short'
            client.end()
        daemon.wait_for(lambda: preload.descriptors(d) <= descriptors, 'closing of descriptors')

    def leave_a_stuck_reader(self, stack, d):
        stuck = PartReader(d.served()[0], self.before, slow=True)
        stack.callback(stuck.socket.close)
        stuck.say(BIG * 20)
        stuck.socket.recv(1)

    def faces(self, d):
        plain, proxied = d.served()
        return ((plain, b''), (proxied, b'PROXY TCP4 192.0.2.7 192.0.2.1 4711 2323\r\n'))

    def converse(self, d, index, outcome):
        """Returns the number of connections lost."""
        (plain, _), (proxied, header) = self.faces(d)
        reader = PartReader(plain, self.before)
        slow = PartReader(plain, self.before, slow=True)
        slow.say(BIG)
        balanced = PartReader(proxied, self.before, header)
        for line in (b'peso sign\r\n', LONG_LINE, b'caf\xe9\n', b'\xff\xfd\x03rook\xff\xf1\n'):
            reader.ask(line)
        reader.say(b'white che')
        balanced.ask(b'white chess bishop\n' * 20)
        reader.ask(b'ss bishop\n')
        os.kill(d.process.pid, signal.SIGUSR1)
        slow.widen()
        slow.ask(b'rook\n')
        os.replace(shutil.copy(self.after.path, index + '.new'), index)
        os.kill(d.process.pid, signal.SIGHUP)
        log = d.await_log('reloaded generation=2', 'reload failed')
        outcome.reloaded = log.startswith('reloaded')
        clients = (reader, slow, balanced)
        for client in clients:
            client.end()
        return sum(client.lost for client in clients)


@unittest.skipIf(preload.why_not('fail_alloc'), preload.why_not('fail_alloc'))
class TortureTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.script = Script(directory)
        cls.normal = cls.script.run()

    def check(self, first, count, at_stop):
        what = (f'allocation {first}' + (f' and {count - 1} after it' if count > 1 else '')
                + (', from the signal on,' if at_stop else ''))
        try:
            outcome = self.script.run(first, count, at_stop)
            if outcome.started:
                assert outcome.blocks <= self.normal.blocks, \
                    f'{outcome.blocks} blocks are left, {self.normal.blocks} without failure'
                assert outcome.lost <= count, f'{outcome.lost} connections were lost'
        except Exception as error:
            raise AssertionError(f'when {what} failed: {error!r}') from error
        return outcome

    def torture(self, firsts, count, at_stop=False):
        problems, outcomes = [], []
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for future in [pool.submit(self.check, first, count, at_stop) for first in firsts]:
                try:
                    outcomes.append(future.result())
                except AssertionError as problem:
                    problems.append(str(problem))
        self.assertFalse(problems, f'{len(problems)} of {len(firsts)}:\n' + '\n'.join(problems))
        return outcomes

    def test_without_failure_nothing_is_lost(self):
        self.assertTrue(self.normal.started and self.normal.reloaded)
        self.assertEqual((self.normal.lost, self.normal.failures), (0, 0))

    def test_any_one_allocation(self):
        outcomes = self.torture(range(1, self.normal.calls + 10), 1)
        self.report('each one', outcomes)

    def test_some_in_a_row(self):
        for count in BURSTS[1:]:
            outcomes = self.torture(range(1, self.normal.calls + 10, STRIDE), count)
            self.report(f'{count} in a row, begun with every {STRIDE}th', outcomes)

    def test_while_it_shuts_down(self):
        for count in (1, BURSTS[-1]):
            self.report(f'{count} in a row at the shutdown', self.torture(range(1, 5), count, True))

    def report(self, which, outcomes):
        failures = sum(outcome.failures for outcome in outcomes)
        refused = sum(not outcome.started for outcome in outcomes)
        lost = sum(outcome.lost for outcome in outcomes)
        suite.checked(f'{which}: {failures} allocations failed in {len(outcomes)} lives, {refused} '
                      f'ended at start with one line, {lost} connections lost, no crash, no leak')


if __name__ == '__main__':
    suite.main()
