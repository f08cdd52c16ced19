#!/usr/bin/env python3
"""UNIX sockets (charfinderd(8), unix:PATH): all faces, the files' rights, what is left over and
whose it is."""

import contextlib
import os
import pathlib
import signal
import socket
import stat

import daemon
import programs
import suite


class LocalDaemon(daemon.Daemon):
    """One that listens at paths alone."""

    def __init__(self, directory, *arguments, rest=''):
        self.directory = pathlib.Path(directory)
        super().__init__(f'--listen=unix:{directory}/prompt{rest}', f'--http=unix:{directory}/http{rest}',
                         f'--dict=unix:{directory}/dict{rest}', *arguments, addresses=(), serving=1)

    def served(self):
        return [(line, 0) for line in self.stdout().splitlines() if line.startswith('DICT on ')]

    def path(self, name='prompt'):
        return str(self.directory / name)

    def connect(self, address=None):
        return connect(address or self.path())

    def ask_http(self, head=b''):
        return self.ask('http', b'GET /search?q=rook HTTP/1.1\r\nHost: a\r\nConnection: close\r\n' + head + b'\r\n')

    def ask(self, name, request):
        with contextlib.closing(self.connect(self.path(name))) as s:
            return daemon.talk(s, [request])


def connect(path):
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(daemon.DEADLINE)
    s.connect(path)
    return s


