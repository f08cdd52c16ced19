#!/usr/bin/env python3
"""The page in Firefox: what a person does with it most, and that nothing of it is another browser's."""

import unittest

import suite
from web import marionette, walk


@unittest.skipUnless(marionette.find(), 'no firefox')
class FirefoxTest(walk.Walk, unittest.TestCase):
    @classmethod
    def launch(cls):
        return marionette.Firefox('fr-CH,fr,en')


if __name__ == '__main__':
    suite.main()
