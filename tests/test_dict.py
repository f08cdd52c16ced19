"""The DICT face (server/dict/DICT.md): what real clients were seen to send, byte for byte; those
clients themselves; and the real dictd with the same names, which must find the same."""

import contextlib
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import unittest

import daemon
import suite

OK = b'250 ok\r\n'
GREETING = re.compile(rb'220 charfinderd \S+ Unicode [\d.]+ <mime> <[\d.]+@charfinderd>\r\n')
# client -> [(what it was seen to send, the codes that it is answered with)]
SEEN = {
    'dict': [(b'client "dict 1.13.0/rf on Linux 6.18"\r\ndefine * "rook"\r\n', '250 150 151 151 151 151 250'),
             (b'define * "xyzzy"\r\nmatch * . "xyzzy"\r\nquit\r\n', '552 552 221'),
             (b'match * . "roo"\r\nquit', '152 250 221'),
             (b'option mime\r\nshow db\r\n', '250 110 250'),
             (b'auth me 0123456789abcdef\r\n', '531'),
             (b'define * "a"b\\c\'d"\r\ndefine unicode """\r\ndefine unicode "\\"\r\n', '150 151 250 150 151 250 150 151 250')],
    'curl': [(b'CLIENT libcurl 7.88.1\r\nDEFINE ! rook\r\nQUIT\r\n', '250 150 151 250 221'),
             (b'CLIENT libcurl 7.88.1\r\nDEFINE ! \\\xe2\\\x99\\\x97\r\nQUIT\r\n', '250 150 151 250 221'),
             (b'CLIENT libcurl 7.88.1\r\nDEFINE ! white\\ bishop\r\nQUIT\r\n', '250 150 151 250 221'),
             (b'CLIENT libcurl 7.88.1\r\n\r\nQUIT\r\n', '250 221'),
             (b'CLIENT libcurl 7.88.1\r\nshow db\r\nQUIT\r\n', '250 110 250 221')],
    'Emacs': [(b'client dictionary.el emacs lisp dictionary client\r\n', '250'),
              (b'define * "snowman"\r\nshow db\r\nshow strat\r\nshow info unicode\r\n',
               '150 151 151 151 151 250 110 250 111 250 112 250'),
              (b'define --exit-- "snowman"\r\n', '552')],
    'GNU dico': [(b'CLIENT "GNU dico 2.11"\r\nDEFINE "!" "snowman"\r\n', '250 150 151 250')],
    'dicoclient': [(b'CLIENT "dicoclient"\r\nMATCH "*" "." "rook"\r\nSHOW DATABASES\r\nOPTION MIME\r\n',
                    '250 152 250 110 250 250')],
    'Net::Dict': [(b'CLIENT perl test\r\nDEFINE "*" "snowman"\r\nSTATUS\r\n',
                   '250 150 151 151 151 151 250 210')],
    'GNOME': [(b"CLIENT 'GNOME Dictionary (40.0)'\r\nDEFINE ! 'snowman'\r\n", '250 150 151 250'),
              (b"MATCH * exact 'snowman'\r\nDEFINE ! 'it'\\''s'\r\n", '152 250 150 151 250')],
    'xfce4-dict': [(b'DEFINE * "snowman"\r\n', '150 151 151 151 151 250'),
                   (b'DEFINE unicode "snowman"\n\n\0QUIT\n\0', '150 151 250 221')],
    'GoldenDict': [(b'CLIENT GoldenDict\r\nOPTION MIME\r\nMATCH unicode prefix "euro sign"\r\n'
                    b'DEFINE unicode "euro sign"\r\n', '250 250 152 250 150 151 250')],
    'KDE': [(b'DEFINE wn "word"\nQUIT\n', '550 221')],
}


def codes(answer):
    """The status codes of an answer after the greeting, texts left out."""
    found, in_text = [], False
    for line in answer.split(b'\r\n')[1:]:
        if in_text:
            in_text = line != b'.'
        elif line:
            found.append(line[:3].decode())
            in_text = found[-1] in ('110', '111', '112', '113', '114', '151', '152')
    return ' '.join(found)


