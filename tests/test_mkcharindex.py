#!/usr/bin/env python3
"""mkcharindex: builds the index, the same from the same tables, and examines one."""

import contextlib
import mmap
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import unittest

import programs
import suite


def tries(number):
    """How many, of so many in a long run."""
    return 3 if suite.wrap() else number if suite.long_run() else number // 5


class BuildTest(programs.ProgramTest):
    def build(self, output, *arguments, **options):
        return self.run_program('mkcharindex', '-o', output, suite.source('data'), *arguments,
                                **options)

    def build_soon(self, output, **options):
        """Of English names only, where it does not matter what is in the index."""
        return self.build(output, '--languages=', **options)

    def test_the_same_tables_give_the_same_bytes(self):
        output = self.directory / 'one.db'
        self.assertEqual(self.assertWell(self.build(output)), '')  # quiet, off a terminal
        self.assertEqual(output.read_bytes(), pathlib.Path(suite.database()).read_bytes())
        suite.checked('two builds have the same bytes')

    def test_a_build_leaves_nothing_but_the_index(self):
        self.assertWell(self.build_soon(self.directory / 'x.db'))
        self.assertEqual(os.listdir(self.directory), ['x.db'])

    def test_the_output_is_charindex_db_unless_told(self):
        self.assertWell(self.run_program('mkcharindex', '--languages=', os.path.abspath(suite.source('data')),
                                         cwd=self.directory))
        self.assertEqual(os.listdir(self.directory), ['charindex.db'])

    def test_an_old_index_is_replaced_not_rewritten(self):
        old = self.write('x.db', b'old')
        with open(old, 'rb') as still_open:
            self.assertWell(self.build_soon(old))
            self.assertEqual(still_open.read(), b'old')
        self.assertGreater(old.stat().st_size, 1 << 20)

    def test_anyone_may_read_the_index(self):
        output = self.directory / 'x.db'
        old = os.umask(0o022)
        try:
            self.assertWell(self.build_soon(output))
        finally:
            os.umask(old)
        self.assertEqual(output.stat().st_mode & 0o777, 0o644)

    def test_an_output_that_cannot_be_written_is_an_error(self):
        for output in (self.directory / 'nosuchdirectory' / 'x.db',
                       self.write('file', b'') / 'x.db'):
            self.assertError(self.build_soon(output), 1, output)
        self.assertError(self.build_soon(self.directory), 1, self.directory)

    @unittest.skipIf(suite.wrap(), 'the wrapper writes files too')
    def test_when_the_disk_is_full_the_old_index_stays(self):
        old = self.write('x.db', b'old')

        def small_disk():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))

        self.assertError(self.build_soon(old, preexec_fn=small_disk), 1, 'x.db')
        self.assertEqual(old.read_bytes(), b'old')
        self.assertEqual(os.listdir(self.directory), ['x.db'])

    def test_a_table_that_is_missing_or_wrong_is_an_error_that_names_it(self):
        output = self.directory / 'x.db'
        data = self.directory / 'data'
        self.assertError(self.run_program('mkcharindex', '-o', output, data), 1, data)
        data.mkdir()
        table = data / 'characters.tsv'
        self.assertError(self.run_program('mkcharindex', '-o', output, data), 1, table)
        good = pathlib.Path(suite.table()).read_text(encoding='utf-8').splitlines(True)[:40]
        row = good[20].split('\t')

        def with_row(*columns):
            return ''.join(good[:20] + ['\t'.join(columns)] + good[21:])

        for what, text in {
                'nothing': '',
                'only blank': '\n',
                'no version': ''.join(good[1:]),
                'a strange version': ''.join(['# Unicode seventeen\n'] + good[1:]),
                'no hexadecimal': with_row('XYZ', *row[1:]),
                'a code point beyond the last': with_row('110000', *row[1:]),
                'a range that goes backwards': with_row('0030..0020', *row[1:]),
                'too few columns': with_row(*row[:2]) + '\n',
                'no such category': with_row(row[0], row[1], 'Xx', *row[3:]),
                'out of order': ''.join(good[:20] + [good[22], good[21]] + good[23:]),
                'twice the same': ''.join(good[:20] + [good[20], good[20]] + good[21:]),
                'cut off': ''.join(good)[:-7],
        }.items():
            with self.subTest(what):
                table.write_text(text, encoding='utf-8')
                self.assertError(self.run_program('mkcharindex', '-o', output, data), 1, table)
        self.assertFalse(output.exists())

    def test_wrong_usage(self):
        for arguments in (['a', 'b'], ['--nosuchoption', 'a'], ['-x', 'a'], ['a', '-o'],
                          ['--verify'], ['--dump'], ['--words'], ['--words=x', 'a'],
                          ['--words=-1', 'a'], ['--words=', 'a'], ['--verify', '--dump', 'a'],
                          ['--verify=x', 'a']):
            self.assertError(self.run_program('mkcharindex', *arguments), 2)


