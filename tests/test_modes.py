#!/usr/bin/env python3
"""The query language, the modes and the commands of a session (server/prompt/PROTOCOL.md), over
sockets."""

import json
import unittest

import daemon
import suite

PROMPT = b'?> '
BISHOP = 'white bishop'


class Session(unittest.TestCase):
    mode = 'auto'

    @classmethod
    def setUpClass(cls):
        cls.oracle = suite.oracle()
        cls.daemon = cls.enterClassContext(daemon.Daemon('--mode=' + cls.mode))

    def ask(self, *lines):
        """What is answered to each line, without the prompts."""
        reply = self.daemon.reply(''.join(line + '\n' for line in lines).encode())
        answers = reply.decode().split('?> ')
        self.assertEqual((answers[0], answers[-1]), ('', ''), reply[-200:])
        self.assertEqual(len(answers), len(lines) + 2, reply[-300:])
        return answers[1:-1]

    def rows(self, answer):
        return answer.splitlines()[:-1]

    def status(self, answer):
        return answer.splitlines()[-1]

    def codes(self, answer):
        return [row.split('\t')[0].strip() for row in self.rows(answer)]

    def assertSays(self, query, status, *codes):
        answer, = self.ask(query)
        self.assertEqual(self.status(answer), status, query)
        if codes:
            self.assertEqual(self.codes(answer), list(codes), query)


class SeedTest(Session):
    QUERIES = [BISHOP, 'chess rook', 'euro-currency', 'cjk compatibility', 'lambda',
               'tick', 'smile', 'U', '&euro;', 'digit one',
               'LATIN small letter A', '€ euro', '* euro', 'rook - chess', '->euro', 'a']

    def test_what_the_seed_has_rows_for_is_answered_as_by_the_seed(self):
        for query in self.QUERIES:
            with self.subTest(query):
                expected = self.oracle.answer(query.encode())
                self.assertNotIn(b'No match', expected)
                answer, = self.ask(query)
                self.assertEqual(answer.encode(), expected)
        suite.checked(f'{len(self.QUERIES)} queries as by the seed')


