"""Answers and the index do not depend on the ICU that is installed: which of its functions may be
called, and the very bytes of the index."""

import hashlib
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import suite

# Functions and macros of ICU that know something of characters, and why no release of ICU
# changes an answer through them. Whatever else is called of it fails the test: what an answer
# depends on stands in the tables of data/.
TEXT = 'UTF-8 and UTF-16 are what they are'
MAY_CALL = {
    'charindex/text/fold.c': {
        'u_strFromUTF8WithSub': TEXT, 'u_strToUTF8': TEXT,
        'unorm2_getNFKCCasefoldInstance': 'the stability policy of normalization and case folding',
        'unorm2_normalize': 'the same',
        'ubrk_open': 'words of scripts without spaces: the bytes of the index are tested below',
        'ubrk_setText': 'the same', 'ubrk_next': 'the same', 'ubrk_close': 'the same',
    },
    'charindex/text/fold_variant.c': {
        'u_strFromUTF8': TEXT, 'u_strToUTF8': TEXT,
        'unorm2_getNFDInstance': 'the stability policy of normalization',
        'unorm2_getNFCInstance': 'the same', 'unorm2_normalize': 'the same',
    },
    'charindex/text/words.c': {
        'ucasemap_utf8ToUpper': 'names are ASCII: of new letters, none becomes a letter of theirs',
    },
    'charindex/reader/open.c': {'ucasemap_open': 'as above', 'ucasemap_close': 'as above'},
    'charindex/search/status.c': {'u_isUWhiteSpace': 'White_Space is as it was in Unicode 6.3'},
    'charindex/query/query_text.c': {'u_isUWhiteSpace': 'the same'},
    'server/http/languages.c': {
        'uloc_getDisplayName': 'what languages are called, for people: no answer depends on it',
        'u_strToUTF8': TEXT,
    },
    'client/normal.c': {
        'unorm2_getNFCInstance': 'the stability policy of normalization',
        'unorm2_isNormalized': 'the same', 'unorm2_hasBoundaryBefore': 'the same',
    },
    'client/input.c': {
        'u_getIntPropertyValue': 'where a line that is too long is cut, between sequences of '
                                 'characters that are older than any ICU that is supported',
        'u_getCombiningClass': 'the same',
    },
}

# The newest characters that the oldest ICU supported knows, that of Debian 12.
OLDEST_ICU_KNOWS = 15.0

# SHA-256 of the index of the tables in data/, the same with every compiler, machine and ICU.
# Whoever changes a table or the format puts the new one here.
GOLDEN = '4f76227c8559ff5f07f70945d7ca4ed1f60e779038b771981a57f5f6b9c01e47'

CALL = re.compile(r'\b(?:u|ucasemap|unorm2?|ubrk|uscript|ubidi|uset|ucnv|utext|uloc|ucol|uspoof)_\w+(?= ?\()'
                  r'|\bU_GET_GC_MASK\b|\bUCHAR_\w+(?= ?\()')


def rooms():
    return ('base', 'charindex', 'common', 'indexer', 'client', 'server', 'include')


class IcuTest(unittest.TestCase):
    maxDiff = None

    def test_is_asked_for_what_no_release_changes_and_nothing_else(self):
        called = {}
        for room in rooms():
            for path in sorted(pathlib.Path(suite.source(room)).rglob('*.[ch]')):
                text = re.sub(r'/\*.*?\*/', '', path.read_text(encoding='utf-8'), flags=re.S)
                # a definition of ours begins its line
                names = {match.group() for match in CALL.finditer(text)
                         if text[:match.start()].rpartition('\n')[2] != ''}
                if names:
                    called[os.path.relpath(path, suite.source())] = names
        self.assertEqual(called, {file: set(calls) for file, calls in MAY_CALL.items()})
        suite.checked(f'{sum(map(len, called.values()))} functions of ICU are called')

    def test_folds_only_text_that_the_oldest_one_knows(self):
        young = set()
        for line in pathlib.Path(suite.table()).read_text(encoding='utf-8').split('\n'):
            columns = line.split('\t')
            if len(columns) == 6 and not line.startswith('#') and float(columns[5]) > OLDEST_ICU_KNOWS:
                first, _, last = columns[0].partition('..')
                young.update(range(int(first, 16), int(last or first, 16) + 1))
        texts = 0
        for path in pathlib.Path(suite.source('data')).rglob('*.tsv'):
            text = path.read_text(encoding='utf-8')
            self.assertTrue(young.isdisjoint(map(ord, set(text))), path)
            texts += len(text)
        suite.checked(f'{texts} characters of the tables are not younger than Unicode '
                      f'{OLDEST_ICU_KNOWS}')


class GoldenTest(unittest.TestCase):
    def test_the_index_is_the_same_to_the_byte(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, 'golden.db')
            subprocess.run(suite.program('mkcharindex') + ['-o', path, suite.source('data')],
                           check=True)
            digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
        self.assertEqual(digest, GOLDEN)


if __name__ == '__main__':
    suite.main()
