#!/usr/bin/env python3
"""charfinder: rows as their reader wants them, characters for the clipboard, and the characters of a
text, each once."""

import base64
import random
import re
import unicodedata

import daemon
import suite
from test_charfinder import FORMS, MEMBERS, NAMED_FORMS, SearchTest


class TemplateTest(SearchTest):
    def test_fields_are_the_members_and_the_forms(self):
        fields = MEMBERS + FORMS + NAMED_FORMS
        template = '\\t'.join(f'%({field})' for field in fields)
        for query in (['white bishop'], ['U+20AC'], ['is:sequence', 'france'], ['line feed'], ['U+D800'],
                      ['--mode=wide', 'arrow']):
            self.assertEqual(self.lines('--format=' + template, *query),
                             self.lines('--tsv', '--all-forms', *query))

    def test_text_stands_for_itself_and_escapes_for_what_they_say(self):
        self.assertEqual(self.lines('--format=100%% [%(char)]\\t\\\\n\\n(%(decimal))', 'U+20AC'),
                         ['100% [\N{EURO SIGN}]\t\\n', '(8364)'])
        self.assertEqual(self.lines('--format=', 'white bishop'), [''] * 5)
        self.assertEqual(self.lines('--format=%(char)%(char)', '-', input=b'ab'), ['aa', 'bb'])

    def test_bytes_that_are_not_utf_8_have_code_and_name(self):
        self.assertEqual(self.lines('--format=%(codes)|%(char)|%(name)|%(html)', '-', input=b'\xff'),
                         ['0xFF||<not UTF-8: line 1, column 1>|'])

    def test_a_list_has_its_queries(self):
        rows = self.lines('--batch', '-q', '--format=%(query): %(char)', input=b'white rook\nU+20AC\n')
        self.assertEqual(rows[-1], 'U+20AC: \N{EURO SIGN}')
        self.assertEqual(rows[0], 'white rook: \N{WHITE CHESS ROOK}')
        self.lines('--batch', '-q', f'--output={self.directory}', '--format=%(char)', input=b'U+20AC\n')
        self.assertEqual((self.directory / '000001.txt').read_text(), '\N{EURO SIGN}\n')

    def test_a_server_s_rows_are_as_those_of_the_index(self):
        template = '--format=%(char) %(name) %(block) %(source) %(c) %(utf-32)'
        with daemon.Daemon('--mode=auto') as server:
            for query in ('white bishop', 'U+0A', 'smilng'):
                there = self.run_program('charfinder', f'--server=127.0.0.1:{server.port}', template, query)
                self.assertEqual(self.assertWell(there).split('\n')[:-1], self.lines(template, query))

    def test_a_wrong_template_is_an_error_that_names_what_is_right(self):
        self.assertError(self.charfinder('--format=%(char) %(nmae)', 'x'), 2, "'%(nmae)'", 'codes, char, name',
                         'latex')
        self.assertError(self.charfinder('--format=%(char', 'x'), 2, "'%(char'")
        self.assertError(self.charfinder('--format=5%', 'x'), 2, "'%'", '%%')
        self.assertError(self.charfinder('--format=\\x', 'x'), 2, "'\\x'")
        for other in ('--json', '--tsv', '--all-forms', '--details', '--about'):
            self.assertError(self.charfinder('--format=%(char)', other, 'x'), 2, '--format')


class CopyTest(SearchTest):
    """With programs in PATH that are not what they seem."""

    def setUp(self):
        super().setUp()
        self.bin = self.directory / 'bin'
        self.bin.mkdir()

    def install(self, name, script):
        path = self.bin / name
        path.write_text(f'#!/bin/sh\n{script}\n')
        path.chmod(0o755)

    def clipboard(self, name, *arguments):
        self.install(name, f'[ "$*" = "{" ".join(arguments)}" ] || exit 1\n/bin/cat >{self.directory}/clipboard')

    def copied(self, *arguments):
        """What is on the clipboard after charfinder --copy."""
        (self.directory / 'clipboard').unlink(missing_ok=True)
        self.lines('--copy', *arguments, env={'PATH': str(self.bin)})
        return (self.directory / 'clipboard').read_text()

    PROGRAMS = (('wl-copy',), ('xclip', '-selection', 'clipboard'), ('xsel', '--clipboard', '--input'),
                ('pbcopy',))

    def test_each_program_has_the_first_row(self):
        for program in self.PROGRAMS:
            self.clipboard(*program)
            self.assertEqual(self.copied('white bishop'), '\N{WHITE CHESS BISHOP}')
            (self.bin / program[0]).unlink()

    def test_the_first_that_takes_it_has_it(self):
        for program in reversed(self.PROGRAMS):
            self.clipboard(*program)
        self.install('wl-copy', 'echo no display >&2; exit 1')  # which nobody need see
        self.install('pbcopy', f'echo not me >{self.directory}/clipboard')
        self.assertEqual(self.copied('white bishop'), '\N{WHITE CHESS BISHOP}')

    def test_a_program_that_does_not_read_is_none(self):
        self.install('wl-copy', 'exit 3')
        self.clipboard('pbcopy')
        self.assertEqual(self.copied('U+20AC'), '\N{EURO SIGN}')

    def test_whatever_the_rows_look_like_and_whoever_answers(self):
        self.clipboard('wl-copy')
        with daemon.Daemon('--mode=auto') as server:
            for who in ([], [f'--server=127.0.0.1:{server.port}']):
                for how in ([], ['--tsv'], ['--json'], ['--format=%(name)'], ['-a'], ['--color=always']):
                    self.assertEqual(self.copied(*who, *how, '--from=2', 'white bishop'), '\U0001FA0C')
        self.assertEqual(self.copied('is:sequence france'), '\U0001F1EB\U0001F1F7')
        self.assertEqual(self.copied('U+0A'), '\n')

    def test_nothing_found_is_nothing_copied(self):
        self.install('wl-copy', f'echo called >{self.directory}/clipboard')
        self.assertEqual(self.charfinder('--copy', 'nosuchword', env={'PATH': str(self.bin)}).returncode, 1)
        self.assertFalse((self.directory / 'clipboard').exists())

    def test_no_clipboard_is_an_error(self):
        result = self.charfinder('--copy', 'white bishop', env={'PATH': str(self.bin)})
        self.assertError(result, 2, 'wl-copy', prints=b'U+2657')

    def test_a_terminal_is_told_by_its_escape_sequence(self):
        for query, char in (('U+20AC', '\N{EURO SIGN}'), ('U+41', 'A'), ('U+2657 limit:1', '\u2657'), ('U+E9', 'é'),
                            ('U+1F600', '\U0001F600')):
            told = re.search(r'\x1b\]52;c;([^\a]*)\a', self.on_a_terminal('--copy', query, PATH=str(self.bin)))
            self.assertEqual(base64.b64decode(told[1], validate=True).decode(), char)

    def test_is_for_one_answer(self):
        for other in ('--batch', '--about', '--details'):
            self.assertError(self.charfinder('--copy', other, *(['x'] if other != '--batch' else [])), 2, '--copy')


