#!/usr/bin/env python3
"""The API is what its own OpenAPI document says: every answer, good or bad, is checked against
it, and what the document allows is taken."""

import collections
import contextlib
import itertools
import os
import random
import re
import subprocess
import tempfile
import unittest
import urllib.parse

import daemon
import suite
import web_client
from web import browser

try:
    import jsonschema
except ImportError:
    jsonschema = None

# Real-looking, and the forms of the query language.
QUERIES = ('rook', 'chess rook white', 'nosuchword', 'smilng', 'lambda', 'cjk', 'é', 'tete', '€',
           'U+20AC', '20AC..20CF', '"chess rook"', 'chess -white', 'rook | knight', 'arrow*', '*ambd*',
           'cat:Sc', 'block:arrows left', 'script:greek small', 'age:17', 'is:emoji heart', 'a\u0301',
           '🇧🇷', '👩‍💻', 'in:keyword slash', 'lang:fr coeur', 'limit:3 digit', ' ', '+++', "it's", 'x' * 4096)
# What people look for on the page, whose chips give the numbers that they show.
with open(suite.source('tests', 'looked_for.txt'), encoding='utf-8') as _f:
    LOOKED_FOR = _f.read().splitlines()
# The parameters that filter by what an answer counts.
FILTERS = {'category': 'cat', 'script': 'script', 'block': 'block', 'age': 'age'}
WRONG = ('"a', 'block:nosuch', 'age:>=x', 'lang:xx a', 'in:nowhere a')
CODES = ('U+0000', 'U+000A', 'U+0020', 'U+0041', 'U+00AD', 'U+0378', 'U+2657', 'U+20AC', 'U+4E00', 'U+AC00',
         'U+D800', 'U+E000', 'U+FDD0', 'U+FE0F', 'U+1F600', 'U+10FFFF', '20ac', 'u+20ac', 'U+1F1E7-U+1F1F7',
         'U+0023-U+FE0F-U+20E3', 'U%2B20AC', 'U+1F468_U+200D_U+1F4BB')


