#!/usr/bin/env python3
"""All that is known of a character: by :about over the prompt, which is what /api/v1/char says; by
charfinder --about, and with --details by a second request for each row, from the index and from a
server alike."""

import json
import os
import random
import re
import socket
import time
import unittest
import urllib.parse

import chaos_proxy
import daemon
import suite
import test_batch
import web_client

PROMPT = b'?> '
SEED = int(os.environ.get('CHARFINDER_SEED', '1'))

# As they are named, and what is meant. A control, a mark, a label, sequences, an ideograph, ...
NAMED = {'U+2665': 'U+2665', 'u+2665': 'U+2665', '\u2665': 'U+2665', 'black heart suit': 'U+2665', 'valentine': 'U+2665',
         'U+000A': 'U+000A', 'line feed': 'U+000A', 'U+0301': 'U+0301', 'U+0378': 'U+0378', 'U+D800': 'U+D800',
         'U+10FFFF': 'U+10FFFF', 'U+1F600': 'U+1F600', 'U+4E00': 'U+4E00', 'cjk unified ideograph-4e00': 'U+4E00',
         'a': 'U+0061', ':': 'U+003A', '0': 'U+0030', '"': 'U+0022', '\u0600': 'U+0600', 'U+AD': 'U+00AD',
         '\U0001f1e7\U0001f1f7': 'U+1F1E7 U+1F1F7', 'U+1F1E7 U+1F1F7': 'U+1F1E7 U+1F1F7',
         'U+0023-U+FE0F-U+20E3': 'U+0023 U+FE0F U+20E3', 'woman astronaut': 'U+1F469 U+200D U+1F680'}
NOBODY = ('rookie', 'U+110000', 'U+', 'U+ ', 'u+white chess bishop', 'U+2665x', 'U+0041 U+0042', 'white bishop', 'ab', 'U+2665 ' * 20, 'x' * 300)
FORMS = ('utf-8', 'utf-16', 'html', 'url', 'c', 'json', 'utf-32', 'decimal')
TRAITS = ('width', 'bidi-class', 'combining-class', 'script-extensions', 'numeric-value', 'decomposition-type',
          'strokes', 'kangxi-radical')
RELATED = ('decomposition', 'lowercase', 'uppercase', 'titlecase', 'mirror', 'simplified', 'traditional', 'variant',
           'skeleton', 'looks-like')
PROPERTIES = ('category', 'script', 'block', 'age')


def facts_of(about):
    """[(kind, language, text)] that the lines tell, of the object."""
    facts = [(name, '', about[name]) for name in PROPERTIES]
    properties = about['properties']
    facts += [(name, '', properties[name]) for name in TRAITS if name in properties]
    facts += [('is', '', name) for name in properties['is']]
    facts += [(form, '', about['forms'][form]) for form in FORMS if form in about['forms']]
    facts += [(record['kind'], record['language'], record['text']) for record in about['records']]
    facts += [(name, '', other) for name in RELATED for other in about['related'].get(name, [])]
    facts += [('see-also', '', other) for other in about['references']]
    facts += [(name, '', about[name]) for name in ('previous', 'next') if about[name]]
    return [fact for fact in facts if fact[2]]


def seen(about):
    """The character, unless it is a control, which lines do not show."""
    return '' if about['category'] == 'Cc' else about['char']


def as_tsv(about):
    """What :about says in tsv, of the object."""
    facts = [('char', '', seen(about)), ('name', '', about['name'])] + facts_of(about)
    return [(about['code'], kind, language, text if isinstance(text, str) else text['code'])
            for kind, language, text in facts if text]


def as_text(about):
    lines = [f'{about["code"]:7}\t{seen(about)}\t{about["name"]}']
    last = None
    for kind, language, text in facts_of(about):
        if not isinstance(text, str):
            text = ' '.join(part for part in (text['code'], seen(text), text['name']) if part)
        if last == (kind, language):
            lines[-1] += ', ' + text
        else:
            lines.append(f'\t{kind}{" " + language if language else ""}\t{text}')
        last = kind, language
    return lines


