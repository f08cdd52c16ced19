#!/usr/bin/env python3
"""charfinderd --synonyms=FILE: queries that stand for others, over everything that is spoken, and a new
table in place of the one that is asked."""

import os
import re
import signal
import urllib.parse

import daemon
import programs
import suite
import web_client
from test_dict import DictTest

HEADING = '# ours\n# synonym\tof\n'
ROWS = ('Castle\tchess rook -rotated\nship it\tU+1F680 U+2713\nok\tU+2713\nok\tthumbs up sign\n'
        'wrong\tlimit:x\nsnowman\tU+1F680\nturned\tchess turned\nlong\t' + 'x' * 4096 + '\n')
FACES = ('--http=127.0.0.1:0', '--dict=127.0.0.1:0')


class SynonymsTest(programs.ProgramTest):
    def setUp(self):
        super().setUp()
        self.path = self.directory / 'synonyms.tsv'
        self.put(ROWS)

    def put(self, rows, heading=HEADING):
        """Puts a table in place by renaming, as one ought to."""
        new = self.directory / 'next'
        new.write_text(heading + rows, encoding='utf-8')
        os.replace(new, self.path)

    def daemon(self, *arguments, mode='auto', table=True):
        options = [f'--synonyms={self.path}'] if table else []
        return self.enterContext(daemon.Daemon('--mode=' + mode, *FACES, *options, *arguments))

    def ask(self, d, *lines):
        """What the prompt answers to each line."""
        return d.reply(''.join(line + '\n' for line in lines).encode()).decode().split('?> ')[1:-1]

    def assertAsks(self, d, query, asked):
        """The prompt answers the query with the rows of another, and says so."""
        one, other = self.ask(d, query, asked)
        quoted = query.removeprefix(':find ').strip()
        self.assertEqual(one.splitlines()[:-1], other.splitlines()[:-1])
        self.assertEqual(one.splitlines()[-1],
                         re.sub(rf"for {re.escape(repr(asked))}.*", f"for {quoted!r} as {asked!r}", other.splitlines()[-1]))

    def get(self, d, query, path='/api/v1/search', **parameters):
        return web_client.get(d, f'{path}?' + urllib.parse.urlencode({'q': query, **parameters}))

    def codes(self, d, query, **parameters):
        return [row['codes'] for row in self.get(d, query, **parameters).json()['results']]


class PromptTest(SynonymsTest):
    def test_asks_what_the_table_says(self):
        d = self.daemon()
        for query, asked in (('castle', 'chess rook -rotated'), ('  CASTLE ', 'chess rook -rotated'),
                             ('Ship It', 'U+1F680 U+2713'), ('ok', 'U+2713 | thumbs up sign'),
                             (':find castle', 'chess rook -rotated'), ('snowman', 'U+1F680')):
            with self.subTest(query):
                self.assertAsks(d, query, asked)
        self.assertTrue(self.ask(d, 'castle')[0].endswith(" matches for 'castle' as 'chess rook -rotated'\r\n"))

    def test_asks_so_in_wide_mode_and_in_every_format(self):
        d = self.daemon(mode='wide')
        for form in ('text', 'tsv', 'json'):
            _, one, other = self.ask(d, f':format {form}', 'castle', 'chess rook -rotated')
            self.assertEqual(one.splitlines()[:-1], other.splitlines()[:-1])
            self.assertIn("for 'castle' as 'chess rook -rotated'", one.splitlines()[-1])
            self.assertIn('2656', one)

    def test_leaves_other_queries_and_the_classic_mode_alone(self):
        queries = ('white castle', 'castle limit:3', 'castl', ':mode classic', 'castle', 'ship it', 'snowman')
        self.assertEqual(self.ask(self.daemon(), *queries), self.ask(self.daemon(table=False), *queries))

    def test_goes_on_with_the_page_that_was_asked_for(self):
        d = self.daemon()
        pages = self.ask(d, ':limit 2', 'turned', ':more', ':more')[1:]
        expected = self.ask(d, ':limit 2', 'chess turned', ':more', ':more')[1:]
        self.assertEqual([page.splitlines()[:-1] for page in pages], [page.splitlines()[:-1] for page in expected])
        self.assertTrue(all("for 'turned' as 'chess turned'" in page for page in pages), pages)

    def test_answers_what_is_wrong_in_the_table_as_it_would_be_in_a_query(self):
        self.assertEqual(*self.ask(self.daemon(), 'wrong', 'limit:x'))

    def test_answers_the_longest_there_may_be(self):
        d = self.daemon('--log=queries')
        for form in ('text', 'tsv', 'json'):
            self.assertIn("No match for 'long' as '" + 'x' * 4096 + "'", self.ask(d, f':format {form}', 'long')[1])
        self.assertEqual(self.get(d, 'long').json()['total'], 0)


