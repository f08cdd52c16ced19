#!/usr/bin/env python3
"""mkcharindex and its tables: what a few small ones make, and what is said of wrong ones."""

import os
import pathlib
import shutil
import unittest

import programs
import suite

TABLES = {
    'characters.tsv': '# Unicode 17.0.0\n# code\tname\tcategory\tscript\tblock\tage\n'
                      '0000..001F\t\tCc\tCommon\tBasic Latin\t1.1\n'
                      '0023\tNUMBER SIGN\tPo\tCommon\tBasic Latin\t1.1\n'
                      '0061\tLATIN SMALL LETTER A\tLl\tLatin\tBasic Latin\t1.1\n'
                      '20AC\tEURO SIGN\tSc\tCommon\tCurrency Symbols\t2.1\n'
                      '20E3\tCOMBINING ENCLOSING KEYCAP\tMe\tInherited\tMarks\t3.0\n'
                      '2656\tWHITE CHESS ROOK\tSo\tCommon\tMiscellaneous Symbols\t1.1\n'
                      '265C\tBLACK CHESS ROOK\tSo\tCommon\tMiscellaneous Symbols\t1.1\n'
                      '4E00..4E02\tCJK UNIFIED IDEOGRAPH-*\tLo\tHan\tCJK\t1.1\n'
                      'FE0F\tVARIATION SELECTOR-16\tMn\tInherited\tVariation Selectors\t3.2\n',
    'aliases.tsv': '# Unicode 17.0.0\n# code\talias\ttype\n000A\tLINE FEED\tcontrol\n2656\tcastle\tinformal\n',
    'entities.tsv': '# HTML\n# name\tcode\neuro\t20AC\nkeyed\t0061 20E3\n',
    'sequences.tsv': '# Unicode 17.0.0\n# codes\tname\ttype\tbase\n0023 FE0F 20E3\tkeycap: #\tkeycap\t\n',
    'emoji.tsv': '# Unicode 17.0.0\n# code\tpresentation\tgroup\tsubgroup\torder\n265C\ttext\tA\tg\t1\n',
    'properties.tsv': '# Unicode 17.0.0\n# property\tshort\tlong\tother\nsc\tLatn\tLatin\t\n',
    'binary.tsv': '# Unicode 17.0.0\n# code\tproperties\n0061\tAHex Lower\n4E00..4E02\tIdeo\n',
    'blocks.tsv': '# Unicode 17.0.0\n# code\tblock\n0000..007F\tBasic Latin\n0D80..0DFF\tSinhala\n',
    'decompositions.tsv': '# Unicode 17.0.0\n# code\ttype\tcodes\n20AC\tcompat\t0061\n',
    'crowd.tsv': '# charfinder\n# codes\tkeywords\n2656\tfortress|game piece\n',
    'historic.tsv': '# Unicode 18.0.0\n# code\tradical\tstrokes\treading\tmodern\tnumber\n'
                    '4E01\t1 7\t3\ttum\u0259n\t4E02\t5\n',
    'names.tsv': '# charfinder\n# codes\tname\tkind\n20AC\tEuroSign\tkeysym\n20AC\t=e\tdigraph\n',
    'traits.tsv': '# Unicode 17.0.0\n# code\tproperty\tvalue\n0061\tea\tNarrow\n4E00..4E01\tkTotalStrokes\t2\n'
                  '4E01\tkRSUnicode\t1 2\n',
    'mappings.tsv': '# Unicode 17.0.0\n# code\tkind\tcodes\n0061\tlooks\t0023 20E3\n4E00\ttraditional\t4E01\n',
    'references.tsv': '# Unicode 17.0.0\n# code\tsee\n000A\t0023\n2656\t265C 0061\n',
    'synonyms.tsv': '# charfinder\n# synonym\tof\ntower\tROOK\nmoney\tU+20AC\n',
    'ideographs.tsv': '# Unicode 17.0.0\n'
                      '# code\tdefinition\tmandarin\tcantonese\ton\tkun\thangul\tvietnamese\n'
                      '4E00\tone; alone\ty\u012b\tjat1\tICHI\thitotsu\t\uc77c\tnh\u1ea5t\n',
    'keywords/en.tsv': '# CLDR 48.2\n# codes\tname\tkeywords\n20AC\teuro\tcurrency|EUR\n',
    'keywords/fr.tsv': '# CLDR 48.2\n# codes\tname\tkeywords\n20AC\teuro\tmonnaie|pi\u00e8ce\n',
}

