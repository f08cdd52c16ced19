#!/usr/bin/env python3
"""Thousands of request heads, made by grammar and then damaged, as our parser, node's (llhttp) and
HAProxy read them: what we take they take, with the same meaning, and the next request begins where
it does for us. (They take what we refuse, as they may.)"""

import base64
import collections
import contextlib
import json
import os
import pathlib
import random
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

import daemon
import suite

HEADS = os.environ.get('HEADS') or os.path.join('tests', 'parsers', 'heads')
SEED = int(os.environ.get('CHARFINDER_SEED', 11))
COUNT = 200000 if suite.long_run() else 12000
NEXT = b'GET /next HTTP/1.1\r\nHost: next\r\n\r\n'
BATCH = 100  # requests on a connection to HAProxy

# ---- making heads -------------------------------------------------------------------------

# of each what is good, and what is bad or doubtful
METHODS = [b'GET', b'GET', b'HEAD', b'OPTIONS'], [b'POST', b'get', b'GETS', b'CONNECT', b'PRI', b'M-SEARCH', b'']
PATHS = [b'/', b'/search', b'//x/metrics', b'/a/../b', b'/char/U+2657', b'/%2e%2E/', b'/a;b=c', b"/!$&'()*+,;=:@~",
         b'/|{}^`"<>\\[]', b'/*', b'/http://b/'], ['/é'.encode(), b'*', b'', b'x', b'/ ', b'\\', b'/\x7f']
QUERIES = [b'', b'', b'?', b'?q=rook', b'?q=a+b&mode=wide', b'?q=%00%ff', b'??', b'?a|b"<>'], ['?♗'.encode(),
    b'#x', b'?#', b'?a b', b'?\x00']
VERSIONS = [b'HTTP/1.1'] * 5 + [b'HTTP/1.0'], [
    b'HTTP/0.9', b'HTTP/1.2', b'HTTP/2.0', b'HTTP/1.10', b'HTTP/1', b'http/1.1', b'HTTP/1.1 HTTP/1.1', b'HTTP/11.1',
    b'HTTP /1.1', b'HTTP/1.1 ', b'']
SCHEMES = [b'http://', b'HTTP://', b'https://'], [b'ftp://', b'http:/', b'http:']
HOSTS = [b'a', b'a.example', b'localhost:2380', b'[::1]:80', b'192.0.2.1', b'A_b-c~', b'a:', b'%41'], [
    b'', b'a b', b'a,b', b'a/b', b'u@a', b'a:b', b'::1', b'[::1', b'a:65536', b'a#', '♗'.encode()]
NAMES = [b'Accept', b'User-Agent', b'X', b'Cookie', b"X-!#$%&'*+.^_`|~0", b'If-None-Match', b'X-Forwarded-For',
         b'Accept-Encoding', b'x-forwarded-for', b'IF-NONE-MATCH', b'If-None-Matched', b'Forwarded', b'Referer']
VALUES = [b'', b'*/*', b'"a", W/"b"', b'192.0.2.1, 10.0.0.1', b'[2001:db8::1]:80', b'gzip;q=0, *', b'x\ty', b' \t',
          b'"a, b', 'é♗'.encode(), b'\x80\xff', b'a:b: c', b'close', b'GET / HTTP/1.1', b'%0d%0aX: y', b',,']
CONNECTIONS = [b'keep-alive', b'close', b'Keep-Alive', b'CLOSE', b'close, keep-alive', b'keep-alive,close', b'x',
               b'te, close', b'', b'closed', b'x-close', b'keep-alive, x']
FRAMING = [b'Content-Length: 0', b'Content-Length: 5', b'Transfer-Encoding: chunked', b'Expect: 100-continue',
           b'Content-Length: +5', b'Transfer-Encoding: identity', b'Content-Length: 0, 0', b'Host: b']
