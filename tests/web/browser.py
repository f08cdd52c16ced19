"""Runs web/browse.js: what a person does with the page, in a real browser. Screenshots are in
tests/web/screenshots in the build directory."""

import contextlib
import fcntl
import json
import os
import re
import shutil
import subprocess
import unittest

import daemon
import suite

HERE = os.path.abspath(os.path.join('tests', 'web'))  # in the build directory
CHROMIUM = os.environ.get('CHROMIUM') or shutil.which('chromium') or '/usr/bin/chromium'


@contextlib.contextmanager
def alone():
    """A context for one program at a time: they run side by side, and fetch into one directory."""
    os.makedirs(HERE, exist_ok=True)
    with open(os.path.join(HERE, '.lock'), 'w', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def has_packages(modules):
    """Whether the directory has what package.json names, in these versions."""
    with open(suite.source('tests', 'web', 'package.json'), encoding='utf-8') as f:
        needed = json.load(f)['dependencies']
    for name, version in needed.items():
        try:
            with open(os.path.join(modules, name, 'package.json'), encoding='utf-8') as f:
                if json.load(f)['version'] != version:
                    return False
        except OSError:
            return False
    return True


def packages():
    """The directory with what package.json names, fetched if need be: None if it cannot be had."""
    for directory in (HERE, suite.source('tests', 'web')):
        if has_packages(os.path.join(directory, 'node_modules')):
            return os.path.join(directory, 'node_modules')
    if not shutil.which('npm'):
        return None
    for name in ('package.json', 'package-lock.json', '.npmrc'):
        shutil.copy(suite.source('tests', 'web', name), HERE)
    result = subprocess.run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], cwd=HERE,
                            capture_output=True, text=True)
    return os.path.join(HERE, 'node_modules') if result.returncode == 0 else None


@contextlib.contextmanager
def served():
    """A context in which the page is at a URL."""
    with daemon.Daemon('--http=127.0.0.1:0', '--mode=auto') as d:
        yield 'http://%s:%d/' % d.http()


class NodeTest(unittest.TestCase):
    def modules(self):
        """Where node finds packages; else the test is skipped."""
        if not shutil.which('node'):
            self.skipTest('no node')
        with alone():
            modules = packages()
        if modules is None:
            self.skipTest('no npm, or it could not fetch what tests/web/package.json names')
        return modules


class BrowserTest(NodeTest):
    def check_part(self, part, where=served):
        """Everything of that part of browse.js is as it should be."""
        if not os.access(CHROMIUM, os.X_OK):
            self.skipTest('no chromium')
        modules = self.modules()
        with where() as url:
            result = subprocess.run(
                ['node', suite.source('tests', 'web', 'browse.js'), url, os.path.join(HERE, 'screenshots'), part],
                env={**os.environ, 'NODE_PATH': modules, 'CHROMIUM': CHROMIUM},
                capture_output=True, text=True, timeout=suite.patience(900))
        wrong = [line for line in result.stdout.splitlines() if not re.match('ok |figure ', line)]
        self.assertEqual(result.returncode, 0, '\n'.join(wrong) + result.stderr)
        print(result.stdout)
        done = re.findall(r'^ok (.*)$', result.stdout, re.M)
        self.assertGreater(len(done), 0)
        suite.checked(f'a person who {"; ".join(done)}')
        for figure in re.findall(r'^figure (.*)$', result.stdout, re.M):
            suite.checked(figure)
