#!/usr/bin/env python3
"""Lines: where they end, how long they may be, what is wrong with them, and how the status
quotes them."""

import conversation
import suite

ROOK = b'black chess knight rook'  # one match
MIB = 1 << 20


class LineEndsTest(conversation.ConversationTest):
    def test_lf_and_crlf_end_a_line_and_a_bare_cr_does_not(self):
        for data in (b'%s\n', b'%s\r\n', b'%s\r\r\n', b'\r%s\n', b'white\r%s\r\n', b'%s\r'):
            self.assertAnswered(data.replace(b'%s', ROOK), every_split=True)

    def test_a_last_line_needs_no_line_end(self):
        for data in (ROOK, ROOK + b'\n' + ROOK, b'   ', b'+++', b'caf\xe9', b'\r'):
            self.assertAnswered(data)

    def test_nothing_at_all(self):
        self.assertAnswered(b'')

    def test_an_empty_query_gets_a_prompt(self):
        self.assertAnswered(b'\n\r\n\n\r\r\n \n')


class StripTest(conversation.ConversationTest):
    SPACES = [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
              0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
    NO_SPACES = [0xAD, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2800, 0xFEFF, 0xE0020]

    def test_all_white_space_is_an_empty_query(self):
        for space in map(chr, self.SPACES):
            if space == '\n':
                continue
            self.assertAnswered(f'{space}\n{space}{space}\r\n'.encode())
        self.assertAnswered(''.join(map(chr, self.SPACES)).replace('\n', '').encode() + b'\n')

    def test_all_white_space_is_stripped_from_both_ends(self):
        for space in map(chr, self.SPACES):
            if space == '\n':
                continue
            data = f'{space}x{space}y{space} \r\n'.encode()
            self.assertAnswered(data, bytewise=False)
            self.assertIn(b"'x", self.oracle.reply(data))

    def test_what_only_looks_like_white_space_is_not_stripped(self):
        for other in map(chr, self.NO_SPACES):
            self.assertAnswered(f'{other}\n{other}x{other}\n'.encode(), bytewise=False)

    def test_a_byte_order_mark_is_part_of_the_query(self):
        self.assertAnswered(b'\xef\xbb\xbf' + ROOK + b'\n', every_split=True)


class Utf8Test(conversation.ConversationTest):
    def test_every_kind_of_bad_utf_8_is_an_error_and_the_conversation_goes_on(self):
        bad = {
            'a continuation byte alone': b'\x80',
            'ISO 8859-1': b'caf\xe9',
            'overlong, two bytes': b'\xc0\xaf',
            'overlong, two bytes, the last': b'\xc1\xbf',
            'overlong, three bytes': b'\xe0\x9f\xbf',
            'overlong, four bytes': b'\xf0\x8f\xbf\xbf',
            'NUL, overlong': b'\xc0\x80',
            'the first surrogate': b'\xed\xa0\x80',
            'the last surrogate': b'\xed\xbf\xbf',
            'a pair of surrogates': b'\xed\xa0\xbd\xed\xb2\xa9',
            'after the last code point': b'\xf4\x90\x80\x80',
            'five bytes': b'\xf8\x88\x80\x80\x80',
            'six bytes': b'\xfc\x84\x80\x80\x80\x80',
            'cut off, two bytes': b'\xc3',
            'cut off, three bytes': b'\xe2\x82',
            'cut off, four bytes': b'\xf0\x9f\x98',
            'cut off and then more': b'\xe2\x82x',
            'FE': b'\xfe',
            'FF': b'\xff',
            'FF FF': b'\xff\xff',
        }
        for what, data in bad.items():
            with self.subTest(what):
                for line in (data, b'rook ' + data, data + b' rook', b'rook ' + data + b' rook',
                             b' ' + data + b'\r'):
                    # FF and what follows could be telnet's: here it is no command.
                    self.assertIn(b'Error: the query is not valid UTF-8\r\n?> ',
                                  self.oracle.reply(line + b'\n'))
                    self.assertAnswered(line + b'\n' + ROOK + b'\n')

    def test_the_first_and_last_of_each_length_are_good(self):
        for point in (0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000,
                      0x10FFFF):
            self.assertAnswered(f'x{chr(point)}\n'.encode(), every_split=True)

    def test_the_end_of_input_cuts_a_character_off(self):
        self.assertAnswered(b'rook \xe2\x99')


class TooLongTest(conversation.ConversationTest):
    def test_4096_bytes_are_a_query_and_4097_are_too_long(self):
        for end in (b'\n', b'\r\n', b''):
            self.assertAnswered(b'x' * 4096 + end, bytewise=False)
            self.assertAnswered(b'x' * 4097 + end, bytewise=False)

    def test_bytes_are_counted_not_characters(self):
        self.assertAnswered('\N{WHITE CHESS BISHOP}'.encode() * 1365 + b'x\n', bytewise=False)
        self.assertAnswered('\N{WHITE CHESS BISHOP}'.encode() * 1365 + b'xy\n', bytewise=False)

    def test_white_space_counts_and_the_cr_of_a_line_end_does_not(self):
        for blanks in (4096, 4097, 9000):
            self.assertAnswered(b' ' * blanks + b'\r\n', bytewise=False)
        self.assertAnswered(b'x' * 4095 + b'\r\r\n', bytewise=False)
        self.assertAnswered(b'x' * 4096 + b'\r\r\n', bytewise=False)
        self.assertAnswered(b'x' * 4096 + b'\rx\r\n', bytewise=False)

    def test_at_every_split_around_the_limit(self):
        for length in (4095, 4096, 4097):
            data = b'x' * length + b'\r\n' + ROOK + b'\r\n'
            expected = self.oracle.reply(data)
            for i in range(4090, 4104):
                self.assertEqual(self.converse([data[:i], data[i:]], paced=True), expected,
                                 (length, i))

    def test_the_rest_of_the_line_is_skipped_whatever_it_holds(self):
        for rest in (b'', b'\x03', b'\r', b'\xff\xfe\x01\xff\xff\xc0', b'rook' * 10000):
            self.assertAnswered(b'x' * 5000 + rest + b'\n' + ROOK + b'\n', bytewise=False)

    def test_too_long_and_not_utf_8_is_too_long(self):
        self.assertAnswered(b'\xc0' * 5000 + b'\n' + ROOK + b'\n', bytewise=False)

    def test_again_and_again(self):
        self.assertAnswered((b'x' * 4097 + b'\n') * 50 + ROOK, bytewise=False)


class WithoutLineEndTest(conversation.ConversationTest):
    def test_1_mib_without_a_line_end_closes_and_one_byte_less_does_not(self):
        # By itself: the client has not sent the end of input.
        closed = self.converse(b'x' * MIB, half_close=False)
        self.assertEqual(closed, self.oracle.reply(b'x' * MIB))
        goes_on = b'x' * (MIB - 1) + b'\n' + ROOK + b'\n'
        self.assertAnswered(goes_on, bytewise=False)
        self.assertAnswered((b'x' * (MIB - 1) + b'\n') * 3, bytewise=False)

    def test_what_was_asked_before_is_answered(self):
        asked = ROOK + b'\n'
        self.assertEqual(self.converse(asked + b'x' * MIB, half_close=False),
                         self.oracle.reply(asked + b'x' * MIB))

    def test_nothing_after_it_is_answered(self):
        for pieces in ([b'x' * MIB + b'\n' + ROOK + b'\n'],
                       [b'x' * MIB, b'\n', ROOK + b'\n']):
            self.assertEqual(self.converse(pieces, paced=True),
                             self.oracle.reply(b''.join(pieces)))

    def test_bytes_of_telnet_count(self):
        for command in (b'\xff\xf1', b'\xff\xfb\x0a'):
            many = command * (MIB // len(command) + 1)
            self.assertEqual(self.converse(many[:MIB], half_close=False), b'?> ')
            # The last one cut so that a LF which is telnet's is the very last byte.
            prefix = b'x' * (MIB % len(command))
            self.assertEqual(self.converse(prefix + many[:MIB - len(prefix)], half_close=False),
                             b'?> ')
            less = command * ((MIB - 1) // len(command))
            self.assertAnswered(less + b'\n' + ROOK + b'\n', bytewise=False)


class QuitTest(conversation.ConversationTest):
    # All below U+0020 but white space, which is stripped before the query begins.
    QUITS = [*range(0x00, 0x09), *range(0x0E, 0x1C)]

    def test_a_control_character_ends_the_conversation_as_soon_as_it_arrives(self):
        for quit in self.QUITS:
            self.assertEqual(self.converse(bytes([quit]), half_close=False), b'?> ')
            self.assertAnswered(ROOK + b'\r\n' + bytes([quit]), half_close=False)

    def test_after_white_space_too(self):
        for space in (b' ', b'\t', b'\r', b'\x1c', b' \r\t '):
            self.assertAnswered(space + b'\x04', half_close=False, every_split=True)

    def test_after_white_space_that_is_not_ascii_too(self):
        for space in (b'\xc2\xa0', b'\xe2\x80\x83', b' \xe3\x80\x80 '):
            self.assertAnswered(space + b'\x04\n' + ROOK + b'\n', every_split=True)
            self.assertAnswered(space + b'\x04', half_close=False, every_split=True)

    def test_the_rest_is_not_read_whatever_it_holds(self):
        for rest in (b'rook\n', b'\xff\xff\xc0\n' + ROOK + b'\n', b'x' * 5000 + b'\n'):
            self.assertAnswered(ROOK + b'\n\x03' + rest, bytewise=False)

    def test_the_answers_before_it_arrive_though_more_was_sent(self):
        # A server that closes with input unread resets the connection and loses answers.
        asked = b'chess\n' * 20 + b'\x03'
        self.assertEqual(self.converse(asked + b'rook\n' * 20000), self.oracle.reply(asked))

    def test_not_first_it_is_part_of_the_query(self):
        for control in (0x00, 0x01, 0x03, 0x04, 0x1B, 0x1C, 0x1F, 0x7F):
            self.assertAnswered(b'rook' + bytes([control]) + b' black knight\n')

    def test_del_and_c1_controls_do_not_end_it(self):
        for data in (b'\x7f\n', b'\xc2\x80\n', b'\xc2\x9f\n'):
            self.assertAnswered(data + ROOK + b'\n')

    def test_behind_bad_utf_8_it_is_part_of_the_line(self):
        self.assertAnswered(b'\xc0\x03\n' + ROOK + b'\n')


class QuoteTest(conversation.ConversationTest):
    def test_quotes_and_backslashes(self):
        for query in ("'", '"', "''", '""', '\'"', '"\'', "it's", '"x"', 'it\'s "x"', '\\', '\\\\',
                      "\\'", '\\"', '\\\'"', '\\n', '\\x00'):
            self.assertAnswered(query.encode() + b'\n')

    def test_every_ascii_character(self):
        self.assertAnswered(b''.join(b'+%c+\n' % c for c in range(0x80) if c != 0x0A))

    def test_what_is_not_printable_is_escaped(self):
        for point in (0x7F, 0x80, 0x9F, 0xA0, 0xA1, 0xAC, 0xAD, 0xAE, 0xFF, 0x100, 0x378, 0x61C,
                      0x1680, 0x180E, 0x200B, 0x200E, 0x2028, 0x2029, 0x202E, 0x2066, 0x3000,
                      0xE000, 0xF8FF, 0xFEFF, 0xFFF9, 0xFFFD, 0xFFFE, 0x1D173, 0x1F600, 0xE0001,
                      0xE0100, 0xF0000, 0x10FFFF):
            self.assertAnswered(f'+{chr(point)}+\n'.encode(), bytewise=False)

    def test_every_character_of_unicode(self):
        points = [p for p in range(0x80, 0x110000) if not 0xD800 <= p < 0xE000]
        points = points[::40 if suite.wrap() else 1]
        # Of what is between plus signs nothing is a word, or one that no name has.
        self.assertEachLineAnswered('+' + '_+'.join(map(chr, points[i:i + 600])) + '_+'
                                    for i in range(0, len(points), 600))
        suite.checked(f'{len(points)} characters quoted as the oracle does')

    def test_word_characters_begin_and_end_where_the_categories_say(self):
        categories = self.oracle.categories
        edges = [p for p in range(0x81, 0x10FFFF) if not 0xD7FF <= p <= 0xE000
                 and (categories.get(p) != categories.get(p - 1)
                      or categories.get(p) != categories.get(p + 1))]
        edges = edges[::40 if suite.wrap() else 1]
        # One match where the character separates, none where it is part of a word.
        self.assertEachLineAnswered(f'knight{chr(p)}black rook' for p in edges)
        suite.checked(f'{len(edges)} characters at the edges of categories separate or do not')

    def assertEachLineAnswered(self, lines):
        data = '\n'.join(lines).encode() + b'\n'
        reply, expected = self.converse(data), self.oracle.reply(data)
        if reply != expected:  # show only the first that differs
            for ours, theirs in zip(expected.split(b'\r\n'), reply.split(b'\r\n')):
                self.assertEqual(theirs, ours)
            self.assertEqual(len(reply), len(expected))


if __name__ == '__main__':
    suite.main()