class LanguagesTest(programs.ProgramTest):
    def build(self, name, *arguments):
        output = self.directory / name
        self.assertWell(self.run_program('mkcharindex', '-o', output, suite.source('data'),
                                         *arguments))
        return output

    def languages(self, index):
        """Those that charfinder names when it is asked for one that is not there."""
        result = self.run_program('charfinder', '-i', index, '--lang=xx', 'x')
        self.assertError(result, 2, '--lang=xx')
        return result.stderr.decode().rpartition('it has ')[2].strip().split(', ')

    def first(self, index, *arguments):
        result = self.run_program('charfinder', '-i', index, '--tsv', *arguments)
        return result.stdout.decode().split('\t')[0]

    def test_all_are_in_the_index_unless_told(self):
        tables = pathlib.Path(suite.source('data', 'keywords')).glob('*.tsv')
        self.assertEqual(self.languages(suite.database()), sorted(p.stem for p in tables))

    def test_those_that_are_not_chosen_make_no_size_and_are_not_known(self):
        some = self.build('some.db', '--languages=fr,en')
        self.assertEqual(self.languages(some), ['en', 'fr'])
        self.assertError(self.run_program('charfinder', '-i', some, '--lang=de', 'x'), 2,
                         '--lang=de', 'en, fr')
        none = self.build('none.db', '--languages=')
        self.assertError(self.run_program('charfinder', '-i', none, '--lang=en', 'x'), 2,
                         '--lang=en', 'no keywords')
        sizes = [os.path.getsize(index) for index in (none, some, suite.database())]
        self.assertEqual(sizes, sorted(set(sizes)))
        self.assertLess(sizes[1], 0.7 * sizes[2])
        for index in (none, some):
            self.assertWell(self.run_program('mkcharindex', '--verify', index))
        suite.checked('MB of the index without keywords, with en and fr, with all: '
                      + ', '.join(f'{size / 1e6:.1f}' for size in sizes))

    def test_keywords_are_found_in_the_languages_that_were_chosen(self):
        index = self.build('some.db', '--languages=de')
        for path in (index, suite.database()):
            self.assertEqual(self.first(path, '--lang=de', '--limit=1', 'schmetterling'), 'U+1F98B')
        self.assertEqual(self.first(index, 'is:emoji', 'in:keyword', 'insect'), '')

    def test_the_order_of_the_list_does_not_matter(self):
        indexes = {self.build(f'{n}.db', f'--languages={chosen}').read_bytes()
                   for n, chosen in enumerate(('de,fr', 'fr,de', 'fr,,de,fr,'))}
        self.assertEqual(len(indexes), 1)

    def test_a_language_that_is_not_there_is_an_error_that_names_it(self):
        for chosen in ('xx', 'en,xx', 'xx,en', 'FR', 'en/../xx', '../xx', 'x' * 5000):
            self.assertError(self.run_program('mkcharindex', '-o', self.directory / 'x.db',
                                              f'--languages={chosen}', suite.source('data')),
                             1, 'keywords/', chosen.strip('en,'))
        self.assertEqual(os.listdir(self.directory), [])

    def test_make_leaves_languages_out(self):
        build = os.path.dirname(suite.database())
        if not os.path.exists(os.path.join(build, 'Makefile')):
            self.skipTest('there is no Makefile beside the index')
        environment = {name: value for name, value in os.environ.items()
                       if name not in ('MAKEFLAGS', 'MFLAGS', 'MAKELEVEL', 'srcdir')}
        for given, option in (('CHARINDEX_LANGUAGES=en,fr', True), ('CHARINDEX_LANGUAGES=', False)):
            said = subprocess.run(['make', '-n', '-W', 'mkcharindex', given, 'charindex.db'], cwd=build,
                                  env=environment, check=True, capture_output=True, text=True).stdout
            self.assertIn('charindex.db', said)
            self.assertEqual('--languages=en,fr' in said, option, said)


