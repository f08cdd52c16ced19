#!/usr/bin/env python3
"""Every single-word query, and thousands of longer ones, pipelined through the daemon:
the answers are the oracle's, byte for byte."""

import random
import re
import unittest

import daemon
import suite

SEED = 17
MULTI_WORD = 4000
BATCH = 4000  # queries on one connection

# Characters whose upper case is ASCII: look-alikes that find the real word.
LOOK_ALIKES = {'SS': 'ß', 'FFI': 'ﬃ', 'FFL': 'ﬄ', 'FF': 'ﬀ', 'FI': 'ﬁ', 'FL': 'ﬂ', 'ST': 'ﬆ',
               'S': 'ſ', 'I': 'ı'}
# And those whose upper case is not: they find nothing.
UNLIKE = {'K': '\N{KELVIN SIGN}', 'J': 'ǰ', 'A': 'Ａ', 'N': 'ŉ', 'O': '0'}

SEPARATORS = [' ', '  ', '-', ', ', '.', '\t', '\r', ' + ', "'", '"', '\\', '(', '\0', '\x7f',
              '\N{NO-BREAK SPACE}', '\N{IDEOGRAPHIC SPACE}', '\N{EM DASH}',
              '\N{COMBINING ACUTE ACCENT}', '\N{SOFT HYPHEN}', '\N{ZERO WIDTH JOINER}',
              '\N{PILE OF POO}', '\u0378', '\U0010FFFF', '\U000E0001']


class AnswersTest(unittest.TestCase):
    def setUp(self):
        self.oracle = suite.oracle()
        self.daemon = self.enterContext(daemon.Daemon())

    def check(self, queries, what):
        for start in range(0, len(queries), BATCH):
            batch = queries[start:start + BATCH]
            asked = ''.join(query + '\r\n' for query in batch).encode()
            if self.daemon.reply(asked) != self.oracle.reply(asked):
                self.fail_on_the_first_that_differs(batch)
        suite.checked(f'{len(queries)} {what} answers equal')

    def fail_on_the_first_that_differs(self, queries):
        for query in queries:
            asked = query.encode() + b'\r\n'
            self.assertEqual(self.daemon.reply(asked), self.oracle.reply(asked), repr(query))
        self.fail('each query alone is answered well, all of them in a pipeline are not')

    def test_to_every_single_word(self):
        words = sorted(self.oracle.index)
        self.assertEqual(len(words), 45921)
        self.check(words[::40 if suite.wrap() else 1], 'single-word')

    def test_to_queries_of_many_words(self):
        queries = list(multi_word_queries(self.oracle, random.Random(SEED)))
        found = sum(1 for query in queries if self.oracle.find(query))
        self.assertGreater(found, len(queries) // 3)
        self.assertLess(found, len(queries) * 9 // 10)
        self.check(queries[::40 if suite.wrap() else 1], 'multi-word')

    def test_to_words_that_are_nearly_there(self):
        words = sorted(self.oracle.index)
        sample = random.Random(SEED).sample(words, 50 if suite.wrap() else 2000)
        near = [changed for word in sample
                for changed in (word[:-1], word + 'X', word + '_', '\u0301' + word, word[::-1])]
        self.check([query for query in near if query], 'nearly-a-word')

    def test_to_more_words_than_any_name_has(self):
        longest = max(self.oracle.names.values(), key=lambda name: len(self.oracle.words(name)))
        words = sorted(self.oracle.words(longest))
        self.check([' '.join(words),
                    ' '.join(words + ['NOSUCHWORD']),
                    ' '.join(words + ['WHITE']),
                    ' '.join(words * 20),
                    ' '.join(['WHITE', 'BISHOP'] * 300),
                    ' '.join(sorted(self.oracle.index)[:500]),
                    ' '.join(f'X{i}' for i in range(800)),
                    'A' * 4000, 'A ' * 2000, '+' * 4096], 'very long')


def multi_word_queries(oracle, rng):
    # Of names that are alike but for a code point, one: else most would be ideographs.
    names = list({re.sub(r'[0-9A-F]{4,6}', '', name): name for name in oracle.names.values()}.values())
    for _ in range(MULTI_WORD):
        words = sorted(oracle.words(rng.choice(names)))
        words = rng.sample(words, rng.randint(1, len(words)))
        kind = rng.randrange(6)
        if kind == 0:  # of another name as well
            words += rng.sample(sorted(oracle.words(rng.choice(names))), 1)
        elif kind == 1:
            words += rng.choices(words, k=rng.randint(1, 4))
        elif kind == 2:
            words = [replaced(word, LOOK_ALIKES) for word in words]
        elif kind == 3 and rng.random() < 0.5:
            words = [replaced(word, UNLIKE) for word in words]
        rng.shuffle(words)
        separators = [' '] if kind < 4 else SEPARATORS
        query = rng.choice(separators).join(mixed_case(word, rng) for word in words)
        yield rng.choice(['', ' ', '\t', '\N{NO-BREAK SPACE}', '"']) + query


def replaced(word, characters):
    for plain, other in characters.items():
        word = word.replace(plain, other)
    return word


def mixed_case(word, rng):
    # Letter by letter, ASCII only: the case of what is not ASCII is the look-alikes' business.
    return ''.join(c.lower() if c.isascii() and rng.random() < 0.5 else c for c in word)


if __name__ == '__main__':
    suite.main()