class HttpTest(SynonymsTest):
    def test_searches_for_what_the_table_says(self):
        d = self.daemon()
        for mode in ('auto', 'wide'):
            rooks = self.codes(d, 'chess rook -rotated', mode=mode)
            self.assertIn(['U+2656'], rooks)
            self.assertEqual(self.codes(d, 'castle', mode=mode), rooks)
        answer = self.get(d, 'castle').json()
        self.assertEqual((answer['query'], answer['corrected']), ('castle', 'chess rook -rotated'))
        self.assertIn("for 'castle' as 'chess rook -rotated'", answer['status'])
        self.assertNotEqual(self.codes(d, 'snowman', mode='classic'), [['U+1F680']])
        self.assertEqual(self.codes(d, 'snowman'), [['U+1F680']])

    def test_so_do_the_page_the_short_form_and_suggestions(self):
        d = self.daemon()
        page = web_client.get(d, '/?query=castle').text()
        self.assertIn('WHITE CHESS ROOK', page)
        self.assertIn('value="castle"', page)
        self.assertEqual(self.get(d, 'snowman', '/search').json(), [{'char': '🚀', 'name': 'ROCKET'}])
        self.assertEqual(self.get(d, 'snowman', '/api/v1/suggest').json()[:2], ['snowman', ['rocket']])

    def test_identifies_a_text_as_it_is(self):
        d = self.daemon()
        answer = web_client.get(d, '/api/v1/identify?text=ok').json()
        self.assertEqual([row['char'] for row in answer['results']], ['o', 'k'])


class DictSynonymsTest(SynonymsTest):
    ask_dict = DictTest.ask
    reply = DictTest.reply

    def test_the_search_defines_what_the_table_says(self):
        self.daemon = self.daemon()
        self.address = self.daemon.dict()
        said = self.ask_dict('define search castle')
        self.assertIn('151 "castle" search ', said)
        self.assertIn('Search for "castle"', said)
        self.assertIn(' as "chess rook -rotated"', said)
        self.assertIn('WHITE CHESS ROOK', said)
        self.assertIn('150 1 definitions', self.ask_dict('define unicode snowman'))
        self.assertIn('SNOWMAN', self.ask_dict('define unicode snowman'))
        self.assertIn('unicode "WHITE CHESS ROOK"', self.ask_dict('match unicode . castle'))