class SynonymsTest(programs.ProgramTest):
    HEADING = '# ours\n# synonym\tof\n'

    def small_data(self):
        """The table that synonyms need: a quick build."""
        data = self.directory / 'data'
        data.mkdir()
        shutil.copy(suite.source('data', 'characters.tsv'), data)
        return data

    def test_ours_are_searched_beside_those_of_the_data(self):
        table = self.write('ours.tsv', (self.HEADING + 'GAULE\tCHESS ROOK\nMY HORSE\tU+2658 U+265E\n'
                                        + 'été\tU+2600\n').encode())
        index = self.directory / 'x.db'
        self.assertWell(self.run_program('mkcharindex', '-o', index, f'--synonyms={table}',
                                         '--languages=', suite.source('data')))
        self.assertWell(self.run_program('mkcharindex', '--verify', index))
        for query, expected in {
                'my horse': ['U+2658', 'U+265E'], 'Gaule white turned': ['U+1FA20'], 'ÉTÉ': ['U+2600'],
                'ete': ['U+2600'], 'left arrow in:alias -long': None}.items():
            result = self.run_program('charfinder', '-i', index, '--tsv', query)
            found = [line.split('\t')[0] for line in result.stdout.decode().split('\n')[:-1]]
            if expected is None:
                self.assertIn('U+2190', found, query)  # from data/synonyms.tsv
            else:
                self.assertEqual(found, expected, query)
        # And without the table they are unknown.
        result = self.run_program('charfinder', '-i', suite.database(), '--tsv', 'in:any my horse')
        self.assertEqual((result.returncode, result.stdout), (1, b''))

    def test_a_wrong_table_is_an_error_that_names_the_line_and_a_remedy(self):
        data, output = self.small_data(), self.directory / 'x.db'
        for what, (text, line) in {
                'nothing': ('', 0),
                'no heading': ('ROOK\tCASTLE\n', 1),
                'other columns': ('# ours\n# one\ttwo\nX\tROOK\n', 2),
                'no synonym': (self.HEADING + '\tROOK\n', 3),
                'of nothing': (self.HEADING + 'X\t\n', 3),
                'one column': (self.HEADING + 'A\tROOK\nX\n', 4),
                'three columns': (self.HEADING + 'X\tROOK\tPAWN\n', 3),
                'no such word': (self.HEADING + 'X\tNOSUCHWORD\n', 3),
                'words that no name has together': (self.HEADING + 'X\tROOK EURO\n', 3),
                'no such character': (self.HEADING + 'X\tU+0378\n', 3),
                'beyond the last': (self.HEADING + 'X\tU+110000\n', 3),
                'no hexadecimal': (self.HEADING + 'X\tU+XYZ\n', 3),
                'half a list': (self.HEADING + 'X\tU+2658 265E\n', 3),
                'too long': (self.HEADING + 'X' * 256 + '\tROOK\n', 3),
                'not UTF-8': (self.HEADING + 'caf\udce9\tROOK\n', 3),
                'a NUL': (self.HEADING + 'X\0Y\tROOK\n', 3),
                'cut off': (self.HEADING + 'X\tROOK', 3),
        }.items():
            with self.subTest(what):
                table = self.write('ours.tsv', text.encode(errors='surrogateescape'))
                result = self.run_program('mkcharindex', '-o', output, f'--synonyms={table}', data)
                self.assertError(result, 1, f'{table}:{line}: ', 'mkcharindex(1)')
        self.assertFalse(output.exists())

    def test_the_table_of_the_data_is_written_by_hand_too(self):
        data = self.small_data()
        table = data / 'synonyms.tsv'
        table.write_text(self.HEADING + 'X\tNOSUCHWORD\n')
        result = self.run_program('mkcharindex', '-o', self.directory / 'x.db', data)
        self.assertError(result, 1, f'{table}:3: ', 'mkcharindex(1)')

    def test_a_table_that_cannot_be_read_is_an_error_that_names_it(self):
        for path in (self.directory / 'nosuch.tsv', self.directory):
            self.assertError(self.run_program('mkcharindex', '-o', self.directory / 'x.db',
                                              f'--synonyms={path}', '--languages=', suite.source('data')), 1, path)


