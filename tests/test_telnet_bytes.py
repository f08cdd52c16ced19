#!/usr/bin/env python3
"""The bytes of telnet among those of the queries, wherever they stand and however they are
split into packets. The real telnet is in test_telnet.py."""

import conversation
import suite

ROOK = b'black chess knight rook'
IAC, SE, NOP, IP, SB, WILL, DO, TM = (bytes([b]) for b in (255, 240, 241, 244, 250, 251, 253, 6))
ERROR_NOT_UTF8 = b'Error: the query is not valid UTF-8\r\n'


class TelnetBytesTest(conversation.ConversationTest):
    def assertInvisible(self, removed):
        """That `removed` makes no difference at the beginning, in the middle, in the line
        end, or at the end, split anywhere."""
        plain = ROOK + b'\r\n'
        for i in range(len(plain) + 1):
            data = plain[:i] + removed + plain[i:]
            self.assertEqual(self.oracle.reply(data), self.oracle.reply(plain), data)
            middle = i in (0, 3, len(plain) - 1, len(plain))
            self.assertAnswered(data, bytewise=middle, every_split=middle and not suite.wrap())

    def test_negotiation_is_removed(self):
        for command in range(251, 255):
            self.assertInvisible(IAC + bytes([command]) + b'\x01')

    def test_any_option_byte_is_removed(self):
        for option in (0, 3, 6, 10, 13, 39, 240, 244, 250, 255):
            self.assertInvisible(IAC + DO + bytes([option]))

    def test_all_commands_but_the_interrupt_are_removed(self):
        for command in (240, 241, 242, 243, 245, 246, 247, 248, 249):
            self.assertInvisible(IAC + bytes([command]))

    def test_subnegotiation_is_removed_with_all_that_is_between(self):
        for between in (b'', b'\x18', b'\x18\x00xterm', b'white bishop\r\n', b'\n\n\n', b'\x03\x04',
                        b'\x1f' + IAC + IAC, IAC + IAC + SE, IAC + IAC + b'\n' + IAC + IAC + SE,
                        b'\xc0' * 300, b'x' * 5000):
            self.assertAnswered(ROOK[:5] + IAC + SB + between + IAC + SE + ROOK[5:] + b'\r\n',
                                bytewise=len(between) < 100,
                                every_split=len(between) < 100 and not suite.wrap())

    def test_subnegotiation_is_not_ended_by_any_other_command(self):
        for command in (IP, NOP, WILL, SB, b'\n', b'x'):
            self.assertAnswered(ROOK[:5] + IAC + SB + IAC + command + b'\n' + IAC + SE + ROOK[5:],
                                every_split=True)

    def test_subnegotiation_between_cr_and_lf_leaves_a_line_end(self):
        self.assertAnswered(b'x' * 4096 + b'\r' + IAC + SB + b'\r\n' + IAC + SE + b'\n' + ROOK,
                            bytewise=False)

    def test_many_commands_in_a_row(self):
        self.assertInvisible((IAC + WILL + b'\x03') + (IAC + DO + IAC) + (IAC + NOP) * 3
                             + (IAC + SB + IAC + IAC + IAC + SE))

    def test_is_not_counted_in_the_length_of_a_query(self):
        self.assertAnswered(b'x' * 2000 + (IAC + NOP) * 3000 + b'x' * 2096 + b'\n', bytewise=False)
        self.assertAnswered(b'x' * 2000 + (IAC + NOP) * 3000 + b'x' * 2097 + b'\n', bytewise=False)

    def test_is_removed_from_a_line_that_is_too_long(self):
        self.assertAnswered(b'x' * 5000 + IAC + DO + b'\n' + b'x\n' + ROOK + b'\n', bytewise=False)

    def test_only_commands_are_an_empty_conversation(self):
        self.assertAnswered(IAC + WILL + b'\x18' + IAC + NOP)
        self.assertAnswered(IAC + WILL + b'\x18\r\n')

    def test_is_never_answered(self):
        # No WONT, no DONT: not a byte of the reply is telnet's.
        data = b''.join(IAC + bytes([c, o]) for c in range(251, 255) for o in range(256))
        self.assertEqual(self.converse(data + b'\n'), b'?> ?> ')


class InterruptTest(conversation.ConversationTest):
    def test_ends_the_conversation_by_itself(self):
        self.assertEqual(self.converse(IAC + IP, half_close=False), b'?> ')
        self.assertAnswered(IAC + IP + IAC + DO + TM, half_close=False, every_split=True)

    def test_after_lines_that_are_answered_first(self):
        self.assertAnswered((ROOK + b'\n') * 3 + IAC + IP, half_close=False, every_split=True)

    def test_within_a_line_which_is_not_answered(self):
        for data in (b'rook' + IAC + IP, ROOK + b'\r\nrook' + IAC + IP + b'\r\n' + ROOK + b'\n',
                     ROOK + b'\r' + IAC + IP + b'\n'):
            self.assertAnswered(data, half_close=False, every_split=True)

    def test_within_a_line_that_is_too_long(self):
        self.assertAnswered(b'x' * 5000 + IAC + IP + b'\n' + ROOK, half_close=False, bytewise=False)

    def test_answers_before_it_arrive_though_more_was_sent(self):
        asked = b'chess\n' * 20 + IAC + IP
        self.assertEqual(self.converse(asked + IAC + DO + TM + b'rook\n' * 20000),
                         self.oracle.reply(asked))


class NotACommandTest(conversation.ConversationTest):
    def test_iac_iac_is_data_and_so_never_valid_utf_8(self):
        for data in (IAC + IAC, b'rook' + IAC + IAC + b'rook', IAC + IAC + IP, IAC + IAC + DO,
                     IAC + IAC + IAC + NOP, IAC + IAC + IAC + IAC):
            self.assertIn(ERROR_NOT_UTF8, self.oracle.reply(data + b'\n'))
            self.assertAnswered(data + b'\n' + ROOK + b'\n', every_split=True)

    def test_iac_and_a_byte_below_240_is_data(self):
        for byte in (b'\x00', b'\x03', b'\r', b'A', b'\x80', b'\xef'):
            data = IAC + byte + b'rook\r\n'
            self.assertIn(ERROR_NOT_UTF8, self.oracle.reply(data))
            self.assertAnswered(data + ROOK + b'\n', every_split=True)

    def test_iac_and_the_line_end_is_data_and_a_line_end(self):
        for end in (b'\n', b'\r\n'):
            data = b'rook' + IAC + end + ROOK + b'\n'
            self.assertIn(ERROR_NOT_UTF8, self.oracle.reply(data))
            self.assertAnswered(data, every_split=True)

    def test_se_without_sb_is_removed(self):
        self.assertAnswered(b'black' + IAC + SE + b' rook\n', every_split=True)

    def test_the_end_of_input_within_a_command(self):
        for cut in (IAC, IAC + WILL, IAC + SB, IAC + SB + b'\x18\n', IAC + SB + b'x' + IAC):
            self.assertAnswered(ROOK + b'\n' + cut)
            self.assertAnswered(ROOK + cut)


if __name__ == '__main__':
    suite.main()
