#!/usr/bin/env python3
"""charfinder: the same search from the shell."""

import random

import programs
import suite


class CharfinderTest(programs.ProgramTest):
    def setUp(self):
        super().setUp()
        self.oracle = suite.oracle()

    def charfinder(self, *words, **options):
        return self.run_program('charfinder', '--index=' + suite.database(), *words, **options)

    def expected(self, query):
        query = query.strip()
        found = self.oracle.find(query)
        rows = b''.join(self.oracle.rows[point] for point in found).replace(b'\r\n', b'\n')
        return rows + f'({self.oracle.status(query, len(found))})\n'.encode(), found

    def assertAnswers(self, *words):
        output, found = self.expected(' '.join(words))
        result = self.charfinder('--', *words)
        self.assertEqual((result.stdout, result.stderr), (output, b''), words)
        self.assertEqual(result.returncode, 0 if found else 1, words)

    def test_prints_rows_and_then_how_many(self):
        result = self.charfinder('white', 'bishop')
        self.assertEqual(result.stdout.decode(), '''\
U+2657 \t\N{WHITE CHESS BISHOP}\tWHITE CHESS BISHOP
U+1FA0C\t\U0001FA0C\tWHITE CHESS BISHOP ROTATED NINETY DEGREES
U+1FA21\t\U0001FA21\tWHITE CHESS TURNED BISHOP
U+1FA36\t\U0001FA36\tWHITE CHESS BISHOP ROTATED TWO HUNDRED SEVENTY DEGREES
U+1FA50\t\U0001FA50\tWHITE CHESS KNIGHT-BISHOP
(5 matches for 'white bishop')
''')
        self.assertEqual(result.returncode, 0)

    def test_words_may_be_one_argument_or_many(self):
        for words in (['white bishop'], ['bishop', 'WHITE'], ['white', 'bishop', 'white'],
                      [' white ', ' bishop '], ['euro-currency', 'sign'], ['', 'peso', 'sign']):
            self.assertAnswers(*words)

    def test_exits_1_if_there_is_none(self):
        for words in (['nosuchword'], ['white', 'nosuchword'], ['+++'], [''], ['  '], ['-'], ['--nosuch'],
                      ["it's"], ['\x03'], ['caf\u00e9 \u0378'], ['white_bishop']):
            self.assertEqual(self.expected(' '.join(words))[1], [])
            self.assertAnswers(*words)

    def test_answers_as_the_oracle(self):
        words = random.Random(17).sample(sorted(self.oracle.index), 5 if suite.wrap() else 300)
        for word in words + ['cjk', 'stra\u00dfe', '\N{LATIN SMALL LIGATURE FI}sh']:
            self.assertAnswers(word)
        suite.checked(f'charfinder: {len(words)} answers equal')

    def test_is_indifferent_to_the_locale(self):
        for locale in ('C', 'POSIX', 'C.UTF-8', 'tr_TR.UTF-8', 'nonsense'):
            result = self.charfinder('\N{LATIN SMALL LIGATURE FI}sh', 'DIGIT',
                                     env={'LC_ALL': locale})
            self.assertEqual(result.stdout,
                             self.expected('\N{LATIN SMALL LIGATURE FI}sh DIGIT')[0])

    def test_takes_the_index_by_either_option(self):
        for option in (['-i', suite.database()], ['-i' + suite.database()],
                       ['--index', suite.database()]):
            result = self.run_program('charfinder', *option, 'peso', 'sign')
            self.assertEqual(result.stdout, self.expected('peso sign')[0])

    def test_wrong_usage(self):
        self.assertError(self.charfinder(), 2)
        self.assertError(self.charfinder('--nosuchoption', 'x'), 2, '--nosuchoption')
        self.assertError(self.charfinder('-x', 'x'), 2, '-x')
        self.assertError(self.run_program('charfinder', 'x', '--index'), 2, '--index')
        self.assertError(self.run_program('charfinder', 'x', '-i'), 2, '-i')

    def test_what_is_not_utf_8_is_an_error(self):
        self.assertError(self.charfinder(b'caf\xe9'), 2, 'UTF-8')
        self.assertError(self.charfinder('white', b'\xff'), 2, 'UTF-8')

    def test_a_bad_index_is_an_error_that_names_it(self):
        for what, path in self.bad_indexes():
            with self.subTest(what):
                self.assertError(self.run_program('charfinder', '-i', path, 'rook'), 2, path)

    def test_a_full_disk_is_an_error(self):
        # cjk fails in the middle, the other at the end.
        for word in ('cjk', 'nosuchword'):
            self.assertError(self.run_into_a_full_disk('charfinder', '-i', suite.database(), word),
                             2, 'No space left on device')
        self.assertError(self.run_into_a_full_disk('charfinder', '--help'), 2)
        self.assertError(self.run_into_a_full_disk('charfinder', '--version'), 2)


if __name__ == '__main__':
    suite.main()