class DictTest(unittest.TestCase):
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(daemon.Daemon('--dict=127.0.0.1:0', *cls.arguments))
        cls.address = cls.daemon.dict()

    def connect(self):
        """A connection that has been greeted."""
        s = self.enterContext(contextlib.closing(self.daemon.connect(self.address)))
        self.assertRegex(daemon.read_until(s, b'\r\n'), GREETING)
        return s

    def reply(self, pieces, **options):
        with contextlib.closing(self.daemon.connect(self.address)) as s:
            answer = daemon.talk(s, [pieces] if isinstance(pieces, bytes) else pieces, **options)
        self.assertRegex(answer, GREETING)
        return answer

    def ask(self, *lines):
        """What is answered, after the greeting, to lines and QUIT."""
        answer = self.reply(b''.join(line.encode() + b'\r\n' for line in lines) + b'quit\r\n')
        self.assertTrue(answer.endswith(b'221 bye\r\n'), answer[-100:])
        return answer[answer.index(b'\r\n') + 2:-len(b'221 bye\r\n')].decode()

    def matches(self, database, strategy, word):
        """The headwords that MATCH finds in one database."""
        answer = self.ask(f'match {database} {strategy} "{word}"')
        if answer.startswith('552'):
            return []
        lines = answer.split('\r\n')
        self.assertEqual(lines[0], f'152 {len(lines) - 4} matches found')
        return [re.fullmatch(rf'{database} "([^"\\]+)"', line)[1] for line in lines[1:-3]]


class SeenTest(DictTest):
    def test_answers_what_real_clients_send(self):
        for client, exchanges in SEEN.items():
            for sent, expected in exchanges:
                with self.subTest(client=client, sent=sent):
                    self.assertEqual(codes(self.reply(sent)), expected)
        suite.checked(f'{sum(map(len, SEEN.values()))} exchanges of {len(SEEN)} clients')

    def test_answers_the_same_however_the_lines_are_split(self):
        sent = (b'define unicode "\xe2\x99\x97" \r\nmatch * . "\\"x\\\\"\ndefine ! \\\xe2\\\x99\\\x97\r\n'
                b"match unicode exact 'it'\\''s'\n\0help\r\nquit\r\n")
        expected = self.reply(sent)
        expected = expected[expected.index(b'\r\n'):]
        self.assertEqual(codes(b'220' + expected), '150 151 250 152 250 150 151 250 552 113 250 221')
        for i in range(1, len(sent)):
            answer = self.reply([sent[:i], sent[i:]], paced=True)
            self.assertEqual(answer[answer.index(b'\r\n'):], expected, f'split at {i}')
        answer = self.reply([sent[i:i + 1] for i in range(len(sent))], paced=True)
        self.assertEqual(answer[answer.index(b'\r\n'):], expected)

    def test_answers_in_one_piece(self):
        """KDE stops at the first status that it sees anywhere in what it has."""
        with self.connect() as s:
            for line in (b'define * "rook"', b'match unicode word "arrow"', b'show db', b'help'):
                s.sendall(line + b'\r\n')
                answer = s.recv(1 << 20)
                self.assertTrue(answer.endswith(b'.\r\n' + OK), answer[-60:])

    def test_has_no_msgid_twice(self):
        ids = {re.search(rb'<[\d.]+@', self.reply(b'quit\r\n'))[0] for _ in range(20)}
        self.assertEqual(len(ids), 20)

    def test_skips_a_line_that_is_too_long(self):
        answer = self.reply(b'define * "' + 5000 * b'x' + b'"\r\nstatus\r\n')
        self.assertEqual(codes(answer), '501 210')
        self.assertEqual(codes(self.reply(b'define * ' + 4000 * b'x')), '552')

    def test_says_nothing_unasked_at_its_end(self):
        with self.connect() as s:
            s.sendall(b'client x\r\n')
            self.assertEqual(daemon.read_until(s, OK), OK)
            s.shutdown(socket.SHUT_WR)
            self.assertEqual(daemon.read_to_end(s), b'')

    def test_is_turned_away_by_a_status(self):
        with daemon.Daemon('--dict=127.0.0.1:0', '--max-clients=1') as small:
            with contextlib.closing(small.connect(small.dict())) as first:
                daemon.read_until(first, b'\r\n')
                with contextlib.closing(small.connect(small.dict())) as second:
                    self.assertEqual(daemon.read_to_end(second), b'420 too many clients\r\n')

    def test_is_logged_and_counted(self):
        self.ask('client "a client"', 'define unicode snowman')
        daemon.wait_for(lambda: ' face=dict' in self.daemon.stderr(), 'line of the log')
        daemon.wait_for(lambda: 'client=a_client' in self.daemon.stderr(), 'line of the log')
        daemon.wait_for(lambda: 'closed reason=quit queries=1' in self.daemon.stderr(), 'line of the log')


