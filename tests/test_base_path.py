#!/usr/bin/env python3
"""charfinderd as a part of a site (--http-base): whatever has a link, and the proxies that doc/OPERATING.md
shows, with a person before one of them."""

import contextlib
import http.client
import re
import subprocess
import unittest
import urllib.parse

import daemon
import proxies
import suite
import web_client
from web import browser

BASE = '/chars'
ADDRESS = re.compile(r'(?:href|src|action|template)="([^"]*)"|"(?:search|next|src|id|start_url)": ?"([^"]*)"|'
                     r'<loc>([^<]*)|<Image[^>]*>([^<]*)|(?m:^(?:Sitemap|Disallow): (.*)$)|see (/[^"]*\.\w+)')
ELSEWHERE = ('https://www.unicode.org/', 'wikipedia.org/wiki/', '#')

# Of each kind of answer with a link one, and how many it has at least.
LINKED = {
    '/': 30, '/?query=chess': 60, '/?query=smilng': 10, '/?query=zzzz+chess&lang=fr': 10, '/?query=cjk&from=201': 200,
    '/?query=chess&cat=So': 50, '/char/U+2657?query=chess': 10, '/char/U+2657?query=chess&lang=de': 10, '/char/U+0041': 20,
    '/U+2657': 10, '/random': 8, '/browse': 500, '/char/U+0378-U+0378': 8, '/?query=%22': 8,
    '/api/v1/search?q=cjk&limit=3&from=9': 1, '/api/v1/blocks': 300, '/api/v1/versions': 20,
    '/robots.txt': 5, '/sitemap.xml': 300, '/sitemap/Arrows.xml': 100, '/opensearch.xml': 3, '/manifest.webmanifest': 3,
    '/sitemap/nosuch.xml': 1, '/nosuch': 1, '/search?q=rook&x=1': 1,
}
WITHOUT = ('/search?q=rook', '/api/v1/char/U+20AC', '/api/v1/languages', '/names.txt', '/version', '/healthz', '/readyz',
           '/metrics', '/favicon.ico', '/worker.js', '/assets/style.css', '/assets/page.js')


def addresses(text):
    """All in it that lead to this server."""
    found = [next(filter(None, groups), '') for groups in ADDRESS.findall(text)]
    return [address.removeprefix('http://localhost') for address in found
            if address and not any(other in address or address.startswith(other) for other in ELSEWHERE)]


class LinkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.d = cls.enterClassContext(daemon.Daemon('--http=127.0.0.1:0', '--mode=auto', f'--http-base={BASE}'))

    def get(self, target, *arguments, **fields):
        return web_client.get(self.d, target, *arguments, **fields)

    def test_each_begins_with_the_base_path(self):
        total = 0
        for target, least in LINKED.items():
            with self.subTest(target):
                found = addresses(self.get(BASE + target).text())
                self.assertGreaterEqual(len(found), least)
                self.assertEqual([address for address in found if not address.startswith(BASE + '/')], [])
                total += len(found)
        suite.checked(f'{total} links under a base path')

    def test_each_of_the_api_too(self):
        answer = self.get(BASE + '/api/v1/search?q=cjk&limit=3&from=9')
        links = re.findall('<([^>]*)>', answer['Link']) + [answer.json()['next']]
        self.assertEqual(len(links), 4)
        links += self.get(BASE + '/api/v1/suggest?q=che').json()[3]
        links += self.get(BASE + '/openapi.json').json()['paths']
        links += re.findall('<([^>]*)>', self.get(BASE + '/search?q=cjk&limit=3')['Link'])
        for link in links:
            self.assertRegex(link, f'^(http://localhost)?{BASE}/')

    def test_each_leads_somewhere(self):
        for target in ('/', '/char/U+2657?query=chess', '/api/v1/search?q=cjk&limit=3', '/manifest.webmanifest', '/opensearch.xml'):
            for address in sorted(set(addresses(self.get(BASE + target).text()))):
                address = address.replace('{searchTerms}', 'rook').replace('&amp;', '&')
                self.assertEqual(self.get(address).status, 200, address)

    def test_nothing_is_beside_it(self):
        for target in (*LINKED, *WITHOUT):
            self.assertEqual(self.get(target).status, 404, target)
        for target in WITHOUT:
            self.assertEqual(self.get(BASE + target).status, 200, target)
        for target in ('/charsx', '/chars%2F', '/Chars/', '//chars/', '/chars/chars/', '/char'):
            self.assertEqual(self.get(target).status, 404, target)

    def test_it_leads_to_itself_with_a_slash(self):
        for query in ('', '?query=white+bishop'):
            answer = self.get(BASE + query)
            self.assertEqual((answer.status, answer['Location']), (301, f'{BASE}/{query}'))
            self.assertEqual(self.get(answer['Location']).status, 200)
        self.assertEqual(self.get(BASE, 'HEAD')['Location'], BASE + '/')

    def test_an_etag_is_that_of_the_base_path(self):
        with daemon.Daemon('--http=127.0.0.1:0', '--mode=auto') as other:
            tag = web_client.get(other, '/browse')['ETag']
        self.assertNotEqual(self.get(BASE + '/browse')['ETag'], tag)
        self.assertEqual(self.get(BASE + '/browse', If_None_Match=tag).status, 200)

    def test_a_probe_knows_it_and_the_address_for_admins_has_none(self):
        with daemon.Daemon('--http=127.0.0.1:0', '--admin=127.0.0.1:0', f'--http-base={BASE}') as d:
            host, port = re.search(r'Metrics and health on http://(.+):(\d+)/', d.stdout()).groups()
            connection = http.client.HTTPConnection(host, int(port), timeout=daemon.DEADLINE)
            with contextlib.closing(connection):
                connection.request('GET', '/healthz')
                self.assertEqual(connection.getresponse().status, 200)
            self.assertEqual(self.probe(int(port), '--admin=127.0.0.1:0', f'--http-base={BASE}'), 0)
        self.assertEqual(self.probe(self.d.http()[1], f'--http-base={BASE}'), 0)
        self.assertEqual(self.probe(self.d.http()[1]), 1)

    def probe(self, port, *arguments):
        command = suite.program('charfinderd') + [*arguments, f'--probe=http://127.0.0.1:{port}']
        return subprocess.run(command, capture_output=True, timeout=4 * daemon.DEADLINE).returncode


