"""Running the programs to their end, and what an error of theirs must look like."""

import atexit
import contextlib
import fcntl
import functools
import os
import pathlib
import pty
import shutil
import struct
import subprocess
import tempfile
import termios
import unittest

import daemon
import suite


@functools.cache
def small_index():
    """A whole index of few characters: what is done to it takes no time. It goes with this program."""
    directory = pathlib.Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, directory)
    with open(suite.table(), encoding='utf-8') as rows:
        (directory / 'characters.tsv').write_text(
            ''.join(row for row in rows if row.startswith('#') or '\tBasic Latin\t' in row), encoding='utf-8')
    index = directory / 'charindex.db'
    subprocess.run(suite.program('mkcharindex') + ['-o', index, directory], stdin=subprocess.DEVNULL, check=True)
    return index


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def run_program(self, name, *arguments, **options):
        options = {'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE, **options}
        if 'input' not in options:
            options.setdefault('stdin', subprocess.DEVNULL)
        return subprocess.run(suite.program(name) + [os.fspath(a) for a in arguments],
                              timeout=4 * daemon.DEADLINE, **options)

    def run_into_a_full_disk(self, name, *arguments):
        with open('/dev/full', 'wb') as full:
            return self.run_program(name, *arguments, stdout=full)

    def on_a_terminal(self, *arguments, width=0, **environment):
        """What charfinder prints there; a width of 0 is one that nobody knows."""
        try:
            master, slave = pty.openpty()
        except OSError as error:
            self.skipTest(f'needs a pseudo-terminal: {error}')
        try:
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, width, 0, 0))
            process = subprocess.Popen(
                suite.program('charfinder') + ['-i', suite.database(), *arguments], stdout=slave,
                stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                env={'TERM': 'xterm', 'PATH': os.environ['PATH'], **environment})
            os.close(slave)
            output = b''
            with process, contextlib.suppress(OSError):  # EIO: nobody has it open any more
                while data := os.read(master, 65536):
                    output += data
            return output.replace(b'\r\n', b'\n').decode()
        finally:
            os.close(master)

    def assertWell(self, result):
        self.assertEqual((result.returncode, result.stderr), (0, b''), result.args)
        return result.stdout.decode()

    def assertError(self, result, status, *names, prints=b''):
        """One line on standard error, which begins with the program's name and names the
        thing that is wrong; nothing else is printed, or only what begins with `prints`."""
        name = next(os.path.basename(a) for a in result.args if 'char' in os.path.basename(a))
        message = result.stderr.decode()
        self.assertEqual(result.returncode, status, f'{result.args}: {message}')
        self.assertRegex(message, rf'\A{name}: [^\n]+\n\Z', result.args)
        if prints:
            self.assertEqual(result.stdout[:len(prints)], prints)
        else:
            self.assertFalse(result.stdout, result.args)
        for thing in names:
            self.assertIn(os.fspath(thing), message)

    def write(self, name, contents):
        path = self.directory / name
        path.write_bytes(contents)
        return path

    def bad_indexes(self):
        """What is no index, by what is wrong with it."""
        good = small_index().read_bytes()
        yield 'missing', self.directory / 'nosuchfile.db'
        yield 'below a file', self.write('file', b'x') / 'charindex.db'
        yield 'a directory', self.directory
        yield 'empty', self.write('empty.db', b'')
        yield 'text', self.write('text.db', b'not an index\n' * 1000)
        yield 'zeros', self.write('zeros.db', bytes(1 << 20))
        yield 'cut short', self.write('truncated.db', good[:len(good) // 2])
        yield 'cut by one byte', self.write('short.db', good[:-1])
        yield 'one byte more', self.write('long.db', good + b'\0')
        yield 'only a magic', self.write('magic.db', good[:8])
        yield 'only a header', self.write('header.db', good[:48])
        yield 'of another format', self.write('format.db', good[:8] + b'\xff' + good[9:])
