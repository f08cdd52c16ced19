#!/usr/bin/env python3
"""charfinder --check: what a reader of a text cannot see, where it stands, and what is no finding."""

import json
import os
import unicodedata
import unittest

import programs
import suite

# A text and its findings: column, kind, code point, what it looks like.
FOUND = [
    ('a\u202eb\u202c', [(2, 'bidi', '202E', ''), (4, 'bidi', '202C', '')]),
    ('x\u2066y\u200e\u061c', [(2, 'bidi', '2066', ''), (4, 'bidi', '200E', ''), (5, 'bidi', '061C', '')]),
    ('zero\u200bwidth', [(5, 'invisible', '200B', '')]),
    ('soft\u00adhyphen', [(5, 'invisible', '00AD', '')]),
    ('x\u200dy a\u200c', [(2, 'invisible', '200D', ''), (6, 'invisible', '200C', '')]),
    ('a\ufeffb', [(2, 'invisible', 'FEFF', '')]),
    ('\x1b[31m\x07', [(1, 'invisible', '001B', ''), (6, 'invisible', '0007', '')]),
    ('a\rb', [(2, 'invisible', '000D', '')]),
    ('x\u3164y\u2800', [(2, 'invisible', '3164', ''), (4, 'invisible', '2800', '')]),
    ('a\ufe0f \u2764\ufe0f\ufe0f', [(2, 'invisible', 'FE0F', ''), (6, 'invisible', 'FE0F', '')]),
    ('tag\U000e0041\U000e0042', [(4, 'invisible', 'E0041', ''), (5, 'invisible', 'E0042', '')]),
    ('line\u2028end', [(5, 'invisible', '2028', '')]),
    ('p\u0430yp\u0430l', [(2, 'mixed-script', '0430', ''), (2, 'look-alike', '0430', 'a'), (5, 'look-alike', '0430', 'a')]),
    ('Micr\u03bfsoft', [(5, 'mixed-script', '03BF', ''), (5, 'look-alike', '03BF', 'o')]),
    ('\u043f\u043b\u043ex\u043e', [(3, 'look-alike', '043E', 'o'), (4, 'mixed-script', '0078', ''), (5, 'look-alike', '043E', 'o')]),
    ('\u0430\u0440\u0440\u04cf\u0435', [(n, 'look-alike', code, looks) for n, (code, looks) in enumerate(
        (('0430', 'a'), ('0440', 'p'), ('0440', 'p'), ('04CF', 'l'), ('0435', 'e')), 1)]),
    # beside ASCII it is no word of its own script, whatever else is on the line
    ('\u044f http://\u0441\u0430\u0440.com', [(10, 'look-alike', '0441', 'c'), (11, 'look-alike', '0430', 'a'),
                                             (12, 'look-alike', '0440', 'p')]),
    ('if(a\uff1d\uff1d1)\u037e', [(5, 'look-alike', 'FF1D', '='), (6, 'look-alike', 'FF1D', '='),
                                  (9, 'not-nfc', '037E', ''), (9, 'look-alike', '037E', ';')]),
    ('a\u00a0b', [(2, 'look-alike', '00A0', ' ')]),
    ('3 \u2212 2', [(3, 'look-alike', '2212', '-')]),
    # what is kept of the one takes the place of the other
    ('\u205a\U000e005a', [(1, 'look-alike', '205A', ':'), (2, 'invisible', 'E005A', '')]),
    ('\U0001d41a \uff41', [(1, 'look-alike', '1D41A', 'a'), (3, 'look-alike', 'FF41', 'a')]),
    ('cafe\u0301', [(5, 'not-nfc', '0301', '')]),
    ('\u212b', [(1, 'not-nfc', '212B', '')]),
    ('a\u0323\u0307 a\u0307\u0323', [(2, 'not-nfc', '0323', ''), (6, 'not-nfc', '0307', '')]),
]

