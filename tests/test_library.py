#!/usr/bin/env python3
"""libcharindex as others have it: what the shared library exports is what the headers declare
and charindex(3) describes, and the examples can be compiled, linked and run."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import unittest

import programs
import suite

HEADERS = ('charindex.h', 'charform.h')
VERSION = 'CHARINDEX_0'
SONAME = 'libcharindex.so.0'
QUERIES = ('white bishop', 'thumbs upp', 'nosuchword', ' U+2657 ', 'in:any gaul -x', '"')


def build(*path):
    return os.path.join(os.path.dirname(suite.database()), *path)


def declared():
    """The functions that the headers declare."""
    text = ''.join(pathlib.Path(suite.source('include', name)).read_text(encoding='utf-8')
                   for name in HEADERS)
    text = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
    text = re.sub(r'(?m)^#.*(\\\n.*)*$', '', text)
    return set(re.findall(r'(?m)^[a-z][\w *]*?(char(?:index|form)_\w+)\(', text))


def said_by(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class SharedLibraryTest(unittest.TestCase):
    def test_exports_what_the_headers_declare_and_nothing_else(self):
        exported = {}
        for line in said_by('nm', '-D', '--defined-only', build(SONAME)).splitlines():
            _, kind, symbol = line.split()
            name, _, version = symbol.partition('@@')
            if kind != 'A':  # the version itself
                exported[name] = kind, version
        self.assertEqual(set(exported), declared())
        self.assertEqual(set(exported.values()), {('T', VERSION)})
        suite.checked(f'{len(exported)} functions are exported, all of version {VERSION}')

    def test_says_its_name_and_is_known_by_it(self):
        self.assertIn(f'[{SONAME}]', said_by('readelf', '-d', build(SONAME)))
        self.assertTrue(os.path.samefile(build('libcharindex.so'), build(SONAME)))

    def test_is_not_what_our_own_programs_wait_for_at_their_start(self):
        for name in ('charfinder', 'charfinderd', 'mkcharindex'):
            self.assertNotIn('libcharindex', said_by('readelf', '-d', build(name)))


class ErrorsTest(programs.ProgramTest):
    def test_what_helps_is_said_by_programs_only(self):
        text = self.write('text.db', b'not an index\n' * 1000)
        for name, arguments in (('charfinder', [f'--index={text}', 'x']), ('mkcharindex', ['--verify', text]),
                                ('charfinderd', [f'--index={text}'])):
            result = self.run_program(name, *arguments)
            self.assertIn(b'is not a charfinder index; build one with mkcharindex\n', result.stderr)
        library = pathlib.Path(build(SONAME)).read_bytes()
        self.assertIn(b'is not a charfinder index\0', library)
        self.assertNotIn(b'with mkcharindex', library)


class ExamplesTest(programs.ProgramTest):
    @classmethod
    def setUpClass(cls):
        if '-fsanitize' in os.environ.get('BUILD_CFLAGS', ''):
            raise unittest.SkipTest('the library has sanitizers in it')

    def environment(self):
        return {**os.environ, 'LD_LIBRARY_PATH': build(), 'LIBCHARINDEX': build(SONAME)}

    def answers(self, *command):
        return [self.assertWell(subprocess.run([*command, suite.database(), query], env=self.environment(),
                                               capture_output=True, timeout=suite.DEADLINE))
                for query in QUERIES]

    def expected(self):
        """What charfinder says, in the form of the examples."""
        for query in QUERIES:
            result = self.run_program('charfinder', f'--index={suite.database()}', '--mode=auto', '--', query)
            yield re.sub(r'\((.*)\)\n\Z', r'\1\n', result.stdout.decode())

    def compiled(self):
        program = self.directory / 'find'
        result = subprocess.run(
            [*shlex.split(os.environ.get('CC', 'cc')), '-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror',
             '-I' + suite.source('include'), '-o', program, suite.source('examples', 'find.c'),
             '-L' + build(), '-lcharindex'], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)
        return program

    def test_in_c(self):
        answers = self.answers(self.compiled())
        self.assertEqual([answer.replace('\r\n', '\n') for answer in answers], list(self.expected()))
        suite.checked(f'find.c answers {len(answers)} queries')

    def test_in_python(self):
        self.assertEqual(self.answers(sys.executable, '-B', suite.source('examples', 'find.py')),
                         self.answers(self.compiled()))

    def test_say_what_is_wrong_with_an_index(self):
        for command in ([self.compiled()], [sys.executable, '-B', suite.source('examples', 'find.py')]):
            result = subprocess.run([*command, self.directory / 'nosuch.db', 'x'], env=self.environment(),
                                    capture_output=True, text=True)
            self.assertEqual(result.returncode, 1)
            self.assertRegex(result.stderr, r'\Afind(\.py)?: .*nosuch\.db cannot be opened')


class ManualTest(unittest.TestCase):
    def page(self):
        return pathlib.Path(build('doc', 'charindex.3'))

    def test_describes_every_function(self):
        text = self.page().read_text(encoding='utf-8')
        for name in declared():
            self.assertRegex(text, rf'(?m)^[a-z].*\b{name}\(', name)

    def test_is_well_formed(self):
        if not shutil.which('mandoc'):
            self.skipTest('no mandoc')
        result = subprocess.run(['mandoc', '-T', 'lint', '-W', 'warning', self.page()], capture_output=True, text=True)
        self.assertEqual(result.stdout, '')


if __name__ == '__main__':
    suite.main()
