#!/usr/bin/env python3
"""The Debian packages in a booted system (booted.py): installed, asked on all faces, upgraded under
load, served with a new index, and purged; and what packaging/README.md tells of that. Called by scripts/try-packages with the directory of
the packages, and the root of the system that they are installed in."""

import contextlib
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import booted
import daemon
import suite
from test_haproxy import Load

ADDRESS = ('127.0.0.1', 2323)  # of charfinderd.socket
SERVICE = 'charfinderd.service'
NAMES = ('charfinder', 'charfinderd', 'charfinder-data', 'charfinder-tables', 'libcharindex0', 'libcharindex-dev')
PACKAGES = '/packages'
# Where packages and services have files; the rest of the machine may be that which the tests run on.
PLACES = ('/boot', '/etc', '/opt', '/srv', '/usr', '/var')
# What dpkg and systemd keep of what they have done, whatever it was.
KEPT = re.compile(r'/var/(backups|cache|log|tmp)(/|$)|/var/lib/(dpkg|systemd)(/|$)|/etc/ld\.so\.cache')


def packages(directory):
    return sorted(pathlib.Path(directory).glob('*.deb'))


def as_version(package, version, directory):
    """A copy of a package with another version."""
    there = pathlib.Path(directory, package.name)
    subprocess.run(['dpkg-deb', '-R', package, there], check=True)
    control = there / 'DEBIAN/control'
    old = re.search(r'(?m)^Version: (.*)$', control.read_text())[1]
    control.write_text(control.read_text().replace(old, version))
    built = pathlib.Path(directory, package.name.replace(old, version))
    subprocess.run(['dpkg-deb', '-b', '-Zgzip', '-z1', there, built], check=True, stdout=subprocess.DEVNULL)
    return built


def transcript():
    """The commands in packaging/README.md, each with a pattern of what it says: … is anything, and on a
    line of its own any lines."""
    text = pathlib.Path(suite.source('packaging/README.md')).read_text(encoding='utf-8')
    block = re.search(r'(?s)```console\n(.*?)```', text)[1]
    for step in re.split(r'(?m)^# ', block)[1:]:
        command, *lines = step.splitlines()
        yield command, ''.join(r'(?:.*\n)*' if line == '…' else re.escape(line).replace('…', '.*') + ' *\n'
                               for line in lines)


class PackagesTest(unittest.TestCase):
    """One life of the packages, in order."""

    @classmethod
    def setUpClass(cls):
        newer = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.installed = {}
        for package in packages(cls.directory):
            cls.installed[f'{PACKAGES}/old/{package.name}'] = package
            cls.installed[f'{PACKAGES}/new/{package.name}'] = as_version(package, '9.0-1', newer)
        tests = pathlib.Path(suite.source('packaging/debian/tests'))
        cls.installed.update({f'{PACKAGES}/{name}': tests / name for name in ('faces', 'library')})
        # as on a machine that starts what is installed
        cls.installed['/usr/sbin/policy-rc.d'] = b'#!/bin/sh\nexit 0\n'

    def test_the_transcript_is_true(self):
        with booted.Machine(self.installed, self.root) as machine:
            for count, (command, pattern) in enumerate(transcript(), 1):
                said = machine.run('sh', '-c', f'cd {PACKAGES} && exec 2>&1; {command}', check=False)
                self.assertRegex(said if said.endswith('\n') else said + '\n' * bool(said), rf'\A{pattern}\Z', command)
        suite.checked(f'{count} commands say what they do in packaging/README.md')

    def test_installed_asked_upgraded_and_purged(self):
        with booted.Machine(self.installed, self.root) as self.machine:
            before = self.files()
            self.install()
            self.ask()
            self.upgrade_under_load()
            self.replace_the_index()
            self.purge(before)

    def dpkg(self, *arguments):
        return self.machine.run('sh', '-c', f'DEBIAN_FRONTEND=noninteractive dpkg --force-unsafe-io {" ".join(arguments)} 2>&1')

    def files(self):
        found = self.machine.run('find', *PLACES)
        return {path for path in found.splitlines() if not KEPT.match(path)}

    def is_serving(self):
        self.assertEqual(self.machine.show(SERVICE, 'ActiveState'), 'active')

    def install(self):
        self.dpkg('-i', f'{PACKAGES}/old/*.deb')
        self.is_serving()
        for unit, state in ((SERVICE, 'enabled'), ('charfinderd.socket', 'enabled'),
                            ('charfinderd-http.socket', 'disabled'), ('charfinderd-dict.socket', 'disabled')):
            said = self.machine.run('systemctl', 'is-enabled', unit, check=False)
            self.assertEqual(said, f'{state}\n', unit)
        suite.checked('installed, enabled and running; HTTP and DICT are left to the administrator')

    def ask(self):
        for name in ('faces', 'library'):
            self.machine.run('sh', f'{PACKAGES}/{name}')
        suite.checked('the prompt, HTTP, a dictionary program, the command and the library answer')

    def upgrade_under_load(self):
        before = self.machine.show(SERVICE, 'MainPID')
        with Load(self.machine.socket, ADDRESS, 10) as load:
            self.dpkg('-i', f'{PACKAGES}/new/*.deb')
            answered = load.answered
            daemon.wait_for(lambda: load.answered > answered + 100, 'answers after the upgrade')
        self.is_serving()
        self.assertNotEqual(self.machine.show(SERVICE, 'MainPID'), before)
        self.assertEqual((load.refused, load.cut_short, load.wrong, load.late), (0, [], [], []))
        for socket in ('charfinderd-http.socket', 'charfinderd-dict.socket'):
            self.assertEqual(self.machine.show(socket, 'ActiveState'), 'active', socket)
        suite.checked(f'upgraded under load: {load.answered} queries answered, {load.asked_again} asked again, '
                      'none refused, cut short, wrong or lost')

    def replace_the_index(self):
        before = self.machine.show(SERVICE, 'MainPID')
        reloads = self.machine.log(SERVICE).count('reloaded generation=')
        self.dpkg('-i', f'{PACKAGES}/new/charfinder-data*.deb')
        daemon.wait_for(lambda: self.machine.log(SERVICE).count('reloaded generation=') > reloads, 'reload')
        self.assertEqual(self.machine.show(SERVICE, 'MainPID'), before)
        suite.checked('a new charfinder-data is served by the daemon that ran')

    def purge(self, before):
        self.dpkg('--purge', *NAMES)
        self.assertEqual(self.machine.run('systemctl', 'list-units', '--all', '--plain', '--no-legend',
                                          'charfinder*'), '')
        self.assertEqual(self.files() - before, set())
        self.assertEqual(before - self.files(), set())
        with contextlib.closing(self.machine.socket()) as s, self.assertRaises(ConnectionRefusedError):
            s.connect(ADDRESS)
        suite.checked('purged: no file, unit or listening socket is left')


if __name__ == '__main__':
    PackagesTest.root = sys.argv.pop()
    PackagesTest.directory = sys.argv.pop()
    suite.main()
