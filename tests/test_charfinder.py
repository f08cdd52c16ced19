#!/usr/bin/env python3
"""charfinder: the same search from the shell, and what standard input consists of."""

import contextlib
import csv
import io
import itertools
import json
import os
import random
import re
import signal
import subprocess
import time
import unittest
import urllib.parse

import daemon
import programs
import suite
from torture import preload

FORMS = ['utf-8', 'utf-16', 'html', 'url', 'c', 'json', 'utf-32', 'decimal']
NAMED_FORMS = ['entity', 'latex']
MEMBERS = ['codes', 'char', 'name', 'category', 'script', 'block', 'age', 'source']


class SearchTest(programs.ProgramTest):
    def charfinder(self, *words, **options):
        return self.run_program('charfinder', '--index=' + suite.database(), *words, **options)

    def lines(self, *arguments, **options):
        """What is printed if all is well."""
        return self.assertWell(self.charfinder(*arguments, **options)).split('\n')[:-1]

    def found(self, *arguments, **options):
        """The code points of the rows, in their order."""
        return [line.split('\t')[0] for line in self.lines('--tsv', *arguments, **options)]

    def objects(self, *arguments, **options):
        """The rows as objects, and the status."""
        objects = [json.loads(line) for line in self.lines('--json', *arguments, **options)]
        return objects[:-1], objects[-1]


class SynonymsTest(SearchTest):
    """A person's own table, in the place that the environment names."""

    def setUp(self):
        super().setUp()
        self.path = self.directory / 'charfinder' / 'synonyms.tsv'
        self.path.parent.mkdir()

    def ask(self, *words, table='ship it\tU+1F680 U+2713\nCastle\tchess rook\nok\tU+2713\nok\tthumbs up sign -reversed\n', **environment):
        self.path.write_text('# me\n# synonym\tof\n' + table)
        return self.charfinder('--tsv', *words, env={**os.environ, 'XDG_CONFIG_HOME': str(self.directory), **environment})

    def codes(self, result):
        return [line.split('\t')[0] for line in self.assertWell(result).splitlines()]

    def test_is_asked_as_what_it_says(self):
        self.assertEqual(self.codes(self.ask('ship', 'IT')), ['U+1F680', 'U+2713'])
        self.assertEqual(self.codes(self.ask('castle')), self.found('chess rook'))
        self.assertEqual(self.codes(self.ask('ok')), ['U+2713', 'U+1F44D'])
        home = self.directory / '.config'
        home.mkdir()
        (self.directory / 'charfinder').rename(home / 'charfinder')
        self.path = home / 'charfinder' / 'synonyms.tsv'
        self.assertEqual(self.codes(self.ask('ship it', XDG_CONFIG_HOME='', HOME=str(self.directory))), ['U+1F680', 'U+2713'])

    def test_is_of_the_whole_query_of_a_person(self):
        self.assertEqual(self.ask('white castle').stdout, self.charfinder('--tsv', 'white castle').stdout)
        self.assertEqual(self.ask('--mode=classic', 'castle').stdout,
                         self.charfinder('--tsv', '--mode=classic', 'castle').stdout)

    def test_a_table_that_is_wrong_is_told(self):
        for table in ('castle\n', 'castle\t\n', '\trook\n', 'a\tb\tc\n'):
            self.assertError(self.ask('x', table=table), 2, f'{self.path}:3: ')
        self.path.unlink()
        self.path.mkdir()
        self.assertError(self.charfinder('x', env={**os.environ, 'XDG_CONFIG_HOME': str(self.directory)}), 2, self.path)


class ClassicTest(SearchTest):
    """The seed's rule, and the seed's answers, by an oracle that knows nothing else."""

    def setUp(self):
        super().setUp()
        self.oracle = suite.oracle()

    def charfinder(self, *words, **options):
        return super().charfinder('--mode=classic', *words, **options)

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
        words = random.Random(17).sample(sorted(self.oracle.index), 5 if suite.wrap() else 1000 if suite.long_run() else 60)
        for word in words + ['cjk', 'stra\u00dfe', '\N{LATIN SMALL LIGATURE FI}sh']:
            self.assertAnswers(word)
            found = self.expected(word)[1]
            if found:  # nor does the default mode change such an answer
                result = self.charfinder('--mode=auto', word)
                self.assertEqual(result.stdout, self.expected(word)[0])
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
            result = self.run_program('charfinder', *option, 'peso', 'sign')  # in any mode
            self.assertEqual(result.stdout, self.expected('peso sign')[0])

    def test_wrong_usage(self):
        self.assertError(self.charfinder(), 2)
        self.assertError(self.charfinder('--about'), 2, 'charfinder --about U+20AC')
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


