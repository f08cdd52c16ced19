"""A client that may lose its connection, but never gets a byte that is wrong."""

import contextlib
import socket

import daemon
from torture import preload


class PartReader:
    """Asks the daemon at `address`; what it gets is what `index` says, or the beginning of
    it, if the connection is `lost`, or that it is one client too many. A slow one takes so
    little at a time that answers queue up in the daemon."""

    TOO_MANY = b'Error: too many clients\r\n'

    @staticmethod
    def normal(received):
        """What was received without what is another each time; never longer than that."""
        return received

    def __init__(self, address, index, header=b'', slow=False):
        self.index = index
        self.asked, self.received = b'', b''
        self.lost = False
        self.socket = socket.socket()
        if slow:
            # Segments this small also keep small what the system holds of the daemon's.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1000)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(daemon.DEADLINE)
        self.socket.connect(address)
        self._send(header)

    def _send(self, data):
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.socket.sendall(data)

    def widen(self):
        """Reads fast from now on."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)

    def say(self, data):
        """Sends, and does not wait for an answer."""
        self.asked += data
        self._send(data)

    def ask(self, data):
        """Sends whole lines and reads the answers to all that has been sent."""
        self.say(data)
        expected = self.index.reply(self.asked)
        got = self._take(len(expected))
        if not expected.startswith(got):
            got = self._take(len(self.TOO_MANY))
        self.lost = got != expected
        if not expected.startswith(got) and not self.TOO_MANY.startswith(got):
            raise AssertionError(f'not what was asked for, but {preload.short(got)}')

    def _take(self, length):
        """Everything received, when it has that length, or the connection has ended."""
        with contextlib.suppress(ConnectionResetError):
            while (missing := length - len(self.normal(self.received))) > 0:
                if not self._read(missing):
                    break
        return self.normal(self.received)

    def _read(self, length):
        """Whether so much was there to be read; what was there is received in any case."""
        received = [self.received]
        try:
            while length > 0 and (data := self.socket.recv(min(length, 1 << 18))):
                received.append(data)
                length -= len(data)
        finally:
            self.received = b''.join(received)
        return length <= 0

    def end(self):
        """Closes the sending side; nothing may come but the end."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            rest = self.socket.recv(1000)
            assert rest == b'', rest
        self.socket.close()
