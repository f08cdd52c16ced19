"""What all test scripts share: where things are, what a run has checked, and the exit
status that `make check` expects (0 passed, 77 skipped, else failed)."""

import contextlib
import os
import pickle
import shlex
import signal
import sys
import unittest

import oracle as oracle_module

SKIPPED = 77

_checked = []
_oracle = None


# From the environment of `make check`; by hand, in the build directory, nothing need be set.

def program(name):
    """The command that starts `name`: a list, to which its arguments are added."""
    return wrap() + [os.path.abspath(os.environ.get(name.upper(), name))]


def wrap():
    """A command before each program that is started, such as valgrind."""
    return shlex.split(os.environ.get('CHARFINDER_WRAP', ''))


def long_run():
    """Whether this is `make check-long`, which tries more of everything."""
    return bool(os.environ.get('CHARFINDER_LONG'))


def patience(amount):
    """`amount`, which is enough for a plain build, for the build that is tested: programs with
    sanitizers and under valgrind take longer, and more memory."""
    return amount * float(os.environ.get('CHARFINDER_PATIENCE') or (10 if wrap() else 1))


# Seconds until what is waited for is taken to hang. It is for every wait that has no deadline
# by contract, and long, so that a busy machine fails no test.
DEADLINE = patience(60)


def database():
    return os.path.abspath(os.environ.get('CHARINDEX_DB', 'charindex.db'))


def source(*path):
    here = os.path.dirname(os.path.abspath(__file__))
    return os.path.join(os.environ.get('srcdir') or os.path.dirname(here), *path)


def table():
    return source('data', 'characters.tsv')


def ucd_dir():
    return os.environ.get('UCD_DIR')


def cldr_dir():
    return os.environ.get('CLDR_DIR')


def names_dir():
    return os.environ.get('NAMES_DIR')


def oracle():
    """The oracle: on the published files if they are there, else on the table. It takes a second to
    make, so one script keeps it for the others, beside the index."""
    global _oracle
    if _oracle is None:
        facts = oracle_module.ucd_files(ucd_dir()) if ucd_dir() else [table()]
        made_of = [(path, os.stat(path).st_mtime_ns) for path in [oracle_module.__file__, *facts]]
        path = os.path.join(os.path.dirname(database()), 'oracle.pickle')
        _oracle = kept_oracle(path, made_of) or make_oracle(path, made_of)
    return _oracle


def kept_oracle(path, made_of):
    with contextlib.suppress(OSError), open(path, 'rb') as file:
        if pickle.load(file) == made_of:
            return pickle.load(file)
    return None


def make_oracle(path, made_of):
    facts = oracle_module.read_ucd(ucd_dir()) if ucd_dir() else oracle_module.read_table(table())
    made = oracle_module.Oracle(*facts)
    temporary = f'{path}.{os.getpid()}'
    with contextlib.suppress(OSError):  # it need not be kept
        with open(temporary, 'wb') as file:
            pickle.dump(made_of, file)
            pickle.dump(made, file, pickle.HIGHEST_PROTOCOL)
        os.replace(temporary, path)
    return made


def checked(what):
    """Adds a line to the summary with which the script's output ends."""
    _checked.append(what)


class Result(unittest.TextTestResult):
    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main():
    # Being stopped ends the `with` blocks, and so the daemons.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit('stopped'))
    # What a shell starts in the background ignores Ctrl-C, and so would the programs that we start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    runner = unittest.TextTestRunner(verbosity=2, resultclass=Result)
    result = unittest.main(exit=False, testRunner=runner).result
    for test, reason in result.skipped:
        print(f'skipped: {test}: {reason}')
    if not result.wasSuccessful():
        sys.exit(1)
    if not result.passed:
        sys.exit(SKIPPED)
    for line in _checked or [f'{result.passed} tests passed']:
        print(line)