class ExamineTest(programs.ProgramTest):
    @contextlib.contextmanager
    def changed_index(self, places, change):
        """A copy of the index in which the bytes at `places` are others."""
        path = self.directory / 'bad.db'
        if not path.exists():
            shutil.copy(suite.database(), path)
        with open(path, 'r+b') as file, mmap.mmap(file.fileno(), 0) as index:
            good = {place: index[place] for place in places}
            for place in good:
                index[place] = change(good[place])
            yield path
            for place, byte in good.items():
                index[place] = byte

    def test_verify_finds_the_index_in_order(self):
        said = self.assertWell(self.run_program('mkcharindex', '--verify', suite.database()))
        for fact in ('18.0.0', '172808', '45921'):
            self.assertIn(fact, said)

    def test_verify_finds_any_byte_that_is_changed(self):
        rng = random.Random(17)
        size = os.path.getsize(suite.database())
        places = [rng.randrange(size) for _ in range(tries(40))]
        for place in [0, 8, 12, 16, 24, 28, 32, 36, 40, 48, 52, 56, 64, size - 1] + places:
            with self.changed_index([place], lambda byte: byte ^ 1 << rng.randrange(8)) as path:
                self.assertError(self.run_program('mkcharindex', '--verify', path), 1, path)
        suite.checked(f'--verify found {len(places) + 14} changed bytes')

    def test_a_changed_byte_never_kills_a_search(self):
        rng = random.Random(18)
        size = os.path.getsize(suite.database())
        for _ in range(tries(200)):
            places = {rng.randrange(48, size) for _ in range(rng.choice([1, 1, 100, 10000]))}
            with self.changed_index(places, lambda _: rng.randrange(256)) as path:
                result = self.run_program('charfinder', '-i', path, 'chess', 'white')
            self.assertIn(result.returncode, (0, 1, 2), result.stderr)

    def test_a_file_that_is_no_index_is_an_error_that_names_it(self):
        for job in ('--verify', '--dump', '--words'):
            for what, path in self.bad_indexes():
                with self.subTest(f'{job}: {what}'):
                    self.assertError(self.run_program('mkcharindex', job, path), 1, path)

    def test_words_are_the_most_frequent(self):
        oracle = suite.oracle()
        order = sorted((-len(points), word) for word, points in oracle.index.items())
        expected = [f'{-count:5} {word}\n' for count, word in order]
        for n in (1, 10, 1000):
            said = self.assertWell(self.run_program('mkcharindex', f'--words={n}', suite.database()))
            self.assertEqual(said, ''.join(expected[:n]))
        for option in ('--words', '--words=45921', '--words=1000000'):
            said = self.assertWell(self.run_program('mkcharindex', option, suite.database()))
            self.assertEqual(said, ''.join(expected))
        suite.checked(f'--words: {len(expected)} counts equal')

    def test_dump_names_every_character_and_word(self):
        oracle = suite.oracle()
        said = self.assertWell(self.run_program('mkcharindex', '--dump', suite.database()))
        lines = said.split('\n')  # not splitlines(): LINE SEPARATOR is one of the characters
        rows = [line.split('\t')[-1] for line in lines if line.startswith('row ')]
        self.assertGreater(len(rows), len(oracle.names))
        del rows[len(oracle.names):]  # sequences and controls
        self.assertTrue(rows == [name for _, name in sorted(oracle.names.items())])
        words = {fields[2] for fields in map(str.split, lines) if fields[:1] == ['term']}
        self.assertTrue(words == set(oracle.index))

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_a_reader_that_goes_away_is_not_complained_of(self):
        for job in ('--dump', '--words'):
            with subprocess.Popen(suite.program('mkcharindex') + [job, suite.database()],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  restore_signals=False) as process:  # SIGPIPE is ignored
                process.stdout.readline()
                process.stdout.close()
                self.assertEqual(process.wait(suite.patience(60)), 1)
                self.assertEqual(process.stderr.read(), b'')

    def test_short_forms_of_help_and_version(self):
        for short, long in (('-h', '--help'), ('-V', '--version')):
            self.assertEqual(self.assertWell(self.run_program('mkcharindex', short)),
                             self.assertWell(self.run_program('mkcharindex', long)))

    def test_a_directory_without_tables_is_told_what_is_wanted(self):
        self.assertError(self.run_program('mkcharindex', '-o', self.directory / 'x.db', self.directory), 1,
                         self.directory / 'characters.tsv', 'DATADIR is the directory of the tables')

    def test_the_tables_are_looked_for_where_they_are_installed(self):
        usage = self.assertWell(self.run_program('mkcharindex', '--help'))
        directory = re.search(r'DATADIR is\n(/\S+/tables) if it is not given', usage)[1]
        if os.path.exists(directory):
            self.assertWell(self.run_program('mkcharindex', '-o', self.directory / 'x.db', '--languages='))
        else:
            self.assertError(self.run_program('mkcharindex', '-o', self.directory / 'x.db'), 1,
                             f'{directory}/characters.tsv')

    def test_a_full_disk_is_an_error(self):
        for job in ('--dump', '--words', '--verify'):
            self.assertError(self.run_into_a_full_disk('mkcharindex', job, suite.database()),
                             1, 'No space left on device')
        for option in ('--help', '--version'):
            self.assertError(self.run_into_a_full_disk('mkcharindex', option), 1)


if __name__ == '__main__':
    suite.main()
