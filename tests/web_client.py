"""An HTTP client that believes nothing: it sends bytes, and takes answers apart by the letter
of RFC 9112."""

import contextlib
import gzip
import json
import re
import socket

import daemon


class Answer:
    def __init__(self, status, fields, body, raw_body):
        self.status, self.fields, self.body, self.raw_body = status, fields, body, raw_body

    def __getitem__(self, name):
        """The value of a header that comes once, or None."""
        values = [value for key, value in self.fields if key.lower() == name.lower()]
        assert len(values) < 2, f'{name} comes twice: {values}'
        return values[0] if values else None

    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


class Reader:
    """Reads answers from a socket, one after the other."""

    def __init__(self, s):
        self.s, self.buffer = s, b''
        s.settimeout(daemon.DEADLINE)

    def more(self):
        data = self.s.recv(1 << 18)
        self.buffer += data
        return bool(data)

    def line(self):
        while b'\n' not in self.buffer:
            if not self.more():
                raise EOFError(f'the connection ended after {self.buffer[-200:]!r}')
        line, _, self.buffer = self.buffer.partition(b'\n')
        assert line.endswith(b'\r'), f'a bare LF: {line!r}'
        return line[:-1].decode('ascii')

    def bytes(self, count):
        pieces, size = [self.buffer], len(self.buffer)
        while size < count:
            data = self.s.recv(1 << 18)
            if not data:
                raise EOFError(f'the connection ended {count - size} bytes early')
            pieces.append(data)
            size += len(data)
        whole = b''.join(pieces)
        self.buffer = whole[count:]
        return whole[:count]

    def rest(self):
        with contextlib.suppress(ConnectionResetError):
            while self.more():
                pass
        rest, self.buffer = self.buffer, b''
        return rest

    def chunks(self):
        pieces = []
        while size := int(self.line(), 16):
            pieces.append(self.bytes(size))
            assert self.line() == ''
        assert self.line() == '', 'trailers'
        return b''.join(pieces)

    def answer(self, head=False):
        match = re.fullmatch(r'HTTP/1\.[01] (\d{3}) ([A-Za-z ]+)', self.line())
        assert match, 'not a status line'
        fields = []
        while line := self.line():
            name, colon, value = line.partition(': ')
            assert colon and re.fullmatch(r'[A-Za-z-]+', name), f'not a header: {line!r}'
            fields.append((name, value))
        answer = Answer(int(match[1]), fields, b'', b'')
        length, coding = answer['Content-Length'], answer['Transfer-Encoding']
        assert length is None or coding is None, 'both Content-Length and Transfer-Encoding'
        if head or answer.status in (204, 304):
            return answer
        if coding is not None:
            assert coding == 'chunked'
            answer.raw_body = self.chunks()
        elif length is not None:
            answer.raw_body = self.bytes(int(length))
        else:
            assert answer['Connection'] == 'close', 'nothing says where the answer ends'
            answer.raw_body = self.rest()
        coded = answer['Content-Encoding'] == 'gzip'
        answer.body = gzip.decompress(answer.raw_body) if coded else answer.raw_body
        return answer


def connect(d, source=None):
    s = socket.create_connection(d.http(), daemon.DEADLINE, source and (source, 0))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s


def request(target, method='GET', version='HTTP/1.1', **fields):
    """The bytes of a request; a header a_b is sent as a-b."""
    lines = [f'{method} {target} {version}', 'Host: localhost']
    lines += [f'{name.replace("_", "-")}: {value}' for name, value in fields.items()]
    return ('\r\n'.join(lines) + '\r\n\r\n').encode()


def get(d, target, method='GET', **fields):
    """The answer to one request on a connection of its own."""
    with contextlib.closing(connect(d)) as s:
        s.sendall(request(target, method, **fields))
        return Reader(s).answer(head=method == 'HEAD')


def send(d, data, half_close=False):
    """All answers to the bytes `data`, up to the end of the connection."""
    with contextlib.closing(connect(d)) as s:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            s.sendall(data)
        if half_close:
            daemon.shut_down_sending(s)
        reader, answers = Reader(s), []
        while reader.buffer or reader.more():
            answers.append(reader.answer())
        return answers
