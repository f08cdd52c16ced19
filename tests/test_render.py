#!/usr/bin/env python3
"""charfinder --json and --tsv: what Python reads in them is what the rows say."""

import json
import unicodedata
import unittest

import programs
import suite

QUERIES = ('white bishop', 'cat lang:en', 'is:control', 'U+0378 U+E000 U+D800 U+FFFF', 'is:sequence -is:toned',
           '"', '\\', 'a"b\\c', '\u2028\u0085x', 'lambda limit:3', 'cat:Cf', 'U+41 U+110000', 'nope"zqx',
           '20..7F', 'is:toned man')

FIELDS = ('category', 'script', 'block', 'age', 'source')


class RenderTest(programs.ProgramTest):
    def lines(self, form, query):
        result = self.run_program('charfinder', '-i', suite.database(), '--mode=auto', '--' + form,
                                  '--', query)
        self.assertIn(result.returncode, (0, 1, 2), result.stderr)
        if not result.stdout:  # an error of the query is on standard error
            return []
        self.assertTrue(result.stdout.endswith(b'\n'))
        return result.stdout.decode().split('\n')[:-1]

    def check_row(self, row):
        points = [int(code[2:], 16) for code in row['codes']]
        text = ''.join(map(chr, points))
        category = unicodedata.category(text[0])
        if row['char']:
            self.assertEqual(row['char'], text)
        else:
            self.assertRegex(row['name'], '^<')
        self.assertTrue(row['name'])
        if category not in ('Cn', 'Co', 'Cs', 'Cc') and len(text) == 1:
            self.assertEqual(row['name'], unicodedata.name(text, row['name']))
        if category == 'Cn':
            self.left_out += 1  # unassigned, or younger than this Python
        else:
            self.assertEqual(row['category'], category)

    def test_json_is_an_object_for_each_row(self):
        rows = self.left_out = 0
        for query in QUERIES:
            lines = [json.loads(line) for line in self.lines('json', query)]
            for row in lines:
                if 'codes' not in row:
                    self.assertEqual(set(row), {'status', 'total', 'first', 'count', 'more'})
                    continue
                self.assertEqual(set(row), {'codes', 'char', 'name', *FIELDS})
                self.check_row(row)
                rows += 1
        self.assertGreater(rows, 1000)
        suite.checked(f'{rows} rows of JSON; {self.left_out} not compared with the Unicode '
                      f'{unicodedata.unidata_version} of Python, which does not know them')

    def test_tsv_has_the_same_columns(self):
        for query in QUERIES:
            rows = [line.split('\t') for line in self.lines('tsv', query)]
            objects = [row for row in map(json.loads, self.lines('json', query)) if 'codes' in row]
            rows = [row for row in rows if row[0].startswith('U+')]
            self.assertEqual(len(rows), len(objects), query)
            for row, said in zip(rows, objects):
                self.assertEqual(len(row), 8, row)
                self.assertEqual(row[0].split(' '), said['codes'])
                self.assertIn(row[1], (said['char'], ''))
                self.assertEqual(row[2], said['name'])
                self.assertEqual(row[3:], [said[field] for field in FIELDS])


if __name__ == '__main__':
    suite.main()
