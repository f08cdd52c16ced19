#!/usr/bin/env python3
"""The golden transcripts: what a client sends (transcripts/NAME.in) is answered with
exactly transcripts/NAME.out, however the bytes are cut into packets and whoever sends
them, a socket of ours or the nc of everyday use."""

import fcntl
import pathlib
import shutil
import struct
import subprocess
import termios
import unittest

import daemon
import suite

SHORT = 140  # bytes: up to here every split into two packets is tried


def transcripts():
    found = sorted(pathlib.Path(suite.source('tests', 'transcripts')).glob('*.in'))
    return [(path.stem, path.read_bytes(), path.with_suffix('.out').read_bytes())
            for path in found]


def bytewise(data):
    return [data[i:i + 1] for i in range(len(data))]


def nc():
    program = shutil.which('nc')
    usage = program and subprocess.run([program, '-h'], capture_output=True).stderr
    if not usage or b'OpenBSD' not in usage:
        raise unittest.SkipTest('needs the nc of netcat-openbsd')
    return program


class TranscriptsTest(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(daemon.Daemon())
        self.transcripts = transcripts()
        self.assertIn('white-bishop', [name for name, *_ in self.transcripts])

    def check(self, play, how):
        for name, data, expected in self.transcripts:
            self.assertEqual(play(data), expected, name)
        suite.checked(f'{len(self.transcripts)} transcripts played {how}')

    def test_are_what_the_oracle_says(self):
        oracle = suite.oracle()
        for name, data, expected in self.transcripts:
            with self.subTest(name):
                self.assertEqual(oracle.reply(data), expected)

    def test_whole(self):
        self.check(self.daemon.reply, 'whole')

    def test_a_byte_at_a_time(self):
        self.check(lambda data: self.daemon.reply(bytewise(data), paced=True),
                   'a byte at a time')

    def test_in_pieces_of_two_three_and_seven_bytes(self):
        for size in (2, 3, 7):
            self.check(lambda data: self.daemon.reply(
                [data[i:i + size] for i in range(0, len(data), size)], paced=True),
                f'in pieces of {size} bytes')

    def test_in_every_split_into_two_packets(self):
        splits = 0
        for name, data, expected in self.transcripts:
            if len(data) > SHORT:
                continue
            step = 8 if suite.wrap() else 1
            for i in range(1, len(data), step):
                self.assertEqual(self.daemon.reply([data[:i], data[i:]], paced=True), expected,
                                 f'{name}, split at {i}')
                splits += 1
        suite.checked(f'{splits} splits into two packets answered alike')

    def nc(self, data, **options):
        return subprocess.run([nc(), '-N', self.daemon.host, str(self.daemon.port)], input=data,
                              stdout=subprocess.PIPE, timeout=daemon.DEADLINE, **options).stdout

    def test_whole_by_nc(self):
        nc()
        self.check(self.nc, 'whole by nc -N')

    def test_a_byte_at_a_time_by_nc(self):
        program = nc()

        def play(data):
            with subprocess.Popen([program, '-N', self.daemon.host, str(self.daemon.port)],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  bufsize=0) as client:
                self.addCleanup(client.kill)
                for byte in bytewise(data):
                    try:
                        client.stdin.write(byte)
                        daemon.wait_for(lambda: client.poll() is not None
                                        or unread(client.stdin) == 0, 'reading by nc')
                    except BrokenPipeError:
                        break  # the daemon has closed, and nc has ended
                return client.communicate(timeout=daemon.DEADLINE)[0]

        self.transcripts = [t for t in self.transcripts if len(t[2]) < 4096]
        self.check(play, 'a byte at a time by nc -N')


def unread(pipe):
    return struct.unpack('i', fcntl.ioctl(pipe, termios.FIONREAD, struct.pack('i', 0)))[0]


if __name__ == '__main__':
    suite.main()
