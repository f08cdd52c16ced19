#!/usr/bin/env python3
"""All that is known of a character: by :about over the prompt, which is what /api/v1/char says."""

import json
import random
import socket
import unittest
import urllib.parse

import daemon
import suite
import web_client

PROMPT = b'?> '

# As they are named, and what is meant. A control, a mark, a label, sequences, an ideograph, ...
NAMED = {'U+2665': 'U+2665', 'u+2665': 'U+2665', '\u2665': 'U+2665', 'black heart suit': 'U+2665', 'valentine': 'U+2665',
         'U+000A': 'U+000A', 'line feed': 'U+000A', 'U+0301': 'U+0301', 'U+0378': 'U+0378', 'U+D800': 'U+D800',
         'U+10FFFF': 'U+10FFFF', 'U+1F600': 'U+1F600', 'U+4E00': 'U+4E00', 'cjk unified ideograph-4e00': 'U+4E00',
         'a': 'U+0061', ':': 'U+003A', '0': 'U+0030', '"': 'U+0022', '\u0600': 'U+0600', 'U+AD': 'U+00AD',
         '\U0001f1e7\U0001f1f7': 'U+1F1E7 U+1F1F7', 'U+1F1E7 U+1F1F7': 'U+1F1E7 U+1F1F7',
         'U+0023-U+FE0F-U+20E3': 'U+0023 U+FE0F U+20E3', 'woman astronaut': 'U+1F469 U+200D U+1F680'}
NOBODY = ('rookie', 'U+110000', 'U+', 'U+ ', 'u+white chess bishop', 'U+2665x', 'U+0041 U+0042', 'white bishop', 'ab', 'U+2665 ' * 20, 'x' * 300)
FORMS = ('utf-8', 'utf-16', 'html', 'url', 'c', 'json')
PROPERTIES = ('category', 'script', 'block', 'age')


def facts_of(about):
    """[(kind, language, text)] that the lines tell, of the object."""
    facts = [(name, '', about[name]) for name in PROPERTIES]
    facts += [(form, '', about['forms'][form]) for form in FORMS if form in about['forms']]
    facts += [(record['kind'], record['language'], record['text']) for record in about['records']]
    facts += [('see-also', '', other) for other in about['references']]
    facts += [(name, '', about[name]) for name in ('previous', 'next') if about[name]]
    return [fact for fact in facts if fact[2]]


def as_tsv(about):
    """What :about says in tsv, of the object."""
    facts = [('char', '', about['char']), ('name', '', about['name'])] + facts_of(about)
    return [(about['code'], kind, language, text if isinstance(text, str) else text['code'])
            for kind, language, text in facts if text]


def as_text(about):
    lines = [f'{about["code"]:7}\t{about["char"]}\t{about["name"]}']
    last = None
    for kind, language, text in facts_of(about):
        if not isinstance(text, str):
            text = ' '.join(part for part in (text['code'], text['char'], text['name']) if part)
        if last == (kind, language):
            lines[-1] += ', ' + text
        else:
            lines.append(f'\t{kind}{" " + language if language else ""}\t{text}')
        last = kind, language
    return lines


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


if __name__ == '__main__':
    suite.main()
