#!/usr/bin/env python3
"""Memory runs out while HTTP is spoken: the n-th allocation fails, for every n there is in a
conversation, and in which n and some after it do.

Each answer is then what it is otherwise, to the byte of its body; or says 503, and that it is
not to be stored; or its connection is lost, so that nobody takes a part for the whole. Whoever
comes after is answered, and no descriptor or block of memory is left over."""

import concurrent.futures
import contextlib
import os
import tempfile
import unittest

import daemon
import suite
from torture import preload
from web_client import Reader, connect, request

CALLS, FAILED, LIVE, FIRST, COUNT = range(5)  # in the state of the shim

# How many allocations in a row fail, and of how many the first one is each that there is.
BURSTS = ((1, 1), (2, 3), (20, 5)) if not suite.long_run() else ((1, 1), (2, 1), (5, 1), (20, 1))

LOST = 'lost'

# Connections, and what is asked on each: (target, version, accepted coding).
CONVERSATION = (
    (('/search?q=peso+sign', '1.1', None), ('/?query=chess', '1.1', 'gzip'),
     ('/api/v1/search?q=white+bishop', '1.1', 'gzip'), ('/api/v1/char/U+2657', '1.1', None),
     ('/char/U+2657', '1.1', 'gzip'), ('/nothing', '1.1', None), ('/?query=wihte+bishop', '1.1', None),
     ('/search?q=%22not+closed', '1.1', None), ('/assets/style.css', '1.1', 'gzip')),
    (('/search?q=letter', '1.1', None), ('/healthz', '1.1', None)),
    (('/search?q=letter', '1.1', 'gzip'), ('/version', '1.1', None)),
    (('/search?q=letter', '1.0', None),),
    (('/search?q=letter', '1.0', 'gzip'),),
)


def ask(d, exchanges):
    """What comes of each: a status and a body, or LOST from some point on."""
    outcomes = []
    with contextlib.closing(connect(d)) as s:
        reader = Reader(s)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError, EOFError):
            for target, version, coding in exchanges:
                fields = {'Accept_Encoding': coding} if coding else {}
                s.sendall(request(target, version=f'HTTP/{version}', **fields))
                answer = strict_answer(reader)
                if answer.status == 503:
                    assert answer['Cache-Control'] == 'no-store', 'a failure may be stored'
                outcomes.append((answer.status, answer.body))
    return outcomes + [LOST] * (len(exchanges) - len(outcomes))


def strict_answer(reader):
    """Of a body that ends with the connection, a reset is no end."""
    rest = reader.rest

    def whole_rest():
        while reader.more():
            pass
        data, reader.buffer = reader.buffer, b''
        return data

    reader.rest = whole_rest
    try:
        return reader.answer()
    finally:
        reader.rest = rest


class Life:
    """A daemon, and what has come of the conversation."""

    def __init__(self, index, first=0, count=1):
        with contextlib.ExitStack() as stack:
            state = stack.enter_context(contextlib.closing(preload.SharedNumbers(5)))
            d = stack.enter_context(preload.PreloadedDaemon(
                'fail_alloc', {'FAIL_ALLOC_FIRST': 0, 'FAIL_ALLOC_COUNT': count,
                               'FAIL_ALLOC_STATE': state.path},
                f'--index={index}', '--mode=auto', '--shutdown-timeout=1', '--http=127.0.0.1:0'))
            descriptors = preload.descriptors(d)
            before = state[CALLS]
            state[FIRST] = before + first if first else 0
            self.outcomes = [ask(d, exchanges) for exchanges in CONVERSATION]
            state[FIRST] = 0
            self.calls = state[CALLS] - before
            self.after = [ask(d, exchanges) for exchanges in CONVERSATION]
            daemon.wait_for(lambda: preload.descriptors(d) <= descriptors, 'closing of descriptors')
            d.stop()
            self.failed, self.blocks = state[FAILED], state[LIVE]


@unittest.skipIf(preload.why_not('fail_alloc'), preload.why_not('fail_alloc'))
class TortureTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.index = preload.SmallIndex(directory, 'index', ('LETTER', 'CHESS', 'PESO')).path
        cls.normal = Life(cls.index)

    def check(self, first, count):
        try:
            life = Life(self.index, first, count)
            assert life.after == self.normal.outcomes, 'an answer after that is another one'
            assert life.blocks <= self.normal.blocks, \
                f'{life.blocks} blocks are left, {self.normal.blocks} without failure'
            kept, refused, lost = 0, 0, 0
            for outcomes, expected in zip(life.outcomes, self.normal.outcomes):
                for outcome, right in zip(outcomes, expected):
                    kept += outcome == right
                    lost += outcome == LOST
                    refused += outcome != LOST and outcome[0] == 503
                    assert outcome in (right, LOST) or outcome[0] == 503, f'{outcome} for {right}'
                    assert outcome == LOST or outcome[0] != 503 or b'try again later' in outcome[1]
        except Exception as error:
            raise AssertionError(f'when {count} from allocation {first} on failed: {error!r:.500}') from error
        return life.failed, kept, refused, lost

    def test_without_failure_all_is_answered(self):
        self.assertNotIn(LOST, sum(self.normal.outcomes, []))
        self.assertEqual(self.normal.after, self.normal.outcomes)
        self.assertEqual(self.normal.failed, 0)

    def test_any_allocation(self):
        for count, stride in BURSTS:
            problems, sums = [], [0, 0, 0, 0]
            firsts = range(1, self.normal.calls + 5, stride)
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                for future in [pool.submit(self.check, first, count) for first in firsts]:
                    try:
                        sums = [a + b for a, b in zip(sums, future.result())]
                    except AssertionError as problem:
                        problems.append(str(problem))
            self.assertFalse(problems, f'{len(problems)} of {len(firsts)}:\n' + '\n'.join(problems[:10]))
            suite.checked(f'{count} in a row, begun with every {stride}th of {self.normal.calls}: '
                          f'{sums[0]} allocations failed in {len(firsts)} lives, {sums[1]} answers as ever, '
                          f'{sums[2]} refused, {sums[3]} lost, no crash, no leak')


if __name__ == '__main__':
    suite.main()