class ReloadTest(SynonymsTest):
    def reload(self, d):
        """What the log says of the reload."""
        before = len(d.stderr())
        d.process.send_signal(signal.SIGHUP)
        return daemon.wait_for(lambda: next((line for line in d.stderr()[before:].splitlines(keepends=True)
                                             if line.startswith('reload') and line.endswith('\n')), None),
                               'end of the reload')

    def test_asks_a_new_table_from_then_on(self):
        d = self.daemon('--workers=2')
        tag = self.get(d, 'castle')['ETag']
        self.put('castle\tU+1F3F0\nother\tU+1F680\n')
        self.assertAsks(d, 'castle', 'chess rook -rotated')
        self.assertRegex(self.reload(d), r'\Areloaded generation=2 .* synonyms=2\n')
        for _ in range(6):
            self.assertAsks(d, 'castle', 'U+1F3F0')
        self.assertEqual(self.codes(d, 'castle'), [['U+1F3F0']])
        again = web_client.get(d, '/api/v1/search?q=castle', If_None_Match=tag)
        self.assertEqual(again.status, 200)

    def test_keeps_the_old_one_if_the_new_one_is_bad(self):
        d = self.daemon()
        self.put('castle\tU+1F3F0\nno tab\n')
        self.assertEqual(self.reload(d), f'reload failed, the index stays: {self.path}:4: not two columns with '
                                         'one tab between them; mend it, mkcharindex(1) has an example\n')
        self.path.unlink()
        self.assertEqual(self.reload(d), f'reload failed, the index stays: cannot open {self.path}: '
                                         'No such file or directory\n')
        self.assertAsks(d, 'castle', 'chess rook -rotated')
        self.put('castle\tU+1F3F0\n')
        self.assertRegex(self.reload(d), r'\Areloaded generation=2 .* synonyms=1\n')
        self.assertAsks(d, 'castle', 'U+1F3F0')


class StartTest(SynonymsTest):
    def charfinderd(self, *arguments):
        return self.run_program('charfinderd', '--index=' + suite.database(), *arguments)

    def test_check_counts_them(self):
        said = self.assertWell(self.charfinderd('--check', f'--synonyms={self.path}'))
        self.assertIn(f'7 synonyms, from {self.path}\n', said)
        self.assertNotIn('synonyms', self.assertWell(self.charfinderd('--check')))

    def test_a_bad_table_is_told_with_its_line(self):
        self.put('castle\n')
        for arguments in ((), ('--check',)):
            self.assertError(self.charfinderd(f'--synonyms={self.path}', *arguments), 1, f'{self.path}:3: ',
                             'mkcharindex(1)', prints=b'Unicode' if arguments else b'')
        missing = self.directory / 'nosuchfile'
        self.assertError(self.charfinderd(f'--synonyms={missing}'), 1, missing)


class ClientTest(SynonymsTest):
    """charfinder has a table of one's own: ~/.config/charfinder/synonyms.tsv."""

    def charfinder(self, *arguments, **options):
        own = self.directory / 'charfinder'
        own.mkdir(exist_ok=True)
        (own / 'synonyms.tsv').write_text(HEADING + 'mine\tchess bishop\n')
        return self.assertFound(self.run_program('charfinder', '--index=' + suite.database(), '--tsv', *arguments,
                                                 env={**os.environ, 'XDG_CONFIG_HOME': str(self.directory)}, **options))

    def codes_of(self, rows, column=0):
        return [row.split('\t')[column] for row in rows.splitlines() if 'U+' in row]

    def assertFound(self, result):
        self.assertEqual(result.stderr, b'', result.args)
        return result.stdout.decode()

    def test_takes_the_queries_of_a_list_from_the_index(self):
        listed = self.charfinder('--batch', '--quiet', input=b'Mine\nchess bishop\n')
        found = {'Mine': [], 'chess bishop': []}
        for line in listed.splitlines():
            query, row = line.split('\t', 1)
            found[query].append(row)
        self.assertTrue(any('U+2657' in row for row in found['Mine']), listed)
        self.assertEqual([row for row in found['Mine'] if 'U+' in row], [row for row in found['chess bishop'] if 'U+' in row])
        classic = self.charfinder('--batch', '--quiet', '--mode=classic', input=b'mine\n')
        self.assertNotIn('U+2657', classic)

    def test_is_understood_by_a_server_with_a_table(self):
        d = self.daemon()
        server = f'--server={d.host}:{d.port}'
        rooks = self.charfinder(server, 'chess rook -rotated')
        self.assertIn('U+2656', rooks)
        self.assertEqual(self.codes_of(self.charfinder(server, 'castle')), self.codes_of(rooks))
        listed = self.charfinder(server, '--batch', '--quiet', input=b'castle\n')
        self.assertEqual(self.codes_of(listed, 1), self.codes_of(rooks))


if __name__ == '__main__':
    suite.main()