class ModeTest(SearchTest):
    def test_is_auto_unless_told(self):
        for query in (['lambda'], ['smilng'], ['U+20AC'], ['nosuchword'], ['white', 'bishop']):
            default, auto = self.charfinder(*query), self.charfinder('--mode=auto', *query)
            self.assertEqual((default.stdout, default.returncode), (auto.stdout, auto.returncode))

    def test_auto_goes_on_where_the_seed_finds_nothing(self):
        for query, row in {'smilng': 'U+263A \t\N{WHITE SMILING FACE}\tWHITE SMILING FACE',
                           'U+20AC': 'U+20AC \t\N{EURO SIGN}\tEURO SIGN',
                           '\N{EURO SIGN}': 'U+20AC \t\N{EURO SIGN}\tEURO SIGN',
                           'U+0007': 'U+0007 \t\tALERT'}.items():
            self.assertEqual(self.charfinder('--mode=classic', query).returncode, 1, query)
            self.assertEqual(self.lines(query)[0], row)
        self.assertRegex(self.lines('smilng')[-1], r"\A\(\d+ matches for 'smilng' as 'smiling'\)\Z")

    def test_wide_is_ranked_and_shows_twenty(self):
        for option in (['--mode=wide'], ['-m', 'wide'], ['-mwide']):
            lines = self.lines(*option, 'slash')
            self.assertEqual((lines[0], len(lines)), ('U+002F \t/\tSOLIDUS', 21))
            self.assertRegex(lines[-1], r"\A\(1-20 of \d+ matches for 'slash'\)\Z")

    def test_classic_knows_no_operators(self):
        result = self.charfinder('--mode=classic', 'cat:Sm', 'nosuch:field')
        self.assertEqual((result.returncode, result.stderr), (1, b''))

    def test_options_may_follow_words(self):
        self.assertEqual(self.lines('slash', '--mode=wide'), self.lines('--mode=wide', 'slash'))

    def test_hyphens_are_for_options_unless_two_of_them_end_those(self):
        without = self.found('--', 'chess', 'rook', '-white')
        self.assertIn('U+265C', without)
        self.assertNotIn('U+2656', without)
        self.assertEqual(self.found('--', '-white', 'chess rook'), without)
        self.assertEqual(self.found('--', '-'), ['U+002D'])
        for words in (['rook', '-white'], ['-white', 'rook'], ['-white'], ['--index', suite.database(), '-white']):
            self.assertError(self.charfinder(*words), 2, "'-w' in '-white'", 'charfinder -- arrow -white')

    def test_an_entity_is_a_code_unless_names_have_the_word(self):
        self.assertEqual(self.found('&hellip;'), ['U+2026'])
        self.assertEqual(self.found('&#8364;'), ['U+20AC'])
        self.assertEqual(self.found('&euro;'), self.found('euro'))

    def test_standard_input_has_no_file_behind_it(self):
        self.assertError(self.charfinder('-', 'README.md'), 2, "charfinder - <'README.md'", 'charfinder -- -')
        self.assertEqual(self.found('--', '-', 'minus'), self.found('--', '- minus'))

    def test_short_forms_of_help_and_version(self):
        for short, long in (('-h', '--help'), ('-V', '--version')):
            self.assertEqual(self.assertWell(self.run_program('charfinder', short)),
                             self.assertWell(self.run_program('charfinder', long)))

    def test_an_argument_with_spaces_is_text(self):
        for words in (['white bishop'], ['white', 'bishop'], [' white', 'bishop ']):
            self.assertEqual(self.lines(*words)[-1], "(5 matches for 'white bishop')")
        self.assertEqual(self.found('"chess turned"', 'rook'), self.found('"chess turned" rook'))

    def test_a_wrong_query_is_an_error_that_says_where(self):
        for query, column in ((['block:nosuch'], 7), (['rook', 'block:nosuch'], 12),
                              (['"white'], 1), (['a', '"white'], 3), (['nosuch:x'], 1)):
            for format in ([], ['--json'], ['--tsv'], ['--color=always'], ['--mode=wide']):
                self.assertError(self.charfinder(*format, *query), 2, f'charfinder: column {column}: ')
        # One line, and no control reaches the terminal, whatever is in the query.
        result = self.charfinder('block:"a\nb\033[31m"')
        self.assertError(result, 2, 'column 8')
        self.assertNotIn(b'\033', result.stderr)

    def test_a_long_query_is_answered_or_refused(self):
        for query in ('rook ' * 20000, 'x' * 100000, '*a*' * 5000, '"' * 9999, '\N{EURO SIGN}' * 30000):
            self.assertIn(self.charfinder(query).returncode, (0, 1, 2), query[:20])


