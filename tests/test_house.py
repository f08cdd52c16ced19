"""The plan of the house holds: what may include what, and every header stands alone."""

import graphlib
import os
import pathlib
import re
import shlex
import subprocess
import unittest

import suite

# room -> rooms whose headers it may include besides its own, and those of base, which any may
MAY_INCLUDE = {
    'base': set(),
    'include': set(),
    'common': {'include'},
    'about': {'include', 'common'},
    'charindex/format': set(),
    'charindex/text': {'include', 'charindex/reader'},
    'charindex/reader': {'include', 'charindex/format', 'charindex/text'},
    'charindex/query': {'include', 'charindex/text', 'charindex/reader'},
    'charindex/search': {'include', 'charindex/text', 'charindex/reader', 'charindex/query'},
    'charindex/builder': {'include', 'charindex/format', 'charindex/text'},
    'charindex/verify': {'charindex/format', 'charindex/text', 'charindex/reader', 'charindex/builder',
                         'charindex/search'},
    'indexer': {'include', 'common', 'charindex/text', 'charindex/reader', 'charindex/builder'},
    'client': {'include', 'common', 'about'},
    'server/net': {'include', 'common'},
    'server/prompt': {'include', 'common', 'about', 'server/net'},
    'server/http': {'include', 'common', 'about', 'server/net'},
    'server/dict': {'include', 'common', 'server/net'},
    'server': {'include', 'common', 'server/net', 'server/prompt', 'server/http', 'server/dict'},
}
ROOMS = tuple(MAY_INCLUDE)
for room in ROOMS[1:]:
    MAY_INCLUDE[room].add('base')
# room -> libraries that it must not know of
MUST_NOT_KNOW = {room: ('event2/',) for room in ROOMS if room not in ('common', 'client') and not room.startswith('server')}
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


def text_of(path):
    return pathlib.Path(suite.source(path)).read_text(encoding='utf-8')


def makefile():
    """variable -> its words, of Makefile.am."""
    text = pathlib.Path(suite.source('Makefile.am')).read_text().replace('\\\n', ' ')
    variables = {}
    for name, words in re.findall(r'(?m)^(\w+) \+?=(.*)$', text):
        variables.setdefault(name, []).extend(words.split())
    return {name: [word for part in words for word in variables.get(part.strip('$()'), [part])]
            if name.endswith('_SOURCES') else words for name, words in variables.items()}


def headers_of(room):
    """The variable of Makefile.am with the rooms in which a room's files find headers."""
    return re.sub(r'\W', '_', room).upper() + '_ROOMS'


def modules():
    """module -> the other modules whose headers its files include. A module is x.c with x.h."""
    where = {path.name: f'{room}/{path.stem}' for room in ROOMS for path in sources(room)}
    graph = {module: set() for module in where.values()}
    for room in ROOMS:
        for path in sources(room):
            used = {where[name] for quoted, name in included(path) if quoted and name in where}
            graph[where[path.name]] |= used - {where[path.name]}
    return graph