# Every table with what must be said if a line of it is like this.
WRONG = [
    ('characters.tsv', '0061\tA', 'columns'),
    ('characters.tsv', '0061\tA B\tLl\tLatin\tBasic Latin\t1.1\textra', 'columns'),
    ('characters.tsv', '61\tA B\tLl\tLatin\tBasic Latin\t1.1', 'four to six hexadecimal digits'),
    ('characters.tsv', '110000\tA B\tLl\tLatin\tBasic Latin\t1.1', 'above 10FFFF'),
    ('characters.tsv', '0061\tA B\tLl\tLatin\tBasic Latin\t1.1', 'do not ascend'),
    ('characters.tsv', 'FFF0\tA B\tXx\tLatin\tBasic Latin\t1.1', 'category'),
    ('characters.tsv', 'FFF0..FFF4\tA B\tLl\tLatin\tBasic Latin\t1.1', 'no *'),
    ('characters.tsv', 'FFF4..FFF0\tA *\tLl\tLatin\tBasic Latin\t1.1', 'neither'),
    ('characters.tsv', 'FFF0\t' + 'A' * 256 + '\tLl\tLatin\tBasic Latin\t1.1', 'name'),
    ('characters.tsv', 'FFF0\t\u00c9\tLl\tLatin\tBasic Latin\t1.1', 'name'),
    ('characters.tsv', 'FFF0\t' + ' '.join(map(chr, range(65, 82))) + '\tLl\tLatin\tX\t1.1', 'words'),
    ('aliases.tsv', '0378\tX\tcontrol', None),
    ('aliases.tsv', '0061\tX\tpetname', 'type of the alias'),
    ('aliases.tsv', '0061 0062\tX\tcontrol', 'not of one code point'),
    ('entities.tsv', 'x\t0378', 'no character'),
    ('entities.tsv', 'x\t0061 0378', 'without a name'),
    ('entities.tsv', 'x\t0061  20AC', 'code point'),
    ('sequences.tsv', '0061\tone\tzwj\t', 'of one code point'),
    ('sequences.tsv', ' '.join(['0061'] * 17) + '\tmany\tzwj\t', 'more than 16'),
    ('sequences.tsv', '0061 20AC\t' + 'x' * 256 + '\tzwj\t', 'name'),
    ('sequences.tsv', '0061 20AC\t\tzwj\t', 'name'),
    ('sequences.tsv', '0061 20AC\ta\rb\tzwj\t', 'control character'),
    ('sequences.tsv', '0061 D800\ta b\tzwj\t', 'surrogate'),
    ('aliases.tsv', '0378\ta\rb\tcontrol', 'control character'),
    ('aliases.tsv', 'D800\tX\tcontrol', 'surrogate'),
    ('binary.tsv', '4E02\tIdeo', 'do not ascend'),
    ('traits.tsv', '4E01\tkTotalStrokes\t3', 'do not ascend'),
    ('traits.tsv', '4E02\tkWeight\t3', 'not known'),
    ('traits.tsv', '4E02\tnv\t', 'empty'),
    ('mappings.tsv', '4E01\tdouble\t4E00', 'not known'),
    ('mappings.tsv', '4E01\tvariant\t', 'four to six hexadecimal digits'),
    ('mappings.tsv', '4E01\tvariant\t' + ' '.join(['4E00'] * 33), 'more than 32'),
    ('blocks.tsv', '0D00..0D7F\tMalayalam', 'do not ascend'),
    ('blocks.tsv', '0E00..0E7F\t', 'without a name'),
    ('binary.tsv', '5000..4FFF\tIdeo', 'neither'),
    ('binary.tsv', '5000\t', 'without a name'),
    ('binary.tsv', '5000\t' + ' '.join(f'P{n}' for n in range(65)), 'more than 64'),
    ('decompositions.tsv', '20AE\tcompat\t0061', 'no character'),
    ('crowd.tsv', '0378\tx', 'no character'),
    ('historic.tsv', '4E02\t123456789\t\t\t\t', 'no numbers'),
    ('historic.tsv', '0378\t1\t\t\t\t', 'no character'),
    ('names.tsv', '20AC\tx\tpetname', 'kind of the name'),
    ('names.tsv', '0378\tx\tlatex', 'no character'),
    ('emoji.tsv', '0378\ttext\tA\tg\t1', 'no character'),
    ('references.tsv', '2656\t265C,0061', 'single spaces'),
    ('synonyms.tsv', 'x\tNOSUCHWORD', 'no name has all the words'),
    ('synonyms.tsv', '\tROOK', 'first column is empty'),
    ('synonyms.tsv', 'x\tU+0378', 'no character'),
    ('synonyms.tsv', 'x\tU+20AC ROOK', 'what follows a code point'),
    ('ideographs.tsv', '0378\tx\t\t\t\t\t\t', 'no character'),
    ('keywords/en.tsv', '0378\tx\ty', 'no character'),
    ('keywords/fr.tsv', '20AC\tx', 'columns'),
]


