#!/usr/bin/env python3
"""charpick, with pickers and keyboards that only say what they were asked."""

import os
import shlex
import shutil
import subprocess
import unittest

import programs
import suite
from test_completions import Typing

CHARPICK = suite.source('client', 'charpick')
PICKERS = ('fzf', 'rofi', 'dmenu')


class PickTest(programs.ProgramTest):
    def setUp(self):
        super().setUp()
        self.bin = self.directory / 'bin'
        self.bin.mkdir()
        for tool in ('sed', 'grep', 'cat', 'sh'):
            (self.bin / tool).symlink_to(shutil.which(tool))
        runs = shlex.join(suite.program('charfinder') + ['--index=' + suite.database()])
        self.install('charfinder', f'exec {runs} "$@"')
        self.env = {'PATH': str(self.bin), 'TERM': 'dumb', 'LC_ALL': 'C.UTF-8'}

    def install(self, name, script):
        path = self.bin / name
        path.write_text(f'#!/bin/sh\n{script}\n')
        path.chmod(0o755)

    def install_picker(self, name, line=1, words=''):
        """A picker that keeps how it was called and its menu, and picks a line."""
        self.install(name, f'''printf '%s\\n' "$@" >>{self.directory}/called
            cat >{self.directory}/menu
            case "$*" in *"-p words"*) printf %s {shlex.quote(words)}; exit ;; esac
            sed -n {line}p {self.directory}/menu''')

    def pick(self, *arguments, **env):
        return subprocess.run([CHARPICK, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env={**self.env, **env})

    def kept(self, name):
        path = self.directory / name
        return path.read_text() if path.exists() else None

    def test_prints_what_is_picked(self):
        for picker in PICKERS:
            self.install_picker(picker, line=2)
            result = self.pick(f'--picker={picker}', 'white', 'bishop')
            menu = [line.split('\t') for line in self.kept('menu').splitlines()]
            self.assertEqual((result.stdout, result.stderr, result.returncode), (menu[1][0] + '\n', '', 0))
            self.assertEqual(menu[0], ['\N{WHITE CHESS BISHOP}', 'WHITE CHESS BISHOP', 'U+2657'])

    def test_takes_what_is_installed(self):
        self.assertEqual(self.pick('x').stderr, 'charpick: install fzf, rofi or dmenu to pick with\n')
        self.assertEqual(self.pick('--picker=rofi', 'x').stderr, 'charpick: rofi is not installed\n')
        self.install_picker('fzf')  # which needs a terminal
        self.assertEqual(self.pick('x').returncode, 2)
        self.install_picker('dmenu')
        self.assertEqual(self.pick('U+20AC').stdout, '\N{EURO SIGN}\n')
        self.install_picker('rofi')
        os.remove(self.directory / 'called')
        self.pick('U+20AC')
        self.assertIn('-dmenu', self.kept('called'))

    def test_fzf_asks_anew_with_each_key(self):
        self.install_picker('fzf')
        self.pick('--picker=fzf', "--lang=fr", 'euro')
        called = self.kept('called')
        self.assertIn('--query=euro\n', called)
        reload = called[called.index('change:reload(') + len('change:reload('):].rpartition(')')[0]
        said = subprocess.run(['sh', '-c', reload.replace('{q}', "'papillon'")], capture_output=True, text=True,
                              env=self.env, check=True).stdout
        self.assertIn('\N{BUTTERFLY}\tBUTTERFLY\tU+1F98B\n', said)

    def test_others_ask_for_words(self):
        for picker in ('rofi', 'dmenu'):
            self.install_picker(picker, words="white bishop")
            self.assertEqual(self.pick('--picker=' + picker).stdout, '\N{WHITE CHESS BISHOP}\n')
            self.install_picker(picker, words='')
            result = self.pick('--picker=' + picker)
            self.assertEqual((result.stdout, result.returncode), ('', 1))

    def test_words_are_not_the_shell_s(self):
        self.install_picker('dmenu')
        for words in (["it's"], ['$(echo', 'x)'], ['`x`'], ['"white', 'chess"'], ['--', '-x', 'a;b']):
            self.assertEqual(self.pick(*words).stderr, '')
        self.assertEqual(self.pick("--lang=fr'; echo no >&2; '", 'x').stderr.count('\n'), 1)  # of charfinder

    def test_copies_and_types(self):
        self.install_picker('dmenu')
        self.install('wl-copy', f'cat >{self.directory}/copied')
        self.install('xdotool', f'printf "%s " "$@" >{self.directory}/typed; cat >>{self.directory}/typed')
        self.install('wtype', f'printf "%s " wtype "$@" >{self.directory}/typed; cat >>{self.directory}/typed')
        for char in ('\N{EURO SIGN}', '-', '"', '\U0001F1EB\U0001F1F7'):
            query = ' '.join(f'U+{ord(c):04X}' for c in char) if len(char) == 1 else 'flag: France'
            result = self.pick('--copy', '--type', query)
            self.assertEqual((result.returncode, result.stderr), (0, ''))
            self.assertEqual((self.kept('copied'), self.kept('typed')), (char, 'type --file - ' + char))
            self.pick('--type', query, WAYLAND_DISPLAY='wayland-0')
            self.assertEqual(self.kept('typed'), 'wtype - ' + char)

    def test_no_keyboard_and_no_clipboard_are_errors(self):
        self.install_picker('dmenu')
        result = self.pick('--type', 'U+20AC')
        self.assertEqual((result.returncode, result.stderr),
                         (2, 'charpick: install wtype (Wayland) or xdotool (X11) for --type\n'))
        result = self.pick('--copy', 'U+20AC')
        self.assertEqual(result.returncode, 2)
        self.assertIn('--copy', result.stderr)

    def test_nothing_picked_is_nothing_done(self):
        self.install('dmenu', 'cat >/dev/null; exit 1')
        self.install('wl-copy', f'cat >{self.directory}/copied')
        for words in ('white bishop', 'nosuchword'):
            result = self.pick('--copy', words)
            self.assertEqual((result.stdout, result.returncode, self.kept('copied')), ('', 1, None))

    def test_wrong_usage(self):
        self.assertEqual(self.pick('--picker=less', 'x').returncode, 2)
        result = self.pick('--help')
        self.assertEqual(result.returncode, 0)
        for option in ('--copy', '--type', '--picker'):
            self.assertIn(option, result.stdout)
            with open(suite.source('doc', 'charpick.1'), encoding='utf-8') as page:
                self.assertIn(f'Fl {option[1:]}', page.read())

    @unittest.skipIf(shutil.which('fzf') is None, 'fzf is not installed')
    def test_in_fzf_itself(self):
        (self.bin / 'fzf').symlink_to(shutil.which('fzf'))
        with Typing([CHARPICK, '--picker=fzf', 'white bishop'],
                    env={**self.env, 'TERM': 'xterm', 'SHELL': '/bin/sh'}) as terminal:
            terminal.read_until('WHITE CHESS BISHOP')
            terminal.type('\x15euro sign')
            terminal.read_until('EURO SIGN')
            terminal.type('\r')
            terminal.read_until('\N{EURO SIGN}\r\n')

    @unittest.skipIf(shutil.which('shellcheck') is None, 'shellcheck is not installed')
    def test_is_a_script_without_reproach(self):
        for script in (CHARPICK, suite.source('packaging', 'completions', 'make')):
            subprocess.run(['shellcheck', script], check=True)


if __name__ == '__main__':
    suite.main()