class LanguageTest(SearchTest):
    def test_keywords_in_the_language_are_found(self):
        for language in ('de', 'DE', 'de-AT', 'de_CH'):
            self.assertEqual(self.found('--lang=' + language, 'schmetterling'), ['U+1F98B'])
            self.assertEqual(self.found('-l', language, 'schmetterling'), ['U+1F98B'])

    def test_the_language_of_the_environment_is_taken_if_the_index_has_it(self):
        for locale, first in (('fr_FR.UTF-8', 'U+1F408'), ('C', 'U+1F4AC'), ('en_US.UTF-8', 'U+1F4AC'),
                              ('xx_YY', 'U+1F4AC')):
            found = self.found('--mode=wide', 'chat', env=dict(os.environ, LC_ALL=locale))
            self.assertEqual(found[0].strip(), first, locale)

    def test_a_language_that_is_not_there_is_an_error_that_lists_those_that_are(self):
        for language in ('xx', '', 'd', 'dee', 'de-', 'zh Hant', 'fr,de,es,it,pt'):
            for words in (['x'], ['-']):
                self.assertError(self.charfinder('--lang=' + language, *words), 2, f'--lang={language}',
                                 'de, dsb, el, en', 'zh_Hant')


class PageTest(SearchTest):
    def test_pages_put_together_are_the_whole(self):
        for mode, query in (('classic', 'arrow'), ('auto', 'smilng'), ('wide', 'heart'),
                            ('auto', 'cat:Sm arrow')):
            whole = self.lines(f'--mode={mode}', '--limit=all', query)[:-1]
            pages = []
            for start in range(1, len(whole) + 1, 50):
                lines = self.lines(f'--mode={mode}', '--limit=50', f'--from={start}', query)
                end = min(start + 49, len(whole))
                if len(whole) > 50:
                    numbers = f'{start}-{end}' if end > start else f'{start}'
                    self.assertTrue(lines[-1].startswith(f'({numbers} of {len(whole)} matches'))
                pages += lines[:-1]
            self.assertEqual(pages, whole)
            self.assertGreater(len(whole), 20)

    def test_a_page_beyond_the_end_has_nothing(self):
        result = self.charfinder('--from=100', 'white', 'bishop')
        self.assertEqual((result.returncode, result.stdout, result.stderr),
                         (1, b"(0 of 5 matches for 'white bishop')\n", b''))

    def test_the_json_status_tells_the_page(self):
        rows, status = self.objects('-n', '2', '--from=2', 'white', 'bishop')
        self.assertEqual([row['codes'] for row in rows], [['U+1FA0C'], ['U+1FA21']])
        self.assertEqual({k: status[k] for k in ('total', 'first', 'count', 'more')},
                         {'total': 5, 'first': 2, 'count': 2, 'more': True})

    def test_wrong_numbers(self):
        for option in ('--limit=', '--limit=x', '--limit=-1', '--limit=1x', '--limit=10000000',
                       '--from=0', '--from=', '--from=99999999999999999999'):
            self.assertError(self.charfinder(option, 'rook'), 2, option)


def forms_of(text):
    """Python's opinion of the forms by rule; None where it has none that is independent."""
    def c_form(c):
        point = ord(c)
        if c in '"\\':
            return '\\' + c
        if ' ' <= c <= '~':
            return c
        if point < 0xA0:
            return ''.join(f'\\x{byte:02x}' for byte in c.encode())
        return f'\\u{point:04x}' if point < 0x10000 else f'\\U{point:08x}'

    units = text.encode('utf-16-be').hex().upper()
    return {
        'utf-8': text.encode().hex(' ').upper(),
        'utf-16': ' '.join(units[i:i + 4] for i in range(0, len(units), 4)),
        # HTML reads references to these as something else
        'html': ''.join('' if c == '\0' or '\x80' <= c <= '\x9F' else f'&#x{ord(c):X};' for c in text),
        'url': urllib.parse.quote(text, safe=''),
        'c': ''.join(map(c_form, text)),
        'json': ''.join(f'\\u{units[i:i + 4].lower()}' for i in range(0, len(units), 4)),
        'utf-32': text.encode('utf-32-be').hex(' ', 4).upper(),
        'decimal': ' '.join(str(ord(c)) for c in text),
    }