def circle(graph):
    """Some modules each of which includes the next, and the last the first; or None."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return error.args[1][:-1]
    return None


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

    def test_looks_for_headers_only_where_it_may(self):
        variables = makefile()
        for room in ROOMS:
            if room not in ('base', 'include'):
                self.assertEqual(set(variables[headers_of(room)]), set(reachable(room)), room)
        compiled = set()
        for target in (name[:-len('_CPPFLAGS')] for name in variables if name.endswith('_CPPFLAGS')):
            flags = ' '.join(variables[f'{target}_CPPFLAGS'])
            found = re.fullmatch(r'\$\(OUR_CPPFLAGS\) \$\((\w+_ROOMS):%=-I\$\(srcdir\)/%\)', flags)
            for path in variables.get(f'{target}_SOURCES', ()) if found else ():
                if path.endswith('.c'):
                    self.assertEqual(headers_of(os.path.dirname(path)), found[1], f'{target}: {path}')
                    compiled.add(path)
        every = {f'{room}/{path.name}' for room in ROOMS for path in sources(room, '*.c')}
        self.assertEqual(every - compiled, {'server/http/web_assets.c'} & every)
        suite.checked(f'{len(compiled)} files are compiled with the headers of their rooms only')

    def test_is_described_as_it_is(self):
        """Files that the pages name are there: by path from the top, or by a name of their own."""
        names = {path.name for room in (*ROOMS, 'tests', 'tests/unit', 'tests/fuzz', 'tests/torture',
                                        'server/http/web', 'bench', 'indexer')
                 for path in sources(room, '*')}
        count = 0
        for page in ('HACKING.md', 'CONTRIBUTING.md', 'SECURITY.md', 'README.md'):
            with open(suite.source(page), encoding='utf-8') as file:
                text = file.read()
            found = set(re.findall(r'`((?:[a-z_]+/)*[a-zA-Z_-]+\.(?:c|h|md|py|js|am|in))`', text))
            found |= set(re.findall(r'\]\(((?:[a-z_]+/)*[A-Za-z_-]+\.(?:c|h|md))\)', text))
            for name in found:
                count += 1
                self.assertTrue(os.path.exists(suite.source(*name.split('/'))) or
                                ('/' not in name and name in names), f'{page}: {name}')
        suite.checked(f'{count} files are where the pages say')

    def test_has_one_version(self):
        """That of configure.ac, wherever one is told."""
        version = re.search(r'AC_INIT\(\[charfinder\], \[([\d.]+)\]', text_of('configure.ac'))[1]
        for path, pattern in (('NEWS', r'\Acharfinder ([\d.]+)'),
                              ('packaging/debian/changelog', r'\Acharfinder \(([\d.]+)-'),
                              ('server/dict/DICT.md', r'charfinderd (\d+\.[\d.]+\d)')):
            found = set(re.findall(pattern, text_of(path)))
            self.assertEqual(found, {version}, path)
        suite.checked(f'all say that this is {version}')

    def test_has_one_format(self):
        """That of format.h, wherever its version is told."""
        version = re.search(r'#define FORMAT_VERSION (\d+)', text_of('charindex/format/format.h'))[1]
        for path, pattern in (('charindex/format/FORMAT.md', r'format version: (\d+)'),
                              ('doc/charindex.5.in', r'format version: (\d+)')):
            self.assertEqual(re.findall(pattern, text_of(path)), [version], path)
        suite.checked(f'all say that the format has version {version}')

    def test_has_no_circles(self):
        graph = modules()
        self.assertEqual(circle(graph), None)
        suite.checked(f'{len(graph)} modules include each other in no circle')

    def test_has_a_page_of_modules(self):
        """They share one scope when they are joined, so that names must be of one, and come after those that
        they import; and nothing is exported, or styled, that nobody uses."""
        paths = re.findall(r'\$\(srcdir\)/(server/http/web/page/(\w+)\.js)', text_of('Makefile.am'))
        self.assertEqual({name for _, name in paths}, {path.stem for path in pathlib.Path(
            suite.source('server', 'http', 'web', 'page')).glob('*.js')})
        defined, exported, imported = {}, set(), set()
        for path, name in paths:
            text = text_of(path)
            for names, source in re.findall(r'^import \{ ([^}]*) \} from "\./(\w+)\.js";$', text, re.M):
                for what in names.split(', '):
                    self.assertIn((source, what), exported, f'{path} imports it')
                    self.assertGreater(len(re.findall(rf'\b{what}\b', text)), 1, f'{path} uses {what}')
                    imported.add((source, what))
            for export, what in re.findall(r'^(export )?(?:async )?(?:function|const|let|class) (\w+)', text, re.M):
                self.assertNotIn(what, defined, f'in {path}')
                defined[what] = path
                if export:
                    exported.add((name, what))
        self.assertEqual(exported - imported, set())
        makers = ''.join(path.read_text(encoding='utf-8') for path in pathlib.Path(suite.source('server', 'http')).rglob('*')
                         if path.suffix in ('.c', '.js', '.html'))
        for what in set(re.findall(r'[.#]([a-z][a-z-]*)(?=[^{};]*\{)', text_of('server/http/web/style.css'))):
            self.assertRegex(makers, rf'\b{what}\b', 'what nobody uses is styled')
        suite.checked(f'{len(paths)} modules of the page, with {len(defined)} names')


if __name__ == '__main__':
    suite.main()
