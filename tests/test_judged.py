#!/usr/bin/env python3
"""What people who pick characters type leads to what they want, in the first three rows."""

import os
import re
import subprocess
import unittest

import suite

FIRST = 3  # rows that people look at
LEAST_SHARE = 0.95
MODES = ('wide', 'auto')

# Of tests/unseen.tsv, below what was found when it was last measured (RANKING.md).
LEAST_UNSEEN = {'English': 0.92, 'other languages': 0.93}


def read_table(name):
    with open(suite.source('tests', name), encoding='utf-8', newline='\n') as table:
        source, columns, *lines = table.read().split('\n')
    assert source == '# charfinder' and lines.pop() == ''
    columns = columns[2:].split('\t')
    return [dict(zip(columns, line.split('\t'), strict=True)) for line in lines]


def answers(queries, first=FIRST):
    """The code points of the first rows, and the status, for each (mode, query)."""
    judge = suite.wrap() + [os.path.abspath(os.environ.get('JUDGE', 'tests/judge'))]
    lines = ''.join(f'{mode}\t{query}\n' for mode, query in queries)
    said = subprocess.run(judge + [suite.database(), str(first)], input=lines.encode(),
                          stdout=subprocess.PIPE, check=True).stdout.decode()
    rows = [line.split('\t', 1) for line in said.split('\n')[:-1]]
    assert len(rows) == len(queries)
    return [(codes.split('|') if codes else [], status) for codes, status in rows]


class JudgedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.table = read_table('judged.tsv')
        cls.unseen = read_table('unseen.tsv')

    def test_the_table_is_in_order(self):
        queries = [(row['mode'], row['query']) for row in self.table]
        self.assertEqual(len(queries), len(set(queries)))
        self.assertGreaterEqual(len(queries), 200)
        for row in self.table:
            self.assertIn(row['mode'], MODES)
            for sequence in row['expected'].split('|'):
                self.assertRegex(sequence, r'\A(U\+[0-9A-F]{4,6}( |\Z))+\Z', row)

    def test_the_seed_has_no_answer_where_auto_is_judged(self):
        plain = [row['query'] for row in self.table
                 if row['mode'] == 'auto' and not re.match(r'\w+:', row['query'])]
        for query, (codes, _) in zip(plain, answers([('classic', query) for query in plain])):
            self.assertEqual(codes, [], query)

    def test_what_is_expected_is_among_the_first_rows(self):
        counts = {mode: [0, 0] for mode in MODES}  # held, judged
        wrong = []
        judged = answers([(row['mode'], row['query']) for row in self.table])
        for row, (codes, status) in zip(self.table, judged):
            holds = not set(row['expected'].split('|')).isdisjoint(codes)
            counts[row['mode']][0] += holds
            counts[row['mode']][1] += 1
            if holds and row['miss']:
                wrong.append(f"{row['mode']} {row['query']!r} is no miss any more: its last "
                             'column should be empty')
            elif not holds and not row['miss']:
                wrong.append(f"{row['mode']} {row['query']!r}: {row['expected']} expected; "
                             f"{', '.join(codes)}: {status}")
        for mode, (held, total) in counts.items():
            suite.checked(f'{mode}: {held} of {total} judged queries hold, {held / total:.1%}')
        self.assertFalse(wrong, '\n' + '\n'.join(wrong))
        for mode, (held, total) in counts.items():
            self.assertGreaterEqual(held / total, LEAST_SHARE, mode)

    def test_what_nobody_has_made_rules_with_is_found_as_often_as_before(self):
        # they were written down before any was asked, and are never looked at one by one
        queries = [('wide', row['query']) for row in self.unseen]
        self.assertEqual(len(queries), len({(row['language'], row['query']) for row in self.unseen}))
        counts = {group: [0, 0] for group in LEAST_UNSEEN}  # held, judged
        for row, (codes, _) in zip(self.unseen, answers(queries)):
            count = counts['English' if row['language'] == 'en' else 'other languages']
            count[0] += not set(row['expected'].split('|')).isdisjoint(codes)
            count[1] += 1
        for group, (held, total) in counts.items():
            suite.checked(f'unseen, {group}: {held} of {total} hold, {held / total:.1%}')
            self.assertGreaterEqual(held / total, LEAST_UNSEEN[group], group)


if __name__ == '__main__':
    suite.main()