class TiersTest(Session):
    def test_code_forms(self):
        for form in ('U+20AC', 'u+20ac', '0x20AC', r'\u20ac', r'\u{20AC}', '&#8364;', '&#x20AC;',
                     '%E2%82%AC', r'\xe2\x82\xac', 'e2 82 ac', '0xE2, 0x82, 0xAC', '20AC'):
            self.assertSays(form, f"1 match for {self.oracle.quote(form)} by code", 'U+20AC')
        self.assertSays('20AC..20AE', "3 matches for '20AC..20AE' by code", 'U+20AC', 'U+20AD', 'U+20AE')
        self.assertSays('U+0378', "1 match for 'U+0378' by code", 'U+0378')
        self.assertSays('U+110000', "Error: column 1: 'U+110000' is no code point: the last is U+10FFFF")
        self.assertSays('&nosuch;', "Error: column 1: '&nosuch;' is no entity of HTML; "
                                    'mind capitals and small letters')

    def test_pasted_text(self):
        self.assertSays('€', "1 match for '€' by text", 'U+20AC')
        self.assertSays('🇫🇷', "3 matches for '🇫🇷' by text",
                        'U+1F1EB U+1F1F7', 'U+1F1EB', 'U+1F1F7')
        self.assertSays('❤\ufe0f', "2 matches for '❤️' by text", 'U+2764', 'U+FE0F')
        self.assertSays('*', "1 match for '*' by text", 'U+002A')

    def test_aliases(self):
        self.assertSays('lf', "1 match for 'lf' by alias", 'U+000A')
        answer, = self.ask('nbsp')
        self.assertEqual(self.rows(answer), ['U+00A0 \t\u00a0\tNO-BREAK SPACE'])
        self.assertSays('in:alias eol', "1 match for 'in:alias eol'", 'U+000A')

    def test_keywords_of_the_session_s_language_come_first(self):
        answers = self.ask(':lang de', 'herz', ':lang fr', 'tete')
        self.assertTrue(self.status(answers[1]).endswith("matches for 'herz' by keyword"), answers[1][-99:])
        self.assertTrue(self.status(answers[3]).endswith("matches for 'tete' by keyword"), answers[3][-99:])

    def test_a_typing_error_is_helped_on(self):
        answer, corrected = self.ask('smilng', 'smiling')
        self.assertLessEqual(set(self.rows(corrected)), set(self.rows(answer)))
        self.assertRegex(self.status(answer), r"^\d+ matches for 'smilng' as 'smiling'$")
        for wrong in ('hte heart', 'teh heart', 'heart hte'):
            self.assertEqual(self.status(self.ask(wrong)[0]).split(' as ')[1:], ["'heart'"], wrong)

    def test_names_of_blocks_scripts_and_categories(self):
        for name, status, first in (('letterlike symbols', '80', '2100'), ('Number_Forms', '60', '2150'),
                                    ('math operators', '297', '2200'), ('dash punctuation', '27', '002D'),
                                    ('music block', '256', '1D100'), ('greek script', '520', '0370')):
            answer, = self.ask(name)
            self.assertEqual(self.status(answer), f"{status} matches for '{name}' by property")
            self.assertEqual(self.codes(answer)[0], 'U+' + first, name)
        # what the seed has rows for stays as it was, and short names are words
        self.assertSays('linear b syllable b008', "1 match for 'linear b syllable b008'", 'U+10000')
        self.assertSays('arrows', "17 matches for 'arrows'")
        self.assertNotIn('by property', self.status(self.ask('music')[0]))

    def test_numbers_and_tones(self):
        self.assertSays('circled 5', "9 matches for 'circled 5' as 'circled five'")
        self.assertSays('circled 21', "1 match for 'circled 21' as 'circled twenty one'", 'U+3251')
        self.assertSays('roman numeral 4', "2 matches for 'roman numeral 4' as 'roman numeral four'", 'U+2163', 'U+2173')
        answer, = self.ask('n\u00fc3')
        self.assertEqual((self.status(answer), self.codes(answer)[0]), ("4 matches for 'n\u00fc3' as 'n\u01da'", 'U+5973'))
        self.assertEqual(self.rows(self.ask('nv3')[0]), self.rows(answer))
        self.assertTrue(self.status(self.ask('xiao4')[0]).endswith("for 'xiao4' as 'xi\u00e0o'"))

    def test_lists_ranges_and_decimal_numbers(self):
        for query, codes in (('U+2042-U+2044', '2042 2043 2044'), ('U+2042, U+2044', '2042 2044'),
                             ('U+20AC,20AD,0x20AE', '20AC 20AD 20AE'), ('8364', '8364 20AC'), ('128512', '1F600'),
                             ('2190, 2191', '2190 2191')):
            answer, = self.ask(query)
            self.assertEqual(self.codes(answer), ['U+' + code for code in codes.split()], query)
            self.assertTrue(self.status(answer).endswith(' by code'), answer)

    def test_full_width(self):
        self.assertSays('ＷＨＩＴＥ　ｂｉｓｈｏｐ', "5 matches for 'ＷＨＩＴＥ\\u3000ｂｉｓｈｏｐ'")

    def test_nonsense_has_no_match(self):
        self.assertSays('qqxzzkvj', "No match for 'qqxzzkvj'")


