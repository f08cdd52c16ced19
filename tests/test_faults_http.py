#!/usr/bin/env python3
"""System calls fail, or move a single byte, while HTTP is spoken (test_faults.py): answers are what
they are otherwise, to the byte, or their connection is lost, and they are the beginning of that."""

import re

import suite
from torture.faults import EachCall, FaceTest
from torture.part_reader import PartReader
from web_client import request

LIST = request('/search?q=letter')
ZIPPED = request('/?query=chess', Accept_Encoding='gzip')
TO_THE_END = request('/search?q=letter', version='HTTP/1.0')
CHARACTER = request('/api/v1/char/U+2657')
MALFORMED = b'GET / HTTP/7.1\r\n\r\n'


class HttpReader(PartReader):
    @staticmethod
    def normal(received):
        return re.sub(rb'\r\nDate: [^\r]*', b'\r\nDate: ', received)


class HttpTest(EachCall, FaceTest):
    ARGUMENTS = ('--http=127.0.0.1:0', '--mode=auto')
    READER = HttpReader
    FAREWELL = request('/healthz', Connection='close')

    @staticmethod
    def address(d):
        return d.http()

    def say_it_all(self):
        reader, slow, other = self.client(), self.client(slow=True), self.client()
        slow.say(LIST * 2)
        reader.ask(request('/search?q=peso+sign'))
        other.ask(ZIPPED * 3)
        reader.say(CHARACTER[:20])
        fourth = self.client()
        fourth.ask(TO_THE_END)
        one_too_many = self.client()  # or not, if one of the others has gone
        one_too_many.ask(request('/healthz'))
        one_too_many.end()
        reader.ask(CHARACTER[20:] + request('/nothing') + MALFORMED)
        slow.widen()
        slow.ask(request('/version'))
        return reader, slow, other, fourth


if __name__ == '__main__':
    suite.main()