class FactsTest(unittest.TestCase):
    """What is told of some characters whose properties anybody can look up."""

    def test_are_those_of_the_standard(self):
        with daemon.Daemon('--http=127.0.0.1:0') as server:
            def about(code):
                return web_client.get(server, '/api/v1/char/' + code).json()

            def related(code):
                return {kind: ' '.join(other['code'][2:] for other in others)
                        for kind, others in about(code)['related'].items() if kind != 'looks-like'}

            self.assertEqual(about('U+00BD')['properties'],
                             {'width': 'Ambiguous', 'bidi-class': 'Other_Neutral', 'numeric-value': '1/2',
                              'decomposition-type': 'fraction', 'is': ['Grapheme_Base']})
            water = about('U+6C34')['properties']
            self.assertEqual([water[name] for name in ('strokes', 'kangxi-radical', 'width')], ['4', '85', 'Wide'])
            self.assertEqual(about('U+0301')['properties']['combining-class'], '230')
            self.assertIn('Latin', about('U+0301')['properties']['script-extensions'].split())
            self.assertIn('Uppercase', about('U+0041')['properties']['is'])
            self.assertEqual(related('U+00DF'), {'uppercase': '0053 0053', 'titlecase': '0053 0073'})
            self.assertEqual(related('U+03B2')['skeleton'], '00DF')
            self.assertEqual(related('U+00E9'), {'decomposition': '0065 0301', 'uppercase': '00C9', 'skeleton': '0065 0301'})
            self.assertEqual(related('U+0028'), {'mirror': '0029'})
            self.assertEqual(related('U+9F8D')['simplified'], '9F99')
            self.assertIn('0430', ' '.join(other['code'] for other in about('U+0061')['related']['looks-like']))
            self.assertEqual(about('U+1F1E7-U+1F1F7')['properties'], {'is': []})


class AboutCase(unittest.TestCase):
    daemon_arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(daemon.Daemon('--mode=auto', '--http=127.0.0.1:0', *cls.daemon_arguments))
        r = random.Random(5)
        with open(suite.table(), encoding='utf-8') as table:
            codes = ['U+' + line.split('\t')[0] for line in table if not line.startswith('#')]
        cls.some = [code for code in r.sample(codes, 200) if '.' not in code]

    def api(self, code):
        """What the API says of the code points."""
        path = urllib.parse.quote(code.replace(' ', '-'))
        return web_client.get(self.daemon, '/api/v1/char/' + path)

    def ask(self, *lines):
        reply = self.daemon.reply(''.join(line + '\n' for line in lines).encode())
        answers = reply.split(b'\r\n?> ')
        answers[0] = answers[0].removeprefix(PROMPT)
        self.assertEqual((len(answers), answers[-1]), (len(lines) + 1, b''), reply[-300:])
        return [answer.decode() for answer in answers[:-1]]


class PromptTest(AboutCase):
    def test_is_what_the_api_says(self):
        asked = list(NAMED.items()) + [(code, code) for code in self.some]
        for form, expected in (('json', lambda a: json.dumps(a, ensure_ascii=False, separators=(',', ':'))),
                               ('tsv', lambda a: '\r\n'.join('\t'.join(fact) for fact in as_tsv(a))),
                               ('text', lambda a: '\r\n'.join(as_text(a)))):
            said = self.ask(f':format {form}', *(f':about {name}' for name, _ in asked))[1:]
            for (name, code), answer in zip(asked, said):
                api = self.api(code)
                self.assertEqual(answer, api.body.decode().removesuffix('\n') if form == 'json' else expected(api.json()),
                                 (form, name))
        suite.checked(f'{len(asked)} characters as the API tells them, in 3 formats')

    def test_nobody_of_that_name(self):
        for form in ('text', 'tsv', 'json'):
            for name, answer in zip(NOBODY, self.ask(f':format {form}', *(f':about {name}' for name in NOBODY))[1:]):
                self.assertEqual(answer, f"Error: No match for '{name.strip()}'; "
                                         'give U+2657, a character, or the whole of its name')
        self.assertEqual(self.ask(':about', ':ABOUT  '),
                         ['Error: :about takes a character: give U+2657, a character, or the whole of its name'] * 2)

    def test_is_words_in_classic_mode(self):
        self.assertEqual(self.ask(':mode classic', ':about rook')[1], "No match for ':about rook'")

    def test_the_session_is_as_before(self):
        answers = self.ask('heart limit:2', ':about U+2665', ':more', 'peso sign')
        self.assertTrue(answers[2].endswith(':more for the next'), answers[2][-60:])
        self.assertIn('3-4 of ', answers[2])
        self.assertTrue(answers[3].endswith("'peso sign'"))


