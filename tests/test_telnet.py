#!/usr/bin/env python3
"""A person with the real telnet (telnet.exp): rows, status and prompt on the screen, and
Ctrl-C and Ctrl-D end the session."""

import os
import shutil
import subprocess
import unittest

import daemon
import suite


class TelnetTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for program in ('telnet', 'expect'):
            if not shutil.which(program):
                raise unittest.SkipTest(f'needs {program}')
        try:
            for descriptor in os.openpty():
                os.close(descriptor)
        except OSError as error:
            raise unittest.SkipTest(f'needs a pseudo-terminal: {error}') from None
        cls.oracle = suite.oracle()
        cls.daemon = cls.enterClassContext(daemon.Daemon())

    def play(self, scenario, query='white bishop'):
        query = query.encode()
        result = subprocess.run(
            ['expect', suite.source('tests', 'telnet.exp'), self.daemon.host,
             str(self.daemon.port), scenario, query.hex(), self.oracle.answer(query).hex()],
            env={**os.environ, 'TELNET_TIMEOUT': str(daemon.DEADLINE)},
            capture_output=True, timeout=5 * daemon.DEADLINE)
        self.assertEqual(result.returncode, 0, result.stderr.decode('utf-8', 'replace'))
        suite.checked(f'telnet: {scenario.replace("_", " ")}, {query.decode()!a}')

    def test_shows_rows_status_and_prompt_and_ctrl_d_ends_it(self):
        self.play('asks')

    def test_types_beyond_ascii(self):
        self.play('asks', query='café ♗ 🨌')

    def test_ctrl_c_ends_it(self):
        self.play('ctrl_c')

    def test_ctrl_c_within_a_line_ends_it(self):
        self.play('ctrl_c_within_a_line')

    def test_ctrl_d_ends_it(self):
        self.play('ctrl_d')

    def test_one_query_after_another(self):
        self.play('asks_twice_then_ctrl_c', query='peso sign')


if __name__ == '__main__':
    suite.main()