class FormatTest(SearchTest):
    QUERIES = (['white', 'bishop'], ['--mode=wide', 'quotation mark'], ['is:sequence', 'france'],
               ['line feed'], ['U+0378'], ['U+E000'], ['U+D800'], ['nosuchword'], ['U+0022 U+005C'],
               ['--mode=classic', 'arrow'])

    def run_both(self, *arguments):
        result = self.charfinder(*arguments)
        self.assertIn(result.returncode, (0, 1))
        self.assertEqual(result.stderr, b'')
        return result.returncode, result.stdout.decode().split('\n')[:-1]

    def test_json_is_an_object_on_each_line_the_status_last(self):
        for query in self.QUERIES:
            status, lines = self.run_both('--json', *query)
            plain_status, plain = self.run_both(*query)
            *rows, last = map(json.loads, lines)
            self.assertEqual(status, plain_status)
            self.assertEqual(f'({last["status"]})', plain[-1])
            self.assertEqual((last['count'], last['first']), (len(rows), 1))
            for row, line in zip(rows, plain[:-1], strict=True):
                self.assertEqual(list(row), MEMBERS)
                codes, char, name = line.split('\t')
                self.assertEqual((' '.join(row['codes']), row['name']), (codes.rstrip(), name))
                if char:
                    self.assertEqual(row['char'], char)

    def test_tsv_is_rows_only(self):
        for query in self.QUERIES:
            status, lines = self.run_both('--tsv', *query)
            plain_status, plain = self.run_both(*query)
            self.assertEqual((status, len(lines)), (plain_status, len(plain) - 1))
            table = list(csv.reader(io.StringIO('\n'.join(lines), newline=''), delimiter='\t',
                                    quoting=csv.QUOTE_NONE))
            for row, line in zip(table, plain, strict=False):
                self.assertEqual(len(row), len(MEMBERS))
                self.assertEqual(row[:3], [column.rstrip() if n == 0 else column
                                           for n, column in enumerate(line.split('\t'))])

    def test_all_forms_are_those_of_python(self):
        points = itertools.chain(range(0x300), range(0x300, 0x110000, 9973 if suite.wrap() else 97))
        text = '\n'.join(chr(p) for p in points if not 0xD800 <= p < 0xE000 and p != 0x0A)
        text += '\n\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}\n#\uFE0F\u20E3\n'
        rows, status = self.objects('--all-forms', '-', input=text.encode())
        self.assertEqual(len(rows), status['total'])
        for row in rows:
            char = ''.join(chr(int(code[2:], 16)) for code in row['codes'])
            forms = row.get('forms', {})
            if forms or not row['name'].startswith('<'):
                by_rule = {form: forms[form] for form in forms if form not in NAMED_FORMS}
                self.assertEqual((list(by_rule), by_rule), (FORMS, forms_of(char)), row)
                self.assertEqual(json.loads(f'"{forms["json"]}"'), char)
        table = [line.split('\t') for line in self.lines('--tsv', '--all-forms', '-', input=text.encode())]
        for row, columns in zip(rows, table, strict=True):
            self.assertEqual(columns[len(MEMBERS):], [row.get('forms', {}).get(form, '') for form in FORMS + NAMED_FORMS])
        suite.checked(f'forms: those of {len(rows)} characters and sequences equal')

    def test_all_forms_are_below_the_row(self):
        for option in ('-a', '--all-forms'):
            self.assertEqual(self.lines(option, '--limit=1', 'white', 'bishop'), [
                'U+2657 \t\N{WHITE CHESS BISHOP}\tWHITE CHESS BISHOP', '\tutf-8\tE2 99 97',
                '\tutf-16\t2657', '\thtml\t&#x2657;', '\turl\t%E2%99%97', '\tc\t\\u2657',
                '\tjson\t\\u2657', '\tutf-32\t00002657', '\tdecimal\t9815', "(1 of 5 matches for 'white bishop')"])
        # Nothing can be said of a surrogate, in any of them.
        self.assertEqual(self.lines('-a', 'U+D800')[:-1], ['U+D800 \t\t<surrogate-D800>'])
        self.assertNotIn('forms', self.objects('-a', 'U+D800')[0][0])

    def test_wrong_usage(self):
        self.assertError(self.charfinder('--json', '--tsv', 'x'), 2, '--json', '--tsv')
        self.assertError(self.charfinder('--mode=nosuch', 'x'), 2, '--mode=nosuch')
        self.assertError(self.charfinder('--color=nosuch', 'x'), 2, '--color=nosuch')
        for option in ('--mode', '--lang', '--limit', '--from', '--color', '-m', '-l', '-n'):
            self.assertError(self.charfinder('x', option), 2, option)
        for option in ('--json=x', '--tsv=x', '--all-forms=x'):
            self.assertError(self.charfinder(option, 'x'), 2, option)


FAMILY = '\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}'
FLAG = '\N{REGIONAL INDICATOR SYMBOL LETTER F}\N{REGIONAL INDICATOR SYMBOL LETTER R}'
PIECE = 64 * 1024