class LanguageTest(Session):
    def test_operators(self):
        chess = self.oracle.find('chess')
        rook = self.oracle.find('chess rook')
        answer, = self.ask('chess -rook')
        self.assertEqual(self.codes(answer), [f'U+{c:04X}' for c in chess if c not in rook])
        self.assertSays('"bishop chess"', "No match for '\"bishop chess\"'")
        self.assertSays('"chess bishop" white -rotated', '1 match for \'"chess bishop" white -rotated\'',
                        'U+2657')
        self.assertSays('dromedary | bactrian', "2 matches for 'dromedary | bactrian'",
                        'U+1F42A', 'U+1F42B')
        self.assertSays('script:greek "final sigma"', '1 match for \'script:greek "final sigma"\'', 'U+03C2')
        self.assertSays('dromed*', "1 match for 'dromed*'", 'U+1F42A')
        self.assertSays('*romedar*', "1 match for '*romedar*'", 'U+1F42A')
        self.assertSays('cat:Sc age:14', "1 match for 'cat:Sc age:14'", 'U+20C0')

    def test_fields_of_further_properties(self):
        for query, codes in (('looks:a limit:4', '0061 0251 03B1 0430'), ('looks:rn limit:1', '006D'),
                             ('numeric:1/2 limit:1', '00BD'), ('numeric:2/4 limit:1', '00BD'),
                             ('numeric:>=1/2 numeric:<4503599627370497/9007199254740993 limit:1', '00BD'),
                             ('numeric:<=-1/2', '0F33'), ('numeric:-1/2', '0F33'), ('strokes:>=60', '2053B 2A6A5 30F54 3106C 317DB'),
                             ('radical:\u6c34 strokes:4 limit:2', '3CB8 6C34'), ('radical:85 strokes:4 limit:2', '3CB8 6C34'),
                             ('is:dash limit:2', '002D 058A'), ('is:bidi_mirrored limit:2', '0028 0029'), ('is:ASCII_Hex_Digit -cat:Nd limit:2', '0041 0042'),
                             ('width:fullwidth limit:1', '3000'), ('ea:F limit:1', '3000'), ('bidi:AL limit:1', '0608'),
                             ('combining:above limit:1', '0300'), ('ccc:230 limit:1', '0300'),
                             ('scx:bopomofo limit:1', '02C7'), ('decomposition:font limit:1', '2102')):
            answer, = self.ask(query)
            self.assertEqual(self.codes(answer), ['U+' + code for code in codes.split()], query)
        # sequences have none, and what is not so is all the rest
        whole, part, rest = (int(self.status(answer).split(' of ')[-1].split(' ')[0]) for answer in
                             self.ask('cat:L limit:1', 'cat:L is:uppercase limit:1', 'cat:L -is:uppercase limit:1'))
        self.assertEqual(whole, part + rest)
        self.assertSays('strokes:many', "Error: column 9: strokes: nothing has 'many'; try 5 or >=30")

    def test_pages_make_up_the_whole(self):
        whole, first, second, third = self.ask('chess rook', 'chess rook limit:6',
                                               'chess rook limit:6 from:7', 'chess rook limit:6 from:13')
        self.assertEqual(self.rows(first) + self.rows(second) + self.rows(third), self.rows(whole))
        self.assertEqual(self.status(first), "1-6 of 18 matches for 'chess rook limit:6'; :more for the next")
        self.assertEqual(self.status(third), "13-18 of 18 matches for 'chess rook limit:6 from:13'")

    def test_errors_say_where_and_what_to_do(self):
        for query, status in (
                ('colour:red', "column 1: there is no field 'colour'; there are cat, script, block, "
                               'age, is, looks, numeric, strokes, radical, in, lang, limit, from and others'),
                ('rook cat:Xx', "column 10: no general category is called 'Xx'; try Sm or Currency_Symbol"),
                ('é script:greec', "column 10: no script is called 'greec'; try greek or Cyrl"),
                ('age:99', "column 5: no version of Unicode is called '99'; try 17, 15.1 or >=15"),
                ('limit:-1 x', 'column 7: limit: takes a number of rows from 1 to 9999999, or all, '
                               "not '-1'"),
                ('in:nowhere x', "column 4: in: takes name, alias, keyword, definition or any, not 'nowhere'"),
                ('lang:xx y', "column 6: there are no keywords in 'xx'; try a language as fr, or up to 4 as ja,zh-Hant"),
                ('"rook', 'column 1: the quotes are not closed; add a " at the end'),
                ('| rook', 'column 1: there is nothing before the |; write as in a | b'),
                ('rook |', 'column 7: there is nothing after the |; write as in a | b'),
                ('a* b* c* d* e*', 'column 13: there are more than 4 words with * or quotes; leave some out')):
            self.assertSays(query, 'Error: ' + status)


