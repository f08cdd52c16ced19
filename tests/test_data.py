"""data/update makes, from the published directory, the tables that are committed."""

import filecmp
import os
import subprocess
import tempfile
import unittest

import suite


class TheTables(unittest.TestCase):
    @unittest.skipUnless(suite.ucd_dir(), 'UCD_DIR names no Unicode Character Database')
    def test_are_what_update_makes(self):
        with tempfile.TemporaryDirectory() as directory:
            subprocess.run([suite.source('data', 'update'), '--output', directory, suite.ucd_dir()],
                           check=True)
            made = sorted(os.listdir(directory))
            committed = sorted(name for name in os.listdir(suite.source('data'))
                               if name.endswith('.tsv'))
            self.assertEqual(made, committed)
            for name in made:
                self.assertTrue(filecmp.cmp(os.path.join(directory, name),
                                            suite.source('data', name), shallow=False), name)
        suite.checked(f'{", ".join(made)} are what data/update makes')


if __name__ == '__main__':
    suite.main()
