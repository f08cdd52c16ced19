#!/usr/bin/env python3
"""The HTTP face: what is answered, and how; what is refused; limits, deadlines, proxies, and
the drain. What programs get is in test_http_api.py, what people see in test_web.py."""

import contextlib
import gzip
import html
import os
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import unittest

import daemon
import suite
import web_client
from load import watch
from web_client import Reader, connect, get, request, send

HTTP, AUTO = '--http=127.0.0.1:0', '--mode=auto'
BIG = '/search?q=cjk'
SAMPLES = ('bismillah black Braille cat chess circled digit dot Ethiopic face hexagram Malayalam '
           'mark operator Roman symbol').split()


class HttpTest(unittest.TestCase):
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.d = cls.enterClassContext(daemon.Daemon(HTTP, AUTO, *cls.arguments))

    def get(self, target, *arguments, **fields):
        return get(self.d, target, *arguments, **fields)

    def rows(self, query):
        """[(code, char, name)], as the prompt answers."""
        reply = self.d.reply(query.encode() + b'\n').decode()
        return [tuple(part.strip() if i == 0 else part for i, part in enumerate(row.split('\t')))
                for row in reply.removeprefix('?> ').split('\r\n') if row.startswith('U+')]


class SeedTest(HttpTest):
    """What the seed's second edition, and its page, would get."""

    def test_answers_the_list_of_the_seed(self):
        queries = ('rook', 'chess rook white', 'nosuchword', 'cjk', 'letter', 'Ethiopic', 'é')
        total = 0
        for query in queries:
            found = self.get('/search?q=' + quoted(query)).json()
            if query != 'é':  # which the seed's rule does not find
                self.assertEqual([(row['char'], row['name']) for row in found],
                                 [row[1:] for row in self.rows(query)], query)
            self.assertTrue(all(set(row) == {'char', 'name'} for row in found))
            total += len(found)
        suite.checked(f'{len(queries)} lists with {total} rows as the prompt answers them')

    def test_answers_pages_of_it(self):
        whole = self.get('/search?q=chess').json()
        pages = [self.get(f'/search?q=chess&from={n}&limit=20').json()
                 for n in range(1, len(whole) + 1, 20)]
        self.assertEqual([row for page in pages for row in page], whole)
        self.assertEqual(len(self.get('/search?q=letter&mode=wide&limit=7').json()), 7)

    def test_is_open_to_pages_from_elsewhere(self):
        self.assertEqual(self.get('/search?q=rook', Origin='http://example.org')
                         ['Access-Control-Allow-Origin'], '*')
        self.assertEqual(self.get('/search?q=rook')['Access-Control-Expose-Headers'], 'ETag, Link')