class LocalSocketsTest(programs.ProgramTest):
    def setUp(self):
        super().setUp()
        self.directory.chmod(0o755)

    def charfinderd(self, *arguments):
        return self.run_program('charfinderd', '--index=' + suite.database(), *arguments)

    def test_all_faces_are_spoken_there(self):
        with LocalDaemon(self.directory, '--workers=2') as d:
            for name, said in (('prompt', f'Serving on unix:{d.path()}. Hit CTRL-C to stop.\n'),
                               ('http', f'HTTP on unix:{d.path("http")}\n'),
                               ('dict', f'DICT on unix:{d.path("dict")}\n')):
                self.assertIn(said, d.stdout())
                self.assertEqual(stat.S_IMODE(os.stat(d.path(name)).st_mode), 0o666)
            for _ in range(20):
                self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
            self.assertTrue(d.ask_http().startswith(b'HTTP/1.1 200 OK\r\n'))
            self.assertIn(b'\r\n221 ', d.ask('dict', b'DEFINE unicode rook\r\nQUIT\r\n'))
        self.assertIn('opened peer=unix face=prompt\n', d.stderr())
        self.assertEqual([path.name for path in self.directory.iterdir() if path.is_socket()], [])
        suite.checked('three faces at paths, whose files are gone after a shutdown')

    def test_the_client_asks_there(self):
        with LocalDaemon(self.directory) as d:
            for arguments, queries in ((['rook'], b''), (['--batch', '-c3'], b'rook\nwhite bishop\n' * 500)):
                here = self.run_program('charfinder', '--index=' + suite.database(), *arguments, input=queries)
                there = self.run_program('charfinder', f'--server=unix:{d.path()}', *arguments, input=queries)
                self.assertEqual((there.returncode, there.stdout), (0, here.stdout), there.stderr)
            self.assertIn(f'to unix:{d.path()}, 3 connections'.encode(), there.stderr)
        self.assertError(self.run_program('charfinder', f'--server=unix:{d.path()}', '--retries=0', 'rook'), 3,
                         f'unix:{d.path()}', 'No such file')
        self.assertError(self.run_program('charfinder', '--server=unix:/' + 'x' * 107, 'rook'), 3,
                         '/' + 'x' * 107, '107 bytes')

    def test_the_file_has_the_mode_that_is_asked_for(self):
        with LocalDaemon(self.directory, rest=',mode=0600') as d:
            self.assertEqual(stat.S_IMODE(os.stat(d.path()).st_mode), 0o600)

    def test_a_proxy_header_says_who_the_client_is(self):
        with LocalDaemon(self.directory, '--max-clients-per-address=1', rest=',proxy') as d:
            header = b'PROXY TCP4 192.0.2.7 192.0.2.1 1234 2323\r\n'
            self.assertEqual(d.reply(header + b'rook\n'), suite.oracle().reply(b'rook\n'))
            self.assertIn('proxied peer=192.0.2.7:1234\n', d.stderr())
            with contextlib.closing(d.connect()) as first, contextlib.closing(d.connect()) as second:
                first.sendall(header)
                daemon.read_until(first, b'?> ')
                second.sendall(header)
                self.assertIn(b'too many', daemon.read_to_end(second))

    def test_clients_are_limited_by_address_only_if_a_proxy_names_them(self):
        with LocalDaemon(self.directory, '--max-clients-per-address=1', '--max-rate-per-address=1',
                         '--trusted-proxy=unix') as d:
            with contextlib.closing(d.connect()) as first:
                daemon.read_until(first, b'?> ')
                self.assertEqual(d.reply(b'rook\n' * 3), suite.oracle().reply(b'rook\n' * 3))
            named = b'X-Forwarded-For: 192.0.2.7\r\n'
            self.assertEqual({d.ask_http()[9:12] for _ in range(3)}, {b'200'})
            self.assertEqual([d.ask_http(named)[9:12] for _ in range(2)], [b'200', b'429'])

    def test_what_a_killed_server_has_left_is_replaced(self):
        d = LocalDaemon(self.directory)
        with d:
            d.signalled = True
            d.process.kill()
            d.wait()
            self.assertTrue(os.path.exists(d.path()))
            with LocalDaemon(self.directory) as again:
                self.assertEqual(again.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
            d.stop = lambda: None

    def test_what_is_in_use_or_no_socket_is_left_alone(self):
        with LocalDaemon(self.directory) as d:
            self.assertError(self.charfinderd(f'-lunix:{d.path()}'), 1, d.path(), 'listens there already')
            self.assertEqual(d.reply(b'rook\n'), suite.oracle().reply(b'rook\n'))
        file = self.write('file', b'mine')
        self.assertError(self.charfinderd(f'-lunix:{file}'), 1, str(file), 'no socket')
        self.assertEqual(pathlib.Path(file).read_bytes(), b'mine')

    def test_a_file_that_another_server_has_put_there_is_left_alone(self):
        with LocalDaemon(self.directory) as d:
            os.unlink(d.path())
            with contextlib.closing(socket.socket(socket.AF_UNIX)) as other:
                other.bind(d.path())
                d.stop()
                self.assertTrue(os.path.exists(d.path()))
                os.unlink(d.path())

    def test_who_has_connected_before_the_end_is_answered(self):
        with LocalDaemon(self.directory, '--workers=2') as d:
            d.process.send_signal(signal.SIGSTOP)
            with contextlib.ExitStack() as stack:
                clients = [stack.enter_context(contextlib.closing(d.connect())) for _ in range(40)]
                for s in clients:
                    s.sendall(b'rook\n')
                d.send_signal()
                d.process.send_signal(signal.SIGCONT)
                for s in clients:
                    self.assertIn(b"'rook'", daemon.read_to_end(s))
            self.assertEqual(d.wait(), 0)

    def test_mistakes_have_a_remedy(self):
        for arguments, status, *things in (
                (['-lunix:run/s'], 2, 'unix:run/s', 'unix:PATH'),
                (['-lunix:/x,mode=9'], 2, 'mode=9', 'unix:PATH[,mode=0660]'),
                (['-lunix:/' + 'x' * 200], 2, 'unix:PATH'),
                ([f'-lunix:{self.directory}/none/s'], 1, '/none/s', 'make the directory')):
            with self.subTest(arguments):
                self.assertError(self.charfinderd(*arguments), status, *things)
        path = f'unix:{self.directory}/s'
        self.assertError(self.charfinderd('--check', f'-l{path}', f'--http={path}'), 1,
                         f'{path} is to be listened on twice; give another path', prints=b'Unicode')
        self.assertIn(f'would listen on {path}, for http\n',
                      self.assertWell(self.charfinderd('--check', f'--http={path}')))


if __name__ == '__main__':
    suite.main()
