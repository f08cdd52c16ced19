"""Clients that ask for very much, all at once, and read it as fast as it comes, without looking at
it. As a program: `readers.py HOST PORT COUNT FILE` opens COUNT connections, sends what is in
FILE on each, says "reading" once something has come on all of them, and reads until it is
ended."""

import contextlib
import os
import select
import socket
import subprocess
import sys
import tempfile

import daemon


@contextlib.contextmanager
def readers(address, count, data):
    """A context in which `count` clients at `address` read the answers to `data`."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        host, port = address
        process = subprocess.Popen(
            [sys.executable, '-B', os.path.abspath(__file__), host, str(port), str(count), file.name],
            stdout=subprocess.PIPE, env={**os.environ, 'PYTHONPATH': os.path.dirname(os.path.dirname(
                os.path.abspath(__file__)))})
        try:
            ready, _, _ = select.select([process.stdout], [], [], daemon.DEADLINE)
            assert ready and process.stdout.readline() == b'reading\n', 'the readers do not read'
            yield
            assert process.poll() is None, 'the readers have come to the end of what they asked for'
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def read(host, port, count, data):
    sockets, silent = [], set()
    poll, room = select.poll(), bytearray(1 << 18)
    for _ in range(count):
        s = socket.create_connection((host, port))
        s.sendall(data)
        poll.register(s, select.POLLIN)
        silent.add(s.fileno())
        sockets.append(s)
    by_number = {s.fileno(): s for s in sockets}
    said = False
    while True:
        for number, _ in poll.poll():
            if by_number[number].recv_into(room) == 0:
                sys.exit('a connection has ended')
            silent.discard(number)
        if not silent and not said:
            print('reading', flush=True)
            said = True


if __name__ == '__main__':
    with open(sys.argv[4], 'rb') as file:
        read(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), file.read())