class AnswersTest(DictTest):
    def test_shows_what_a_person_hopes_to_see(self):
        self.assertIn('\r\nSNOWMAN\r\n  ☃  U+2603\r\n', self.ask('define ! snowman'))
        rook = self.ask('define ! rook')
        self.assertEqual(rook.count(' CHESS '), 18)
        self.assertIn('\r\n  18 matches\r\n', rook)
        arow = self.matches('unicode', 'lev', 'arow')
        self.assertTrue(arow and all('ARROW' in name for name in arow), arow)
        self.assertIn(' as "snowman"', self.ask('define search snowmann'))

    def test_says_what_is_there(self):
        databases = re.findall(r'^(\S+) "([^"]+)"\r$', self.ask('show db'), re.M)
        names = [name for name, _ in databases]
        self.assertEqual(names[:7], ['unicode', 'alias', 'search', 'emoji', 'unihan', '--exit--', 'chars'])
        self.assertIn('emoji-zh-hant', names)
        for name in names:
            self.assertRegex(name, r'^[a-z0-9-]+$')
            info = self.ask(f'show info {name}').split('\r\n')
            self.assertEqual(info[0], f'112 information for {name}')
            self.assertGreater(len(info), 5)
        strategies = re.findall(r'^(\S+) "', self.ask('show strat'), re.M)
        self.assertEqual(strategies, 'exact prefix nprefix suffix substring word first last lev wide'.split())

    def test_asks_all_by_default_up_to_the_exit(self):
        found = re.findall(r'^151 "[^"]*" (\S+)', self.ask('define * snowman'), re.M)
        self.assertEqual(sorted(set(found), key=found.index), ['unicode', 'search', 'emoji'])
        self.assertEqual(self.ask('define ! snowman').count('\r\n151 '), 1)
        self.assertRegex(self.ask('define emoji-nl rook'), r'\r\n151 "rook" emoji-nl ')

    def test_gives_characters(self):
        self.assertEqual(self.matches('chars', 'suffix', 'chess rook')[:2], ['♖', '♜'])
        self.assertEqual(self.matches('chars', 'exact', 'quotation mark'), [])
        self.assertIn('❤', self.matches('chars', '.', 'heart'))

    def test_links_to_what_it_finds_in_the_same_database(self):
        links = 0
        for word in ('space', 'pilcrow sign', 'black heart suit', 'asterisk'):
            for name in re.findall(r'\{([^{}]+)\}', self.ask(f'define unicode "{word}"')):
                links += 1
                self.assertRegex(self.ask(f'define unicode "{name}"'), '^150 ')
        self.assertGreater(links, 10)

    def test_pages_through_what_begins_so(self):
        whole = self.matches('unicode', 'prefix', 'white chess')
        paged = []
        while page := self.matches('unicode', 'nprefix', f'{len(paged)}#7#white chess'):
            self.assertLessEqual(len(page), 7)
            paged += page
        self.assertEqual(paged, whole)
        self.assertGreater(len(whole), 20)


# ---- the real clients ------------------------------------------------------------------

def run(*command, **options):
    result = subprocess.run(command, capture_output=True, timeout=suite.DEADLINE, **options)
    return result.stdout.decode() + result.stderr.decode()


def needs(program):
    return unittest.skipUnless(shutil.which(program), f'{program} is not installed')


