#!/usr/bin/env python3
"""Completions, in the shells that are installed: options, what their arguments may be, files."""

import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import signal
import struct
import subprocess
import termios
import time
import unittest

import daemon
import programs
import suite

PROGRAMS = {'charfinder': ['client/options.c'], 'charfinderd': ['server/options.c'],
            'mkcharindex': ['indexer/mkcharindex.c'], 'charpick': ['client/charpick', 'client/options.c']}
# Options of charfinder that charpick is to be given, which gives them to charfinder.
PASSED_ON = {'--index': '=FILE', '--mode': '=MODE', '--lang': '=LANG', '--limit': '=N', '--server': '=HOST:PORT'}
CHOICES = {'--mode': {'classic', 'auto', 'wide'}, '--color': {'auto', 'always', 'never'},
           '--progress': {'auto', 'always', 'never'},
           '--list': {'blocks', 'scripts', 'categories', 'languages', 'properties'}}


def needs(shell):
    return unittest.skipIf(shutil.which(shell) is None, f'{shell} is not installed')


class CompletionTest(programs.ProgramTest):
    def setUp(self):
        super().setUp()
        self.files = {}
        for shell, name in (('bash', '{}'), ('zsh', '_{}'), ('fish', '{}.fish')):
            for program, tables in PROGRAMS.items():
                path = self.directory / name.format(program)
                path = path if shell != 'bash' else self.directory / f'{program}.bash'
                made = subprocess.run([suite.source('packaging/completions/make'), shell, program, 'en\nfr\nfy',
                                       *map(suite.source, tables)],
                                      capture_output=True, text=True, check=True)
                path.write_text(made.stdout)
                self.files[shell, program] = path
        # the shells run what the line says, which is to be the program that is tested
        self.bin = self.directory / 'bin'
        self.bin.mkdir()
        runs = shlex.join(suite.program('charfinder') + ['--index=' + suite.database()])
        (self.bin / 'charfinder').write_text(f'#!/bin/sh\nexec {runs} "$@"\n')
        (self.bin / 'charfinder').chmod(0o755)
        self.env = {**os.environ, 'PATH': f'{self.bin}:{os.environ["PATH"]}', 'HOME': str(self.directory),
                    'TERM': 'dumb', 'LC_ALL': 'C.UTF-8'}

    def options(self, program):
        """All that --help has."""
        if program == 'charpick':
            said = subprocess.run([suite.source('client/charpick'), '--help'], capture_output=True, text=True,
                                  check=True).stdout
        else:
            said = self.assertWell(self.run_program(program, '--help'))
        return {**(PASSED_ON if program == 'charpick' else {}),
                **{name: argument for name, argument in
                   re.findall(r'(?m)^ +(?:-\w, )?(--[a-z-]+)(\[=\w+\]|=[A-Z:]+)?(?:  |$)', said)}}


class MakeTest(CompletionTest):
    def test_a_file_without_a_table_is_an_error(self):
        result = subprocess.run([suite.source('packaging/completions/make'), 'bash', 'x', '', os.devnull],
                                capture_output=True, text=True)
        self.assertEqual((result.returncode, result.stderr), (1, 'make: there is no table of options\n'))

    def test_what_is_offered_is_right(self):
        for option, words in CHOICES.items():
            for word in words:
                words = [] if option == '--list' else ['white bishop']
                self.assertWell(self.run_program('charfinder', '--index=' + suite.database(),
                                                 f'{option}={word}', *words))

    def test_what_is_made_is_the_shell_s_language(self):
        for (shell, program), path in self.files.items():
            if shutil.which(shell):
                subprocess.run([shell, '-n', path], check=True)
                suite.checked(f'{shell} reads the completions of {program}')


