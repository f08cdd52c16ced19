#!/usr/bin/env python3
"""System calls fail, or move a single byte, in conversations with dictionary programs
(test_faults.py): answers are what they are otherwise, to the byte, or their connection is lost, and
they are the beginning of that."""

import re

import suite
from torture.faults import EachCall, FaceTest
from torture.part_reader import PartReader

BIG = b'match unicode substring letter\r\n' * 20


class DictReader(PartReader):
    @staticmethod
    def normal(received):
        return re.sub(rb'\A(220 [^\r]* )<\d[^\r]*', rb'\1', received)


class DictTest(EachCall, FaceTest):
    ARGUMENTS = ('--dict=127.0.0.1:0', '--mode=auto')
    READER = DictReader
    FAREWELL = b'quit\r\n'
    GREETED = True

    @staticmethod
    def address(d):
        return d.dict()

    def say_it_all(self):
        reader, slow, other = self.client(), self.client(slow=True), self.client()
        slow.say(BIG)
        reader.ask(b'client "a test"\r\ndefine * "peso sign"\r\n')
        other.ask(b'match * lev "bishp"\r\ndefine ! chess\r\n' * 5)
        reader.say(b'define unicode "white')
        fourth = self.client()
        fourth.ask(b'show db\r\nhelp\r\n')
        one_too_many = self.client()  # or not, if one of the others has gone
        one_too_many.ask(b'status\r\n')
        one_too_many.end()
        reader.ask(b' chess bishop"\r\n' + b'x' * 5000 + b'\r\ndefine ! "no such"\r\n')
        slow.widen()
        slow.ask(b'define search snowmann\r\n')
        return reader, slow, other, fourth


if __name__ == '__main__':
    suite.main()
