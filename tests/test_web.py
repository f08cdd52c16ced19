#!/usr/bin/env python3
"""The page in a real browser: types, copies, scrolls, uses the keyboard alone, has no scripts,
is on a phone and in the dark (web/browse.js). Screenshots are in tests/web/screenshots in the
build directory."""

import os
import re
import shutil
import subprocess
import unittest

import daemon
import suite

HERE = os.path.abspath(os.path.join('tests', 'web'))  # in the build directory
CHROMIUM = os.environ.get('CHROMIUM') or shutil.which('chromium') or '/usr/bin/chromium'


def packages():
    """The directory with playwright-core and axe-core, fetched if need be: None if they cannot
    be had."""
    for directory in (HERE, suite.source('tests', 'web')):
        if os.path.isdir(os.path.join(directory, 'node_modules', 'playwright-core')):
            return os.path.join(directory, 'node_modules')
    if not shutil.which('npm'):
        return None
    os.makedirs(HERE, exist_ok=True)
    for name in ('package.json', 'package-lock.json', '.npmrc'):
        shutil.copy(suite.source('tests', 'web', name), HERE)
    result = subprocess.run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], cwd=HERE,
                            capture_output=True, text=True)
    return os.path.join(HERE, 'node_modules') if result.returncode == 0 else None


class BrowserTest(unittest.TestCase):
    def test_a_person_with_the_page(self):
        if not os.access(CHROMIUM, os.X_OK):
            self.skipTest('no chromium')
        if not shutil.which('node'):
            self.skipTest('no node')
        modules = packages()
        if modules is None:
            self.skipTest('no npm, or it could not fetch playwright-core and axe-core')
        with daemon.Daemon('--http=127.0.0.1:0', '--mode=auto') as d:
            url = 'http://%s:%d/' % d.http()
            result = subprocess.run(
                ['node', suite.source('tests', 'web', 'browse.js'), url, os.path.join(HERE, 'screenshots')],
                env={**os.environ, 'NODE_PATH': modules, 'CHROMIUM': CHROMIUM},
                capture_output=True, text=True, timeout=suite.patience(900))
        print(result.stdout)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        done = re.findall(r'^ok (.*)$', result.stdout, re.M)
        self.assertGreater(len(done), 0)
        suite.checked(f'a person who {"; ".join(done)}')
        for figure in re.findall(r'^figure (.*)$', result.stdout, re.M):
            suite.checked(figure)


if __name__ == '__main__':
    suite.main()