# Texts as people write them.
CLEAN = [
    '', 'plain ASCII, \tand tabs', '\u03b1\u03b2\tab', 'Windows\r', '\ufeffwith a signature', 'r\u00e9sum\u00e9 na\u00efve \u00dfharp',
    '\u201cquoted\u201d \u2013 and \u2026 \u2018so\u2019 \u00d7 \u00b7', '\u043f\u043b\u043e\u0445\u043e, \u0430 \u043e\u043d \u0441\u043e\u0440',
    '\u0131\u015f\u0131k g\u00fcne\u015f', 'T\u30b7\u30e3\u30c4 IT\u4f01\u696d \u0391\u03b8\u03ae\u03bd\u03b1', '\u5168\u89d2\uff1a\uff08\uff21\uff22\uff09',
    '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0915\u094d\u200d\u0937 \u0915\u094d\u200c\u0937', '\u8fbb\U000e0100',
    '\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f #\ufe0f\u20e3 \U0001f44b\U0001f3fb \U0001f1eb\U0001f1f7',
    '\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f', '\u4f60\u597d \ud55c\uad6d\uc5b4 \u0e44\u0e17\u0e22',
]


class CheckTest(programs.ProgramTest):
    def check(self, *arguments, **options):
        return self.run_program('charfinder', '--index=' + suite.database(), '--check', *arguments, **options)

    def findings(self, result):
        """[(line, column, kind, code, looks)] of an answer in JSON, which ends with a status."""
        *found, status = [json.loads(line) for line in result.stdout.decode().splitlines()]
        self.assertEqual((status['findings'], result.returncode), (len(found), 1 if found else 0), result)
        self.assertEqual(result.stderr, b'')
        return [(f['line'], f['column'], f['kind'], f['code'], f['looks']) for f in found]

    def test_what_is_found_and_where(self):
        for text, expected in FOUND:
            with self.subTest(text):
                self.assertEqual(self.findings(self.check('--json', '-', input=text.encode())),
                                 [(1, column, kind, 'U+' + code, looks) for column, kind, code, looks in expected])
        lines = '\n'.join(text for text, _ in FOUND) + '\n'
        self.assertEqual(self.findings(self.check('--json', '-', input=lines.encode())),
                         [(line, column, kind, 'U+' + code, looks) for line, (_, expected) in enumerate(FOUND, 1)
                          for column, kind, code, looks in expected])

    def test_what_is_no_finding(self):
        for text in CLEAN:
            with self.subTest(text):
                self.assertEqual(self.findings(self.check('--json', '-', input=text.encode())), [])

    def test_a_normalized_text_has_no_findings_of_that_kind(self):
        """All characters that Python knows, each with a mark of two classes behind it."""
        texts = [unicodedata.normalize(form, chr(code) + '\u0323\u0301') for form in ('NFC', 'NFD')
                 for code in range(0xa0, 0x30000) if unicodedata.category(chr(code)) not in ('Cn', 'Cs', 'Co')]
        found = self.findings(self.check('--json', '-', input='\n'.join(texts).encode().replace(b'\xe2\x80\xa8', b'')))
        lines = {line for line, _, kind, _, _ in found if kind == 'not-nfc'}
        expected = {line for line, text in enumerate(texts, 1) if unicodedata.normalize('NFC', text) != text}
        self.assertEqual(lines, expected)
        suite.checked(f'{len(texts)} texts, {len(expected)} of them not NFC')

    def test_formats(self):
        path = self.write('bad.txt', 'ok\np\u0430y\n'.encode())
        result = self.check(path)
        self.assertEqual(result.stdout.decode(),
                         f'{path}:2:2: mixed-script: U+0430 CYRILLIC SMALL LETTER A\n'
                         f"{path}:2:2: look-alike: U+0430 CYRILLIC SMALL LETTER A, looks like 'a'\n"
                         '(2 findings in 2 lines)\n')
        self.assertEqual(result.returncode, 1)
        self.assertEqual(self.check('--tsv', path).stdout.decode().splitlines(),
                         [f'{path}\t2\t2\tmixed-script\tU+0430\tCYRILLIC SMALL LETTER A\t',
                          f'{path}\t2\t2\tlook-alike\tU+0430\tCYRILLIC SMALL LETTER A\ta'])
        self.assertEqual(self.check('-', input=b'x').stdout, b'(no findings in 1 line)\n')

    def test_several_files_and_standard_input(self):
        bad, good = self.write('bad', 'a\u200bb\n'.encode()), self.write('good', b'ab\n')
        self.assertEqual(self.check(good, good).returncode, 0)
        result = self.check(good, bad, '-', input='\u202e'.encode())
        self.assertEqual([line.partition(': ')[0] for line in result.stdout.decode().splitlines()[:-1]],
                         [f'{bad}:1:2', '-:1:1'])
        self.assertEqual(result.returncode, 1)
        self.assertEqual(self.check(input=b'').returncode, 0)

    def test_bytes_that_are_no_text(self):
        found = self.findings(self.check('--json', '-', input=b'a\xffb\xe2\x80\n\xed\xa0\x80'))
        self.assertEqual(found, [(1, 2, 'not-utf-8', '0xFF', ''), (1, 4, 'not-utf-8', '0xE2', ''),
                                 (1, 5, 'not-utf-8', '0x80', ''), (2, 1, 'not-utf-8', '0xED', ''),
                                 (2, 2, 'not-utf-8', '0xA0', ''), (2, 3, 'not-utf-8', '0x80', '')])

    def test_lines_of_any_length(self):
        text = 'abc ' * 40000 + 'a\u200bb' + ' abc' * 40000 + '\n\u202e'
        self.assertEqual(self.findings(self.check('--json', '-', input=text.encode())),
                         [(1, 160002, 'invisible', 'U+200B', ''), (2, 1, 'bidi', 'U+202E', '')])
        text = '\u0430' * 100000
        self.assertEqual(len(self.findings(self.check('--json', '-', input=text.encode()))), 100000)

    def test_names_of_files_do_no_harm(self):
        path = self.write('a\x1b[31m\x9b32m', 'a\u200bb'.encode())
        self.assertIn(b'/a?[31m??32m:1:2: ', self.check(path).stdout)

    def test_misuse_and_what_cannot_be_read(self):
        self.assertError(self.check(self.directory / 'nosuchfile'), 2, 'nosuchfile')
        self.assertError(self.check(self.directory), 2, self.directory)
        directory = os.open(self.directory, os.O_RDONLY)
        self.addCleanup(os.close, directory)
        self.assertError(self.check(stdin=directory), 2, 'standard input')
        for other in ('--batch', '--about', '--server=localhost'):
            self.assertError(self.check(other, 'x'), 2, '--check')
        self.assertError(self.run_program('charfinder', '--index=/nosuchindex', '--check', os.devnull), 2, 'nosuchindex')

    def test_what_can_be_read_is_checked_beside_what_cannot(self):
        clean, hidden = self.write('clean', b'a\n'), self.write('hidden', 'a\u200bb\n'.encode())
        missing = self.directory / 'nosuchfile'
        for paths, says in (((missing, hidden, clean), b'1 finding in 2 lines'),
                            ((hidden, self.directory, clean), b'1 finding in 2 lines'),
                            ((clean, missing), b'no findings in 1 line')):
            result = self.check(*paths)
            self.assertEqual(result.returncode, 2)
            self.assertEqual(len(result.stderr.splitlines()), 1)
            self.assertIn(says, result.stdout)
        for path in (missing, self.directory):
            self.assertIn(os.fspath(path).encode(), self.check(missing, clean, self.directory).stderr)

    def test_the_source_of_charfinder(self):
        """A hook that nobody can live with is none: of our own files, those that say nothing of characters."""
        paths = [suite.source('client', name) for name in sorted(os.listdir(suite.source('client')))
                 if name.endswith(('.c', '.h'))]
        self.assertEqual(self.findings(self.check('--json', *paths)), [])
        suite.checked(f'{len(paths)} files have nothing in them')


if __name__ == '__main__':
    suite.main()