class ProxyTest(proxies.ProxyTest, browser.BrowserTest):
    """Behind nginx and HAProxy, which pass on what is under the path."""

    def get(self, port, target):
        connection = http.client.HTTPConnection('localhost', port, timeout=daemon.DEADLINE)
        with contextlib.closing(connection):
            connection.request('GET', target)
            answer = connection.getresponse()
            return answer.status, answer.getheader('Location'), answer.read().decode()

    def check(self, port):
        status, location, _ = self.get(port, BASE)
        self.assertEqual(status, 301)
        self.assertEqual(urllib.parse.urlsplit(location).path, BASE + '/')
        self.assertIn('WHITE CHESS BISHOP', self.get(port, BASE + '/?query=white+bishop')[2])
        self.assertIn(f'Sitemap: http://localhost:{port}{BASE}/sitemap.xml', self.get(port, BASE + '/robots.txt')[2])
        self.assertEqual(self.get(port, '/')[2].strip(), 'the rest of the site')

    @contextlib.contextmanager
    def behind_nginx(self):
        """A context in which the page is at a URL."""
        port = proxies.free_port()
        with daemon.Daemon('--http=127.0.0.1:0', '--mode=auto', f'--http-base={BASE}', '--trusted-proxy=127.0.0.1') as d:
            site = f'server {{ listen 127.0.0.1:{port}; location / {{ return 200 "the rest of the site"; }}\n'
            with self.nginx(site + proxies.shown('nginx', 1) + '}\n', {'127.0.0.1:8888': '%s:%d' % d.http()}, port):
                yield f'http://127.0.0.1:{port}{BASE}/'

    def test_nginx(self):
        with self.behind_nginx() as url:
            self.check(urllib.parse.urlsplit(url).port)

    def test_haproxy(self):
        port = proxies.free_port()
        site = ('backend site\n\tmode http\n'
                '\thttp-request return status 200 content-type text/plain string "the rest of the site"\n')
        with daemon.Daemon('--http=127.0.0.1:0,proxy', '--mode=auto', f'--http-base={BASE}') as d, \
                self.haproxy(proxies.shown('haproxy', 1) + site,
                             {':80': f'127.0.0.1:{port}', '127.0.0.1:8889': '%s:%d' % d.http()}, (port,)):
            self.check(port)

    def test_a_person_with_the_page(self):
        self.check_part('base', self.behind_nginx)


if __name__ == '__main__':
    suite.main()
