#!/usr/bin/env python3
"""The container (packaging/Containerfile): its root is made, and the daemon runs in it as the first
process, as nobody, where nothing can be written. What a container runtime would do, unshare(1) and
chroot(1) do here; scripts/try-container builds the image itself, and CONTAINER_ROOT is its root then."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import unittest.mock

import daemon
import suite

NOBODY = 65534
ENTER = r'''
mount --bind "$1" "$1"
mount -o remount,bind,ro "$1"
root=$1
shift
exec chroot --userspec=65534:65534 "$root" "$@"
'''


def libraries():
    return subprocess.run(['ldd', suite.program('charfinderd')[-1]], capture_output=True, text=True).stdout


def containerfile():
    return pathlib.Path(suite.source('packaging/Containerfile')).read_text()


class ContainedDaemon(daemon.Daemon):
    def __init__(self, root, *arguments):
        super().__init__(addresses=())
        self.command = enter(root, ['--pid', '--fork'], '--mode=classic', *arguments)

    def child(self):
        """The daemon, as it is numbered here: the process itself is unshare."""
        pid = self.process.pid
        return int(pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text())

    def send_signal(self, number=daemon.signal.SIGTERM):
        self.signalled = True
        os.kill(self.child(), number)


def enter(root, namespaces, *arguments):
    """The command that runs the daemon in the root, as the Containerfile says."""
    entrypoint = re.findall(r'"([^"]+)"', re.search(r'(?m)^ENTRYPOINT (.*)$', containerfile())[1])
    return ['unshare', '--mount', '--kill-child', *namespaces, 'sh', '-ec', ENTER, 'sh', str(root), *entrypoint, *arguments]


@unittest.skipUnless(os.geteuid() == 0, 'only root can enter another root')
@unittest.skipUnless(shutil.which('unshare') and shutil.which('ldd'), 'needs unshare and ldd')
@unittest.skipIf(suite.wrap() or re.search('lib[at]san', libraries()), 'a root without /proc is not for sanitizers and valgrind')
class ContainerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(os.environ.get('CONTAINER_ROOT') or cls.make_root())
        if subprocess.run([*enter(cls.root, []), '--version'], capture_output=True).returncode != 0:
            raise unittest.SkipTest('no other root can be entered here')

    @classmethod
    def make_root(cls):
        root = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()), 'root')
        root.parent.chmod(0o755)
        subprocess.run([suite.source('packaging/container-root'), suite.program('charfinderd')[-1],
                        suite.database(), root], check=True)
        return root

    def run_inside(self, *arguments):
        return subprocess.run(enter(self.root, [], *arguments), capture_output=True, text=True)

    def test_there_is_nothing_but_the_daemon(self):
        files = {str(path.relative_to(self.root)) for path in self.root.rglob('*') if not path.is_dir()}
        others = {name for name in files if not re.fullmatch(r'(usr/)?lib\w*/(.*/)?(lib[\w+.-]+|ld-linux[\w.-]*)\.so[\d.]*', name)}
        self.assertEqual(others, {'charfinderd', 'charindex.db'})
        suite.checked(f'{len(files)} files make a container')

    def test_it_serves_as_nobody_and_writes_nothing(self):
        with ContainedDaemon(self.root, '127.0.0.1', '0') as d:
            self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
            status = pathlib.Path(f'/proc/{d.child()}/status').read_text()
            self.assertIn(f'\nUid:\t{NOBODY}\t{NOBODY}\t{NOBODY}\t{NOBODY}\n', status)
            self.assertRegex(status, r'\nNSpid:\t\d+\t1\n')
            self.assertRegex(pathlib.Path(f'/proc/{d.child()}/mountinfo').read_text(), r' / ro[, ]')
            result = self.run_inside(f'--probe={d.host}:{d.port}')
            self.assertEqual((result.returncode, result.stderr), (0, ''))
        self.assertNotIn('root', d.stderr())
        self.assertEqual(self.run_inside(f'--probe={d.host}:{d.port}').returncode, 1)

    def test_its_options_come_from_the_environment(self):
        options = re.search(r'(?m)^ENV CHARFINDERD_OPTIONS="(.*)"$', containerfile())[1]
        with unittest.mock.patch.dict(os.environ, CHARFINDERD_OPTIONS=options):
            result = self.run_inside('--check')
        self.assertEqual((result.returncode, result.stderr), (0, ''))
        self.assertIn('would listen on 0.0.0.0:2323\nwould listen on 0.0.0.0:8888, for http\n', result.stdout)
        probed = re.search(r'--probe=127\.0\.0\.1:(\d+)', containerfile())[1]
        self.assertIn(f'--listen=0.0.0.0:{probed} ', options)


if __name__ == '__main__':
    suite.main()
