"""The plan of the house holds: what may include what, and every header stands alone."""

import os
import pathlib
import re
import shlex
import subprocess
import unittest

import suite

# room -> rooms whose headers it may include besides its own
MAY_INCLUDE = {
    'include': set(),
    'common': set(),
    'charindex/format': set(),
    'charindex/text': {'include', 'charindex/reader'},
    'charindex/reader': {'include', 'charindex/format', 'charindex/text'},
    'charindex/query': {'include', 'charindex/text', 'charindex/reader'},
    'charindex/search': {'include', 'charindex/text', 'charindex/reader', 'charindex/query'},
    'charindex/builder': {'include', 'charindex/format', 'charindex/text'},
    'charindex/verify': {'charindex/format', 'charindex/text', 'charindex/reader', 'charindex/builder',
                         'charindex/search'},
    'indexer': {'include', 'common', 'charindex/text', 'charindex/reader', 'charindex/builder'},
    'client': {'include', 'common'},
    'server/net': {'include', 'common'},
    'server/prompt': {'include', 'common', 'server/net'},
    'server/http': {'include', 'common', 'server/net'},
    'server': {'include', 'common', 'server/net', 'server/prompt', 'server/http'},
}
ROOMS = tuple(MAY_INCLUDE)
# room -> libraries that it must not know of
MUST_NOT_KNOW = {room: ('event2/',) for room in ROOMS if room != 'common' and not room.startswith('server')}
MUST_NOT_KNOW['include'] += ('unicode/',)


def sources(room, pattern='*.[ch]'):
    return sorted(pathlib.Path(suite.source(room)).glob(pattern))


def included(path):
    """[(quoted, name)] of the file's #include lines."""
    return [(bracket == '"', name) for bracket, name
            in re.findall(r'^#include (["<])([^">]+)[">]', path.read_text(), re.M)]


def room_of(name, own):
    """The room in which an include of "name" from the room `own` is found."""
    for room in (own, *ROOMS):
        if os.path.exists(suite.source(room, name)):
            return room
    return None


def reachable(room):
    """The room, and those whose headers it gets, whether it includes them itself or not."""
    found, new = set(), {room}
    while new:
        found |= new
        new = set().union(*(MAY_INCLUDE[r] for r in new)) - found
    return sorted(found)


class TheHouse(unittest.TestCase):
    def test_has_arrows_only_where_the_plan_draws_them(self):
        files = 0
        for room in ROOMS:
            for path in sources(room):
                files += 1
                for quoted, name in included(path):
                    if not quoted:
                        for library in MUST_NOT_KNOW.get(room, ()):
                            self.assertFalse(name.startswith(library), f'{path}: {name}')
                    elif name != 'config.h':
                        self.assertIn(room_of(name, room), MAY_INCLUDE[room] | {room},
                                      f'{path}: {name}')
        suite.checked(f'the includes of {files} files go only where they may')

    def test_has_headers_that_compile_alone(self):
        compiler = shlex.split(os.environ.get('CC', 'cc')) + shlex.split(os.environ.get('HEADER_FLAGS', ''))
        headers = 0
        for room in ROOMS:
            for path in sources(room, '*.h'):
                headers += 1
                result = subprocess.run(
                    compiler + ['-std=gnu17', '-D_GNU_SOURCE', '-fsyntax-only', '-Wall', '-Wextra',
                                '-Werror', '-Wno-unused-function', '-Wno-unused-const-variable',
                                *('-I' + suite.source(other) for other in reachable(room)),
                                '-x', 'c', '-'],
                    input=f'#include "{os.path.abspath(path)}"\n', capture_output=True, text=True)
                self.assertEqual(result.returncode, 0, f'{path}:\n{result.stderr}')
        suite.checked(f'{headers} headers compile alone')


if __name__ == '__main__':
    suite.main()
