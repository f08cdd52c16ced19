#!/usr/bin/env python3
"""charfinder as ./configure --disable-daemon makes it: without servers and lists, and with all else."""

import subprocess

import programs
import suite


class AloneTest(programs.ProgramTest):
    def charfinder(self, *arguments, **options):
        return self.run_program('charfinder', '--index=' + suite.database(), *arguments, **options)

    def test_finds_and_identifies(self):
        self.assertIn('U+2657 \t\u2657\tWHITE CHESS BISHOP\n', self.assertWell(self.charfinder('white', 'bishop')))
        self.assertIn('EURO SIGN', self.assertWell(self.charfinder('-', input='\u20ac'.encode())))
        self.assertIn('EURO SIGN', self.assertWell(self.charfinder('--details', 'U+20AC')))
        self.assertIn('Arrows', self.assertWell(self.charfinder('--list=blocks')))

    def test_tells_about_characters(self):
        said = self.assertWell(self.charfinder('--about', 'U+20AC', ' white chess bishop '))
        self.assertEqual([line.split('\t')[0] for line in said.splitlines() if line[0] != '\t'], ['U+20AC ', 'U+2657 '])
        result = self.charfinder('--about', 'rookie', 'U+20AC')
        self.assertError(result, 2, 'rookie', prints=b'U+20AC')

    def test_says_what_it_has_not(self):
        self.assertError(self.charfinder('--server=localhost', 'x'), 2, '--server', 'libevent')
        self.assertError(self.charfinder('--batch', input=b''), 2, '--batch', 'libevent')

    def test_is_linked_without_it(self):
        program = suite.program('charfinder')[-1]
        needed = subprocess.run(['ldd', program], capture_output=True, text=True, check=True).stdout
        self.assertIn('libc.', needed)
        for library in ('libevent', 'libz.'):
            self.assertNotIn(library, needed)


if __name__ == '__main__':
    suite.main()
