#!/usr/bin/env python3
"""What people bring along from elsewhere is found, in wide mode and without a language: short codes,
names of LaTeX, X11, fonts and others, keywords of emoji pickers; and what they type with a word
too many, or with a typing error."""

import collections
import random
import re
import unittest

import suite
import test_judged

# (kind of data/names.tsv, how it is typed, how much of it has to be among the first three rows: somewhat less
# than when it was last measured, which RANKING.md tells)
NAMES = (('latex', '\\{}', 0.99), ('shortcode', ':{}:', 0.99), ('ascii', '{}', 0.95), ('keysym', '{}', 0.96),
         ('jargon', '{}', 0.74), ('apl', '{}', 0.60))
FRAMES = ('{} emoji', 'the {}', 'unicode {}', 'symbol for {}', '{} icon')
LEAST_FRAMED, LEAST_MISTYPED, LEAST_CROWD, LEAST_KEYWORDS = 0.98, 0.91, 0.94, 0.97
SEED = 20261130
LETTERS = 'abcdefghijklmnopqrstuvwxyz'


def read_data(name):
    with open(suite.source('data', name), encoding='utf-8') as file:
        return [line.rstrip('\n').split('\t') for line in file if not line.startswith('#')]


def code_points(codes):
    return ' '.join('U+' + code for code in codes.split(' '))


def mistyped(word, lots):
    """With one letter left out, put in, changed, or swapped with the next."""
    at = lots.randrange(len(word) - 1)
    return lots.choice((word[:at] + word[at + 1:], word[:at] + lots.choice(LETTERS) + word[at:],
                        word[:at] + lots.choice(LETTERS) + word[at + 1:],
                        word[:at] + word[at + 1] + word[at] + word[at + 2:]))


class BroughtTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """What is found as it stands, of plain words: (query, code points that it may be)."""
        judged = [(row['query'], set(row['expected'].split('|')))
                  for name in ('judged.tsv', 'unseen.tsv') for row in test_judged.read_table(name)
                  if row.get('mode', 'wide') == 'wide' and re.fullmatch('[a-z]+( [a-z]+)*', row['query'])]
        cls.found = [(query, wanted) for (query, wanted), codes in zip(judged, cls.rows(judged)) if wanted & codes]
        assert len(cls.found) > 300

    @staticmethod
    def rows(queries, first=test_judged.FIRST):
        return [set(codes) for codes, _ in test_judged.answers([('wide', query) for query, _ in queries], first)]

    def assertFound(self, what, queries, least, first=test_judged.FIRST):
        held = sum(not wanted.isdisjoint(codes) for (_, wanted), codes in zip(queries, self.rows(queries, first)))
        suite.checked(f'{what}: {held} of {len(queries)} among the first {first}, {held / len(queries):.1%}')
        self.assertGreaterEqual(held / len(queries), least, what)

    def test_names_from_elsewhere(self):
        names = collections.defaultdict(lambda: collections.defaultdict(set))
        for codes, name, kind in read_data('names.tsv'):
            names[kind][name].add(code_points(codes))
        for kind, form, least in NAMES:
            self.assertFound(kind, [(form.format(name), wanted) for name, wanted in names[kind].items()], least)

    def test_keywords_of_pickers(self):
        """One of the emoji that have it, if they are not many; pickers have what CLDR has too."""
        wanted, also = collections.defaultdict(set), collections.defaultdict(set)
        for codes, keywords in read_data('crowd.tsv'):
            for keyword in keywords.split('|'):
                wanted[keyword].add(code_points(codes))
        for codes, name, keywords in read_data('keywords/en.tsv'):
            for keyword in {name, *keywords.split('|')}:
                also[keyword.lower()].add(code_points(codes))
        queries = [(keyword, codes) for keyword, codes in wanted.items() if len(codes) <= 20]
        self.assertFound('keywords of pickers alone', queries, LEAST_CROWD)
        self.assertFound('keywords of pickers', [(keyword, codes | also[keyword]) for keyword, codes in queries],
                         LEAST_KEYWORDS)

    def test_a_word_too_many(self):
        for frame in FRAMES:
            self.assertFound(frame, [(frame.format(query), wanted) for query, wanted in self.found], LEAST_FRAMED, 5)

    def mistyped(self):
        lots = random.Random(SEED)
        for query, wanted in self.found:
            words = query.split()
            longest = max(words, key=len)
            if len(longest) >= 5:
                words[words.index(longest)] = mistyped(longest, lots)
                yield ' '.join(words), wanted

    def test_one_typing_error(self):
        self.assertFound('one typing error', list(self.mistyped()), LEAST_MISTYPED)

    def test_what_was_asked_before_changes_nothing(self):
        """Tables that are made once words have been asked for spare work, but find nothing else: of work
        there is a bound."""
        queries = [('wide', query) for query, _ in self.mistyped()]
        queries += [('auto', f'{a} {b}') for (_, a), (_, b) in zip(queries[::2], queries[1::2])]
        forth, back = test_judged.answers(queries, 40), test_judged.answers(queries[::-1], 40)
        self.assertEqual(forth, back[::-1])


if __name__ == '__main__':
    suite.main()
