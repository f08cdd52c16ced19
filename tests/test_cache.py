#!/usr/bin/env python3
"""Answers that took long to find are kept, and are to the byte what they would be without."""

import contextlib
import signal
import urllib.error
import urllib.parse
import urllib.request

import daemon
import programs
import suite
from load import watch

PATHS = ('/api/v1/search?facets=true&limit=30&mode=wide&q=', '/api/v1/search?from=2&limit=3&q=',
         '/api/v1/search?typing=true&mode=wide&lang=fr&q=', '/search?q=')
AUTO, HTTP, DICT = '--mode=auto', '--http=127.0.0.1:0', '--dict=127.0.0.1:0'
HIT, MISS = (f'charfinder_cache_requests_total{{result="{result}"}}' for result in ('hit', 'miss'))


def judged(step):
    """Every `step`th of the queries that people type, and each misspelt."""
    with open(suite.source('tests', 'judged.tsv'), encoding='utf-8') as file:
        lines = file.read().splitlines()
    for line in lines[::step]:
        if line.startswith('wide\t'):
            query = line.split('\t')[1]
            yield query
            yield query[:-2] + query[:-3:-1]


def fetch(d, path):
    host, port = d.http()
    try:
        with urllib.request.urlopen(f'http://{host}:{port}{path}') as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.read()


def look_up(d, lines):
    """What DICT answers after the greeting, in which the clock and the connection's number stand."""
    with contextlib.closing(d.connect(d.dict())) as s:
        return daemon.talk(s, [lines.encode() + b'quit\r\n']).split(b'\r\n', 1)[1]


class CacheTest(programs.ProgramTest):
    def test_changes_no_answer_at_the_prompt(self):
        lines = [f'{query}\n{query} limit:3\n:more\n' for query in judged(20)]
        for mode in 'auto', 'wide', 'classic':
            talk = f':mode {mode}\n{"".join(lines)}:format json\n{"".join(lines[:9])}'.encode()
            with daemon.Daemon(AUTO, '--workers=1') as with_cache, daemon.Daemon(AUTO, '--cache=0') as without:
                expected = without.reply(talk)
                for _ in range(2):
                    self.assertEqual(with_cache.reply(talk), expected)
                counters = watch.counters(with_cache)
                self.assertEqual(counters[HIT] > 0, mode != 'classic')
                self.assertEqual(watch.counters(without)[MISS], 0)

    def test_changes_no_answer_over_http(self):
        queries = [urllib.parse.quote(query) for query in judged(60)]
        with (daemon.Daemon(AUTO, HTTP, '--workers=1') as with_cache,
              daemon.Daemon(AUTO, HTTP, '--cache=0') as without):
            for path in PATHS:
                for query in queries:
                    expected = fetch(without, path + query)
                    for _ in range(2):
                        self.assertEqual(fetch(with_cache, path + query), expected, path + query)
            self.assertGreater(watch.counters(with_cache)[HIT], len(queries))

    def test_changes_no_answer_of_dict(self):
        words = [query for query in judged(40) if '"' not in query]
        lines = ''.join(f'define search "{word}"\r\nmatch unicode wide "{word}"\r\n' for word in words)
        with (daemon.Daemon(AUTO, DICT, '--workers=1') as with_cache,
              daemon.Daemon(AUTO, DICT, '--cache=0') as without):
            expected = look_up(without, lines)
            self.assertEqual(look_up(with_cache, lines), expected)
            first = watch.counters(with_cache)
            self.assertEqual(look_up(with_cache, lines), expected)
            again = watch.counters(with_cache)
            self.assertGreater(first[MISS], len(words))
            self.assertEqual(again[MISS], first[MISS])  # the second time all are kept
            self.assertGreater(again[HIT], first[MISS])

    def test_is_bounded_and_counted(self):
        with daemon.Daemon(AUTO, '--workers=1', '--cache=65536') as d:
            talk = ''.join(f'heart zzz{number}\n' for number in range(300)).encode()
            d.reply(b':mode wide\n' + talk)
            counters = watch.counters(d)
            self.assertEqual((counters[HIT], counters[MISS]), (0, 300))
            self.assertTrue(32768 < counters['charfinder_cache_bytes'] <= 65536, counters)
            d.reply(b':mode wide\nheart zzz299\nheart zzz0\n')
            counters = watch.counters(d)
            self.assertEqual((counters[HIT], counters[MISS]), (1, 301))

    def test_is_gone_with_a_reload(self):
        with daemon.Daemon(AUTO, '--workers=1') as d:
            asked = b':mode wide\nheart zzz\n'
            d.reply(asked)
            self.assertGreater(watch.counters(d)['charfinder_cache_bytes'], 0)
            d.process.send_signal(signal.SIGHUP)
            daemon.wait_for(lambda: watch.counters(d)['charfinder_cache_bytes'] == 0, 'an empty cache')
            d.reply(asked)
            counters = watch.counters(d)
            self.assertEqual((counters[HIT], counters[MISS]), (0, 2))


if __name__ == '__main__':
    suite.main()
