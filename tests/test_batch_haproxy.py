#!/usr/bin/env python3
"""charfinder --batch through the real HAProxy to three daemons, of which one is drained and stopped
and one is killed meanwhile: nothing is lost, nothing comes twice, as an oracle counts."""

import os
import shutil
import subprocess
import unittest

import daemon
import suite
import test_batch
import test_haproxy


@unittest.skipIf(suite.wrap(), 'in a wrapper it is too slow for HAProxy')
class HAProxyTest(test_batch.BatchCase):
    def setUp(self):
        super().setUp()
        if not shutil.which('haproxy'):
            self.skipTest('needs haproxy')
        self.daemons = {name: self.enterContext(test_haproxy.proxied_daemon()) for name in 'abc'}
        self.haproxy = self.enterContext(test_haproxy.HAProxy(self.daemons))

    def run_through_losses(self, *options):
        queries = self.queries * (20 if suite.long_run() else 4)
        path = self.write('queries.txt', ''.join(query + '\n' for query in queries).encode())
        output = self.directory / 'output'
        with open(output, 'wb') as file, subprocess.Popen(
                suite.program('charfinder') + ['--server=%s:%d' % self.haproxy.address, f'--batch={path}', '-c12',
                                               '-p8', '--mode=classic', '--retries=10', '--rate=2000', *options],
                stdout=file, stderr=subprocess.PIPE) as process:
            def go_on(queries):
                end = output.stat().st_size + queries * 100
                daemon.wait_for(lambda: output.stat().st_size > end or process.poll() is not None, 'answers')
            go_on(1000)
            self.haproxy.set_state('a', 'drain')
            self.daemons['a'].stop()
            go_on(1000)
            self.daemons['b'].kill()
            go_on(1000)
            self.assertIsNone(process.poll(), 'it was over before all had been done to it')
            status = process.wait(4 * daemon.DEADLINE)
            said = process.stderr.read()
        self.assertIn(b' lost and opened again\n', said)
        return queries, status, output.read_bytes(), said

    def test_nothing_is_lost_and_nothing_comes_twice(self):
        queries, status, output, said = self.run_through_losses()
        self.assertTrue(output == b''.join(map(self.expected, queries)), said)
        self.assertIn(status, (0, 1))
        suite.checked(f'one of three daemons drained, one killed: {len(queries)} queries, all answered in order; '
                      + said.decode().splitlines()[-1].strip())

    def test_nor_if_unordered(self):
        queries, status, output, said = self.run_through_losses('--unordered')
        expected = sorted(b''.join(map(self.expected, queries)).split(b'\n'))
        self.assertTrue(sorted(output.split(b'\n')) == expected, said)
        self.assertIn(status, (0, 1))


if __name__ == '__main__':
    suite.main()