class RateTest(AboutCase):
    daemon_arguments = ('--max-rate-per-address=20',)

    def test_each_is_a_query_of_its_second(self):
        """Else they would be the way around the limit."""
        with self.daemon.connect() as s:
            s.sendall(b':about U+2665\n' * 60)
            s.shutdown(socket.SHUT_WR)
            reply = daemon.read_to_end(s)
        self.assertEqual(reply.count(b'BLACK HEART SUIT\r\n'), 60)
        metrics = web_client.get(self.daemon, '/metrics').body.decode()
        values = dict(line.rsplit(' ', 1) for line in metrics.splitlines() if not line.startswith('#'))
        self.assertEqual((values['charfinder_queries_total'], values['charfinder_rows_total']), ('60', '60'))
        self.assertGreater(int(values['charfinder_queries_rationed_total']), 0)


class CountingProxy(chaos_proxy.ChaosProxy):
    """What clients say goes through it, and is kept."""

    def __init__(self, *arguments, **chaos):
        super().__init__(*arguments, **chaos)
        self.said = []

    async def carry(self, reader, writer, garbles):
        if not garbles:
            self.said.append(bytearray())
            reader = Tapped(reader, self.said[-1])
        await super().carry(reader, writer, garbles)

    @property
    def asked_about(self):
        """The code points of each second request."""
        return [line[len(':about '):] for said in self.said
                for line in said.decode().splitlines() if line.startswith(':about ')]


class Tapped:
    def __init__(self, reader, said):
        self.reader, self.said = reader, said

    async def read(self, count):
        data = await self.reader.read(count)
        self.said += data
        return data


