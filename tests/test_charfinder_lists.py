#!/usr/bin/env python3
"""charfinder --list and --table: what there is to ask for, and what a block looks like."""

import pathlib
import re
import unittest

import suite
from test_charfinder import SearchTest


class ListTest(SearchTest):
    def listed(self, what):
        """name -> (how many, what else is said)."""
        rows = [line.split('\t') for line in self.lines('--tsv', '--list=' + what)]
        self.assertEqual(len({row[0] for row in rows}), len(rows))
        return {row[0]: (int(row[1]), *row[2:]) for row in rows}

    def total(self, *query):
        return self.objects('--limit=1', *query)[1]['total']

    def test_each_has_as_many_as_a_query_finds(self):
        for what, field in (('blocks', 'block'), ('scripts', 'script'), ('categories', 'cat')):
            listed = self.listed(what)
            for name in list(listed)[::7]:
                self.assertEqual(listed[name][0], self.total(f'{field}:{name.replace(" ", "_")} age:>=1'), name)
            self.assertEqual(sum(count for count, *_ in listed.values()), self.total('age:>=1'), what)

    def test_blocks_say_where_they_begin_and_end(self):
        blocks = self.listed('blocks')
        self.assertEqual(blocks['Arrows'], (112, 'U+2190..U+21FF'))
        self.assertEqual(blocks['Basic Latin'], (128, 'U+0000..U+007F'))
        self.assertEqual(blocks['Latin-1 Supplement'], (128, 'U+0080..U+00FF'))
        self.assertEqual(blocks['Greek and Coptic'][1], 'U+0370..U+03FF')
        self.assertEqual(blocks['Low Surrogates'], (0, 'U+DC00..U+DFFF'))
        self.assertEqual(blocks['CJK Unified Ideographs Extension B'][1], 'U+20000..U+2A6DF')
        ends = [[int(code, 16) for code in re.findall(r'U\+(\w+)', place)] for _, place in blocks.values()]
        self.assertEqual(ends, sorted(ends))
        for (_, last), (first, _) in zip(ends, ends[1:]):
            self.assertLess(last, first)

    @unittest.skipIf(not suite.ucd_dir(), 'needs UCD_DIR')
    def test_they_are_those_that_are_published(self):
        text = pathlib.Path(suite.ucd_dir(), 'Blocks.txt').read_text(encoding='utf-8')
        published = {name: (int(first, 16), int(last, 16))
                     for first, last, name in re.findall(r'(?m)^(\w+)\.\.(\w+); (.*)$', text)}
        listed = {name: tuple(int(code, 16) for code in re.findall(r'U\+(\w+)', place))
                  for name, (_, place) in self.listed('blocks').items()}
        self.assertEqual(listed, published)

    def test_categories_are_called_something(self):
        self.assertEqual(self.listed('categories')['Lu'][1], 'Uppercase letter')

    def test_languages_are_those_of_keywords(self):
        languages = self.listed('languages')
        tables = {path.stem for path in pathlib.Path(suite.source('data/keywords')).glob('*.tsv')}
        self.assertLessEqual(set(languages), tables)  # an index may be built with fewer
        self.assertLessEqual({'en', 'fr'}, set(languages))
        self.assertGreater(languages['fr'][0], 1000)

    def test_properties_have_a_query_each(self):
        for name, (count, query) in self.listed('properties').items():
            total = self.total(query)
            self.assertGreater(total, 0)
            if query.startswith('is:'):
                self.assertEqual((f'is:{name}', count), (query, total))
        self.assertEqual(self.listed('properties')['block'][0],
                         sum(count > 0 for count, _ in self.listed('blocks').values()))

    def test_text_and_json_say_the_same(self):
        for what in ('blocks', 'scripts', 'categories', 'properties'):
            listed = self.listed(what)
            lines = self.lines('--list=' + what)
            self.assertEqual(lines.pop(), f'({len(listed)} {what})')
            self.assertEqual([line.split('\t')[1] for line in lines], list(listed))
            self.assertEqual([int(line.split('\t')[0]) for line in lines], [row[0] for row in listed.values()])
            objects, status = self.objects('--list=' + what)
            self.assertEqual(status, {'status': f'{len(listed)} {what}', 'total': len(listed)})
            self.assertEqual([(o['name'], o['count']) for o in objects], [(n, row[0]) for n, row in listed.items()])

    def test_wrong_usage(self):
        self.assertError(self.charfinder('--list=nosuch'), 2, '--list=nosuch', 'blocks')
        self.assertError(self.charfinder('--list=blocks', 'x'), 2, '--list')
        self.assertError(self.charfinder('--list=blocks', '-'), 2, '--list')
        self.assertError(self.charfinder('--list=blocks', '--server=localhost'), 2, '--server')
        for other in ('--format=x', '--copy', '--all-forms', '--details', '--about'):
            self.assertError(self.charfinder('--list=blocks', other), 2, '--list', other.split('=')[0])