@needs('bash')
class BashTest(CompletionTest):
    def completed(self, line, program='charfinder'):
        """What the function has for the last word of the line; bash takes = for a word."""
        words = re.findall(r'=|[^\s=]+', line) + ([''] if line[-1:] in ' ' else [])
        script = f'''source {self.files['bash', program]}
            compopt() {{ :; }}
            COMP_WORDS=({' '.join(map(shlex.quote, words))})
            COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
            _{program} {program}
            printf '%s\\n' "${{COMPREPLY[@]}}"'''
        result = subprocess.run(['bash', '-u', '-c', script], capture_output=True, text=True, env=self.env,
                                cwd=self.directory, timeout=daemon.DEADLINE)
        self.assertEqual(result.stderr, '')
        return set(result.stdout.split('\n')) - {''}

    def test_options(self):
        for program in PROGRAMS:
            offered = self.completed(f'{program} --', program)
            self.assertEqual({name.rstrip('=') for name in offered}, set(self.options(program)), program)
            for name, argument in self.options(program).items():
                self.assertEqual(name + '=' in offered, argument[:1] == '=', name)
        self.assertEqual(self.completed('charfinder white --li'), {'--limit=', '--list='})
        self.assertEqual(self.completed('charfinder white bi'), set())

    def test_choices(self):
        for option, words in CHOICES.items():
            self.assertEqual(self.completed(f'charfinder {option}='), words)
            self.assertEqual(self.completed(f'charfinder {option} '), words)
        self.assertEqual(self.completed('charfinder --mode=w'), {'wide'})
        self.assertEqual(self.completed('charfinder -m c'), {'classic'})
        self.assertEqual(self.completed('charfinder --lang=f'), {'fr', 'fy'})

    def test_files_and_directories(self):
        (self.directory / 'words.txt').touch()
        (self.directory / 'words').mkdir()
        self.assertEqual(self.completed('charfinder --batch=wor'), {'words.txt', 'words'})
        self.assertEqual(self.completed('charfinder -i wor'), {'words.txt', 'words'})
        self.assertEqual(self.completed('charfinder --output=wor'), {'words'})
        self.assertEqual(self.completed('charfinder --batch wor'), set())
        self.assertEqual(self.completed('mkcharindex --verify wor', 'mkcharindex'), {'words.txt', 'words'})
        self.assertEqual(self.completed('mkcharindex -o wor', 'mkcharindex'), {'words.txt', 'words'})

    def test_charpick(self):
        self.assertEqual(self.completed('charpick --picker=', 'charpick'), {'fzf', 'rofi', 'dmenu'})
        self.assertEqual(self.completed('charpick --lang=f', 'charpick'), {'fr', 'fy'})
        self.assertEqual(self.completed('charpick --lang f', 'charpick'), set())  # it takes f for a word

    def test_blocks(self):
        self.assertEqual(self.completed('charfinder --table=Box'), {'Box_Drawing'})


@needs('fish')
class FishTest(CompletionTest):
    def completed(self, line, program='charfinder'):
        script = f'source {self.files["fish", program]}; complete -C {shlex.quote(line)}'
        result = subprocess.run(['fish', '--no-config', '-c', script], capture_output=True, text=True, env=self.env,
                                cwd=self.directory, timeout=daemon.DEADLINE)
        self.assertEqual((result.returncode, result.stderr), (0, ''))
        return {line.split('\t')[0] for line in result.stdout.split('\n')} - {''}

    def test_options(self):
        for program in PROGRAMS:
            offered = self.completed(f'{program} --', program)
            self.assertEqual({name.rstrip('=') for name in offered}, set(self.options(program)), program)

    def test_choices(self):
        for option, words in CHOICES.items():
            self.assertEqual(self.completed(f'charfinder {option}='), {f'{option}={word}' for word in words})
        self.assertEqual(self.completed('charfinder --mode '), CHOICES['--mode'])
        self.assertEqual(self.completed('charfinder -m c'), {'classic'})

    def test_files_and_blocks(self):
        (self.directory / 'words.txt').touch()
        self.assertEqual(self.completed('charfinder --index=wor'), {'--index=words.txt'})
        self.assertEqual(self.completed('charfinder --table=Box'), {'--table=Box_Drawing'})
        self.assertEqual(self.completed('mkcharindex --verify wor', 'mkcharindex'), {'words.txt'})
        self.assertEqual(self.completed('charpick wor', 'charpick'), set())


class Typing:
    """A shell on a pseudo-terminal, at which somebody types."""

    def __init__(self, arguments, **options):
        try:
            self.master, slave = pty.openpty()
        except OSError as error:
            raise unittest.SkipTest(f'needs a pseudo-terminal: {error}')
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
        self.process = subprocess.Popen(arguments, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0), **options)
        os.close(slave)
        self.text = ''

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def type(self, text):
        self.text = ''
        os.write(self.master, text.encode())

    def read_until(self, pattern):
        deadline = time.monotonic() + daemon.DEADLINE
        while not re.search(pattern, self.text):
            readable, _, _ = select.select([self.master], [], [], max(0, deadline - time.monotonic()))
            if not readable:
                raise AssertionError(f'{pattern} has not come: {self.text!r}')
            self.text += os.read(self.master, 65536).decode(errors='replace')


class TypedTest(CompletionTest):
    """As somebody types it, with the tabulator."""

    def try_lines(self, shell):
        for typed, completed in (('charfinder --summ\t', 'charfinder --summary'),
                                 ('charfinder --mode=cl\t', 'charfinder --mode=classic'),
                                 ('charfinder --table=Box\t', 'charfinder --table=Box_Drawing')):
            shell.type(typed)
            shell.read_until(re.escape(completed.removeprefix('charfinder ')))
            shell.type('\x15')

    @needs('bash')
    def test_bash(self):
        with Typing(['bash', '--norc', '--noprofile', '-i'], env={**self.env, 'PS1': 'ready> '}, cwd=self.directory) as shell:
            shell.type(f'source {self.files["bash", "charfinder"]}; echo so""urced\n')
            shell.read_until('sourced')
            self.try_lines(shell)

    @needs('zsh')
    def test_zsh(self):
        with Typing(['zsh', '-f', '-i'], env={**self.env, 'PS1': 'ready> '}, cwd=self.directory) as shell:
            shell.type(f'fpath=({self.directory} $fpath); autoload -Uz compinit; compinit -u -D; echo so""urced\n')
            shell.read_until('sourced')
            self.try_lines(shell)


if __name__ == '__main__':
    suite.main()
