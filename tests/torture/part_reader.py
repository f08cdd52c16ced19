"""A client that may lose its connection, but never gets a byte that is wrong."""

import contextlib
import socket

import daemon
from torture import preload

TOO_MANY = b'Error: too many clients\r\n'


class PartReader:
    """Asks the daemon at `address`; what it gets is what `index` says, or the beginning of
    it, if the connection is `lost`, or that it is one client too many. A slow one takes so
    little at a time that answers queue up in the daemon."""

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
        self._read(len(expected))
        self.lost = self.received != expected
        if not expected.startswith(self.received) and not TOO_MANY.startswith(self.received):
            raise AssertionError(f'not what was asked for, but {preload.short(self.received)}')

    def _read(self, length):
        received = [self.received]
        length -= len(self.received)
        with contextlib.suppress(ConnectionResetError):
            while length > 0 and (data := self.socket.recv(min(length, 1 << 18))):
                received.append(data)
                length -= len(data)
        self.received = b''.join(received)

    def end(self):
        """Closes the sending side; nothing may come but the end."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            rest = self.socket.recv(1000)
            assert rest == b'', rest
        self.socket.close()
