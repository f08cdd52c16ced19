"""The tables in data/ are what the scripts there make of the published directories, and
agree with each other whether those are at hand or not."""

import filecmp
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
import unittest

import suite

# In which columns the tables have code points.
CODES = {
    'aliases.tsv': ['code'],
    'crowd.tsv': ['codes'],
    'decompositions.tsv': ['code', 'codes'],
    'emoji.tsv': ['code'],
    'entities.tsv': ['code'],
    'historic.tsv': ['code', 'modern'],
    'ideographs.tsv': ['code'],
    'mappings.tsv': ['code', 'codes'],
    'names.tsv': ['codes'],
    'popular.tsv': ['code'],
    'references.tsv': ['code', 'see'],
    'sequences.tsv': ['codes', 'base'],
}

# Tables that data/update does not make.
NOT_FROM_UNICODE = {'crowd.tsv', 'entities.tsv', 'names.tsv', 'popular.tsv', 'synonyms.tsv'}


def tables(directory):
    """The paths of the tables below `directory`, relative to it."""
    return sorted(os.path.relpath(os.path.join(path, name), directory)
                  for path, _, names in os.walk(directory)
                  for name in names if name.endswith('.tsv'))


def keywords():
    """The tables of keywords, one a language."""
    return [name for name in tables(suite.source('data')) if os.path.dirname(name) == 'keywords']


def read(name):
    """The lines of a table, as dictionaries by column."""
    with open(suite.source('data', name), encoding='utf-8', newline='\n') as table:
        source, columns, *lines = table.read().split('\n')
    assert source.startswith('# ') and columns.startswith('# ') and lines.pop() == '', name
    columns = columns[2:].split('\t')
    return [dict(zip(columns, line.split('\t'), strict=True)) for line in lines]


def names_of(characters):
    """The names in the rows of characters.tsv, by code point; empty ones too."""
    names = {}
    for row in characters:
        for code in span(row['code']):
            names[code] = row['name'].replace('*', f'{code:04X}')
    return names


def span(code):
    """The code points of a column that can have a range."""
    first, _, last = code.partition('..')
    return range(int(first, 16), int(last or first, 16) + 1)


def numbers(codes):
    return tuple(int(code, 16) for code in codes.split())


def loose(name):
    """As names of property values are compared."""
    return ''.join(c for c in name.lower() if c not in ' _-')


class TheTables(unittest.TestCase):
    maxDiff = 2000

    def make(self, script, *arguments):
        """Has a script in data/ make its tables, which must be the committed ones."""
        with tempfile.TemporaryDirectory() as directory:
            subprocess.run([suite.source('data', script), '--output', directory, *arguments],
                           check=True)
            made = tables(directory)
            for name in made:
                self.assertTrue(filecmp.cmp(os.path.join(directory, name),
                                            suite.source('data', name), shallow=False), name)
        suite.checked(f'{len(made)} tables are what data/{script} makes')
        return set(made)

    @unittest.skipUnless(suite.ucd_dir(), 'UCD_DIR names no Unicode Character Database')
    @unittest.skipIf(suite.cldr_dir() and not suite.long_run(), 'made with the keywords, in the next test')
    def test_are_what_update_makes(self):
        made = self.make('update', suite.ucd_dir())
        committed = set(tables(suite.source('data')))
        self.assertEqual(made, committed - NOT_FROM_UNICODE - set(keywords()))

    @unittest.skipUnless(suite.ucd_dir() and suite.cldr_dir(),
                         'CLDR_DIR names no Common Locale Data Repository, or UCD_DIR is not set')
    def test_are_what_update_makes_with_keywords(self):
        made = self.make('update', suite.ucd_dir(), suite.cldr_dir())
        self.assertEqual(made, set(tables(suite.source('data'))) - NOT_FROM_UNICODE)

    @unittest.skipUnless(suite.names_dir(), 'NAMES_DIR names no lists of names in other systems')
    def test_have_the_names_of_other_systems(self):
        self.assertEqual(self.make('update-names', suite.names_dir()), {'crowd.tsv', 'names.tsv'})

    def test_have_the_entities_of_this_python(self):
        self.assertEqual(self.make('update-entities'), {'entities.tsv'})