class SourcesTest(programs.ProgramTest):
    def setUp(self):
        super().setUp()
        self.data = self.directory / 'data'
        for name, text in TABLES.items():
            path = self.data / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.output = self.directory / 'x.db'

    def build(self, *arguments):
        return self.run_program('mkcharindex', '-o', self.output, *arguments, self.data)

    def dump(self, *arguments):
        self.assertWell(self.build(*arguments))
        self.assertWell(self.run_program('mkcharindex', '--verify', self.output))
        return self.assertWell(self.run_program('mkcharindex', '--dump', self.output)).split('\n')

    def test_everything_is_in_the_index(self):
        said = self.dump()
        for line in ('row 0 U+0023 \t#\tNUMBER SIGN', 'row 10 U+000A \t\tLINE FEED',
                     'row 11 U+0023 U+FE0F U+20E3\t#\ufe0f\u20e3\tkeycap: #',
                     'row 12 U+0061 U+20E3\ta\u20e3\tLATIN SMALL LETTER A, COMBINING ENCLOSING KEYCAP',
                     'dictionary 0 aliases ', 'dictionary 1 keywords en', 'dictionary 2 keywords fr',
                     'dictionary 3 definitions ', 'dictionary 4 elsewhere ', 'dictionary 5 crowd ',
                     'property 0061 Ll, Latin, Basic Latin, 1.1',
                     'trait 4E00 strokes 2', 'trait 4E02 strokes ', 'trait 4E01 kangxi-radical 1 2', 'trait 20AC decomposition-type compat',
                     'relation 20AC decomposition 0061', 'relation 0061 skeleton 0023 20E3', 'relation 4E00 traditional 4E01',
                     'block 0000..007F Basic Latin', 'block 0D80..0DFF Sinhala',
                     'reference 4 265C', 'binary 4E00 0000000000000008', 'reference 4 0061', 'reference 10 0023'):
            self.assertIn(line, said)
        for piece in (' 4 synonym 31 tower', ' 5 synonym 31 tower', ' 2 synonym 1 money', ' 2 entity 1 euro',
                      ' 10 control 2 LINE FEED', ' 4 informal 1 castle', ' 11 sequence 1 keycap: #',
                      ' 7 radical 4 radical 1, 3 strokes', ' 7 radical 4 radical 7, 3 strokes', ' 7 modern 1 \u4e02',
                      ' 7 reading 1 tum\u0259n', ' 2 keysym 1 EuroSign', ' 2 digraph 1 =e', ' 4 crowd 2 game piece',
                      ' 2 keyword 1 monnaie', ' 6 mandarin 1 y\u012b'):
            self.assertTrue(any(line.startswith('record ') and line.endswith(piece) for line in said), piece)
        for word in (' ~piece ', ' =EuroSign ', ' ==e '):
            self.assertTrue(any(line.startswith('lexeme ') and word in line for line in said), word)

    def test_the_same_tables_give_the_same_bytes(self):
        self.assertWell(self.build())
        first = self.output.read_bytes()
        copy = self.directory / 'copy'
        shutil.copytree(self.data, copy)
        self.data = copy
        self.assertWell(self.build())
        self.assertEqual(self.output.read_bytes(), first)

    def test_every_wrong_line_is_told_by_file_line_and_remedy(self):
        for name, line, what in WRONG:
            with self.subTest(f'{name}: {line[:40]}'):
                good = (self.data / name).read_text()
                (self.data / name).write_text(good + line + '\n', newline='')
                result = self.build()
                (self.data / name).write_text(good)
                if what is None:
                    self.assertWell(result)
                else:
                    number = good.count('\n') + 1
                    self.assertError(result, 1, f'{name}:{number}: ', what, '; ')
        suite.checked(f'{len(WRONG)} wrong lines')

    def test_every_table_must_be_whole(self):
        for name, text in TABLES.items():
            heading, columns, rest = text.split('\n', 2)
            for bad, line, what in ((text[:-1], text.count('\n'), 'no line end'),
                                    (rest, 1, 'first line'),
                                    (f'{heading}\n{rest}', 2, 'second line'),
                                    (f'{heading}\n# x\ty\n{rest}', 2, 'second line'),
                                    (text.replace('\n', '\n\0', 2), 2, 'NUL'),
                                    ('', 0, 'first line')):
                with self.subTest(f'{name}: {what}'):
                    (self.data / name).write_text(bad)
                    self.assertError(self.build(), 1, f'{name}:{line}: ', what, '; ')
            (self.data / name).write_text(text)

    def test_only_the_characters_must_be_there(self):
        for name in TABLES:
            if name != 'characters.tsv':
                (self.data / name).unlink()
                self.assertWell(self.build())
                self.assertWell(self.run_program('mkcharindex', '--verify', self.output))
        os.rmdir(self.data / 'keywords')
        said = self.dump()
        self.assertFalse([line for line in said if line.startswith(('record', 'reference'))])
        (self.data / 'characters.tsv').unlink()
        self.assertError(self.build(), 1, 'characters.tsv', 'No such file')

    def test_languages_are_those_that_are_asked_for(self):
        def languages(*arguments):
            return [line.split()[3] for line in self.dump(*arguments) if ' keywords ' in line and
                    line.startswith('dictionary')]

        self.assertEqual(languages(), ['en', 'fr'])
        self.assertEqual(languages('--languages=fr'), ['fr'])
        self.assertEqual(languages('--languages=en,fr'), ['en', 'fr'])
        self.assertEqual(languages('--languages=fr,en,fr'), ['en', 'fr'])
        self.assertEqual(languages('--languages='), [])
        self.assertError(self.build('--languages=xx'), 1, 'keywords/xx.tsv')
        self.assertError(self.build('--languages=../en'), 1, '../en')
        self.assertError(self.build('--languages=muchtoolonganame'), 1, 'muchtoolonganame')

    def test_synonyms_of_the_administrator_are_added(self):
        own = self.write('own.tsv', b'# us\n# synonym\tof\nloot\tU+20AC\n')
        said = self.dump(f'--synonyms={own}')
        self.assertTrue(any(line.endswith(' 2 synonym 1 loot') for line in said))
        self.assertTrue(any(line.endswith(' 2 synonym 1 money') for line in said))
        self.assertError(self.build('--synonyms=/nosuchfile'), 1, '/nosuchfile')
        bad = self.write('bad.tsv', b'# us\n# synonym\tof\nx\tNOSUCHWORD\n')
        self.assertError(self.build(f'--synonyms={bad}'), 1, 'bad.tsv:3: ', '; ')

    def test_names_for_private_use_are_rows(self):
        characters = self.data / 'characters.tsv'
        characters.write_text(TABLES['characters.tsv'].replace('FE0F\t', 'E000..F8FF\t\tCo\tUnknown\tPrivate Use Area\t1.1\nFE0F\t'))
        own = self.write('own.tsv', b'# fonts\n# code\tname\nE0A0\tnf-pl-branch\nF015\tNF-FA-HOME\n')
        said = self.dump(f'--names={own}')
        for line in ('row 9 U+E0A0 \t\ue0a0\tNF-PL-BRANCH', 'row 10 U+F015 \t\uf015\tNF-FA-HOME', 'category E000 17'):
            self.assertIn(line, said)
        for query, row in (('branch', 'U+E0A0'), ('nf home', 'U+F015'), ('cat:Co from:2', 'U+F015'), ('\ue0a0', 'U+E0A0')):
            answer = self.run_program('charfinder', '-i', self.output, '--tsv', query)
            self.assertEqual(self.assertWell(answer).split('\t')[0], row)
        self.assertError(self.build('--names=/nosuchfile'), 1, '/nosuchfile')
        for line, what in (('0061\tx', 'not for private use'), ('F900\tx', 'not for private use'), ('E000 E001\tx', 'not one code point'),
                           ('10FFFF\tx', 'not for private use'), ('E000\t', 'name'), ('E000\t\u00e9', 'name'),
                           ('E001\ta\nE000\tb', 'do not ascend')):
            bad = self.write('bad.tsv', f'# us\n# code\tname\n{line}\n'.encode())
            self.assertError(self.build(f'--names={bad}'), 1, what)

    def test_an_error_leaves_no_index(self):
        path = self.data / 'aliases.tsv'
        path.write_text(path.read_text() + 'x\n')
        self.build()
        self.assertEqual(os.listdir(self.directory), ['data'])


if __name__ == '__main__':
    suite.main()
