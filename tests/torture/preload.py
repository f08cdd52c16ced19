"""A daemon under a preloaded shim (fail_alloc.c, fail_calls.c), what can be seen of it in
/proc, and a small index, which opens and is verified in no time."""

import contextlib
import functools
import mmap
import os
import pathlib
import struct
import subprocess
import tempfile

import daemon
import oracle
import suite


def shim(name):
    """Where the shim is: its Makefile rule makes it in the build directory."""
    return os.path.abspath(os.environ.get(name.upper(), f'tests/torture/{name}.so'))


def why_not(name):
    """Why the daemon cannot be run under the shim; None if it can."""
    if not os.path.exists(shim(name)):
        return f'{shim(name)} has not been built'
    if suite.wrap():
        return f'{suite.wrap()[0]} replaces what the shim would replace'
    with open(suite.program('charfinderd')[-1], 'rb') as program:
        code = program.read()
        if any(mark in code for mark in (b'__asan_init', b'__tsan_init', b'__msan_init')):
            return 'a sanitizer replaces what the shim would replace'
    return None


# ---- what can be seen of a daemon -----------------------------------------------------

def descriptors(d):
    return len(os.listdir(f'/proc/{d.process.pid}/fd'))


def processor_seconds(d):
    """What all of its threads have used, to the nanosecond."""
    total = 0
    for thread in os.listdir(f'/proc/{d.process.pid}/task'):
        with (contextlib.suppress(FileNotFoundError),
              open(f'/proc/{d.process.pid}/task/{thread}/schedstat', encoding='ascii') as stat):
            total += int(stat.read().split()[0])
    return total / 1e9


def own_memory(d):
    """Bytes of memory of its own, without what it has mapped of the index."""
    with open(f'/proc/{d.process.pid}/status', encoding='ascii') as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith('RssAnon:'))


def state(pid):
    """'R' for running, 'S' for sleeping, 'T' for stopped, and so on (proc(5))."""
    with open(f'/proc/{pid}/stat', encoding='ascii') as stat:
        return stat.read().rpartition(')')[2].split()[0]


def short(data):
    return repr(data if len(data) < 300 else data[:100] + b' ... ' + data[-200:])


# ---- the shims ------------------------------------------------------------------------

class PreloadedDaemon(daemon.Daemon):
    """A daemon with one worker under the shim `name`, whose environment is `environment`."""

    def __init__(self, name, environment, *arguments, **options):
        super().__init__('--workers=1', *arguments, **options)
        settings = {'LD_PRELOAD': shim(name), **environment}
        self.command = ['env', *(f'{k}={v}' for k, v in settings.items())] + self.command

    def await_log(self, *texts):
        """Waits until one of `texts` is in the log, and returns it."""
        def found():
            if self.process.poll() is not None:
                raise daemon.Gone(self)
            return next((text for text in texts if text in self.stderr()), None)

        return daemon.wait_for(found, f'log of {texts}')


class SharedNumbers:
    """A file of 64-bit numbers that this process and a shim share."""

    def __init__(self, count):
        self._file = tempfile.NamedTemporaryFile()
        self._file.truncate(8 * count)
        self.path = self._file.name
        self._map = mmap.mmap(self._file.fileno(), 8 * count)

    def close(self):
        self._map.close()
        self._file.close()

    def __getitem__(self, i):
        return struct.unpack_from('=q', self._map, 8 * i)[0]

    def __setitem__(self, i, value):
        struct.pack_into('=q', self._map, 8 * i, value)


class CallPlans:
    """Which system calls fail, how and when: the state of fail_calls.c."""

    ONE_BYTE = 1000  # in place of an errno
    PLAN = struct.Struct('=16s5Q')
    CALLS, FIRST, COUNT, ERROR, FAILED = range(5)

    def __init__(self):
        self._file = tempfile.NamedTemporaryFile()
        self._file.truncate(4096)
        self.path = self._file.name
        self._map = mmap.mmap(self._file.fileno(), 4096)

    def close(self):
        self._map.close()
        self._file.close()

    def plans(self):
        """{name: where its plan is}; empty while the shim has not begun."""
        found = {}
        for at in range(0, 4096 - self.PLAN.size, self.PLAN.size):
            name = self.PLAN.unpack_from(self._map, at)[0].rstrip(b'\0').decode()
            if name:
                found[name] = at
        return found

    def number(self, call, which):
        return struct.unpack_from('=Q', self._map, self.plans()[call] + 16 + 8 * which)[0]

    def _set(self, call, which, value):
        struct.pack_into('=Q', self._map, self.plans()[call] + 16 + 8 * which, value)

    def fail(self, call, error, first=1, count=1):
        """From the `first` on of the calls that come now, `count` of them fail."""
        self._set(call, self.FIRST, 0)
        self._set(call, self.ERROR, error)
        self._set(call, self.COUNT, count)
        self._set(call, self.FIRST, self.number(call, self.CALLS) + first)

    def stop(self):
        """Nothing fails any more; returns how many calls have failed so far."""
        for call in self.plans():
            self._set(call, self.FIRST, 0)
        return sum(self.number(call, self.FAILED) for call in self.plans())


class SmallIndex:
    """An index of the characters that have one of `words` in their names, with its oracle,
    which remembers what it has said."""

    def __init__(self, directory, name, words):
        table = pathlib.Path(directory) / name
        table.mkdir()
        with open(suite.table(), encoding='utf-8') as all_facts:
            facts = [line for line in all_facts
                     if line.startswith('#') or set(words) & set(line.split('\t')[1].split())]
        (table / 'characters.tsv').write_text(''.join(facts), encoding='utf-8')
        self.path = os.path.join(directory, f'{name}.db')
        subprocess.run(suite.program('mkcharindex') + ['-o', self.path, str(table)], check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.reply = functools.lru_cache(maxsize=None)(
            oracle.Oracle(*oracle.read_table(table / 'characters.tsv')).reply)