class IdentifyTest(SearchTest):
    def identify(self, text, *options):
        if isinstance(text, str):
            text = text.encode()
        result = self.charfinder('-', *options, input=text)
        self.assertEqual(result.stderr, b'')
        return result.returncode, result.stdout.decode().split('\n')[:-1]

    def count(self, text):
        """{codes: how many rows}, and the status."""
        status, lines = self.identify(text)
        self.assertEqual(status, 0)
        counts = {}
        for line in lines[:-1]:
            codes = line.split('\t')[0].rstrip()
            counts[codes] = counts.get(codes, 0) + 1
        return counts, lines[-1]

    def test_each_character_is_a_row_line_feeds_apart(self):
        self.assertEqual(self.identify('a\u200b\n\n\N{EURO SIGN}\r\n'), (0, [
            'U+0061 \ta\tLATIN SMALL LETTER A', 'U+200B \t\u200b\tZERO WIDTH SPACE',
            'U+20AC \t\N{EURO SIGN}\tEURO SIGN', 'U+000D \t\tCARRIAGE RETURN', '(4 matches in 3 lines)']))
        self.assertEqual(self.identify('x'), (0, ['U+0078 \tx\tLATIN SMALL LETTER X',
                                                  '(1 match in 1 line)']))

    def test_sequences_come_before_their_parts(self):
        codes = [line.split('\t')[0].rstrip() for line in self.identify(FAMILY + FLAG)[1]]
        self.assertEqual(codes[:2], ['U+1F468 U+200D U+1F469 U+200D U+1F467', 'U+1F468'])
        self.assertEqual(codes[6:9], ['U+1F1EB U+1F1F7', 'U+1F1EB', 'U+1F1F7'])

    def test_nothing_is_nothing(self):
        self.assertEqual(self.identify(''), (1, ['(No match in 0 lines)']))
        self.assertEqual(self.identify('\n\n'), (1, ['(No match in 2 lines)']))
        self.assertEqual(self.identify('', '--tsv'), (1, []))

    def test_bytes_that_are_not_utf_8_have_rows_of_their_own(self):
        text = 'é\n'.encode() + b'ab\xff\xc3\xa9\xe2\x82\n\xed\xa0\x80x\xc3'
        self.assertEqual(self.identify(text), (0, [
            'U+00E9 \té\tLATIN SMALL LETTER E WITH ACUTE', 'U+0061 \ta\tLATIN SMALL LETTER A',
            'U+0062 \tb\tLATIN SMALL LETTER B', '0xFF   \t\t<not UTF-8: line 2, column 3>',
            'U+00E9 \té\tLATIN SMALL LETTER E WITH ACUTE', '0xE2   \t\t<not UTF-8: line 2, column 5>',
            '0x82   \t\t<not UTF-8: line 2, column 6>', '0xED   \t\t<not UTF-8: line 3, column 1>',
            '0xA0   \t\t<not UTF-8: line 3, column 2>', '0x80   \t\t<not UTF-8: line 3, column 3>',
            'U+0078 \tx\tLATIN SMALL LETTER X', '0xC3   \t\t<not UTF-8: line 3, column 5>',
            '(12 matches in 3 lines, 7 of them not UTF-8)']))
        rows, status = self.objects('-', '--all-forms', input=text)
        stray = [row for row in rows if not row['codes']]
        self.assertEqual([(row['byte'], row['line'], row['column']) for row in stray], [
            (0xFF, 2, 3), (0xE2, 2, 5), (0x82, 2, 6), (0xED, 3, 1), (0xA0, 3, 2), (0x80, 3, 3), (0xC3, 3, 5)])
        self.assertEqual(list(stray[0])[:len(MEMBERS)], MEMBERS)
        self.assertEqual((status['total'], status['lines'], status['stray']), (12, 3, 7))
        for option, columns in (('--tsv', 8), ('--all-forms', 18)):
            for line in self.lines('--tsv', option, '-', input=text):
                self.assertEqual(line.count('\t') + 1, columns)

    def test_random_bytes_are_taken_as_python_takes_them(self):
        rng = random.Random(17)
        for _ in range(2 if suite.wrap() else 8):
            data = bytes(rng.choice(b'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x99\x82\xff\n')
                         for _ in range(rng.choice([50, 3 * PIECE])))
            decoded = ''.join(line.decode(errors='surrogateescape') for line in data.split(b'\n'))
            rows, _ = self.objects('-', input=data)
            found = ''.join(chr(0xDC00 + row['byte']) if 'byte' in row else chr(int(row['codes'][0][2:], 16))
                            for row in rows if len(row['codes']) < 2)
            self.assertEqual(found, decoded)

    def test_rows_are_those_of_the_oracle(self):
        oracle = suite.oracle()
        with open(suite.source('data', 'sequences.tsv'), encoding='utf-8') as table, \
                open(suite.source('data', 'entities.tsv'), encoding='utf-8') as entities:
            parts = set(re.findall(r'\b[0-9A-F]{4,6}\b', table.read() + entities.read()))
        points = [p for p in sorted(oracle.names) if f'{p:04X}' not in parts]
        points = random.Random(17).choices(points, k=1000 if suite.wrap() else 100000)
        output = self.charfinder('-', input=''.join(map(chr, points)).encode()).stdout
        expected = b''.join(oracle.rows[p] for p in points).replace(b'\r\n', b'\n')
        self.assertTrue(output.startswith(expected))
        suite.checked(f'charfinder -: {len(points)} rows equal')

    def test_a_page_is_of_all_the_rows(self):
        text = 'abc\n' * 3 + FAMILY + '\n' + 'd' * 5
        text = text.encode() + b'\xff\n'
        _, whole = self.identify(text)
        rows, total = whole[:-1], len(whole) - 1
        for start in range(1, total + 2):
            for limit in (1, 2, 5, total):
                _, lines = self.identify(text, f'--from={start}', f'--limit={limit}')
                page = rows[start - 1:start - 1 + limit]
                self.assertEqual(lines[:-1], page)
                number = {0: '0 of ', 1: f'{start} of '}.get(
                    len(page), f'{start}-{start + len(page) - 1} of ') if len(page) < total else ''
                self.assertEqual(lines[-1],
                                 f'({number}{total} matches in 5 lines, 1 of them not UTF-8)')
            if suite.wrap():
                break
        self.assertEqual(self.identify('ab', '--from=3')[0], 1)

    def test_long_lines_are_not_cut_inside_a_sequence(self):
        for text, codes in ((FAMILY, 'U+1F468 U+200D U+1F469 U+200D U+1F467'), (FLAG, 'U+1F1EB U+1F1F7'),
                            ('#\uFE0F\u20E3', 'U+0023 U+FE0F U+20E3'),
                            ('\u0B95\u0BCD\u0BB7', 'U+0B95 U+0BCD U+0BB7'),
                            ('fj ', 'U+0066 U+006A')):  # no grapheme cluster, but &fjlig;
            size = len(text.encode())
            for shift in range(0, size, 5 if suite.wrap() else 1):
                copies = PIECE // size + 100
                output = self.charfinder('-', input=('x' * shift + text * copies).encode()).stdout
                self.assertEqual(output.count(f'{codes}\t'.encode()), copies, (codes, shift))

    def test_long_lines_are_not_cut_inside_a_character(self):
        for text in ('é', '\N{EURO SIGN}', '\U0001F642'):
            for shift in range(PIECE - 5, PIECE + 5):
                counts, said = self.count('x' * shift + text * 3)
                self.assertEqual(counts[f'U+{ord(text):04X}'], 3)
                self.assertNotIn('UTF-8', said)

    def test_what_has_no_place_to_cut_is_cut_between_characters(self):
        counts, said = self.count('xy' + '\u0301' * 100000)
        self.assertEqual(counts, {'U+0078': 1, 'U+0079': 1, 'U+0301': 100000})
        self.assertEqual(said, '(100002 matches in 1 line)')

    def test_what_comes_is_told_at_once(self):
        with self.started('-', stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            for char, name in (('a', b'LATIN SMALL LETTER A'), ('b', b'LATIN SMALL LETTER B')):
                process.stdin.write(char.encode() + b'\n')
                process.stdin.flush()
                self.assertIn(name, process.stdout.readline())
            process.stdin.close()
            self.assertEqual(process.stdout.read(), b'(2 matches in 2 lines)\n')

    @contextlib.contextmanager
    def started(self, *arguments, **options):
        process = subprocess.Popen(suite.program('charfinder') + ['-i', suite.database(), *arguments],
                                   stderr=subprocess.PIPE, **options)
        try:
            with process:
                yield process
        finally:
            process.kill()

    @unittest.skipIf(preload.why_not('fail_alloc'), 'its memory is not its own')
    def test_memory_does_not_grow_with_the_input(self):
        line = 'The quick brown \N{WHITE CHESS KNIGHT} jumps over é\n'.encode()
        most = 0
        for text in (line, line.replace(b'\n', b' '), FLAG.encode(), b'\xff', b'\n'):
            with self.started('-', '--limit=1', stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL) as process:
                for _ in range(8):
                    process.stdin.write(text * (1_000_000 // len(text)))
                most = max(most, self.own_memory(process.pid))
                process.stdin.close()
                self.assertEqual(process.wait(daemon.DEADLINE), text == b'\n')
        self.assertLess(most, 3_000_000)
        suite.checked(f'charfinder -: at most {most / 1e6:.1f} MB of own memory for 8 MB of text')

    @staticmethod
    def own_memory(pid):
        with open(f'/proc/{pid}/status', encoding='ascii') as status:
            return next(1024 * int(line.split()[1]) for line in status if line.startswith('RssAnon:'))

    def test_takes_its_time(self):
        if suite.wrap():
            self.skipTest('times under a wrapper say nothing')
        text = 'The quick brown \N{WHITE CHESS KNIGHT} jumps over é\n'.encode() * 40000
        for what, arguments in (('cjk', ['cjk']), ('cjk --json', ['cjk', '--json']),
                                ('cjk --all-forms', ['cjk', '-a']), ('rook', ['rook']),
                                (f'- of {len(text) / 1e6:.1f} MB', ['-'])):
            begin = time.monotonic()
            size = len(self.charfinder(*arguments, input=text).stdout)
            suite.checked(f'charfinder {what}: {1000 * (time.monotonic() - begin):.0f} ms, '
                          f'{size / 1e6:.1f} MB')

    def test_wrong_usage(self):
        self.assertError(self.charfinder('-', '--json', '--tsv', input=b'x'), 2)
        self.assertEqual(self.charfinder('rook', '-').returncode, 0)  # among words it is one

    def test_input_that_cannot_be_read_is_an_error(self):
        directory = os.open(self.directory, os.O_RDONLY)
        try:
            self.assertError(self.charfinder('-', stdin=directory), 2, 'standard input')
        finally:
            os.close(directory)


class ColorTest(SearchTest):
    """On a pseudo-terminal, and elsewhere."""

    def test_a_terminal_has_colors(self):
        self.assertEqual(self.on_a_terminal('--limit=1', 'white', 'bishop'),
                         '\033[2mU+2657 \033[0m\t\033[1m\N{WHITE CHESS BISHOP}\033[0m\tWHITE CHESS BISHOP\n'
                         "\033[2m(1 of 7 matches for 'white bishop')\033[0m\n")

    def test_but_for_colors_it_is_what_a_pipe_has(self):
        for arguments in (['white', 'bishop'], ['smilng'], ['-a', 'euro', 'sign'], ['arrow cat:Sm'],
                          ['nosuchword'], ['line feed'], ['is:sequence', 'france'], ['U+D800']):
            arguments = ['--mode=auto', *arguments]
            piped = self.charfinder(*arguments).stdout.decode()
            colored = self.on_a_terminal(*arguments)
            self.assertNotEqual(colored, piped)
            self.assertEqual(re.sub(r'\033\[[0-9]*m', '', colored), piped)
            self.assertEqual(self.charfinder('--color=always', *arguments).stdout.decode(), colored)
            self.assertEqual(self.on_a_terminal('--color=never', *arguments), piped)

    def test_an_entity_is_its_character(self):
        """As charfinder(1) says: in a pipe, names that have the word go before."""
        for entity, char in (('&euro;', '\N{EURO SIGN}'), ('&hellip;', '\N{HORIZONTAL ELLIPSIS}')):
            rows = self.on_a_terminal('--color=never', entity).split('\n')[:-2]
            self.assertEqual([row.split('\t')[1] for row in rows], [char])
        self.assertEqual(self.charfinder('&euro;').stdout.count(b'EURO'), 3)

    def test_marks_have_something_to_sit_on(self):
        for mark in ('U+0301', 'U+0903', 'U+20DD'):
            char = chr(int(mark[2:], 16))
            for how in ([mark], ['--about', mark], ['--details', mark], ['-a', mark]):
                shown = self.on_a_terminal('--color=never', *how).split('\n')[0]
                self.assertEqual(shown.split('\t')[1], '\u25CC' + char, how)
                plain = self.charfinder(*how).stdout.decode().split('\n')[0]
                self.assertEqual(plain.split('\t')[1], char, how)

    def test_controls_of_direction_are_named_and_not_obeyed(self):
        names = {'061C': 'ALM', '200E': 'LRM', '200F': 'RLM', '202A': 'LRE', '202B': 'RLE', '202C': 'PDF',
                 '202D': 'LRO', '202E': 'RLO', '2066': 'LRI', '2067': 'RLI', '2068': 'FSI', '2069': 'PDI'}
        for code, name in names.items():
            for how in ([], ['--about']):
                shown = self.on_a_terminal('--color=never', *how, 'U+' + code).split('\n')[0]
                self.assertEqual(shown.split('\t')[1], name)
                self.assertNotIn(chr(int(code, 16)), shown)

    def test_text_from_right_to_left_is_isolated(self):
        for char in '\u05D0\u0627\U0001E900\uFB2A':
            self.assertEqual(self.on_a_terminal('--color=never', f'U+{ord(char):04X}').split('\t')[1],
                             f'\u2068{char}\u2069')
            self.assertEqual(self.charfinder(f'U+{ord(char):04X}').stdout.decode().split('\t')[1], char)

    def test_the_rows_of_a_server_are_shown_alike(self):
        with daemon.Daemon('--mode=auto') as server:
            for query in ('U+0301 U+202E U+05D0 U+0041', 'combining acute', 'nosuchword'):
                arguments = ['--color=never', '--mode=auto', query]
                self.assertEqual(self.on_a_terminal(f'--server=127.0.0.1:{server.port}', *arguments),
                                 self.on_a_terminal(*arguments))

    def test_a_server_without_commands_has_rows_for_a_terminal_too(self):
        with daemon.Daemon() as server:
            self.assertEqual(self.on_a_terminal(f'--server=127.0.0.1:{server.port}', '--color=never', 'white bishop'),
                             self.charfinder('--mode=classic', 'white bishop').stdout.decode())

    def test_a_person_gets_what_fits_best_and_a_program_what_the_seed_answers(self):
        first = self.on_a_terminal('--color=never', 'heart')
        self.assertEqual(first, self.charfinder('--mode=wide', 'heart').stdout.decode())
        self.assertRegex(first, r'\AU\+2665 ')
        self.assertRegex(self.charfinder('heart').stdout.decode(), r'\AU\+2619 ')
        self.assertRegex(self.on_a_terminal('--color=never', '--mode=auto', 'heart'), r'\AU\+2619 ')

    def test_standard_input_too(self):
        text = 'a\n'.encode() + b'\xff' + FLAG.encode()
        colored = self.charfinder('-', '--color=always', input=text).stdout.decode()
        self.assertEqual(re.sub(r'\033\[[0-9]*m', '', colored),
                         self.charfinder('-', input=text).stdout.decode())
        self.assertIn('\033[2m0xFF   \033[0m\t\t', colored)

    def test_no_color_and_dumb_terminals_are_honoured(self):
        plain = self.charfinder('--mode=wide', 'rook').stdout.decode()
        for environment in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}, {'TERM': 'dumb', 'NO_COLOR': ''}):
            self.assertEqual(self.on_a_terminal('rook', **environment), plain)
            self.assertNotEqual(self.on_a_terminal('--color=always', 'rook', **environment), plain)
        self.assertNotEqual(self.on_a_terminal('rook', NO_COLOR=''), plain)  # as no-color.org says

    def test_only_text_has_colors(self):
        for format in ('--json', '--tsv'):
            plain = self.charfinder(format, '-a', 'rook').stdout.decode()
            self.assertEqual(self.on_a_terminal(format, '-a', 'rook'), plain)
            self.assertEqual(self.charfinder(format, '-a', '--color=always', 'rook').stdout.decode(), plain)


class OutputTest(SearchTest):
    def run_into_a_closed_pipe(self, *arguments, **options):
        """Its exit status, when its reader goes after a line; it must not say anything."""
        process = subprocess.Popen(suite.program('charfinder') + ['-i', suite.database(), *arguments],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        with process:
            self.assertTrue(process.stdout.readline())
            process.stdout.close()
            status = process.wait(daemon.DEADLINE)
            self.assertEqual(process.stderr.read(), b'')
        return status

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_a_reader_that_goes_away_is_no_error(self):
        for arguments in (['cjk'], ['cjk', '--json'], ['cjk', '--all-forms']):
            self.assertEqual(self.run_into_a_closed_pipe(*arguments), -signal.SIGPIPE)
            self.assertEqual(self.run_into_a_closed_pipe(*arguments, restore_signals=False), 2)

    @unittest.skipIf(suite.wrap(), 'the wrapper has its own idea of signals')
    def test_nor_if_the_input_has_no_end(self):
        for restored, status in ((True, -signal.SIGPIPE), (False, 2)):
            with subprocess.Popen(['yes', 'a'], stdout=subprocess.PIPE) as endless:
                self.assertEqual(self.run_into_a_closed_pipe('-', stdin=endless.stdout,
                                                             restore_signals=restored), status)
                endless.kill()

    def test_a_full_disk_is_an_error_in_each_format(self):
        for word in ('cjk', 'rook', 'nosuchword', '-'):
            for format in ('--json', '--all-forms', '--color=always', '--mode=wide'):
                self.assertError(self.run_into_a_full_disk('charfinder', '-i', suite.database(), word,
                                                           format), 2, 'No space left on device')
        with open('/dev/full', 'wb') as full:
            self.assertError(self.charfinder('-', stdout=full, input=b'a\n' * 1000000), 2,
                             'No space left on device')
            self.assertError(self.charfinder('--tsv', 'rook', stdout=full), 2, 'No space left on device')

    def test_output_that_is_closed_is_an_error(self):
        for word in ('cjk', 'nosuchword'):
            self.assertError(self.charfinder(word, stdout=None, preexec_fn=lambda: os.close(1)), 2,
                             'standard output')

    @unittest.skipIf(preload.why_not('fail_alloc'), preload.why_not('fail_alloc') or '')
    def test_memory_that_runs_out_is_an_error(self):
        refused = 0
        for arguments, text in ((['smilng', '--mode=wide', '--all-forms'], b''),
                                (['heart', '--lang=fr', '--json'], b''), (['-'], b'x' * PIECE * 2)):
            whole = self.charfinder(*arguments, input=text)
            for n in range(1, 100):
                result = self.charfinder(*arguments, input=text,
                                         env={'LD_PRELOAD': preload.shim('fail_alloc'),
                                              'FAIL_ALLOC_FIRST': str(n), 'FAIL_ALLOC_COUNT': '1'})
                if result.returncode == 2:
                    refused += 1
                    self.assertRegex(result.stderr.decode(), r'\Acharfinder: [^\n]+\n\Z')
                else:
                    self.assertEqual((result.returncode, result.stderr), (whole.returncode, b''))
                    self.assertEqual(result.stdout, whole.stdout)
        self.assertGreater(refused, 3)
        suite.checked(f'charfinder: {refused} allocations that failed were told of')


if __name__ == '__main__':
    suite.main()