class WideTest(Session):
    mode = 'wide'

    def test_the_best_is_first(self):
        for query, code in (('lambda', 'U+03BB'), ('slash', 'U+002F'), ('period', 'U+002E')):
            answer, = self.ask(query)
            self.assertEqual(self.codes(answer)[0], code, query)

    def test_twenty_rows_a_page_and_more(self):
        first, second = self.ask('heart', ':more')
        self.assertEqual(len(self.rows(first)), 20)
        self.assertRegex(self.status(first), r"^1-20 of \d+ matches for 'heart'; :more for the next$")
        self.assertRegex(self.status(second), r"^21-40 of \d+ matches for 'heart'; :more for the next$")
        self.assertFalse(set(self.rows(first)) & set(self.rows(second)))

    def test_more_comes_to_an_end(self):
        answers = self.ask('dromedary limit:2', ':more', *[':more'] * 4)
        self.assertIn('Error: there are no more rows; :limit N makes pages of N\r\n', answers)


class CommandsTest(Session):
    def test_answers(self):
        for command, answer in (
                (':limit 3', 'limit: 3 rows a page'),
                (':limit 0', 'limit: all rows'),
                (':limit ALL', 'limit: all rows'),
                (':limit x', "Error: :limit takes a number of rows from 1 to 9999999, or all, not 'x'"),
                (':lang ja', 'lang: ja'),
                (':LANG ZH_HANT', 'lang: zh_Hant'),
                (':lang zh-Hant', 'lang: zh_Hant'),
                (':lang fr-FR', 'lang: fr'),
                (':format json', 'format: json'),
                (':format xml', "Error: :format takes text, tsv or json, not 'xml'"),
                (':mode wide', 'mode: wide'),
                (':mode best', "Error: :mode takes classic, auto or wide, not 'best'"),
                (':more', 'Error: there are no more rows; :limit N makes pages of N'),
                (':from 3', 'from: row 3 of an answer'),
                (':from 0', "Error: :from takes a number from 1 to 9999999, not '0'"),
                (':find', 'Error: :find takes what is to be found'),
                (':words 0', "Error: :words takes a number from 1 to 1000, not '0'"),
                (':nosuch', "Error: there is no command ':nosuch'; :help lists them")):
            self.assertEqual(self.ask(command), [answer + '\r\n'])
        for tags in ('xx', '', 'fr,de,es,it,pt'):
            self.assertIn(f"Error: :lang takes up to 4 languages with commas between, not '{tags}'; there are af ak am ",
                          self.ask(f':lang {tags}')[0])

    def test_a_colon_and_a_letter_that_begins_no_command_are_a_face(self):
        self.assertEqual(self.status(self.ask(':mode wide', ':P')[-1]), "1 match for ':P' by code")
        self.assertIn('matches for', self.status(self.ask(':D')[0]))
        self.assertEqual(self.ask(':q'), ["Error: there is no command ':q'; :help lists them\r\n"])

    def test_settings_hold_from_then_on(self):
        answers = self.ask(':limit 2', 'chess rook', ':format tsv', 'dromedary')
        self.assertEqual(len(self.rows(answers[1])), 2)
        self.assertEqual(answers[3], 'U+1F42A\t🐪\tDROMEDARY CAMEL\tSo\tCommon\t'
                                     'Miscellaneous Symbols and Pictographs\t6.0\tname\r\n'
                                     "#\t1 match for 'dromedary'\r\n")

    def test_json(self):
        _, answer, wrong, none = self.ask(':format json', 'peso sign', 'script:nix x', 'qqxzzkvj')
        rows = [json.loads(line) for line in answer.splitlines()]
        self.assertEqual(rows, [
            {'codes': ['U+20B1'], 'char': '₱', 'name': 'PESO SIGN', 'category': 'Sc', 'script': 'Common',
             'block': 'Currency Symbols', 'age': '3.2', 'source': 'name'},
            {'status': "1 match for 'peso sign'", 'total': 1, 'first': 1, 'count': 1, 'more': False}])
        self.assertTrue(json.loads(wrong)['status'].startswith('Error: column 8: '))
        self.assertEqual(json.loads(none)['total'], 0)

    def test_words(self):
        frequent = sorted(self.oracle.index, key=lambda word: (-len(self.oracle.index[word]), word))[:20]
        expected = ''.join(f'{len(self.oracle.index[word]):5} {word}\r\n' for word in frequent)
        self.assertEqual(self.ask(':words 20'), [expected])

    def test_help_names_every_command(self):
        answer, = self.ask(':help')
        for name in ('help', 'find', 'about', 'from', 'more', 'limit', 'lang', 'format', 'mode', 'version', 'words', 'quit'):
            self.assertIn(f'\n:{name} ', answer)
        self.assertLess(max(map(len, answer.splitlines())), 80)

    def test_version(self):
        self.assertRegex(self.ask(':version')[0], r'^charfinderd \S+, Unicode 18\.0\.0: 172808 characters, ')

    def test_quit(self):
        self.assertEqual(self.daemon.reply(b':quit\nrook\n'), PROMPT)

    def test_find_takes_any_text_for_a_query(self):
        for text, status in ((':quit', "2 matches for ':quit' by definition"),
                             (':qqxzzkvj', "No match for ':qqxzzkvj'"),
                             ('\x03\x04 qqxzzkvj', "No match for '\\x03\\x04 qqxzzkvj'"),
                             (' \x1b peso sign  ', "1 match for '\\x1b peso sign'"),
                             (':dromedary:', "1 match for ':dromedary:'"), (':', "1 match for ':' by text"),
                             (':limit limit:x', "Error: column 14: limit: takes a number of rows from 1 to 9999999, or all, not 'x'")):
            for command in (':find ', ':FIND  ', ' :find \u3000'):
                self.assertSays(command + text, status)
        answers = self.ask(':find peso sign', 'peso sign', ':find heart limit:2', ':more')
        self.assertEqual(answers[0], answers[1])
        self.assertTrue(self.status(answers[3]).startswith('3-'), answers[3])

    def test_pages_begin_where_from_says(self):
        whole = self.ask(BISHOP)[0]
        answers = self.ask(':limit 2', ':from 3', BISHOP, ':more', BISHOP, ':from 1', BISHOP)
        self.assertEqual(self.rows(answers[2]), self.rows(whole)[2:4])
        self.assertEqual(self.status(answers[2]), "3-4 of 5 matches for 'white bishop'; :more for the next")
        self.assertEqual(self.rows(answers[3]), self.rows(whole)[4:])
        self.assertEqual(answers[4], answers[2])
        self.assertEqual(self.rows(answers[6]), self.rows(whole)[:2])

    def test_shortcodes_are_words(self):
        self.assertEqual(self.status(self.ask(':dromedary:')[0]), "1 match for ':dromedary:'")

    def test_classic_has_neither_commands_nor_operators_nor_a_way_back(self):
        said = [':mode classic', ':mode wide', ':help', 'chess -rook', 'cat:Sm']
        answers = self.ask(*said)
        self.assertEqual(answers[0], 'mode: classic\r\n')
        for line, answer in zip(said[1:], answers[1:]):
            self.assertEqual(answer.encode(), self.oracle.answer(line.encode()), line)


class BigAnswersTest(Session):
    def test_all_rows_in_every_format(self):
        for form in ('text', 'tsv', 'json'):
            _, answer = self.ask(f':format {form}', '-qqq')
            rows = self.rows(answer)
            self.assertGreater(len(rows), 160000, form)
            self.assertEqual(len(set(rows)), len(rows))


if __name__ == '__main__':
    suite.main()