def strictly(schema):
    """The schema without room for members that it does not name. Clients must leave room for them, as
    some may be added; those that are there are described."""
    if isinstance(schema, list):
        return [strictly(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: strictly(part) for name, part in schema.items()}
    named = isinstance(parts.get('properties'), dict) and 'additionalProperties' not in parts
    return {**parts, 'additionalProperties': False} if named and parts.get('type') == 'object' else parts


@unittest.skipUnless(jsonschema, 'no jsonschema for Python')
class ApiTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.d = cls.enterClassContext(daemon.Daemon('--http=127.0.0.1:0', '--mode=auto'))
        cls.document = web_client.get(cls.d, '/openapi.json').json()
        cls.checked = collections.Counter()

    @classmethod
    def tearDownClass(cls):
        suite.checked(f'{sum(cls.checked.values())} answers as openapi.json says: '
                      + ', '.join(f'{n} × {what}' for what, n in sorted(cls.checked.items())))

    def resolve(self, node):
        while '$ref' in node:
            at = self.document
            for part in node['$ref'].removeprefix('#/').split('/'):
                at = at[part]
            node = at
        return node

    def validator(self, schema):
        return jsonschema.Draft202012Validator({**schema, 'components': strictly(self.document['components'])})

    def operation(self, path):
        for template, item in self.document['paths'].items():
            if re.fullmatch(re.sub(r'\{\w+\}', '[^/]*', template), path):
                return item['get']
        self.fail(f'{path} is not in the document')

    def get(self, path, **params):
        """The answer, which is as the document says."""
        target = path + ('?' + urllib.parse.urlencode(params, doseq=True) if params else '')
        answer = web_client.get(self.d, target)
        operation = self.operation(path)
        self.assertIn(str(answer.status), operation['responses'], target)
        response = self.resolve(operation['responses'][str(answer.status)])
        kind = answer['Content-Type'].partition(';')[0]
        self.assertIn(kind, response['content'], target)
        self.checked[f'{operation["operationId"]} {answer.status}'] += 1
        if not kind.endswith('json'):
            return answer
        for error in self.validator(response['content'][kind]['schema']).iter_errors(answer.json()):
            self.fail(f'{target}: {error.message} at {list(error.absolute_path)}')
        return answer.json()

    def test_document_is_one(self):
        self.assertEqual(self.document['openapi'], '3.1.0')
        self.assertNotIn("'additionalProperties': False", str(self.document), 'a promise that there will be no more')
        for schema in self.document['components']['schemas'].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        names = set(re.findall(r'"\$ref": ?"#/components/(\w+/\w+)"', str(self.document).replace("'", '"')))
        for name in names:
            group, _, what = name.partition('/')
            self.assertIn(what, self.document['components'][group])

    def test_searches(self):
        for query in QUERIES:
            for mode in ('classic', 'auto', 'wide'):
                answer = self.get('/api/v1/search', q=query, mode=mode)
                self.assertEqual(answer['query'], query.strip())
                self.assertEqual(len(answer['results']), answer['count'])
                self.assertLessEqual(answer['count'], min(100, answer['total']))
                listed = self.get('/search', q=query, mode=mode, limit=100)
                self.assertEqual(listed, [{'char': row['char'], 'name': row['name']}
                                          for row in answer['results']])

    def test_facets_are_what_filters_give(self):
        for query, mode in itertools.product(('chess', 'cjk', 'lambda', 'rook | knight', 'heart'), ('auto', 'wide')):
            answer = self.get('/api/v1/search', q=query, mode=mode, limit=1)
            for name in ('category', 'script'):
                self.assertEqual(sum(facet['count'] for facet in answer['facets'][name]), answer['total'])
            for name, parameter in FILTERS.items():
                for facet in answer['facets'][name][:3]:
                    found = self.get('/api/v1/search', q=query, mode=mode, limit=5, **{parameter: facet['value']})
                    self.assertEqual(found['total'], facet['count'])
                    self.assertIn(facet, found['facets'][name])
                    self.assertEqual({row[name] for row in found['results']}, {facet['value']})
        self.assertNotIn('facets', self.get('/api/v1/search', q='chess', facets='false'))

    def test_each_facet_counts_what_its_filter_gives(self):
        queries = LOOKED_FOR if suite.long_run() else LOOKED_FOR[::3]
        checked = 0
        with contextlib.closing(web_client.connect(self.d)) as s:
            reader = web_client.Reader(s)

            def answer(query, facets, **filters):
                asked = urllib.parse.urlencode({'q': query, 'mode': 'wide', 'limit': 1, 'facets': facets, **filters})
                s.sendall(web_client.request('/api/v1/search?' + asked))
                return reader.answer().json()

            for query in queries:
                counted = answer(query, 'true')['facets']
                for name, parameter in FILTERS.items():
                    for facet in counted[name][:12]:
                        found = answer(query, 'false', **{parameter: facet['value']})
                        self.assertEqual(found['total'], facet['count'], (query, facet))
                        checked += 1
        self.assertGreater(checked, 10 * len(queries))
        suite.checked(f'{checked} facets of {len(queries)} queries count what their filters give')

    def test_filters_of_one_property_are_alternatives(self):
        totals = [self.get('/api/v1/search', q='small letter', script=script)['total']
                  for script in ('greek', 'Cyrl', ['greek', 'cyrillic'])]
        self.assertGreater(min(totals), 0)
        self.assertEqual(totals[0] + totals[1], totals[2])
        self.assertEqual(len(self.get('/search', q='small letter', script=['greek', 'cyrillic'])), totals[2])
        target = '/api/v1/search?q=letter&script=greek&script=cyrl&cat=Ll&lang=zh-hant&limit=50'
        first = web_client.get(self.d, target).json()
        following = web_client.get(self.d, first['next']).json()
        self.assertEqual((following['first'], following['total']), (51, first['total']))
        for wrong in ({'block': 'nosuch'}, {'cat': ''}, {'script': ['greek'] * 17}, {'typing': 'x'}):
            self.assertEqual(self.get('/api/v1/search', q='a', **wrong)['status'], 400)

    def test_languages_are_those_that_can_be_asked(self):
        languages = self.get('/api/v1/languages')['languages']
        self.assertIn({'tag': 'fr', 'name': 'français'}, languages)
        for tag in [language['tag'] for language in languages] + ['FR-ch', 'zh-Hant-HK', 'en-GB', '']:
            self.get('/api/v1/search', q='coeur', lang=tag, limit=1)
        self.assertGreater(self.get('/api/v1/search', q='coeur', lang='fr-CH')['total'], 10)
        self.assertEqual(self.get('/api/v1/search', q='a', lang='tlh')['status'], 400)

    def test_all_there_is_is_counted(self):
        for name, least in (('blocks', 300), ('scripts', 160), ('categories', 25), ('versions', 25)):
            values = self.get('/api/v1/' + name)[name]
            self.assertGreater(len(values), least)
            for value in values[:3] + values[-3:]:
                answer = web_client.get(self.d, value['search']).json()
                self.assertEqual(answer['total'], value['count'], value)
        blocks = {block['value']: (block['first'], block['last']) for block in self.get('/api/v1/blocks')['blocks']}
        self.assertEqual(blocks['Greek and Coptic'], ('U+0370', 'U+03FF'))

    def test_words_that_are_being_typed_go_on(self):
        typed = self.get('/api/v1/search', q='chess k', mode='wide', typing='true', limit=1000)
        self.assertIn('WHITE CHESS KING', [row['name'] for row in typed['results']])
        self.assertIsNone(typed['corrected'])
        whole = self.get('/api/v1/search', q='chess k ', mode='wide', typing='true')
        self.assertEqual(whole['total'], self.get('/api/v1/search', q='chess k', mode='wide')['total'])
        self.get('/api/v1/search', q='"chess', typing='true')

    def test_white_space_that_was_pasted_is_looked_up(self):
        self.assertEqual([row['code'] for row in self.get('/api/v1/search', q='\u00a0')['results']], ['U+00A0'])

    def test_what_cannot_be_seen_is_shown_by_its_abbreviation(self):
        for code, shown, boxed in (('U+2657', '♗', False), ('U+0000', 'NUL', True), ('U+200D', 'ZWJ', True),
                                   ('U+0301', '\u25cc\u0301', False), ('U+E000', 'E000', True), ('U+0600', '\u0600', False)):
            details = self.get('/api/v1/char/' + code)
            self.assertEqual((details['shown'], details['boxed']), (shown, boxed))

    def test_pages_make_the_whole(self):
        for query, mode in (('chess', 'auto'), ('letter small', 'classic'), ('heart', 'wide')):
            whole = self.get('/api/v1/search', q=query, mode=mode, limit=1000)
            target, results, pages = f'/api/v1/search?q={query.replace(" ", "+")}&mode={mode}&limit=37', [], 0
            while target:
                answer = web_client.get(self.d, target).json()
                results += answer['results']
                pages += 1
                target = answer['next']
                self.assertEqual(answer['total'], whole['total'])
            count = min(1000, whole['total'])
            self.assertEqual(results[:count], whole['results'])
            self.assertEqual(len(results), whole['total'])
            self.assertEqual(pages, -(-whole['total'] // 37))

    def test_link_says_which_pages_there_are(self):
        def links(target):
            header = web_client.get(self.d, target)['Link'] or ''
            return {relation: address for address, relation in re.findall(r'<([^>]*)>; rel="(\w+)"', header)}
        for path in ('/search', '/api/v1/search'):
            target = f'{path}?q=chess&limit=50&mode=auto&cat=So'
            seen, walked = [], target
            while walked:
                seen.append(walked)
                walked = links(walked).get('next')
            self.assertEqual(len(seen), 3)
            self.assertEqual(links(target).keys(), {'next'})
            last = links(seen[-1])
            self.assertEqual(last.keys(), {'first', 'prev'})
            for relation, page in (('first', 0), ('prev', 1)):
                self.assertEqual(web_client.get(self.d, last[relation]).body, web_client.get(self.d, seen[page]).body)
        self.assertEqual(links('/search?q=chess'), {})
        long = '/api/v1/search?limit=1&q=' + 'chess%20|%20' + '%C3%A9' * 400
        self.assertIsNone(web_client.get(self.d, long)['Link'])
        self.assertTrue(web_client.get(self.d, long).json()['next'])

    def test_next_asks_for_all_that_was_asked_for(self):
        asked = {'q': 'letter +é', 'mode': 'auto', 'lang': 'fr', 'cat': 'Ll', 'script': ['Latin', 'Greek'], 'limit': '1',
                 'facets': 'false', 'fields': 'code,name', 'age': '1.1'}
        following = urllib.parse.urlsplit(self.get('/api/v1/search', **asked)['next'])
        given = {name: values if len(values) > 1 else values[0]
                 for name, values in urllib.parse.parse_qs(following.query).items()}
        self.assertEqual(given, {**asked, 'from': '2'})

    def test_fields_are_those_that_were_asked_for(self):
        for path, name, value in (('/api/v1/search', 'q', 'rook'), ('/api/v1/identify', 'text', 'a€')):
            for row in self.get(path, **{name: value}, fields='name,code')['results']:
                self.assertEqual(list(row), ['code', 'name'])
            self.assertEqual(len(self.get(path, **{name: value})['results'][0]), 13)
            for wrong in ('', ',', 'nosuch', 'name,records'):
                self.assertEqual(self.get(path, **{name: value}, fields=wrong)['parameter'], 'fields')
        self.assertEqual(self.get('/api/v1/char/U+20AC', fields='next, previous').keys(), {'next', 'previous'})
        self.assertEqual(len(self.get('/api/v1/char/U+20AC')), 17)

    def test_several_characters_are_each_as_alone(self):
        codes = ['U+0000', 'U+2657', 'u+20ac', 'U+1F1E7-U+1F1F7', 'U+D800', '♗', '2654'] + [f'U+{n:X}' for n in range(0x600, 0x65d)]
        for many in (codes[:1], codes):
            details = self.get('/api/v1/char', codes=','.join(many))['characters']
            self.assertEqual(details, [self.get('/api/v1/char/' + urllib.parse.quote(code)) for code in many])
        self.assertEqual(web_client.get(self.d, '/api/v1/char?codes=U+2657,U+1F1E7-U+1F1F7&fields=name').json(),
                         {'characters': [{'name': 'WHITE CHESS BISHOP'}, {'name': 'flag: Brazil'}]})
        for wrong in ('', ',', 'x', 'U+2657,,U+2658', ','.join(['U+2657'] * 101)):
            self.assertEqual(self.get('/api/v1/char', codes=wrong)['parameter'], 'codes')
        self.assertEqual(self.get('/api/v1/char', codes='U+2657,U+0041-U+0042')['status'], 404)

    def test_suggestions_find_what_they_suggest(self):
        for query in ('chess k', 'arr', 'smil', '♗'):
            asked, words, descriptions, addresses = self.get('/api/v1/suggest', q=query)
            self.assertEqual((asked, len(words), len(descriptions)), (query, len(addresses), len(addresses)))
            self.assertTrue(words)
            for word, address in zip(words, addresses, strict=True):
                found = [row['codes'] for row in self.get('/api/v1/search', q=word, limit=1000)['results']]
                self.assertIn(address.rpartition('/')[2].split('-'), found)
        self.assertEqual(self.get('/api/v1/suggest', q='white chess k')[1][0], 'white chess king')
        self.assertEqual(self.get('/api/v1/suggest', q='')[1:], [[], [], []])
        self.get('/api/v1/suggest', q='"a b')

    def test_no_match_says_what_would_have_one(self):
        # auto and wide leave words out themselves, and say then what each way to do so has
        for query, mode, filters, offered in (('white bishop xyzzy', 'classic', {}, ['white bishop']),
                                              ('qqzzy bishop wwxxq', 'classic', {}, ['bishop']),
                                              ('white bishop xyzzy', 'wide', {}, ['white bishop']),
                                              ('heart flame xyzzy', 'auto', {}, ['heart', 'flame']),
                                              ('smilng', 'wide', {}, []), ('qqzzy', 'wide', {}, []), ('"white bishop" qqzzy', 'wide', {}, []),
                                              ('bishop', 'wide', {}, []),
                                              ('bishop', 'wide', {'script': 'Greek'}, ['bishop'])):
            answer = self.get('/api/v1/search', q=query, mode=mode, **filters)
            self.assertEqual([other['query'] for other in answer['alternatives']], offered, query)
            for other in answer['alternatives']:
                self.assertEqual(other['filters'], not filters)
                self.assertEqual(self.get('/api/v1/search', q=other['query'], mode=mode)['total'], other['total'])

    def test_rows_say_through_what_they_are_found(self):
        for query, lang, code, text in (('currency', 'en', 'U+20AC', 'currency'), ('amour', 'fr', 'U+2764', 'amour'),
                                        ('bishop', 'en', 'U+2657', None)):
            rows = {row['code']: row for row in self.get('/api/v1/search', q=query, lang=lang, mode='wide', limit=1000)['results']}
            through = rows[code]['through']
            self.assertEqual(through and through['text'], text, query)

    def test_what_is_wrong_in_a_query_is_said_with_its_place(self):
        for query in WRONG:
            for path in ('/search', '/api/v1/search'):
                problem = self.get(path, q=query)
                self.assertEqual((problem['status'], problem['parameter']), (400, 'q'))
                self.assertGreater(problem['column'], 0)

    def test_what_is_wrong_in_a_query_is_said_in_parts(self):
        for query, fault, parts in (
                ('"a', 'open-quotes', ()), ('a ""', 'empty-quotes', ()), ('a -limit:3', 'negation', ('-limit:3',)),
                ('| a', 'before-or', ()), ('a |', 'after-or', ()), ('nosuch:a', 'field', ('nosuch',)),
                ('x block:nosuch', 'value', ('nosuch', 'block', 'arrows')), ('é gc:"no é"', 'value', ('no é', 'gc', 'Sm')),
                ('strokes:x', 'value', ('x', 'strokes', '5')), ('lang:' + 'é' * 30, 'value', ('é' * 20, 'lang', 'fr')),
                ('in:name,x', 'value', ('x', 'in', 'name')), ('limit:x a', 'value', ('x', 'limit', '20')),
                ('U+110000', 'code-point', ('U+110000',)), ('&nosuch;', 'entity', ('&nosuch;',)),
                (' '.join(f'{a}{b}*' for a in 'abcdef' for b in 'abcdef'), 'too-much', ())):
            problem = self.get('/api/v1/search', q=query, mode='auto')
            found = tuple(problem[part] for part in ('value', 'field', 'example') if part in problem)
            self.assertEqual((problem.get('fault'), found), (fault, parts), query)
            if 'example' in problem:
                self.get('/api/v1/search', q=f'{problem["field"]}:{problem["example"]}')['total']

    def test_wrong_parameters(self):
        for params in ({}, {'q': 'a', 'limit': '0'}, {'q': 'a', 'from': 'x'}, {'q': 'a', 'x': 'y'},
                       {'q': 'a', 'mode': ''}, {'q': '\ud800'.encode('utf-8', 'surrogatepass')}):
            self.assertEqual(self.get('/api/v1/search', **params)['status'], 400)

    def test_characters(self):
        for code in CODES:
            details = self.get('/api/v1/char/' + code)
            self.assertEqual(details['code'], ' '.join(details['codes']))
            if details['char']:
                self.assertEqual(' '.join(f'{byte:02X}' for byte in details['char'].encode()),
                                 details['forms']['utf-8'])
        for code, char in (('U+0000', '\0'), ('U+000A', '\n'), ('U+0085', '\x85'), ('U+0378', ''), ('U+D800', '')):
            self.assertEqual(self.get('/api/v1/char/' + code)['char'], char, code)
        for code in ('U+110000', 'x', '', 'U+', '%FF', 'U+20AC-', '-'.join(['U+0041'] * 17)):
            self.assertEqual(self.get('/api/v1/char/' + code)['status'], 400, code)
        self.assertEqual(self.get('/api/v1/char/U+0041-U+0042')['status'], 404)
        random_codes = random.Random(6).sample(range(0x110000), 300)
        for code in random_codes:
            self.get(f'/api/v1/char/U+{code:04X}')

    def test_neighbours_lead_from_one_to_the_next(self):
        code, codes = 'U+2654', []
        for _ in range(12):
            details = self.get('/api/v1/char/' + code)
            codes.append(details['code'])
            following = self.get('/api/v1/char/' + '-'.join(details['next']['codes']))
            self.assertEqual(following['previous']['code'], details['code'])
            code = details['next']['code']
        self.assertEqual(codes, [f'U+{n:04X}' for n in range(0x2654, 0x2660)])

    def test_identify(self):
        for text in ('a€', '🇧🇷👩‍💻', 'e\u0301', '\u200d\ufe0f', '\n', 'ǅ' * 300):
            answer = self.get('/api/v1/identify', text=text)
            self.assertGreater(answer['total'], 0)
        self.assertEqual([row['code'] for row in self.get('/api/v1/identify', text='a€')['results']],
                         ['U+0061', 'U+20AC'])

    def test_the_rest(self):
        self.assertEqual(self.get('/version')['characters'], 172808)
        for path in ('/healthz', '/readyz', '/metrics'):
            self.get(path)


class LintTest(browser.NodeTest):
    """What a linter for OpenAPI documents finds in ours."""

    def findings(self, document):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, 'openapi.json')
            with open(path, 'w', encoding='utf-8') as f:
                f.write(document)
            result = subprocess.run(['node', suite.source('tests', 'web', 'lint_openapi.js'), path], text=True,
                                    env={**os.environ, 'NODE_PATH': self.modules()}, capture_output=True,
                                    timeout=suite.patience(120))
        self.assertEqual((result.returncode, result.stderr), (0, ''))
        return result.stdout.splitlines()

    def test_it_finds_nothing(self):
        for base, options in (('', ()), ('/chars', ('--http-base=/chars',))):
            with daemon.Daemon('--http=127.0.0.1:0', *options) as d:
                document = web_client.get(d, base + '/openapi.json').text()
            self.assertEqual(self.findings(document), [])
        damaged = document.replace('#/components/schemas/Problem', '#/components/schemas/Nosuch')
        self.assertGreater(len(self.findings(damaged)), 0, 'it finds what is wrong')


if __name__ == '__main__':
    suite.main()
