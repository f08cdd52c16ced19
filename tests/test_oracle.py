#!/usr/bin/env python3
"""The oracle that the other tests trust: against Python's own idea of text, against the
published files, and against PROTOCOL.md word for word."""

import re
import sys
import unicodedata
import unittest

import oracle
import suite


def all_characters():
    return (chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000)


class OracleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.oracle = suite.oracle()

    def test_counts_are_those_of_unicode_18(self):
        self.assertEqual(len(self.oracle.rows), 172808)
        self.assertEqual(len(self.oracle.index), 45921)
        suite.checked('172808 names and 45921 words counted')

    def test_the_table_is_what_unicode_published(self):
        directory = suite.ucd_dir()
        if not directory:
            self.skipTest('UCD_DIR is not set')
        names, categories = oracle.read_table(suite.table())
        published_names, published_categories = oracle.read_ucd(directory)
        self.assertEqual(names, published_names)
        self.assertEqual({p: c for p, c in categories.items() if c != 'Cn'},
                         published_categories)
        suite.checked(f'{len(names)} names and {len(categories)} categories equal to the '
                      'published ones')

    def test_agrees_with_python_on_every_character_that_python_knows_alike(self):
        compared = left_out = 0
        for c in all_characters():
            category = self.oracle.categories.get(ord(c), 'Cn')
            if category != unicodedata.category(c):
                left_out += 1  # younger than this Python, or recategorised
                continue
            compared += 1
            self.assertEqual(self.oracle.quote(c), repr(c))
            self.assertEqual(self.oracle.words(c), {w.upper() for w in re.findall(r'\w+', c)}, c)
        suite.checked(f'{compared} characters quoted and split as Python does; {left_out} left out '
                      f'that are others in its Unicode {unicodedata.unidata_version}')

    def test_quotes_strings_as_python_does(self):
        for text in ("a'b", 'a"b', 'a\'b"c', '\\', '\\\'"', '\t\r\n', "\x00\x7f\xa0\xad'",
                     '\u200b', '\ue000', '\U0010ffff', '\N{WHITE CHESS BISHOP}', ' '):
            self.assertEqual(self.oracle.quote(text), repr(text))

    def test_white_space_is_what_the_protocol_says(self):
        spaces = {*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680,
                  *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
        self.assertEqual({ord(c) for c in all_characters() if not c.strip()}, spaces)

    def test_the_conversation_in_the_protocol_is_this_one(self):
        with open(suite.source('server', 'prompt', 'PROTOCOL.md'), encoding='utf-8') as text:
            example = re.search(r'\$ nc .*\n((?:.+\n)*)```', text.read()).group(1)
        expected = example.rstrip('\n').replace('?> white bishop\n', '?> ').replace('\n', '\r\n')
        self.assertEqual(self.oracle.reply(b'white bishop\n').decode(), expected)

    def test_telnet_commands_are_told_from_data(self):
        for data, kinds in (
                (b'\xff\xfb\x0a\xff\xfe\xff', ['telnet', 'telnet']),
                (b'\xff\xfa\x18a\xff\xff\xf0\n\xff\xf0b', ['telnet', 'data']),
                (b'\xff\xf4', ['interrupt']),
                (b'\xff\xff\xf4', ['data', 'data']),
                (b'\xff\n', ['data', 'line_end']),
                (b'\xff\xf1\xff\xf9', ['telnet', 'telnet']),
                (b'a\xff', ['data', 'data']),
                (b'a\xff\xfb', ['data', 'telnet']),
                (b'\xff\xfa\xff\xf4\n', ['telnet'])):
            self.assertEqual([kind for kind, _ in oracle.tokens(data)], kinds, data)


if __name__ == '__main__':
    suite.main()
