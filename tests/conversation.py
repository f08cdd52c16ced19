"""A test case with a daemon and the oracle: say something, and it must be answered so."""

import unittest

import daemon
import suite


class ConversationTest(unittest.TestCase):
    daemon_arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.oracle = suite.oracle()
        cls.daemon = cls.enterClassContext(daemon.Daemon(*cls.daemon_arguments))
        cls.conversations = 0

    @classmethod
    def tearDownClass(cls):
        suite.checked(f'{cls.__name__}: {cls.conversations} conversations as the oracle says')

    def converse(self, data, **options):
        type(self).conversations += 1
        return self.daemon.reply(data, **options)

    def assertAnswered(self, data, bytewise=True, every_split=False, half_close=True):
        """That `data`, followed by the end of input (or by nothing more), is answered as
        the oracle says; also a byte at a time; and, on request, in every two packets."""
        expected = self.oracle.reply(data)
        self.assertEqual(self.converse(data, half_close=half_close), expected, short(data))
        if bytewise:
            pieces = [data[i:i + 1] for i in range(len(data))]
            self.assertEqual(self.converse(pieces, half_close=half_close, paced=True), expected,
                             f'a byte at a time: {short(data)}')
        if every_split:
            for i in range(1, len(data)):
                pieces = [data[:i], data[i:]]
                self.assertEqual(self.converse(pieces, half_close=half_close, paced=True),
                                 expected, f'split at {i}: {short(data)}')


def short(data):
    return repr(data if len(data) < 200 else data[:100] + b' ... ' + data[-100:])