def cpu_seconds(d):
    with open(f'/proc/{d.process.pid}/stat', encoding='ascii') as stat:
        user, system = stat.read().rpartition(')')[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf('SC_CLK_TCK')


def quoted(text):
    return ''.join(f'%{byte:02X}' for byte in text.encode())


class PageTest(HttpTest):
    """The page as it comes, without scripts."""

    def table(self, page):
        rows = re.findall(r'<tr><td class="code"><div class="cell"><a href="([^"]+)">([^<]+)</a></div></td>'
                          r'<td class="char"><div class="cell"><span class="glyph">([^<]*)</span></div></td>'
                          r'<td class="name"><div class="cell"><span class="text">([^<]+)</span></div></td></tr>', page)
        # marks are shown on a dotted circle
        return [(html.unescape(link), code, re.sub('^\u25cc(?=.)', '', html.unescape(char)), html.unescape(name))
                for link, code, char, name in rows]

    def status(self, page):
        return html.unescape(re.search(r'<p id="status" role="status"[^>]*>([^<]*)</p>', page)[1])

    def test_has_all_that_was_asked(self):
        page = self.get('/?query=chess&mode=auto').text()
        self.assertEqual([row[1:] for row in self.table(page)], self.rows('chess'))
        self.assertEqual([row[0] for row in self.table(page)],
                         ['/char/' + row[0] for row in self.rows('chess')])
        self.assertEqual(self.status(page), "124 matches for 'chess'")
        self.assertIn('value="chess"', page)
        for sample in SAMPLES:
            self.assertIn(f'<a lang="en" href="/?query={sample}">{sample}</a>', page)

    def test_asks_for_words_when_there_are_none(self):
        for target in ('/', '/?query=', '/?query=+%0A'):
            page = self.get(target).text()
            self.assertEqual(self.status(page), 'Enter words describing characters.')
            self.assertEqual(self.table(page), [])

    def test_says_that_there_is_nothing(self):
        self.assertEqual(self.status(self.get('/?query=qqqqzzzz').text()), "No match for 'qqqqzzzz'")

    def test_shows_everything_as_text(self):
        for query in ('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onfocus='x",
                      '&lt;b&gt; &amp; &#60;', '</title><b>', '\x00\x01\x7f', 'é<'):
            page = self.get('/?query=' + quoted(query)).text()
            self.assertNotIn('alert(1)</script>', page)
            self.assertNotIn('<img', page)
            self.assertNotIn('</title><b>', page)
            value = re.search(r'name="query" type="search" value="([^"]*)"', page)[1]
            shown = html.unescape(value.replace('&#39;', "'")).strip()
            self.assertEqual(shown.replace('\ufffd', '\x00'), query.strip('\x00 ')
                             if not query.startswith('\x00') else query)
            scripts = re.findall(r'<script[^>]*>', page)
            self.assertEqual(len(scripts), 2)  # ours, and its texts, which are data

    def test_says_in_a_line_what_is_wrong_with_a_query(self):
        answer = self.get('/?query=' + quoted('"not closed'))
        self.assertEqual(answer.status, 400)
        self.assertEqual(self.status(answer.text()), 'The quotes are not closed; add a " at the end.')
        self.assertEqual(answer['Cache-Control'], 'no-store')
        self.assertIsNone(answer['ETag'])
        for target, status, words in (
                ('/?query=' + quoted('block:<nosuch>'), 400, '„<nosuch>“ ist kein Wert für block:; versuchen Sie block:arrows.'),
                ('/?query=a&mode=x', 400, '„mode“ hat in der Adresse dieser Seite einen Wert, der nicht möglich ist.'),
                ('/char/U+0041-U+0042', 404, 'Eine Folge aus diesen Zeichen gibt es nicht.'),
                ('/char/x', 400, 'Ein Zeichen schreibt man wie U+20AC, von U+0000 bis U+10FFFF, eine Folge wie U+0023-U+20E3.')):
            answer = self.get(target, Accept_Language='de')
            self.assertEqual((answer.status, self.status(answer.text())), (status, words))

    def test_has_a_page_for_browsers_that_go_where_there_is_nothing(self):
        navigation = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
        for path in ('/nothing?lang=de', '/U+110000', '/api/v1/nothing', '//', '/index.html?x=%zz'):
            answer = self.get(path, Accept=navigation, Accept_Language='de')
            self.assertEqual((answer.status, self.status(answer.text())), (404, 'Unter dieser Adresse gibt es nichts.'))
            self.assertEqual(answer['Cache-Control'], 'no-store')
            self.assertIn('<section id="start" class="browse">', answer.text())
            for accept in ({}, {'Accept': '*/*'}, {'Accept': 'application/json'}):
                self.assertEqual(self.get(path, **accept)['Content-Type'], 'application/problem+json', path)

    def test_keeps_the_query_where_the_rest_of_the_address_is_wrong(self):
        for wrong, words in (('cat=zz&block=Arrows', ' without filters'), ('from=0&cat=Sm', ''), ('mode=x', '')):
            page = self.get(f'/?query=white+rook&{wrong}').text()
            self.assertIn('name="query" type="search" value="white rook"', page)
            self.assertIn(f'<p id="help"><a href="/?query=white%20rook">white rook</a>{words}</p>', page)
            self.assertIn('<section id="start" class="browse">', page)
        self.assertEqual(self.get('/?query=white%20rook').status, 200)

    def test_is_walked_through_without_scripts(self):
        target, rows, pages = '/?query=arrow&mode=auto', [], 0
        while target:
            page = self.get(target).text()
            rows += self.table(page)
            pages += 1
            link = re.search(r'<a href="([^"]+)" rel="next">', page)
            target = link and html.unescape(link[1])
        self.assertGreater(pages, 2)
        self.assertEqual([row[1:] for row in rows], self.rows('arrow'))
        back = re.search(r'<a href="([^"]+)" rel="prev">', page)
        self.assertTrue(self.table(self.get(html.unescape(back[1])).text()))
        suite.checked(f'{pages} pages without scripts make the whole of {len(rows)} rows')

    def test_has_one_page_for_a_character_and_several_ways_to_it(self):
        pages = {self.get(path).text() for path in ('/char/U+2657', '/U+2657', '/u+2657', '/%E2%99%97', '/char/%E2%99%97')}
        self.assertEqual(len(pages), 1)
        page = pages.pop()
        self.assertIn('<link rel="canonical" href="/char/U+2657">', page)
        self.assertRegex(page, '<meta name="description" content="♗ U\\+2657 WHITE CHESS BISHOP')
        self.assertEqual(self.get('/' + quoted('🇧🇷')).text(), self.get('/char/U+1F1E7-U+1F1F7').text())
        for path in ('/U+110000', '/U+', '/%FF', '/%zz', '/' + quoted('♗♗')):
            self.assertEqual(self.get(path).status, 404, path)

    def test_leads_to_all_there_is(self):
        page = self.get('/browse').text()
        links = re.findall(r'<li><a href="(/\?query=[^"]+)"(?: lang="en")?>([^<]+)</a> <span class="count">(\d+)<', page)
        self.assertGreater(len(links), 500)
        names = [name for _, name, _ in links]
        self.assertEqual(names[names.index('Dingbats') - 1:][:3], ['Devanagari Extended-A', 'Dingbats', 'Dives Akuru'])
        self.assertEqual(names[-1], '1.1')
        self.assertEqual(re.findall('<li><a href="/browse#([a-z]+)">', page),
                         re.findall('<h2 id="([a-z]+)">', page), 'links to its parts')
        for link, _, count in links[:2] + links[40:42] + links[-3:]:
            self.assertRegex(self.status(self.get(html.unescape(link)).text()), f'^(1(-\\d+)? of )?{count} match')

    def test_has_all_names_for_those_who_are_offline(self):
        names = dict(line.split('\t') for line in self.get('/names.txt').text().splitlines())
        self.assertEqual(names['2657'], 'WHITE CHESS BISHOP')
        self.assertEqual(names['1F1E7-1F1F7'], 'flag: Brazil')
        self.assertTrue({'4E00', 'AC00'}.isdisjoint(names))
        answer = self.get('/names.txt', Accept_Encoding='gzip')
        self.assertLess(len(answer.raw_body), 300000)
        self.assertEqual(self.get('/names.txt', Accept_Encoding='gzip', If_None_Match=answer['ETag']).status, 304)
        for target, kind in (('/worker.js', 'text/javascript; charset=utf-8'), ('/manifest.webmanifest', 'application/manifest+json')):
            self.assertEqual(self.get(target)['Content-Type'], kind)
        page = [gzip.compress(self.get(f'/assets/{name}').body) for name in ('page.js', 'style.css')]
        self.assertLess(sum(map(len, page)), 30000)
        suite.checked(f'script and style of the page are {sum(map(len, page))} bytes compressed')

    def test_tells_crawlers_where_to_go(self):
        urls = re.findall(r'<loc>http://localhost(/.*?)</loc>', self.get('/sitemap.xml').text())
        self.assertEqual(len(urls), len(self.get('/api/v1/blocks').json()['blocks']))
        chars = re.findall(r'<loc>http://localhost(/.*?)</loc>', self.get('/sitemap/Arrows.xml').text())
        self.assertIn('/sitemap/Arrows.xml', urls)
        self.assertEqual([url for url in chars if '-' not in url], [f'/char/U+{n:04X}' for n in range(0x2190, 0x2200)])
        for url in random.Random(7).sample(urls, 8) + chars[:2]:
            self.assertEqual(self.get(url).status, 200, url)
        for url in ('/sitemap/nosuch.xml', '/sitemap/Arrows', '/sitemap/'):
            self.assertEqual(self.get(url).status, 404)
        answer = self.get('/robots.txt')
        self.assertEqual(answer['Content-Type'], 'text/plain; charset=utf-8')
        self.assertIn('Disallow: /api/', answer.text())

    def test_tells_first_what_its_reader_wants_to_know(self):
        def page(code, **params):
            return self.get(f'/char/{code}?{urllib.parse.urlencode(params)}').text().partition('<article')[2]
        sections = re.findall(r'<h3>([^<]*)|<(summary)', page('U+4E00'))
        self.assertEqual(sections[:2], [('Meaning and readings', ''), ('Forms', '')])
        euro = page('U+20AC', lang='fr')
        for text in ('<code>&amp;euro;</code>', '<code>=C</code>, <code>=E</code>', '<code>20ac</code>, Enter', '>Table de codes (PDF)<', 'charts/PDF/U20A0.pdf'):
            self.assertIn(text, euro)
        first, folded = page('U+2764', lang='fr').split('<summary>')
        self.assertIn('lang="fr"', first)
        self.assertNotIn('lang="de"', first)
        self.assertIn('lang="de"', folded)
        self.assertNotIn('lang="fr"', page('U+2764').split('<summary>')[0])
        for code, other in (('U+00E9', 'U+0301'), ('U+0041', 'U+0410'), ('U+56FD', 'U+570B'), ('U+0028', 'U+0029'), ('U+0041', 'U+0061'), ('U+0436', 'U+0416'), ('U+1F468-U+200D-U+1F4BB', 'U+1F4BB')):
            self.assertIn(f'<li><a href="/char/{other}">', page(code))
        self.assertNotIn('The other case', page('U+2657'))
        for link, value in re.findall('<dd><a href="([^"]*)">([^<]*)</a></dd>', page('U+1F1E7-U+1F1F7') + page('U+0041', lang='fr')):
            self.assertRegex(self.get(html.unescape(link)).text(), 'data-total="[1-9]', value)
        self.assertEqual(page('U+0378').count('<dd><a'), 0, 'of what is not assigned there is no list')
        self.assertIn('<dt>Zahlenwert</dt><dd lang="en">1/2<', page('U+00BD', lang='de'))
        self.assertIn('<dt>Dezimal</dt>', page('U+00BD', lang='de'))

    @unittest.skipUnless('UCD_DIR' in os.environ, 'no UCD_DIR')
    def test_leads_to_the_chart_of_its_block(self):
        with open(os.path.join(os.environ['UCD_DIR'], 'Blocks.txt'), encoding='utf-8') as f:
            begins = {m[2]: int(m[1], 16) for m in re.finditer(r'(?m)^([0-9A-F]+)\.\.[0-9A-F]+; (.*)$', f.read())}
        charts = 0
        for block in self.get('/api/v1/blocks').json()['blocks']:
            row = self.get(block['search'] + '&limit=1').json()['results'][0]
            if len(row['codes']) == 1:
                chart = re.search(r'charts/PDF/U([0-9A-F]+)\.pdf', self.get('/char/' + row['code']).text())
                self.assertEqual(int(chart[1], 16), begins[block['value']], block['value'])
                charts += 1
        self.assertGreater(charts, 300)

    def test_has_a_description_and_an_address_of_its_own(self):
        for path, description, canonical in (
                ('/char/U+2657', '♗ U+2657 WHITE CHESS BISHOP, Other symbol, Miscellaneous Symbols', '/char/U+2657'),
                ('/' + quoted('€'), '€ U+20AC EURO SIGN, Currency symbol, Currency Symbols: EUR, euro, currency, EUR', '/char/U+20AC'),
                ('/?lang=en', 'Finds Unicode characters by words in their names.', '/'), ('/browse', 'Finds ', '/browse')):
            page = self.get(path).text()
            self.assertIn(f'<meta name="description" content="{description}', page)
            self.assertEqual(re.findall('rel="canonical" href="([^"]*)"', page), [canonical])
        self.assertNotIn('rel="canonical"', self.get('/?query=chess').text())

    def test_speaks_the_language_of_its_reader(self):
        def page(target, accepted=None):
            answer = self.get(target, **({'Accept_Language': accepted} if accepted else {}))
            return answer, re.search(r'<html lang="(\S+)" dir="(\S+)">', answer.text()).groups()
        for target, accepted, expected in (
                ('/', None, ('en', 'ltr')), ('/', 'de-AT', ('de', 'ltr')), ('/', 'ar;q=0.5,en;q=0.4', ('ar', 'rtl')),
                ('/', 'nl, ja;q=0.1', ('ja', 'ltr')), ('/', 'tlh', ('en', 'ltr')), ('/', 'en-GB,de', ('en', 'ltr')),
                ('/?lang=fr', 'de', ('fr', 'ltr')), ('/?lang=', 'de', ('en', 'ltr')), ('/?lang=en', 'de', ('en', 'ltr')),
                ('/?lang=nl', 'de', ('de', 'ltr')), ('/?lang=&lang=fr', 'de', ('en', 'ltr')), ('/?lang=nl,fr', 'de', ('fr', 'ltr')),
                ('/char/U+2657', 'ru', ('ru', 'ltr')), ('/browse', 'es', ('es', 'ltr')), ('/random', 'zh-TW', ('zh', 'ltr')),
                ('/?query=qqqqzzzz', 'pt-BR', ('pt', 'ltr'))):
            self.assertEqual(page(target, accepted)[1], expected, (target, accepted))
        tags = {page('/char/U+2657', accepted)[0]['ETag'] for accepted in ('de', 'fr', 'nl', 'nl,de', None)}
        self.assertEqual(len(tags), 5)
        german = page('/?query=chess', 'de')[0]
        self.assertEqual(self.status(german.text()), f'{german.text().count("<tr>") - 1} Treffer für „chess“')
        self.assertIn('Accept-Language', german['Vary'])
        self.assertEqual(german['Content-Language'], 'de')
        self.assertNotIn('Accept-Language', self.get('/api/v1/search?q=a')['Vary'])
        self.assertEqual(self.get('/?query=chess', Accept_Language='de', If_None_Match=german['ETag']).status, 304)
        self.assertEqual(self.get('/?query=chess', Accept_Language='fr', If_None_Match=german['ETag']).status, 200)
        self.assertIn('"glyph" lang="ja">直<', page('/?query=' + quoted('直'), 'de,ja')[0].text())
        # links keep what the browser does not ask for by itself
        self.assertIn('href="/char/U+2654?lang=fr%2Cde"', page('/?query=chess&lang=fr,de', 'ja')[0].text())
        self.assertNotIn('lang=', ''.join(re.findall('href="([^"]*)"', page('/?query=chess&lang=fr,de', 'fr,de')[0].text())))

    def test_has_keywords_of_several_languages(self):
        for words in ('schmetterling', 'papillon', 'butterfly'):
            for lang in ('lang=fr,de', 'lang=fr&lang=de', 'lang=&lang=de&lang=fr-CH'):
                answer = self.get(f'/api/v1/search?q={words}&{lang}').json()
                self.assertEqual(answer['results'][0]['name'], 'BUTTERFLY', (words, lang))
        self.assertEqual(self.get('/api/v1/search?q=a&lang=fr,xx').status, 400)
        self.assertEqual(self.get('/api/v1/search?q=a&lang=fr,de,ja,ko,zh').status, 400)
        link = self.get('/api/v1/search?q=letter&lang=fr&lang=de')['Link']
        self.assertIn('lang=fr%2Cde', link)

    def test_shows_what_is_new_and_what_there_may_be(self):
        page = self.get('/').text()
        link, count = re.search(r'<h2><a href="([^"]*)">New in Unicode [^<]*</a> <span class="count">(\d+)<', page).groups()
        self.assertTrue(self.status(self.get(html.unescape(link)).text()).endswith(f"of {count} matches for 'age:18.0'"))
        answers = [self.get('/random') for _ in range(8)]
        names = {re.search('<h2 id="details-name" lang="en">([^<]*)', answer.text())[1] for answer in answers}
        self.assertGreater(len(names), 4)
        for block, sample in re.findall(r'query=(block%3A[^"&]+)&amp;view=grid"><span[^>]*>([^<]+)<', page):
            found = self.get(f'/api/v1/search?q={block}&fields=char&limit=1000').json()['results']
            self.assertIn({'char': sample}, found)
        self.assertNotIn('<section id="start" class="browse">', self.get('/?query=rook').text())
        self.assertIn('<section id="start" class="browse">', self.get('/?query=nosuchword').text())
        self.assertEqual([name for name in names if re.match('(CJK|TANGUT) .*IDEOGRAPH-|HANGUL SYLLABLE', name)], [])
        self.assertEqual((answers[0]['Cache-Control'], answers[0]['ETag']), ('no-store', None))

    def test_has_names_of_html_and_variants(self):
        row = self.get('/api/v1/search?q=euro+sign&mode=wide&fields=name,entity').json()['results'][0]
        self.assertEqual(row, {'name': 'EURO SIGN', 'entity': 'euro'})
        self.assertIsNone(self.get('/api/v1/search?q=rook&fields=entity').json()['results'][0]['entity'])
        variants = self.get('/char/U+1F44B').text().partition('<h3>Variants</h3>')[2]
        self.assertEqual(len(re.findall('waving hand: [a-z-]+ skin tone', variants)), 5)

    def test_tells_all_of_a_character(self):
        page = self.get('/char/U+1F600').text()
        for text in ('GRINNING FACE', 'F0 9F 98 80', 'D83D DE00', '&amp;#x1F600;', '%F0%9F%98%80',
                     'Emoticons', 'Other symbol', 'rel="prev"', 'rel="next"', 'smile'):
            self.assertIn(text, page)
        self.assertIn('>LINE FEED<', self.get('/char/U+000A').text())
        self.assertIn('flag: Brazil', self.get('/char/U+1F1E7-U+1F1F7').text())
        self.assertEqual(self.get('/char/U+110000').status, 400)
        self.assertEqual(self.get('/char/<b>').status, 400)
        self.assertEqual(self.get('/char/U+0041-U+0042').status, 404)
        self.assertEqual(self.get('/char/U+D800').status, 200)

    def test_has_nothing_inline_and_nothing_from_elsewhere(self):
        for target in ('/?query=chess', '/char/U+2657'):
            page = self.get(target).text()
            page = re.sub(r'<a rel="external noreferrer" href="https://[^"]*"', '', page)  # which nobody fetches
            for url in re.findall(r'(?:src|href|action)="([^"]*)"', page):
                self.assertRegex(url, r'^(/(?!/)|#)', target)
            self.assertNotRegex(page, r'<style|\sstyle=|\son[a-z]+=|javascript:')
            for url in re.findall(r'"(/assets/[^"]+)"', page):
                asset = self.get(url)
                self.assertEqual(asset.status, 200, url)
                self.assertIn('immutable', asset['Cache-Control'])
        self.assertNotRegex(self.get('/assets/style.css').text(), r'url\(|@import')
        self.assertEqual(self.get('/assets/page.html').status, 404)


class HeadersTest(HttpTest):
    TARGETS = ('/', '/?query=chess', '/search?q=rook', '/api/v1/search?q=rook', '/api/v1/char/U+2657',
               '/api/v1/identify?text=a', '/char/U+2657', '/assets/style.css', '/openapi.json')

    def test_keep_browsers_from_doing_harm(self):
        for target in self.TARGETS + ('/nothing', '/healthz', '/search?limit=0'):
            answer = self.get(target)
            self.assertEqual(answer['X-Content-Type-Options'], 'nosniff', target)
            self.assertEqual(answer['Referrer-Policy'], 'no-referrer', target)
        for target in ('/', '/char/U+2657', '/?query=%22'):
            policy = self.get(target)['Content-Security-Policy']
            self.assertIn("default-src 'none'", policy)
            self.assertIn("frame-ancestors 'none'", policy)
            self.assertNotIn('unsafe', policy)

    def test_of_whole_addresses_are_those_of_the_host(self):
        for target in ('/opensearch.xml', '/robots.txt', '/sitemap.xml', '/sitemap/Arrows.xml', '/api/v1/suggest?q=rook'):
            tags = set()
            for host in ('a.example', 'b.example:8080'):
                answer = send(self.d, f'GET {target} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Proto: https\r\n\r\n'.encode(),
                              half_close=True)[0]
                self.assertIn(f'http://{host}/', answer.text())  # nobody has said that this proxy is to be trusted
                tags.add(answer['ETag'])
            self.assertEqual(len(tags), 2)

    def test_say_what_may_be_asked_before_it_is(self):
        for target in self.TARGETS + ('/search', '/metrics'):
            answer = self.get(target, 'OPTIONS', Origin='https://a.example', Access_Control_Request_Method='GET',
                              Access_Control_Request_Headers='if-none-match')
            self.assertEqual((answer.status, answer['Content-Length'], answer['Content-Type'], answer.body),
                             (204, None, None, b''), target)
            self.assertEqual(answer['Allow'], 'GET, HEAD, OPTIONS')
            self.assertEqual(answer['Access-Control-Allow-Origin'], '*')
            self.assertEqual(answer['Access-Control-Allow-Methods'], 'GET, HEAD, OPTIONS')
            self.assertEqual(answer['Access-Control-Allow-Headers'], '*')
        self.assertEqual(self.get('/nothing', 'OPTIONS').status, 404)
        with contextlib.closing(connect(self.d)) as s:  # and the connection goes on
            reader = Reader(s)
            s.sendall(request('/search?q=rook', 'OPTIONS') + request('/healthz'))
            self.assertEqual([reader.answer().status, reader.answer().text()], [204, 'ok\n'])

    def test_tell_the_type(self):
        for target, kind in (('/', 'text/html; charset=utf-8'), ('/search?q=a', 'application/json'),
                             ('/search', 'application/problem+json'), ('/nothing', 'application/problem+json'),
                             ('/assets/page.js', 'text/javascript; charset=utf-8'),
                             ('/assets/style.css', 'text/css; charset=utf-8'),
                             ('/favicon.ico', 'image/svg+xml'), ('/openapi.json', 'application/json'),
                             ('/metrics', 'text/plain; version=0.0.4; charset=utf-8')):
            self.assertEqual(self.get(target)['Content-Type'], kind)

    def test_of_head_are_those_of_get_and_there_is_no_body(self):
        for target in self.TARGETS + ('/healthz', '/nothing'):
            with contextlib.closing(connect(self.d)) as s:
                reader = Reader(s)
                s.sendall(request(target, 'HEAD') + request(target))
                head, whole = reader.answer(head=True), reader.answer()
            ignored = {'Date'} if whole['Content-Length'] else {'Date', 'Transfer-Encoding'}
            self.assertEqual([f for f in head.fields if f[0] not in ignored],
                             [f for f in whole.fields if f[0] not in ignored], target)
            self.assertEqual(head.status, whole.status)
        suite.checked(f'HEAD of {len(self.TARGETS) + 2} paths: the headers of GET, no body')

    def test_of_head_for_a_big_answer(self):
        with contextlib.closing(connect(self.d)) as s:
            reader = Reader(s)
            s.sendall(request(BIG, 'HEAD') + request('/healthz'))
            self.assertEqual(reader.answer(head=True).status, 200)
            self.assertEqual(reader.answer().text(), 'ok\n')

    def test_let_answers_be_cached(self):
        for target in self.TARGETS:
            for coding in ('identity', 'gzip'):
                first = self.get(target, Accept_Encoding=coding)
                tag = first['ETag']
                self.assertRegex(tag, r'^"[0-9a-f]{16}(-gz)?"$')
                self.assertEqual(first['Vary'].split(', ')[0], 'Accept-Encoding')
                for condition in (tag, f'W/{tag}', f'"x", {tag}', '*'):
                    again = self.get(target, Accept_Encoding=coding, If_None_Match=condition)
                    self.assertEqual((again.status, again.body, again['ETag']), (304, b'', tag))
                    self.assertEqual(again['Cache-Control'], first['Cache-Control'])
                for condition in ('"x"', tag[:-2] + '"', tag.strip('"')):
                    self.assertEqual(self.get(target, Accept_Encoding=coding,
                                              If_None_Match=condition).status, 200)
        self.assertNotEqual(self.get('/search?q=rook')['ETag'], self.get('/search?q=king')['ETag'])
        self.assertNotEqual(self.get('/search?q=rook')['ETag'],
                            self.get('/search?q=rook', Accept_Encoding='gzip')['ETag'])
        for target in ('/healthz', '/metrics', '/nothing'):
            self.assertEqual(self.get(target)['Cache-Control'], 'no-store')

    def test_tags_are_of_the_index_and_not_of_the_process(self):
        tag = self.get('/search?q=rook')['ETag']
        self.d.process.send_signal(signal.SIGHUP)
        daemon.wait_for(lambda: self.get('/version').json()['generation'] > 1, 'reload')
        self.assertEqual(self.get('/search?q=rook')['ETag'], tag)
        with daemon.Daemon(HTTP, AUTO) as other:
            self.assertEqual(get(other, '/search?q=rook')['ETag'], tag)


class EntityTagTest(unittest.TestCase):
    """What an answer may depend on, other than the request, changes its entity tag."""

    def tag(self, *arguments):
        with daemon.Daemon(HTTP, *arguments) as d:
            return get(d, '/search?q=rook')['ETag']

    def build(self, directory, name, *arguments):
        path = os.path.join(directory, name)
        subprocess.run(suite.program('mkcharindex') + ['--languages=en', *arguments, '-o', path,
                                                       suite.source('data')], check=True)
        return '--index=' + path

    def test_is_another_for_other_answers(self):
        with tempfile.TemporaryDirectory() as directory:
            synonyms = os.path.join(directory, 'synonyms.tsv')
            with open(synonyms, 'w', encoding='utf-8') as file:
                file.write('# ours\n# synonym\tof\nCASTLING PIECE\tU+2656\n')
            plain = self.build(directory, 'plain.db')
            again = self.build(directory, 'again.db')
            more = self.build(directory, 'more.db', '--synonyms=' + synonyms)
            self.assertEqual(self.tag(plain, AUTO), self.tag(again, AUTO))
            self.assertEqual(len({self.tag(plain, AUTO), self.tag(more, AUTO), self.tag(plain)}), 3)


class GzipTest(HttpTest):
    def test_is_for_big_answers_and_who_accepts_it(self):
        for target in ('/search?q=letter', '/?query=letter', BIG, '/assets/style.css'):
            plain = self.get(target)
            self.assertIsNone(plain['Content-Encoding'])
            packed = self.get(target, Accept_Encoding='deflate, gzip;q=0.8, br')
            self.assertEqual(packed['Content-Encoding'], 'gzip', target)
            self.assertEqual(packed.body, plain.body)
            self.assertLess(len(packed.raw_body), len(plain.body) / 2)
        for refusal in ('gzip;q=0', 'gzip; q=0.0', 'deflate', 'identity', 'xgzip', 'gzipx'):
            self.assertIsNone(self.get(BIG, Accept_Encoding=refusal)['Content-Encoding'], refusal)
        self.assertEqual(self.get(BIG, Accept_Encoding='gzip;q=0.001')['Content-Encoding'], 'gzip')
        self.assertIsNone(self.get('/search?q=white+bishop&limit=2',
                                   Accept_Encoding='gzip')['Content-Encoding'])

    def test_is_what_curl_understands(self):
        if not shutil.which('curl'):
            self.skipTest('no curl')
        url = 'http://%s:%d%s' % (*self.d.http(), BIG)
        whole = subprocess.run(['curl', '-sS', url], capture_output=True, check=True).stdout
        packed = subprocess.run(['curl', '-sS', '--compressed', url], capture_output=True,
                                check=True).stdout
        self.assertEqual(packed, whole)
        old = subprocess.run(['curl', '-sS', '--http1.0', url], capture_output=True, check=True).stdout
        self.assertEqual(old, whole)
        head = subprocess.run(['curl', '-sSI', '--max-time', '20', url], capture_output=True, check=True)
        self.assertIn(b'200 OK', head.stdout)


class ConnectionTest(HttpTest):
    def test_answers_requests_that_are_pipelined_in_their_order(self):
        with contextlib.closing(connect(self.d)) as s:
            reader = Reader(s)
            queries = ['rook', 'king', 'letter', 'cjk', 'queen', 'nosuchword'] * 3
            s.sendall(b''.join(request(f'/search?q={query}', 'HEAD' if i % 4 == 3 else 'GET')
                               for i, query in enumerate(queries)))
            for i, query in enumerate(queries):
                answer = reader.answer(head=i % 4 == 3)
                if i % 4 != 3:
                    self.assertEqual(len(answer.json()), len(self.rows(query)))
        suite.checked(f'{len(queries)} pipelined requests answered in order')

    def test_answers_the_same_however_the_request_arrives(self):
        data = request('/search?q=white%20bishop', X_Something='y')
        whole = self.get('/search?q=white%20bishop').body
        for i in range(1, len(data)):
            with contextlib.closing(connect(self.d)) as s:
                for piece in (data[:i], data[i:]):
                    s.sendall(piece)
                    daemon.wait_for(lambda: daemon.has_been_read(s), 'reading')
                self.assertEqual(Reader(s).answer().body, whole)
        suite.checked(f'a request split in {len(data) - 1} ways')

    def test_answers_who_has_closed_its_side_already(self):
        whole = self.get(BIG).body
        answers = send(self.d, request('/search?q=rook') + request(BIG), half_close=True)
        self.assertEqual(len(answers), 2)
        self.assertEqual(answers[1].body, whole)

    def test_speaks_the_old_protocol(self):
        rook = self.get('/search?q=rook').body
        with contextlib.closing(connect(self.d)) as s:
            s.sendall(b'GET /search?q=rook HTTP/1.0\r\n\r\n')
            answer = Reader(s).answer()
            self.assertEqual(answer.body, rook)
            self.assertEqual(Reader(s).rest(), b'')
        with contextlib.closing(connect(self.d)) as s:
            reader = Reader(s)
            s.sendall(b'GET /search?q=rook HTTP/1.0\r\nConnection: keep-alive\r\n\r\n' * 2)
            self.assertEqual(reader.answer()['Connection'], 'keep-alive')
            self.assertEqual(reader.answer().body, rook)
        with contextlib.closing(connect(self.d)) as s:
            s.sendall(b'GET /search?q=cjk HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')
            answer = Reader(s).answer()  # as long as the connection
            self.assertEqual(len(answer.json()), len(self.rows('cjk')))

    def test_closes_when_asked_to(self):
        with contextlib.closing(connect(self.d)) as s:
            reader = Reader(s)
            s.sendall(request('/search?q=rook', Connection='close'))
            self.assertEqual(reader.answer()['Connection'], 'close')
            self.assertEqual(reader.rest(), b'')

    def test_is_counted_and_logged(self):
        with daemon.Daemon(HTTP, AUTO, '--workers=2', '--verbose') as d:
            for target in ('/search?q=rook', '/nothing', '/?query=king', '/search?q=%22a'):
                get(d, target)
            tag = get(d, '/search?q=rook')['ETag']
            get(d, '/search?q=rook', If_None_Match=tag)
            send(d, b'junk\r\n\r\n')
            daemon.wait_for(lambda: watch.counters(d)['charfinder_connections_open{face="http"}'] == 0,
                            'end of the connections')
            metrics = get(d, '/metrics').text()
            counters = watch.parse(metrics)
            self.assertEqual(set(counters), set(watch.counters(d)))
            for name, value in {'requests_total{class="2xx"}': 3, 'requests_total{class="3xx"}': 1,
                                'requests_total{class="4xx"}': 3, 'requests_total{class="5xx"}': 0,
                                'not_modified_total': 1}.items():
                self.assertEqual(counters['charfinder_http_' + name], value, name)
            self.assertEqual(counters['charfinder_connections_accepted_total{face="http"}'], 8)
            self.assertEqual(counters['charfinder_connections_open{face="http"}'], 1)
            self.assertEqual(counters['charfinder_queries_total'], 4)
            self.assertGreater(counters['charfinder_sent_bytes_total{face="http"}'], 2000)
            self.assertIn('answered status=200 client=127.0.0.1 method=GET target=/search?q=rook\n', d.stderr())
            get(d, '/a\\x0a')  # which must not be taken for an escape in the log
            daemon.wait_for(lambda: ' target=/a\\x5cx0a\n' in d.stderr(), 'the target, escaped')
            self.assertEqual(watch.close_reasons(d).count('bad-request'), 1)

    def test_says_how_it_is(self):
        self.assertEqual((self.get('/healthz').status, self.get('/healthz').text()), (200, 'ok\n'))
        self.assertEqual(self.get('/readyz').text(), 'ok\n')
        version = self.get('/version').json()
        self.assertEqual((version['name'], version['unicode']), ('charfinder', '18.0.0'))


class RefusalTest(HttpTest):
    """What is no proper request is refused, and the connection is closed: nothing that comes
    after it is taken for a request."""

    LATER = request('/healthz')

    def refused(self, data, status):
        answers = send(self.d, data + self.LATER)
        self.assertEqual([answer.status for answer in answers], [status], data[:200])
        self.assertEqual(answers[0]['Connection'], 'close')
        self.assertEqual(answers[0]['Content-Type'], 'application/problem+json')
        problem = answers[0].json()
        self.assertEqual(problem['status'], status)
        self.assertTrue(problem['detail'])

    def test_of_what_others_may_understand_otherwise(self):
        start = b'GET /search?q=rook HTTP/1.1\r\nHost: a\r\n'
        cases = {
            'a bare LF after the request line': start.replace(b'1.1\r\n', b'1.1\n') + b'\r\n',
            'a bare LF after a header': start.replace(b'a\r\n', b'a\n') + b'\r\n',
            'a bare LF at the end': start + b'\n',
            'a bare CR': start + b'X: a\rb\r\n\r\n',
            'a space before the colon': start.replace(b'Host:', b'Host :') + b'\r\n',
            'a space before the name': start + b' X: y\r\n\r\n',
            'a folded line': start + b'X: y\r\n z\r\n\r\n',
            'no name': start + b': y\r\n\r\n',
            'no colon': start + b'Xy\r\n\r\n',
            'a NUL': start + b'X: a\0b\r\n\r\n',
            'a NUL in the name': start + b'X\0: b\r\n\r\n',
            'Content-Length': start + b'Content-Length: 0\r\n\r\n',
            'Content-Length twice': start + b'Content-Length: 0\r\nContent-Length: 0\r\n\r\n',
            'Content-Length twice, differing': start + b'Content-Length: 0\r\nContent-Length: 9\r\n\r\n',
            'Transfer-Encoding': start + b'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
            'both': start + b'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
            'no Host': b'GET / HTTP/1.1\r\n\r\n',
            'Host twice': start + b'Host: a\r\n\r\n',
            'no version': b'GET /healthz\r\n\r\n',
            'junk': b'\xff\xfe\x00\r\n\r\n',
            'a TLS handshake': b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
            'a prompt query': b'white bishop\r\n',
            'no slash': b'GET healthz HTTP/1.1\r\nHost: a\r\n\r\n',
        }
        for what, data in cases.items():
            with self.subTest(what):
                self.refused(data, 400)
        suite.checked(f'{len(cases)} malformed requests refused, and what followed them')

    def test_of_other_versions(self):
        for version in ('HTTP/2.0', 'HTTP/1.2', 'HTTP/1.999', 'HTTP/0.9'):
            self.refused(f'GET /healthz {version}\r\nHost: a\r\n\r\n'.encode(), 505)
        for version in ('HTTP/1.1 HTTP/1.1', 'HTTP/1', 'http/1.1', 'HTTP/1.1x'):
            self.refused(f'GET /healthz {version}\r\nHost: a\r\n\r\n'.encode(), 400)

    def test_of_expectations(self):
        self.refused(b'GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n', 417)

    def test_of_bodies(self):
        start = b'GET /search?q=rook HTTP/1.1\r\nHost: a\r\n'
        self.refused(start + b'Content-Length: 5\r\n\r\nhello', 413)
        self.refused(start + b'Content-Length: %d\r\n\r\n' % len(self.LATER), 413)
        self.refused(start + b'Content-Length: 99999999999999999999\r\n\r\n', 413)
        self.refused(start + b'Content-Length: -1\r\n\r\n', 400)

    def test_comes_after_the_answers_to_what_was_before(self):
        answers = send(self.d, request('/search?q=rook') * 3 + b'GET / HTTP/1.1\nHost: a\r\n\r\n'
                       + self.LATER)
        self.assertEqual([answer.status for answer in answers], [200, 200, 200, 400])

    def test_of_other_methods(self):
        for method in ('POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'):
            self.refused(f'{method} / HTTP/1.1\r\nHost: a\r\n\r\n'.encode(), 405)
            answer = self.get('/', method)
            self.assertEqual(answer['Allow'], 'GET, HEAD, OPTIONS')
        for method in ('BREW', 'get', 'PROPFIND', 'G'):
            self.refused(f'{method} /abcdefgh HTTP/1.1\r\nHost: a\r\n\r\n'.encode(), 501)
        self.refused(b'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n' + b'x' * 100000, 413)

    def test_reaches_who_goes_on_sending(self):
        for _ in range(20):
            answers = send(self.d, b'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n'
                           + b'x' * 300000)
            self.assertEqual([answer.status for answer in answers], [413])

    def test_of_what_is_too_long(self):
        self.refused(request('/healthz', X='y' * 20000), 431)
        self.refused(b'GET /?query=' + b'a' * 20000 + b' HTTP/1.1\r\nHost: a\r\n\r\n', 431)
        self.refused(b'x' * 40000, 431)
        self.refused(b'GET / HTTP/1.1\r\nHost: a\r\n' + b'X: y\r\n' * 5000 + b'\r\n', 431)
        self.assertEqual(self.get('/search?q=' + quoted('é' * 2048)).status, 200)
        self.assertEqual(self.get('/search?q=' + quoted('é' * 2049)).status, 400)

    def test_of_parameters(self):
        cases = {
            '/search': 'q', '/search?q=a&q=b': 'q', '/search?q=%FF': 'q', '/search?q=%': 'q',
            '/search?q=%C0%80': 'q', '/search?q=%ED%A0%80': 'q', '/search?q=a&limit=0': 'limit',
            '/search?q=a&limit=x': 'limit', '/search?q=a&limit=-1': 'limit', '/search?q=a&limit=': 'limit',
            '/search?q=a&limit=9999999999': 'limit', '/search?q=a&from=0': 'from',
            '/search?q=a&lang=xx': 'lang', '/search?q=a&mode=deep': 'mode', '/search?q=a&foo=1': 'foo',
            '/api/v1/search': 'q', '/api/v1/search?q=a&limit=1001': 'limit',
            '/api/v1/search?q=a&facets=2': 'facets', '/api/v1/identify': 'text',
            '/api/v1/char/U+ZZ': 'code', '/api/v1/char/': 'code', '/api/v1/char/U+110000': 'code',
        }
        for target, name in cases.items():
            answer = self.get(target)
            self.assertEqual(answer.status, 400, target)
            problem = answer.json()
            self.assertEqual(problem['parameter'], name, target)
            self.assertRegex(problem['detail'], r'\.$')
        wrong = self.get('/api/v1/search?q=' + quoted('é "a')).json()
        self.assertEqual((wrong['parameter'], wrong['column']), ('q', 3))
        self.assertEqual(self.get('/?query=a&utm_source=x').status, 200)
        suite.checked(f'{len(cases)} wrong parameters named')

    def test_of_filters(self):
        for name, advice in (('cat', 'a general category, as Sm; /api/v1/categories has all'),
                             ('script', 'a script, as Greek; /api/v1/scripts has all'),
                             ('block', 'a block, as Arrows; /api/v1/blocks has all'),
                             ('age', 'a version of Unicode, as 15.1 or >=15; /api/v1/versions has all')):
            for value in ('', 'nosuch'):
                detail = self.get(f'/api/v1/search?q=a&{name}={value}').json()['detail']
                self.assertEqual(detail, f"The parameter '{name}' is {advice}.")
        most = '/api/v1/search?q=arrow&limit=1&from=1&lang=fr&lang=de&mode=wide&facets=false&fields=name&typing=false' + 16 * '&cat=Sm'
        self.assertEqual(self.get(most).status, 200)
        problem = self.get(most + '&cat=Sm').json()
        self.assertEqual((problem['parameter'], problem['detail']), ('cat', 'There are more than 16 filters.'))


class LimitsTest(HttpTest):
    def test_of_clients_are_shared_with_the_prompt(self):
        with daemon.Daemon(HTTP, AUTO, '--max-clients=3', '--workers=1') as d, contextlib.ExitStack() as stack:
            for _ in range(2):
                s = stack.enter_context(contextlib.closing(connect(d)))
                s.sendall(request('/healthz'))
                self.assertEqual(Reader(s).answer().status, 200)
            s = stack.enter_context(contextlib.closing(d.connect()))
            daemon.read_until(s, b'?> ')
            refused = send(d, b'')
            self.assertEqual([answer.status for answer in refused], [503])
            self.assertEqual(refused[0]['Retry-After'], '5')
            self.assertEqual(d.reply(b'rook\n'), b'Error: too many clients\r\n')
            self.assertEqual(watch.counters(d)['charfinder_connections_refused_total{reason="max-clients"}'], 2)

    def test_of_clients_of_one_address(self):
        with daemon.Daemon(HTTP, AUTO, '--max-clients-per-address=2') as d, contextlib.ExitStack() as stack:
            s = stack.enter_context(contextlib.closing(d.connect()))
            daemon.read_until(s, b'?> ')
            s = stack.enter_context(contextlib.closing(connect(d)))
            s.sendall(request('/healthz'))
            self.assertEqual(Reader(s).answer().status, 200)
            self.assertEqual([answer.status for answer in send(d, b'')], [503])
            with contextlib.closing(connect(d, source='127.0.0.2')) as other:
                other.sendall(request('/healthz'))
                self.assertEqual(Reader(other).answer().status, 200)
            s.close()
            daemon.wait_for(lambda: self.is_let_in(d), 'place')

    @staticmethod
    def is_let_in(d):
        with contextlib.suppress(ConnectionError, EOFError):
            return get(d, '/healthz').status == 200

    def test_of_time(self):
        with daemon.Daemon(HTTP, AUTO, '--idle-timeout=1', '--line-timeout=1', '--answer-timeout=1') as d, \
                contextlib.ExitStack() as stack:
            def client(data):
                s = stack.enter_context(contextlib.closing(connect(d)))
                s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                s.sendall(data)
                return s

            silent, half = client(b''), client(request('/healthz')[:-2])
            after = client(request('/healthz') + b'GET')
            slow = client(request(BIG))
            began = time.monotonic()
            # a byte now and then does not help
            dribbling = client(b'GET / HTTP/1.1\r\nX: ')
            while not daemon.select.select([dribbling], [], [], 0.05)[0]:
                self.assertLess(time.monotonic() - began, daemon.DEADLINE)
                with contextlib.suppress(OSError):
                    dribbling.sendall(b'x')
            for s in (silent, half):
                self.assertEqual(Reader(s).rest(), b'')
            reader = Reader(after)
            self.assertEqual(reader.answer().status, 200)
            self.assertEqual(reader.rest(), b'')
            daemon.wait_for(lambda: len(watch.closed(d)) == 5, 'end of all connections')
            self.assertEqual(watch.close_reasons(d), ['answer-timeout', 'idle-timeout', 'line-timeout',
                                                      'line-timeout', 'line-timeout'])
            slow.close()

    def test_of_memory_for_who_does_not_read(self):
        with daemon.Daemon(HTTP, AUTO, '--workers=1') as d, contextlib.ExitStack() as stack:
            get(d, BIG)
            before = watch.memory(d)
            clients = [stack.enter_context(contextlib.closing(connect(d))) for _ in range(20)]
            for s in clients:
                s.sendall(request(BIG) * 3)
            daemon.wait_for(lambda: watch.counters(d)['charfinder_queries_total'] == 21, 'queries')
            # nor is what they send queued
            for s in clients:
                s.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    while True:
                        s.send(request('/healthz') * 100)
            grown = (watch.memory(d) - before) / len(clients)
            if not watch.is_instrumented(d):
                self.assertLess(grown, 400 * 1024)
            self.assertEqual(get(d, '/healthz').status, 200)
            d.send_signal(signal.SIGINT)
            d.send_signal(signal.SIGTERM)
        suite.checked(f'{grown / 1024:.0f} KB for a client that reads nothing of 16 MB, and sends on')

    def test_of_work_for_who_only_waits(self):
        """Connections in every state, their clients doing nothing: the daemon rests."""
        with daemon.Daemon(HTTP, AUTO, '--workers=1') as d, contextlib.ExitStack() as stack:
            for data in (request(BIG) * 3 + request('/healthz') * 5000, b'GET / HT',
                         b'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n', request('/healthz')):
                s = stack.enter_context(contextlib.closing(connect(d)))
                s.setblocking(False)
                s.send(data)
            daemon.wait_for(lambda: watch.counters(d)['charfinder_http_requests_total{class="4xx"}'] == 1,
                            'answers')
            before = cpu_seconds(d)
            time.sleep(1)  # of rest, if all is well
            self.assertLess(cpu_seconds(d) - before, 0.5)
            d.send_signal(signal.SIGINT)
            d.send_signal(signal.SIGTERM)

    def test_of_descriptors(self):
        with daemon.Daemon(HTTP, AUTO, '--workers=1') as d:
            get(d, '/healthz')
            open_now = watch.descriptors(d)
            _, hard = resource.prlimit(d.process.pid, resource.RLIMIT_NOFILE)
            resource.prlimit(d.process.pid, resource.RLIMIT_NOFILE, (open_now, hard))
            with contextlib.ExitStack() as stack:
                waiting = [stack.enter_context(contextlib.closing(connect(d))) for _ in range(3)]
                for s in waiting:
                    s.sendall(request('/healthz'))
                daemon.wait_for(lambda: watch.counters(d)['charfinder_errors_total{kind="accept"}'] > 2,
                                'failures to accept')
                self.assertEqual(d.stderr().count('accepting pauses'), 1)
                resource.prlimit(d.process.pid, resource.RLIMIT_NOFILE, (hard, hard))
                for s in waiting:
                    self.assertEqual(Reader(s).answer().status, 200)
            self.assertLess(watch.counters(d)['charfinder_errors_total{kind="accept"}'], 1000)


class ProxyTest(HttpTest):
    arguments = ('--verbose', '--trusted-proxy=127.0.0.1', '--trusted-proxy=::ffff:10.0.0.8/125',
                 '--trusted-proxy=2001:db8::9')

    def client(self, *forwarded, source=None):
        """The client that the log names."""
        before = len(self.d.stderr())
        fields = ''.join(f'X-Forwarded-For: {line}\r\n' for line in forwarded)
        with contextlib.closing(connect(self.d, source)) as s:
            s.sendall(f'GET /healthz HTTP/1.1\r\nHost: a\r\n{fields}\r\n'.encode())
            self.assertEqual(Reader(s).answer().status, 200)
        # said when the answer has been handed to the system
        return daemon.wait_for(lambda: re.search(r' client=(\S+) ', self.d.stderr()[before:]),
                               'line in the log')[1]

    def test_is_believed_if_it_is_trusted(self):
        self.assertEqual(self.client(), '127.0.0.1')
        self.assertEqual(self.client('192.0.2.1'), '192.0.2.1')
        self.assertEqual(self.client('192.0.2.1:4711'), '192.0.2.1')
        self.assertEqual(self.client('[2001:db8::1]:4711'), '2001:db8::1')
        self.assertEqual(self.client('2001:DB8::1'), '2001:db8::1')
        self.assertEqual(self.client('192.0.2.1', source='127.0.0.2'), '127.0.0.2')

    def test_says_how_its_clients_reach_us(self):
        for said, scheme in (('https', 'https'), ('HTTPS', 'https'), ('http', 'http'), ('httpsx', 'http')):
            self.assertIn(f'Sitemap: {scheme}://localhost/sitemap.xml', self.get('/robots.txt', X_Forwarded_Proto=said).text())

    def test_is_not_believed_what_its_client_may_have_made_up(self):
        self.assertEqual(self.client('6.6.6.6, 192.0.2.1'), '192.0.2.1')
        self.assertEqual(self.client('6.6.6.6', '192.0.2.1'), '192.0.2.1')
        self.assertEqual(self.client('6.6.6.6, 192.0.2.1, 10.0.0.9'), '192.0.2.1')
        self.assertEqual(self.client('192.0.2.1', '2001:db8::9'), '192.0.2.1')
        self.assertEqual(self.client('6.6.6.6, unknown'), '127.0.0.1')
        self.assertEqual(self.client('6.6.6.6, unknown, 10.0.0.9'), '10.0.0.9')
        self.assertEqual(self.client('6.6.6.6,'), '127.0.0.1')

    def test_has_limits_for_its_clients_and_none_for_itself(self):
        with daemon.Daemon(HTTP, AUTO, '--max-clients-per-address=1', '--trusted-proxy=127.0.0.1',
                           '--workers=1') as d, contextlib.ExitStack() as stack:
            def answer(client):
                s = stack.enter_context(contextlib.closing(connect(d)))
                s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                s.sendall(request(BIG, X_Forwarded_For=client))
                return int(daemon.read_until(s, b'').split()[1])

            self.assertEqual([answer(client) for client in ('192.0.2.1', '192.0.2.2', '192.0.2.1')],
                             [200, 200, 429])
            d.send_signal(signal.SIGINT)
            d.send_signal(signal.SIGTERM)

    def test_must_be_an_address(self):
        for wrong in ('localhost', '1.2.3', ''):
            result = subprocess.run(suite.program('charfinderd') + [f'--trusted-proxy={wrong}'],
                                    capture_output=True, text=True)
            self.assertEqual(result.returncode, 2)
            self.assertIn('--trusted-proxy', result.stderr)


class DrainTest(HttpTest):
    def test_delivers_what_has_been_asked(self):
        whole = self.get(BIG).body
        with daemon.Daemon(HTTP, AUTO, '--workers=2') as d, contextlib.ExitStack() as stack:
            idle = stack.enter_context(contextlib.closing(connect(d)))
            idle.sendall(request('/healthz'))
            self.assertEqual(Reader(idle).answer().status, 200)
            readers = []
            for _ in range(4):
                s = stack.enter_context(contextlib.closing(connect(d)))
                s.sendall(request(BIG) + request('/readyz') + request('/search?q=rook'))
                reader = Reader(s)
                reader.more()
                readers.append(reader)
            d.send_signal()
            daemon.wait_for(d.says_that_it_shuts_down, 'shutdown')
            self.assertEqual(Reader(idle).rest(), b'')
            for reader in readers:
                self.assertEqual(reader.answer().body, whole)
                ready = reader.answer()
                self.assertEqual((ready.status, ready.text()), (503, 'draining\n'))
                self.assertIsNone(ready['Connection'])
                last = reader.answer()
                self.assertEqual(last.status, 200)
                self.assertEqual(last['Connection'], 'close')
                self.assertEqual(reader.rest(), b'')
            self.assertEqual(d.wait(), 0)
            with self.assertRaises(ConnectionRefusedError):
                connect(d)
        suite.checked(f'4 answers of {len(whole)} bytes delivered whole while draining')

    def test_resets_nobody_who_has_connected(self):
        """Those in the queue get their answer; nobody sees a reset."""
        with daemon.Daemon(HTTP, AUTO, '--workers=1') as d, contextlib.ExitStack() as stack:
            get(d, '/healthz')
            d.process.send_signal(signal.SIGSTOP)
            clients = [stack.enter_context(contextlib.closing(connect(d))) for _ in range(50)]
            for s in clients:
                s.sendall(request('/search?q=rook'))
            d.send_signal()
            d.process.send_signal(signal.SIGCONT)
            for s in clients:
                reader = Reader(s)
                self.assertEqual(reader.answer().status, 200)
                self.assertEqual(reader.rest(), b'')
        suite.checked('50 clients in the queue answered after SIGTERM')

    def test_waits_for_the_stuck_until_the_deadline(self):
        with daemon.Daemon(HTTP, AUTO, '--shutdown-timeout=1') as d, contextlib.closing(connect(d)) as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            s.sendall(request(BIG))
            daemon.read_until(s, b'')
            d.send_signal()
            self.assertEqual(d.wait(), 0)
            self.assertIn('reason=shutdown-timeout', d.stderr())

    def test_reload_leaves_answers_alone(self):
        whole = self.get(BIG).body
        with daemon.Daemon(HTTP, AUTO, '--workers=1') as d, contextlib.closing(connect(d)) as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
            s.sendall(request(BIG) + request('/version'))
            reader = Reader(s)
            reader.more()
            d.process.send_signal(signal.SIGHUP)
            daemon.wait_for(lambda: get(d, '/version').json()['generation'] == 2, 'reload')
            self.assertEqual(reader.answer().body, whole)
            self.assertEqual(reader.answer().json()['generation'], 2)
            s.close()
            daemon.wait_for(lambda: watch.mappings(d, 'charindex.db') == 1, 'end of the old index')


class StartTest(HttpTest):
    def test_is_off_unless_asked_for(self):
        with daemon.Daemon() as d:
            self.assertNotIn('HTTP', d.stdout())

    def test_says_where(self):
        arguments = [HTTP, HTTP] + (['--http=[::1]:0'] if daemon.has_ipv6() else [])
        with daemon.Daemon(*arguments) as d:
            urls = re.findall(r'^HTTP on (http://\S+/)$', d.stdout(), re.M)
            self.assertEqual(len(urls), len(arguments))
            for host, port in daemon.HTTP.findall(d.stdout()):
                with contextlib.closing(socket.create_connection((host.strip('[]'), int(port)))) as s:
                    s.sendall(request('/healthz'))
                    self.assertEqual(Reader(s).answer().text(), 'ok\n')

    def test_is_spoken_on_sockets_of_the_service_manager_that_are_named_so(self):
        with socket.create_server(('127.0.0.1', 0)) as listening:
            port = listening.getsockname()[1]
            command = 'exec 3<&%d; LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=http exec "$@"'
            process = subprocess.Popen(
                ['sh', '-c', command % listening.fileno(), 'sh', *suite.program('charfinderd'),
                 '--index=' + suite.database(), '--workers=1'],
                pass_fds=[listening.fileno()], stdout=subprocess.PIPE, text=True)
        try:
            line = process.stdout.readline()
            if suite.wrap():
                self.skipTest('a wrapper has a number of its own')
            self.assertEqual(line, f'HTTP on http://127.0.0.1:{port}/\n')
            with contextlib.closing(socket.create_connection(('127.0.0.1', port))) as s:
                s.sendall(request('/healthz', Connection='close'))
                self.assertEqual(Reader(s).answer().text(), 'ok\n')
        finally:
            process.terminate()
            self.assertEqual(process.wait(daemon.DEADLINE), 0)
            process.stdout.close()

    def test_is_refused_where_it_cannot_be(self):
        with daemon.Daemon(HTTP, AUTO) as d:
            for wrong in ('nonsense', '127.0.0.1', '127.0.0.1:0,balancer', '%s:%d' % d.http()):
                result = subprocess.run(suite.program('charfinderd') + ['--index=' + suite.database(),
                                        f'--http={wrong}', '127.0.0.1', '0'],
                                        capture_output=True, text=True, timeout=daemon.DEADLINE)
                self.assertNotEqual(result.returncode, 0)
                self.assertRegex(result.stderr, r'\A[^\n]+\n\Z')
            result = subprocess.run(suite.program('charfinderd') + ['--index=' + suite.database(),
                                    '--check', '--http=127.0.0.1:80'], capture_output=True, text=True)
            self.assertIn('would listen on 127.0.0.1:80, for http\n', result.stdout)


class LoadTest(HttpTest):
    arguments = ('--workers=2',)

    def test_thousands_come_and_go(self):
        rounds = 3 if suite.wrap() else 40
        expected = self.get('/search?q=rook').body
        answered = 0
        for _ in range(rounds):
            with contextlib.ExitStack() as stack:
                clients = [stack.enter_context(contextlib.closing(connect(self.d))) for _ in range(50)]
                for i, s in enumerate(clients):
                    s.sendall(request('/search?q=rook') * (1 + i % 3))
                    if i % 7 == 6:
                        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
                        s.close()  # with a reset
                for i, s in enumerate(clients):
                    reader = Reader(s) if i % 7 != 6 else None
                    for _ in range(1 + i % 3 if reader else 0):
                        self.assertEqual(reader.answer().body, expected)
                        answered += 1
        daemon.wait_for(lambda: watch.counters(self.d)['charfinder_connections_open{face="http"}'] == 0,
                        'end of the connections')
        suite.checked(f'{answered} answers on {rounds * 50} connections, some reset, all exact')


if __name__ == '__main__':
    suite.main()