class DetailsCase(test_batch.BatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = [query for query in cls.queries if 0 < len(cls.oracle.find(query)) < 40]
        assert len(cls.found) > 500

    def through(self, queries, *arguments, **chaos):
        """(what a batch with details prints through a proxy, the proxy)"""
        with CountingProxy((self.daemon.host, self.daemon.port), **chaos) as proxy:
            result = self.batch(queries, '--server=' + proxy.name, '--details', *arguments)
        return result, proxy


class DetailsTest(DetailsCase):
    QUERIES = (['white bishop'], ['rook', 'limit:3', 'from:2'], ['heart', 'limit:20'], ['U+0000..U+001F'], ['U+0378'],
               ['U+D800'], ['\u2764\ufe0f a\u0301'], ['is:sequence', 'limit:150'], ['nosuchwordq'], ['&euro;'],
               ['-l', 'fr', 'papillon'], ['--mode=wide', 'star'], ['--from=99', 'rook'], [':quit'])
    FORMS = ([], ['--json'], ['--tsv'], ['-a'], ['-a', '--json'], ['--color=always'])

    def test_is_the_same_from_the_index_and_from_a_server(self):
        compared = 0
        for query in self.QUERIES:
            for form in self.FORMS:
                there, here = (self.charfinder(where, '--details', *form, *query) for where in self.both())
                self.assertEqual((there.stdout, there.stderr, there.returncode),
                                 (here.stdout, here.stderr, here.returncode), (query, form))
                compared += 1
        suite.checked(f'{compared} answers with details, of a server as of the index')

    def test_is_the_row_and_what_about_says(self):
        for where in self.both():
            for query in ('white bishop', 'heart limit:9', 'tag U+000A'):
                rows = [json.loads(line) for line in self.charfinder(where, '--json', query).stdout.splitlines()]
                detailed = [json.loads(line) for line in
                            self.charfinder(where, '--details', '--json', query).stdout.splitlines()]
                about = [row.pop('details') for row in detailed[:-1]]
                self.assertEqual(detailed, rows)
                self.assertEqual([a['code'] for a in about], [' '.join(row['codes']) for row in rows[:-1]])
                lines = self.charfinder(where, '--details', query).stdout.decode().split('\n')
                self.assertEqual(lines, sum(map(as_text, about), []) + ['(' + rows[-1]['status'] + ')', ''])
                table = self.charfinder(where, '--details', '--tsv', query).stdout.decode().splitlines()
                self.assertEqual([tuple(line.split('\t')) for line in table],
                                 [fact for a, row in zip(about, rows)
                                  for fact in as_tsv(a) + [(a['code'], 'source', '', row['source'])]])

    def test_in_order_or_not_it_is_all_there(self):
        queries = self.found[:150] + ['nosuchwordq', 'block:nix'] + self.found[:5]
        for form in ([], ['--json'], ['--tsv']):
            here = self.batch(queries, self.index, '--details', *form)
            for options in ([], ['-c1', '-p1'], ['-c20', '-p3'], ['-p100', '-c2']):
                there = self.batch(queries, '--details', *form, *options)
                self.assertTrue(there.stdout == here.stdout, (form, options, there.stderr))
                self.assertEqual(self.report(there)[:4], self.report(here)[:4])
            if form:
                for where in self.both():
                    unordered = self.batch(queries, where, '--details', '--unordered', '-c20', *form)
                    self.assertEqual(sorted(unordered.stdout.splitlines()), sorted(here.stdout.splitlines()))
        suite.checked(f'{len(queries)} queries with details, in order in 12 ways, and unordered')

    def test_there_is_one_further_request_for_each_row(self):
        queries = self.found[:300]
        expected = [f'U+{code:04X}' for query in queries for code in sorted(self.oracle.find(query))]
        for options in (['-c1', '-p1'], ['-c1'], ['-c8', '--unordered']):
            result, proxy = self.through(queries, *options)
            self.assertEqual(result.returncode, 0, result.stderr)
            asked = proxy.asked_about
            self.assertEqual(asked if '-c1' in options else sorted(asked),
                             expected if '-c1' in options else sorted(expected))
        suite.checked(f'{len(expected)} rows of {len(queries)} queries, asked about once each')

    def test_requests_about_rows_count_by_the_rate(self):
        query = 'arrow limit:60'
        here = self.charfinder(self.index, '--details', query)
        for options in ([], ['-p1'], ['--batch', '-q', '-c9']):
            begin = time.monotonic()
            if options[:1] == ['--batch']:
                there = self.charfinder(self.server, '--details', '--rate=150', *options,
                                        input='\n'.join(f'arrow limit:6 from:{i}' for i in range(1, 61, 6)).encode())
            else:
                there = self.charfinder(self.server, '--details', '--rate=150', *options, query)
                self.assertEqual((there.stdout, there.stderr), (here.stdout, here.stderr))
            # sixty rows and their queries; what is late by ten milliseconds is made up for
            self.assertGreater(time.monotonic() - begin, 60 / 150 - .02)
            self.assertEqual(there.returncode, 0)
            self.assertEqual(there.stdout.count(b'\tcategory\t'), 60)

    def test_a_file_for_each_answer(self):
        out = self.directory / 'details'
        out.mkdir()
        queries = self.found[:50]
        self.batch(queries, '--details', f'--output={out}')
        self.assertEqual(b''.join(file.read_bytes() for file in sorted(out.iterdir())),
                         self.batch(queries, self.index, '--details').stdout)

    def test_repeated_it_is_the_same(self):
        result = self.batch(self.found[:30], '--details', '--repeat=5')
        self.assertEqual((result.returncode, self.report(result)[0]), (0, 150))

    def test_what_is_too_long_says_so(self):
        for where in self.both() if suite.long_run() else [self.index]:
            result = self.batch(['cjk', 'peso sign'], where, '--details', '--json', '--timeout=600')
            self.assertEqual((result.returncode, self.report(result)[:4]), (2, (2, 1, 0, 1)))
            self.assertIn('ask for fewer, as limit:1000', json.loads(result.stdout.splitlines()[0])['error'])

    def test_classic_mode_of_a_server_has_no_commands(self):
        for option in ('--details', '--about'):
            self.assertError(self.charfinder(self.server, '--mode=classic', option, 'rook'), 2, '--mode')
        self.assertWell(self.charfinder(self.index, '--mode=classic', '--details', 'rook'))


class FaultsTest(DetailsCase):
    CHAOS = (
        ('delays', dict(delay=0.01), []),
        ('small pieces', dict(piece=7), ['-c10']),
        ('cuts', dict(cut=0.02), ['--retries=20']),
        ('delays and cuts, one at a time', dict(delay=0.002, cut=0.03, piece=2000), ['--retries=20', '-p1', '-c20']),
    )

    def test_every_row_has_its_details_whatever_the_network_does(self):
        for what, chaos, options in self.CHAOS:
            queries = self.found[:40 if 'piece' in chaos else 200]
            expected = self.batch(queries, self.index, '--details', '--json').stdout
            result, proxy = self.through(queries, '--json', *options, seed=SEED, **chaos)
            self.assertTrue(result.stdout == expected, (what, result.stderr))
            self.assertEqual(result.returncode, 0)
            rows = expected.count(b'"details"')
            self.assertGreaterEqual(len(proxy.asked_about), rows)
            suite.checked(f'{what}: {rows} rows in {len(proxy.asked_about)} requests on '
                          f'{proxy.counts["connections"]} connections, {proxy.counts["cut"]} of them cut')

    def test_what_is_garbled_is_counted_once(self):
        queries = self.found[:150]
        for form in ([], ['--json'], ['--tsv']):
            result, proxy = self.through(queries, *form, '--retries=10', '--timeout=5', seed=SEED, garble=0.2, piece=256)
            self.assertEqual(self.report(result)[0], len(queries))
            self.assertGreater(proxy.counts['garbled'], 5)

    def fake(self, about):
        """A server that finds a rook, and says about(line) to :about; after None nothing more."""
        async def converse(server, reader, writer):
            writer.write(PROMPT)
            while line := (await reader.readline()).strip():
                if line.startswith(b':about'):
                    server.counts['about'] += 1
                    said = about(server.counts['about'])
                    if said is None:
                        return
                elif line.startswith(b':'):
                    said = b'%s: x\r\n' % line[1:].split()[0]
                else:
                    said = ROW + b"1 match for 'rook'\r\n"
                writer.write(said + PROMPT)
        return chaos_proxy.FakeServer(converse)

    def test_servers_that_are_not_what_they_should_be(self):
        for said, status, what in ((lambda n: b"Error: there is no command ':about'; :help lists them\r\n", 2, "':about'"),
                                   (lambda n: b'U+2657 \t\xe2\x99\x97\tWHITE CHESS BISHOP\r\n', 3, 'no answer to the query'),
                                   (lambda n: b'', 3, 'no answer to the query'),
                                   (lambda n: ROW[:-2] + b'S\r\n\tage\t1.1\r\n', 3, 'no answer to the query'),
                                   (lambda n: None, 3, 'the server has closed the connection')):
            with self.fake(said) as fake:
                self.assertError(self.charfinder('--server=' + fake.name, '--details', '--retries=1', 'rook'), status, what)

    def test_one_that_loses_the_second_request_is_asked_that_again(self):
        with self.fake(lambda n: None if n % 3 else ROW + b'\tage\t1.1\r\n') as fake:
            result = self.batch(['rook'] * 5, '--server=' + fake.name, '--details', '--retries=3', '-c1', '-p1')
        self.assertEqual((result.returncode, self.report(result)[:4]), (0, (5, 5, 0, 0)), result.stderr)
        self.assertEqual(fake.counts['about'], 15)
        self.assertEqual(result.stdout.count(b'\tage\t1.1\n'), 5)


ROW = b'U+2656 \t\xe2\x99\x96\tWHITE CHESS ROOK\r\n'


class CharactersTest(DetailsCase):
    """charfinder --about"""

    def test_tells_of_each_what_the_prompt_tells(self):
        for form in ('text', 'tsv', 'json'):
            said = self.daemon.reply(b''.join([b':format %s\n' % form.encode()] +
                                              [b':about %s\n' % name.encode() for name in NAMED]))
            expected = b''.join(said.split(PROMPT)[2:]).replace(b'\r\n', b'\n')
            option = [] if form == 'text' else ['--' + form]
            for where in self.both():
                result = self.charfinder(where, '--about', *option, *NAMED)
                self.assertEqual((result.returncode, result.stderr), (0, b''))
                self.assertTrue(result.stdout == expected, (form, where))
        suite.checked(f'{len(NAMED)} characters in 3 formats, from the index and a server')

    def test_tells_of_those_that_there_are(self):
        for where in self.both():
            result = self.charfinder(where, '--about', '\u20ac', 'rookie', 'peso sign', 'U+110000')
            self.assertEqual(result.returncode, 2)
            self.assertEqual(re.findall(rb'(?m)^U.*', result.stdout), [b'U+20AC \t\xe2\x82\xac\tEURO SIGN',
                                                                     b'U+20B1 \t\xe2\x82\xb1\tPESO SIGN'])
            self.assertEqual(result.stderr.decode(), ''.join(
                f"charfinder: No match for '{name}'; give U+2657, a character, or the whole of its name\n"
                for name in ('rookie', 'U+110000')))

    def test_tells_of_a_list(self):
        queries = ['\u20ac', 'rookie', '', 'white chess bishop', 'U+1F1E7 U+1F1F7']
        for form in ([], ['--json'], ['--tsv']):
            there, here = (self.batch(queries, where, '--about', *form) for where in self.both())
            self.assertEqual((there.stdout, there.returncode), (here.stdout, 2))
            self.assertEqual(self.report(there)[:4], (4, 3, 0, 1))
        objects = [json.loads(line) for line in self.batch(queries, '--about', '--json').stdout.splitlines()]
        self.assertEqual([(o['number'], o['query'], o.get('code')) for o in objects],
                         [(1, '\u20ac', 'U+20AC'), (2, 'rookie', None), (4, 'white chess bishop', 'U+2657'),
                          (5, 'U+1F1E7 U+1F1F7', 'U+1F1E7 U+1F1F7')])


if __name__ == '__main__':
    suite.main()