@unittest.skipUnless(suite.ucd_dir(), 'UCD_DIR names no Unicode Character Database')
class Refusal(unittest.TestCase):
    def refused(self, file, change):
        """What update says of a directory in which `file` is changed, and nothing else."""
        with tempfile.TemporaryDirectory() as directory:
            output = os.path.join(directory, 'output')
            os.mkdir(output)
            ucd = shutil.copytree(suite.ucd_dir(), os.path.join(directory, 'ucd'),
                                  copy_function=os.symlink)
            os.chmod(os.path.dirname(os.path.join(ucd, file)), 0o755)
            with open(os.path.join(ucd, file), 'rb') as published:
                changed = change(published.read())
            os.unlink(os.path.join(ucd, file))
            with open(os.path.join(ucd, file), 'wb') as damaged:
                damaged.write(changed)
            result = subprocess.run([suite.source('data', 'update'), '--output', output, ucd],
                                    capture_output=True, text=True)
            self.assertEqual(result.returncode, 1, result.stderr)
            self.assertIn(os.path.basename(file), result.stderr)
            self.assertEqual(os.listdir(output), [])
            return result.stderr

    def test_of_files_that_are_cut_off(self):
        # of which the end is marked, and not
        files = ('NameAliases.txt', 'Unihan/kMandarin.txt')
        if suite.long_run():
            files += ('NamesList.txt', 'emoji/emoji-test.txt', 'SealSources.txt')
        for file in files:
            with self.subTest(file):
                self.refused(file, lambda published: published[:len(published) // 2].rstrip(b'\n'))

    def test_of_files_of_another_version(self):
        for file, version in (('NamesList.txt', b'18.0.0'), ('NamedSequences.txt', b'18.0.0'),
                              ('emoji/emoji-zwj-sequences.txt', b'18.0')):
            with self.subTest(file):
                said = self.refused(file, lambda published: published.replace(version, b'16.9'
                                    + version[4:]))
                self.assertIn('16.9', said)


class EveryVersion(unittest.TestCase):
    """Directories beside UCD_DIR, ucd-17.0.0 and the like, are of other versions."""

    def made(self, ucd):
        """The rows that update makes of `ucd`, by table."""
        with tempfile.TemporaryDirectory() as directory:
            subprocess.run([suite.source('data', 'update'), '--output', directory, ucd], check=True)
            return {name: read(os.path.join(directory, name)) for name in tables(directory)}

    def test_is_taken_and_changes_no_name(self):
        if not suite.ucd_dir():
            self.skipTest('UCD_DIR names no Unicode Character Database')
        beside = os.path.dirname(os.path.abspath(suite.ucd_dir()))
        others = [os.path.join(beside, name) for name in sorted(os.listdir(beside))
                  if re.fullmatch(r'ucd-[0-9.]+', name)
                  and name != os.path.basename(suite.ucd_dir())]
        if not others:
            self.skipTest(f'there is no other version in {beside}')
        now = read('characters.tsv')
        for other in others:
            version = re.search(r'[0-9.]+$', other).group()
            made = self.made(other)
            for name, rows in made.items():
                if name != 'historic.tsv':
                    self.assertEqual(rows[0].keys(), read(name)[0].keys(), name)
            names = names_of(made['characters.tsv'])
            self.assertEqual(names, {code: name for code, name in names_of(now).items()
                                     if code in names})
            published = {}
            with open(os.path.join(other, 'extracted', 'DerivedName.txt'), encoding='utf-8') as file:
                for line in file:
                    if match := re.match(r'([0-9A-F]+)(?:\.\.([0-9A-F]+))? *; (.*?)\s*$', line):
                        first, last = int(match[1], 16), int(match[2] or match[1], 16)
                        for code in range(first, last + 1):
                            published[code] = match[3].replace('*', f'{code:04X}')
            self.assertEqual({code: name for code, name in names.items() if name}, published)
            suite.checked(f'update takes Unicode {version}: {len(published)} names')


class Agreement(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.characters = read('characters.tsv')
        cls.names = names_of(cls.characters)
        cls.rows = {name: read(name) for name in tables(suite.source('data'))
                    if name != 'characters.tsv'}
        cls.codes = CODES | {name: ['codes'] for name in keywords()}

    def test_of_code_points_all_are_assigned(self):
        count = 0
        for table, columns in self.codes.items():
            for row in self.rows[table]:
                for column in columns:
                    self.assertTrue(row[column] or column in ('base', 'modern'), (table, row))
                    for code in row[column].split():
                        self.assertIn(int(code, 16), self.names, (table, row))
                        self.assertEqual(code, f'{int(code, 16):04X}', (table, row))
                        count += 1
        suite.checked(f'{count} code points in {len(self.codes)} tables are assigned')

    def test_no_row_is_there_twice(self):
        for table, rows in self.rows.items():
            seen = [tuple(row.values()) for row in rows]
            self.assertEqual(len(seen), len(set(seen)), table)

    def test_rows_are_in_the_order_of_code_points(self):
        for table, columns in self.codes.items():
            if columns[0] in ('code', 'codes') and table != 'entities.tsv':
                order = [numbers(row[columns[0]]) for row in self.rows[table]]
                self.assertEqual(order, sorted(order), table)
        names = [row['name'].encode() for row in self.rows['entities.tsv']]
        self.assertEqual(names, sorted(names))

    def test_aliases_are_no_names(self):
        for row in self.rows['aliases.tsv']:
            self.assertNotEqual(row['alias'].lower(), self.names[int(row['code'], 16)].lower())

    def test_sequences_have_the_bases_they_need(self):
        emoji = {row['code'] for row in self.rows['emoji.tsv']}
        known = emoji | {row['codes'] for row in self.rows['sequences.tsv']
                         if row['type'] not in ('named', 'tone')}
        for row in self.rows['sequences.tsv']:
            self.assertGreater(len(row['codes'].split()), 1, row)
            if row['type'] == 'tone':
                self.assertIn(row['base'], known, row)
            else:
                self.assertEqual(row['base'], '', row)

    def test_keywords_are_of_characters_and_sequences(self):
        sequences = {row['codes'] for row in self.rows['sequences.tsv']
                     if row['type'] not in ('named', 'tone')}
        for table in keywords():
            seen = set()
            for row in self.rows[table]:
                self.assertNotIn(row['codes'], seen, table)
                seen.add(row['codes'])
                if ' ' in row['codes']:
                    self.assertIn(row['codes'], sequences, table)
                self.assertTrue(row['name'], (table, row))
                words = row['keywords'].split('|') if row['keywords'] else []
                self.assertEqual([word.strip() for word in words if word], words, (table, row))
                self.assertNotIn(row['name'], words, table)
        suite.checked(f'keywords in {len(keywords())} languages')

    def test_synonyms_lead_to_names_that_do_not_have_them(self):
        having = {}
        names = {**self.names, **{row['codes']: row['name'].upper()
                                  for row in self.rows['sequences.tsv']}}
        for code, name in names.items():
            for word in re.findall(r'\w+', name):
                having.setdefault(word, set()).add(code)

        def found_by(words):
            return set.intersection(*(having.get(word, set()) for word in re.findall(r'\w+', words)))

        called = {}
        for row in self.rows['aliases.tsv']:
            called.setdefault(row['alias'].upper(), set()).add(int(row['code'], 16))
        rows = self.rows['synonyms.tsv']
        for row in rows:
            self.assertRegex(row['synonym'], r'^[A-Z]+( [A-Z]+)*$')
            if row['of'].startswith('U+'):
                codes = row['of'].split(' ')
                self.assertEqual(codes, [f'U+{int(code[2:], 16):04X}' for code in codes])
                meant = {int(code[2:], 16) for code in codes}
                self.assertEqual(len(meant), len(codes), row)
                self.assertLessEqual(meant, self.names.keys(), row)
            else:
                meant = found_by(row['of'])
                self.assertTrue(meant, row)
            self.assertFalse(meant <= found_by(row['synonym']), row)
            self.assertFalse(meant <= called.get(row['synonym'], set()), row)
        order = [(row['synonym'], row['of']) for row in rows]
        self.assertEqual(order, sorted(order))
        suite.checked(f'{len(rows)} synonyms lead to names')

    def test_popular_characters_are_called_what_they_are(self):
        for row in self.rows['popular.tsv']:
            self.assertEqual(row['name'], self.names[int(row['code'], 16)])

    def test_binary_properties_are_of_ranges_that_ascend(self):
        last = -1
        for row in self.rows['binary.tsv']:
            codes = span(row['code'])
            self.assertLess(last, codes[0], row)
            last = codes[-1]
            held = row['properties'].split(' ')
            self.assertEqual(held, sorted(set(held)), row)
        emoji = {code for row in self.rows['binary.tsv'] if 'Emoji' in row['properties'].split(' ')
                 for code in span(row['code'])}
        self.assertLessEqual({int(row['code'], 16) for row in self.rows['emoji.tsv']}, emoji)

    def test_blocks_ascend_and_are_those_of_the_characters(self):
        last = -1
        block_of = {}
        for row in self.rows['blocks.tsv']:
            codes = span(row['code'])
            self.assertLess(last, codes[0], row)
            last = codes[-1]
            block_of.update(dict.fromkeys(codes, row['block']))
        for row in self.characters:
            for code in span(row['code']):
                self.assertEqual(block_of.get(code, 'No_Block'), row['block'], row)

    def test_traits_are_of_ranges_that_ascend(self):
        last = {}
        for row in self.rows['traits.tsv']:
            codes = span(row['code'])
            self.assertLess(last.get(row['property'], -1), codes[0], row)
            last[row['property']] = codes[-1]
            self.assertTrue(row['value'], row)
        self.assertEqual(set(last), {'bc', 'ccc', 'ea', 'kRSUnicode', 'kTotalStrokes', 'nv', 'scx'})

    def test_case_and_decompositions_are_those_of_this_python(self):
        """What both know: full mappings of case, and the parts of what is decomposed."""
        mapped = {kind: {} for kind in ('lower', 'upper', 'title', 'mirror', 'simplified', 'traditional', 'variant',
                                        'looks')}
        for row in self.rows['mappings.tsv']:
            mapped[row['kind']][chr(int(row['code'], 16))] = ''.join(map(chr, numbers(row['codes'])))
        known = [chr(code) for code in self.names if unicodedata.category(chr(code)) not in ('Cn', 'Cs')]
        for c in known:
            upper = mapped['upper'].get(c, c)
            title = mapped['title'].get(c, upper if c.title() != c else c)
            for ours, theirs in ((mapped['lower'].get(c, c), c.lower()), (upper, c.upper()), (title, c.title())):
                if all(unicodedata.category(part) != 'Cn' for part in ours):
                    self.assertEqual(ours, theirs, c)
        for c, other in mapped['mirror'].items():
            self.assertEqual(mapped['mirror'][other], c)
        for row in self.rows['decompositions.tsv']:
            c = chr(int(row['code'], 16))
            if unicodedata.category(c) != 'Cn':
                self.assertEqual(unicodedata.decomposition(c).rpartition('>')[2].strip(), row['codes'], row)
        for c, skeleton in mapped['looks'].items():
            self.assertFalse(set(skeleton) & mapped['looks'].keys(), c)
        suite.checked(f'{len(known)} characters have the case that Python knows')

    def test_seal_characters_and_jurchen_have_radicals(self):
        names = {int(row['code'], 16): row for row in self.rows['historic.tsv']}
        self.assertEqual(names.keys(), {*range(0x18E00, 0x19192), *range(0x3D000, 0x3FC40)})
        for code, row in names.items():
            self.assertRegex(self.names[code], '^(JURCHEN|SMALL SEAL) CHARACTER-')
            self.assertRegex(row['radical'], r'^[0-9]+( [0-9]+)*$')
            self.assertEqual(bool(row['modern']), code >= 0x3D000, row)
        self.assertEqual(names[0x18E01]['reading'], 'tumən')

    def test_ideographs_are_han(self):
        for row in self.rows['ideographs.tsv']:
            self.assertRegex(self.names[int(row['code'], 16)], '^CJK |IDEOGRAPH')
            self.assertTrue(any(list(row.values())[1:]), row)

    def test_names_of_other_systems_are_there(self):
        called = {(row['kind'], row['name']): row['codes'] for row in self.rows['names.tsv']}
        for kind, name, code in (('latex', 'infty', '221E'), ('latex', 'to', '2192'), ('shortcode', '+1', '1F44D'),
                                 ('shortcode', 'smile', '1F604'), ('keysym', 'EuroSign', '20AC'),
                                 ('glyph', 'AEacute', '01FC'), ('digraph', 'Eu', '20AC'), ('compose', 'oc', '00A9'),
                                 ('ascii', '!=', '2260'), ('ascii', '1/2', '00BD'), ('apl', 'triple bar', '2261'),
                                 ('jargon', 'bang', '0021')):
            self.assertEqual(called[kind, name], code, (kind, name))
        suite.checked(f'{len(called)} names in other systems')

    def test_emoji_have_an_order(self):
        order = [int(row['order']) for row in self.rows['emoji.tsv']]
        self.assertEqual(len(order), len(set(order)))
        self.assertEqual(min(order), 1)
        self.assertLessEqual({row['presentation'] for row in self.rows['emoji.tsv']},
                             {'emoji', 'text'})

    def test_properties_name_every_value(self):
        called = {}
        for row in self.rows['properties.tsv']:
            values = called.setdefault(row['property'], set())
            values.update(map(loose, [row['short'], row['long'], *row['other'].split()]))
        for row in self.characters:
            for column, property_name in (('category', 'gc'), ('script', 'sc'),
                                          ('block', 'blk'), ('age', 'age')):
                value = row[column] if row[column] != 'No_Block' else 'NB'
                self.assertIn(loose(value), called[property_name], row)


if __name__ == '__main__':
    suite.main()