class TableTest(SearchTest):
    def test_has_sixteen_to_a_line_and_all_characters(self):
        lines = self.lines('--table=arrows')
        self.assertEqual(lines[0], 'Arrows')
        self.assertEqual(lines[1].split('\t'), ['', *'0123456789ABCDEF'])
        self.assertEqual(lines[2], '\t'.join(['U+219x', *map(chr, range(0x2190, 0x21A0))]))
        self.assertEqual(lines[-1], '(112 characters in U+2190..U+21FF)')
        self.assertEqual(len(lines), 3 + 7)

    def test_blocks_are_named_as_in_queries(self):
        for name in ('Box_Drawing', 'box drawing', 'BoxDrawing'):
            self.assertEqual(self.lines('--table=' + name)[0], 'Box Drawing')

    def test_what_is_not_assigned_is_hatched(self):
        lines = self.lines('--table=Greek_and_Coptic')
        self.assertEqual(lines[2].split('\t')[9:12], ['\u25A8', '\u25A8', '\u037A'])
        self.assertEqual(len(lines), 3 + 9)

    def test_lines_without_a_character_are_there_too(self):
        lines = self.lines('--table=Lao')
        self.assertEqual(lines[-2], '\t'.join(['U+0EFx', *16 * '\u25A8']))

    def test_what_is_assigned_without_a_name_has_a_box(self):
        lines = self.lines('--table=Private_Use_Area')
        self.assertEqual(lines[-2], '\t'.join(['U+F8Fx', *16 * '\u25AF']))
        self.assertEqual(lines[-1], '(0 characters in U+E000..U+F8FF)')

    def test_marks_stand_on_a_circle_and_what_is_not_seen_in_a_box(self):
        lines = self.lines('--table=general_punctuation')
        self.assertEqual(lines[2].split('\t')[14:], ['ZWJ', 'LRM', 'RLM'])
        self.assertEqual(lines[2].split('\t')[3], '\u25AF')  # EN SPACE
        self.assertEqual(self.lines('--table=Combining_Diacritical_Marks')[2].split('\t')[2], '\u25CC\u0301')
        self.assertEqual(self.lines('--table=hebrew')[6].split('\t')[1], '\u2068\u05D0\u2069')

    def test_every_character_of_a_block_is_there(self):
        for name in ('Latin-1_Supplement', 'Currency_Symbols', 'Thai', 'Emoticons'):
            cells = [cell for line in self.lines('--table=' + name)[2:-1] for cell in line.split('\t')[1:]]
            total = self.objects('--limit=1', f'block:{name} age:>=1')[1]['total']
            self.assertEqual(sum(cell != '\u25A8' for cell in cells), total)

    def test_on_a_terminal_characters_stand_in_columns(self):
        line = self.on_a_terminal('--color=never', '--table=arrows').split('\n')[2]
        self.assertEqual(line, 'U+219x' + ''.join(f'\033[{9 + 4 * i}G{chr(0x2190 + i)}' for i in range(16)))

    def test_a_narrow_terminal_has_fewer_to_a_line(self):
        self.assertIn('U+219x', self.on_a_terminal('--color=never', '--table=arrows', width=72))
        for width, cells in ((71, 8), (40, 8), (39, 4), (20, 2), (3, 1)):
            lines = self.on_a_terminal('--color=never', '--table=arrows', width=width).split('\n')
            self.assertEqual(lines[0], 'Arrows')
            for n in range(112 // cells):
                first = 0x2190 + n * cells
                self.assertEqual(lines[1 + n], f'U+{first:04X}' + ''.join(
                    f'\033[{9 + 4 * i}G{chr(first + i)}' for i in range(cells)))
            self.assertEqual(lines[1 + 112 // cells], '(112 characters in U+2190..U+21FF)')

    def test_wrong_usage(self):
        self.assertError(self.charfinder('--table=nosuch'), 2, '--table=nosuch', '--list=blocks')
        self.assertError(self.charfinder('--table=arrows', '--json'), 2, '--table')
        self.assertError(self.charfinder('--table=arrows', 'x'), 2, '--table')
        self.assertError(self.charfinder('--table=arrows', '--server=localhost'), 2, '--server')


if __name__ == '__main__':
    suite.main()