ENDS = [b'\r\n'], [b'\n', b'\r', b'\r\r\n', b'\n\r', b'\r\n ', b'\r\n\t', b'']
COLONS = [b': ', b': ', b':', b':\t', b':  '], [b' : ', b' ', b'::', b';', b'\t:']
# what damage puts in
PIECES = [bytes([byte]) for byte in range(256)] + [
    b'\r\n', b'\r\n\r\n', b'\n\n', b' HTTP/1.1', b'\r\nHost: b', b'\r\nContent-Length: 5', b'Transfer-Encoding: chunked\r\n',
    b'\r\n x: y', b'http://a', b'Connection: close\r\n', b'\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: b\r\n\r\n', b': ', b'  ',
    b'\x00', b'\x0b', b'\x0c', b'\xc2\xa0', b'\xe2\x80\xa8'] * 8


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.choose = self.random.choice

    def chance(self, one_in):
        return self.random.randrange(one_in) == 0

    def pick(self, choices):
        """Mostly of the good ones."""
        return self.choose(choices[self.chance(60)])

    def header(self):
        if self.chance(60):
            return self.choose(FRAMING)
        name, values = (b'Connection', CONNECTIONS) if self.chance(6) else (self.choose(NAMES), VALUES)
        return name + self.pick(COLONS) + self.choose(values) + self.choose([b'', b' ', b'\t '])

    def grammatical(self):
        host, authority, version = self.pick(HOSTS), b'', self.pick(VERSIONS)
        if self.chance(10):
            authority = self.pick(SCHEMES) + (host if not self.chance(6) else self.pick(HOSTS))
        target = authority + self.pick(PATHS) + self.pick(QUERIES)
        lines = [b' '.join([self.pick(METHODS), target, version])]
        headers = [self.header() for _ in range(self.random.randrange(6) if not self.chance(100) else 99)]
        if not self.chance(5 if version.endswith(b'.0') else 40):
            headers.insert(self.random.randrange(len(headers) + 1),
                           self.choose([b'Host', b'host', b'HOST']) + self.pick(COLONS) + host)
        head = b''.join(line + self.pick(ENDS) for line in lines + headers + [b''])
        return self.choose([b'\r\n', b'\n', b'\r\n\r\n']) + head if self.chance(20) else head

    def damaged(self, head):
        for _ in range(self.random.randrange(1, 3)):
            at = self.random.randrange(len(head) + 1)
            to = min(len(head), at + self.choose([0, 0, 0, 1, 1, 2, 9]))
            put = self.choose([self.choose(PIECES), b'', head[at:to] * 2])
            head = head[:at] + put + head[to:]
        return head

    def head(self):
        head = self.grammatical()
        return self.damaged(head) if self.chance(2) else head


# ---- readers ------------------------------------------------------------------------------

def framed(inputs):
    return b''.join(b'%08x' % len(data) + data for data in inputs)


Ours = collections.namedtuple('Ours', 'end method minor persistent path query host forwarded tags')


def text(field):
    return bytes.fromhex(field[1:])


def texts(field):
    return [bytes.fromhex(value) for value in field.split(':')[1:]]


def read_ours(inputs):
    """For each input, the requests in it, and what became of the rest."""
    output = subprocess.run(suite.wrap() + [HEADS], input=framed(inputs), stdout=subprocess.PIPE,
                            check=True).stdout.decode()
    results, requests = [], []
    for line in output.split('\n')[:-1]:
        fields = line.split(' ')
        if len(fields) == 1:
            results.append((requests, line))
            requests = []
        else:
            end, method, minor, persistent, path, query, host, forwarded, tags = fields
            requests.append(Ours(int(end), method, int(minor), persistent == '1', text(path), text(query), text(host),
                                 texts(forwarded), texts(tags)))
    return results


def read_node(inputs):
    output = subprocess.run(['node', '--no-deprecation', suite.source('tests', 'parsers', 'node.js')],
                            input=framed(inputs), stdout=subprocess.PIPE, check=True).stdout.decode()
    return [json.loads(line) for line in output.split('\n')[:-1]]