class ClientsTest(DictTest):
    @property
    def port(self):
        return str(self.address[1])

    def test_dict(self):
        self.assertTrue(shutil.which('dict'), 'dict is needed: apt-get install dict')
        base = ('dict', '-h', '127.0.0.1', '-p', self.port)
        self.assertIn('☃  U+2603', run(*base, 'snowman'))
        self.assertIn('BLACK CHESS ROOK', run(*base, 'rook'))
        self.assertIn('RIGHTWARDS ARROW', run(*base, '-m', 'rightwards arrow'))
        self.assertIn('emoji-fr', run(*base, '-D'))
        self.assertIn('substring', run(*base, '-S'))
        self.assertIn('REVERSE SOLIDUS', run(*base, '-d', 'unicode', '\\'))
        self.assertIn('QUOTATION MARK', run(*base, '-d', 'unicode', '"'))
        self.assertIn('No definitions found', run(*base, 'xyzzyq'))
        self.assertIn('charfinderd', run(*base, '-I'))
        self.assertIn('SNOWMAN', run(*base, '-M', 'snowman'))
        suite.checked('dict defines, matches, and lists')

    def test_curl(self):
        base = f'dict://127.0.0.1:{self.port}'
        self.assertEqual(run('curl', '-s', f'{base}/d:rook').count(' CHESS '), 18)
        self.assertIn('U+2657', run('curl', '-s', f'{base}/d:♗'))
        self.assertIn('WHITE CHESS BISHOP', run('curl', '-s', f'{base}/d:white%20chess%20bishop'))
        self.assertIn('ARROW', run('curl', '-s', f'{base}/m:arow:*:lev'))
        self.assertIn('--exit--', run('curl', '-s', f'{base}/show:db'))
        suite.checked('curl defines, matches, and shows')

    @needs('emacs')
    def test_emacs(self):
        program = f'''(progn (require 'dictionary)
            (setq dictionary-server "127.0.0.1" dictionary-port {self.port} dictionary-use-single-buffer t)
            (dictionary-search "snowman")
            (princ (with-current-buffer "*Dictionary*" (buffer-string)))
            (dictionary-search "arow")
            (princ (with-current-buffer "*Dictionary*" (buffer-string))))'''
        with tempfile.TemporaryDirectory() as home:
            said = run('emacs', '-Q', '--batch', '--eval', program,
                       env={**os.environ, 'HOME': home, 'LC_ALL': 'C.UTF-8'})
        self.assertIn('U+2603', said)
        self.assertIn('ARROW', said)
        suite.checked('Emacs searches twice on one connection')

    @needs('dico')
    def test_gnu_dico(self):
        with tempfile.TemporaryDirectory() as home:
            base = ('dico', '-q', f'--host=127.0.0.1', f'--port={self.port}', '--noauth')
            environment = {**os.environ, 'HOME': home, 'LC_ALL': 'C.UTF-8'}
            self.assertIn('U+2603', run(*base, 'snowman', env=environment))
            self.assertIn('SNOWMAN', run(*base, '--match', '--strategy=prefix', 'snowman', env=environment))
        suite.checked('GNU dico defines and matches')

    @needs('perl')
    def test_net_dict(self):
        if subprocess.run(['perl', '-MNet::Dict', '-e', '1'], capture_output=True).returncode != 0:
            self.skipTest('Net::Dict is not installed')
        program = '''my $d = Net::Dict->new("127.0.0.1", Port => shift) or die;
            my %dbs = $d->dbs; my %strategies = $d->strategies;
            print scalar(keys %dbs), " databases, ", scalar(keys %strategies), " strategies\\n";
            print $_->[0], ": ", $_->[1] for @{ $d->define("snowman") };
            print join("|", @$_), "\\n" for @{ $d->match("chess roo", "prefix", "unicode") || [] };
            print join("|", @$_), "\\n" for @{ $d->match("chess rook", "suffix") };
            print $d->dbInfo("unicode");'''
        said = run('perl', '-MNet::Dict', '-e', program, self.port)
        self.assertIn(' 10 strategies', said)
        self.assertIn('U+2603', said)
        self.assertIn('unicode|BLACK CHESS ROOK', said)
        self.assertIn('charfinderd', said)
        suite.checked('Net::Dict defines, matches, and asks for information')

    def test_dicoclient(self):
        program = '''import sys, dicoclient
client = dicoclient.DicoClient()
client.open("127.0.0.1", int(sys.argv[1]))
print(client.define("*", "snowman"))
print(client.match("*", ".", "rook"))
print(client.show_databases())
client.option_mime() if hasattr(client, "option_mime") else None
client.close()'''
        python = '/usr/bin/python3'  # Debian's, which has Debian's modules
        if not os.path.exists('/usr/lib/python3/dist-packages/dicoclient.py'):
            self.skipTest('python3-dicoclient is not installed')
        said = run(python, '-c', program, self.port)
        self.assertIn('U+2603', said)
        self.assertIn('BLACK CHESS ROOK', said)
        self.assertIn('emoji-fr', said)
        suite.checked('dicoclient defines, matches, and lists')