class SummaryTest(SearchTest):
    def expected(self, text):
        """code points -> [how often, (line, column)], in their order."""
        found = {}
        for line, chars in enumerate(text.split('\n'), 1):
            for column, char in enumerate(chars, 1):
                found.setdefault(char, [0, (line, column)])[0] += 1
        return {char: found[char] for char in sorted(found)}

    def test_each_character_is_there_once(self):
        rng = random.Random(5)
        letters = [c for c in map(chr, range(0x20, 0x3100)) if unicodedata.category(c) in ('Ll', 'Lo', 'Sm')]
        for length in (0, 1, 30, 3000):
            some = rng.sample(letters, min(length + 1, 900))
            text = ''.join(rng.choice('\n' if rng.random() < .05 else some) for _ in range(length))
            expected = self.expected(text)
            result = self.charfinder('--summary', '--tsv', '-', input=text.encode())
            rows = [line.split('\t') for line in result.stdout.decode().split('\n')[:-1]]
            rows = [row for row in rows if ' ' not in row[0]]  # sequences are the index's business
            self.assertEqual([(row[1], int(row[-3]), (int(row[-2]), int(row[-1]))) for row in rows],
                             [(char, count, first) for char, (count, first) in expected.items()])

    def test_text_tells_how_often_and_where_first(self):
        self.assertEqual(self.lines('--summary', '-', input='ab\nbé\n'.encode() + b'\xffb'), [
            'U+0061 \ta\tLATIN SMALL LETTER A\t1\tline 1, column 1',
            'U+0062 \tb\tLATIN SMALL LETTER B\t3\tline 1, column 2',
            'U+00E9 \té\tLATIN SMALL LETTER E WITH ACUTE\t1\tline 2, column 2',
            '0xFF   \t\t<not UTF-8: line 3, column 1>\t1\tline 3, column 1',
            '(4 different, of 6 matches in 3 lines, 1 of them not UTF-8)'])

    def test_json_has_members(self):
        rows, status = self.objects('--summary', '-', input='é\naé'.encode() + b'\xff\xff')
        self.assertEqual([(row['codes'], row['count'], row['line'], row['column']) for row in rows],
                         [(['U+0061'], 1, 2, 1), (['U+00E9'], 2, 1, 1), ([], 2, 2, 3)])
        self.assertEqual((status['total'], status['count'], status['lines'], status['stray']), (3, 3, 2, 2))

    def test_a_sequence_stands_where_its_first_character_is(self):
        rows, _ = self.objects('--summary', '-', input='x\U0001F1EB\U0001F1F7y\U0001F1EB\U0001F1F7'.encode())
        places = {tuple(row['codes']): (row['count'], row['column']) for row in rows}
        self.assertEqual(places[('U+1F1EB', 'U+1F1F7')], (2, 2))
        self.assertEqual(places[('U+0079',)], (1, 4))

    def test_a_page_is_part_of_it(self):
        self.assertEqual(self.lines('--summary', '--from=2', '--limit=1', '-', input=b'cab'), [
            'U+0062 \tb\tLATIN SMALL LETTER B\t1\tline 1, column 3',
            '(2-2 of 3 different, of 3 matches in 1 line)'])
        self.assertEqual(self.charfinder('--summary', '--from=9', '-', input=b'cab').returncode, 1)
        self.assertEqual(self.charfinder('--summary', '-', input=b'').returncode, 1)

    def test_is_of_standard_input(self):
        self.assertError(self.charfinder('--summary', 'x'), 2, '--summary')
        self.assertError(self.charfinder('--summary', '--format=x', '-'), 2, '--summary')

    def test_counts_all_of_a_long_line(self):
        text = 'abcé' * 100000
        rows, status = self.objects('--summary', '-', input=text.encode())
        self.assertEqual([row['count'] for row in rows], [100000] * 4)
        self.assertEqual([row['column'] for row in rows], [1, 2, 3, 4])


if __name__ == '__main__':
    suite.main()