class HAProxy:
    """A running HAProxy that answers each request with what it has understood. It is a context."""

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            directory = stack.enter_context(tempfile.TemporaryDirectory())
            output = stack.enter_context(tempfile.TemporaryFile())
            listener = stack.enter_context(socket.create_server(('127.0.0.1', 0), backlog=128))
            self.address = listener.getsockname()
            shipped = pathlib.Path(suite.source('tests', 'parsers', 'haproxy.cfg')).read_text()
            file = pathlib.Path(directory, 'haproxy.cfg')
            file.write_text(shipped.replace('LISTENER', str(listener.fileno())))
            process = subprocess.Popen(['haproxy', '-db', '-f', file], pass_fds=[listener.fileno()],
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
            stack.callback(process.wait)
            stack.callback(process.kill)
            self.everything = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.everything.close()

    def ask(self, requests):
        """The answers to requests that are sent one after the other, up to the first that is refused."""
        answers = []
        with socket.create_connection(self.address, timeout=daemon.DEADLINE) as s:
            sender = threading.Thread(target=self.send, args=(s, b''.join(requests)))
            sender.start()
            with s.makefile('rb') as file:
                while len(answers) < len(requests) and (answer := self.read_answer(file)) is not None:
                    answers.append(answer)
            sender.join()
        return answers

    @staticmethod
    def send(s, data):
        with contextlib.suppress(ConnectionError):
            s.sendall(data)  # and not its end: HAProxy would drop what it has not read

    @staticmethod
    def read_answer(file):
        """The headers of the next answer: None if it is a refusal, or there is none."""
        if b' 200 ' not in file.readline():
            return None
        headers = {}
        while (line := file.readline()) not in (b'\r\n', b''):
            name, _, value = line.decode().partition(':')
            headers[name.lower()] = value.strip()
        return headers


# ---- comparing ----------------------------------------------------------------------------

def values(pairs, name):
    return [value for key, value in pairs if key.lower() == name]


def split_target(target):
    """(path, query, authority), of a target that has been found to be good."""
    scheme, authority, rest = re.fullmatch(rb'(?:([a-z]+)://([^/?]*))?(.*)', target, re.I | re.S).groups()
    path, _, query = rest.partition(b'?')
    return path, query, authority


class TheParsers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        maker = Maker(SEED)
        cls.heads = [maker.head() for _ in range(COUNT)]
        cls.inputs = [head + NEXT for head in cls.heads]
        cls.ours = read_ours(cls.inputs)
        cls.taken = sum(bool(requests) for requests, _ in cls.ours)

    def same(self, ours, method, minor, target, pairs, data):
        """The request as we and as they have understood it, who have found these headers."""
        path, query, authority = split_target(target)
        self.assertEqual((ours.method, ours.minor, ours.path, ours.query), (method, minor, path, query), data)
        hosts = values(pairs, b'host') or [authority or b'']
        if b'://' in data:  # then HAProxy leaves out the port that the scheme has anyway
            hosts = [ours.host if re.sub(rb':(80|443)?$', b'', ours.host) == host else host for host in hosts]
        self.assertEqual([ours.host], hosts, data)
        self.assertEqual(ours.forwarded, values(pairs, b'x-forwarded-for'), data)
        self.assertEqual(ours.tags, values(pairs, b'if-none-match'), data)
        for name in (b'content-length', b'transfer-encoding'):
            self.assertEqual(values(pairs, name), [], data)

    def test_take_and_refuse_many(self):
        self.assertEqual(len(self.ours), COUNT)
        self.assertGreater(self.taken, COUNT // 5)
        self.assertGreater(COUNT - self.taken, COUNT // 5)
        verdicts = collections.Counter(rest for _, rest in self.ours)
        self.assertLessEqual({'partial', '400', '405', '413', '417', '501', '505'}, set(verdicts))
        suite.checked(f'{COUNT} heads, of which we take {self.taken}')

    def test_agree_with_that_of_node(self):
        if not shutil.which('node'):
            self.skipTest('no node')
        more, upgrades = 0, 0
        for data, (requests, rest), node in zip(self.inputs, self.ours, read_node(self.inputs), strict=True):
            more += len(node['requests']) > len(requests)
            for ours, theirs in zip(requests, node['requests']):
                fields = [bytes(field, 'latin-1') for field in theirs['headers']]
                pairs = list(zip(fields[::2], fields[1::2]))
                self.same(ours, theirs['method'], theirs['version'][1], theirs['target'].encode(), pairs, data)
                self.assertEqual((theirs['version'][0], theirs['body']), (1, 0), data)
                if ours.persistent != theirs['alive']:
                    # in llhttp a tab is no white space here, and to HTTP/1.0 close means nothing
                    self.assertRegex(data, rb'(?is)connection:.*(\t|close)')
                    break
                if theirs['upgrade']:  # node leaves the rest to others
                    upgrades += 1
                    self.assertEqual(node['taken'], ours.end, data)
                    break
                if not ours.persistent:
                    break
            else:
                self.assertGreaterEqual(len(node['requests']), len(requests), (data, node))
        suite.checked(f"node's parser agrees, and takes {more} that we refuse")

    def test_agree_with_that_of_haproxy(self):
        if not shutil.which('haproxy'):
            self.skipTest('no haproxy')
        asked = []
        for data, (requests, _) in zip(self.inputs, self.ours):
            begin = 0
            for ours in requests:
                if ours.path != b'/next':
                    asked.append((data[begin:ours.end], ours))
                begin = ours.end
        count_all = len(asked)
        asked.sort(key=lambda one: not one[1].persistent)
        with HAProxy() as haproxy:
            while asked:
                count = next((n for n, (_, ours) in enumerate(asked[:BATCH]) if not ours.persistent), BATCH - 1) + 1
                batch, asked = asked[:count], asked[count:]
                answers = haproxy.ask([data for data, _ in batch])
                for (data, ours), answer in zip(batch, answers):
                    self.compare(data, ours, answer)
                self.assertEqual(len(answers), len(batch), batch[len(answers):][:1])
        suite.checked(f'HAProxy agrees on {count_all}')

    def compare(self, data, ours, answer):
        block = base64.b64decode(answer['x-headers'][1:])
        pairs = [tuple(line.split(b': ', 1)) for line in block.split(b'\r\n') if line]
        self.same(ours, answer['x-method'], int(answer['x-version'][-1]), base64.b64decode(answer['x-target'][1:]),
                  pairs, data)


if __name__ == '__main__':
    suite.main()