# ---- the real server -------------------------------------------------------------------

def names():
    """The names of all characters but ideographs, whose numbers are no words to us."""
    found = []
    for line in pathlib.Path(suite.table()).read_text().split('\n'):
        columns = line.split('\t')
        if len(columns) > 2 and re.fullmatch(r'[A-Z0-9][A-Z0-9 -]+', columns[1]) and not columns[1].endswith('-' + columns[0]):
            found.append(columns[1])
    return found


class Dictd:
    """A dictd on 127.0.0.1 and a free port, whose database `names` has them as headwords."""

    def __init__(self, headwords):
        self.headwords = headwords

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory()
        home = pathlib.Path(self.directory.name)
        home.chmod(0o755)
        text = ''.join(f':{name}:{name}\n' for name in self.headwords)
        subprocess.run(['dictfmt', '-j', '--utf8', '--allchars', '--without-headword', '-s', 'names', str(home / 'names')],
                       input=text.encode(), check=True, capture_output=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.port = s.getsockname()[1]
        (home / 'dictd.conf').write_text(
            f'global {{ listen_to 127.0.0.1\n port {self.port} }}\naccess {{ allow * }}\n'
            f'database names {{ data {home}/names.dict\n index {home}/names.index }}\n')
        self.log = open(home / 'log', 'wb')
        self.process = subprocess.Popen(
            [shutil.which('dictd') or '/usr/sbin/dictd', '-d', 'nodetach', '--locale', 'C.UTF-8', '-c', str(home / 'dictd.conf'),
             '--pid-file', str(home / 'pid')], stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        daemon.wait_for(self.answers, 'dictd')
        return self

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError('dictd ended: ' + pathlib.Path(self.log.name).read_text())
        with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', self.port), timeout=suite.DEADLINE):
            return True
        return False

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(suite.DEADLINE)
        self.log.close()
        self.directory.cleanup()

    def matches(self, strategy, word):
        with socket.create_connection(('127.0.0.1', self.port), timeout=suite.DEADLINE) as s:
            s.sendall(f'match names {strategy} "{word}"\r\nquit\r\n'.encode())
            answer = daemon.read_to_end(s).decode()
        return re.findall(r'^names "([^"]+)"\r$', answer, re.M)


HAS_DICTD = shutil.which('dictfmt') and (shutil.which('dictd') or os.path.exists('/usr/sbin/dictd'))


@unittest.skipUnless(HAS_DICTD, 'dictd and dictfmt are not installed')
class OracleTest(DictTest):
    WORDS = ('rook', 'white chess rook', 'chess', 'snowman', 'ook', 'arrow with', 'euro', 'sign', 'alpha', 'zwarakay',
             'letter qaf', 'pilcrow', 'white che', 'hess roo', 'quux', 'heart', 'black heart suit', 'omicron with')

    def test_finds_what_dictd_finds(self):
        headwords = names()
        compared = 0
        with Dictd(headwords) as dictd:
            known = set(headwords)
            for strategy in ('exact', 'prefix', 'suffix', 'substring', 'word'):
                for word in self.WORDS:
                    if strategy == 'word' and ' ' in word:
                        continue  # theirs are to stand side by side
                    theirs = {name.upper() for name in dictd.matches(strategy, word)}
                    ours = self.matches('unicode', strategy, word)
                    if len(ours) == 1000:
                        continue  # there are more than we give
                    ours = {name for name in ours if name in known}
                    # a hyphen between letters is a blank to us, and a letter of a word to dictd
                    apart = {name for name in ours ^ theirs if '-' in name}
                    with self.subTest(strategy=strategy, word=word):
                        self.assertEqual(ours - apart, theirs - apart)
                    compared += len(theirs)
        self.assertGreater(compared, 1000)
        suite.checked(f'{compared} headwords found by dictd and by us')


if __name__ == '__main__':
    suite.main()
