#!/usr/bin/env python3
"""A listener with ,proxy: each connection begins with a PROXY header, version 1 or 2, as
HAProxy's proxy-protocol.txt describes them, and with nothing else. Who is behind the
balancer is then the client, in the log and in the limits."""

import contextlib
import re
import socket
import struct
import unittest

import daemon
import oracle
import suite

QUERY = b'white bishop\r\n'
SIGNATURE = b'\r\n\r\n\0\r\nQUIT\n'
LONGEST = 2048  # bytes of a version 2 header; of version 1, as specified:
LONGEST_LINE = 107
LOCAL, PROXY = 0x20, 0x21
UNSPEC, TCP4, UDP4, TCP6, UDP6, UNIX = 0x00, 0x11, 0x12, 0x21, 0x22, 0x31
TOO_MANY = b'Error: too many clients\r\n'


def v1(text):
    return b'PROXY ' + text + b'\r\n'


def v2(command, family, rest=b''):
    return SIGNATURE + bytes([command, family]) + struct.pack('!H', len(rest)) + rest


def v2_tcp4(source, port, more=b''):
    return v2(PROXY, TCP4, socket.inet_aton(source) + socket.inet_aton('192.0.2.1')
              + struct.pack('!HH', port, 2323) + more)


def v2_tcp6(source, port, more=b''):
    return v2(PROXY, TCP6, socket.inet_pton(socket.AF_INET6, source)
              + socket.inet_pton(socket.AF_INET6, '2001:db8::1')
              + struct.pack('!HH', port, 2323) + more)


def tlv(kind, value):
    return bytes([kind]) + struct.pack('!H', len(value)) + value


# As HAProxy sends them: ALPN, authority, CRC32C, NOOP, unique id, TLS with more within.
TLVS = (tlv(0x01, b'h2') + tlv(0x02, b'example.org') + tlv(0x03, bytes(4)) + tlv(0x04, b'')
        + tlv(0x05, b'A1B2') + tlv(0x20, b'\1' + bytes(4) + tlv(0x21, b'TLSv1.3')))

# Headers, and whom they name: None if nobody.
GOOD = [
    (v1(b'TCP4 198.51.100.7 192.0.2.1 56324 2323'), '198.51.100.7:56324'),
    (v1(b'TCP4 0.0.0.0 255.255.255.255 0 65535'), '0.0.0.0:0'),
    (v1(b'TCP6 2001:db8::7 2001:db8::1 4124 2323'), '[2001:db8::7]:4124'),
    (v1(b'TCP6 ::1 ::ffff:192.0.2.1 65535 1'), '[::1]:65535'),
    (v1(b'TCP6 2001:0db8:ffff:ffff:ffff:ffff:ffff:ffff '
        b'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535'),
     '[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:65535'),
    (v1(b'UNKNOWN'), None),
    (v1(b'UNKNOWN what comes here does not matter'), None),
    (v1(b'UNKNOWN ' + b'x' * (LONGEST_LINE - len(v1(b'UNKNOWN ')))), None),
    (v2(LOCAL, UNSPEC), None),
    (v2(LOCAL, TCP4, bytes(12)), None),
    (v2(LOCAL, UNSPEC, TLVS), None),
    (v2(PROXY, UNSPEC), None),
    (v2(PROXY, UNSPEC, TLVS), None),
    (v2(PROXY, UNIX, bytes(216)), None),
    (v2_tcp4('198.51.100.7', 56324), '198.51.100.7:56324'),
    (v2_tcp4('198.51.100.7', 0x0A0D, TLVS), '198.51.100.7:2573'),  # has CR LF
    (v2_tcp6('2001:db8::7', 4124), '[2001:db8::7]:4124'),
    (v2_tcp6('2001:db8::7', 4124, TLVS), '[2001:db8::7]:4124'),
    (v2_tcp4('198.51.100.7', 1, tlv(0x04, bytes(LONGEST - 28 - 3))), '198.51.100.7:1'),
]

BAD = [
    b'\r\n', b'\0', b'\xff\xfb\x01', b'GET / HTTP/1.0\r\n\r\n',
    b'rook\r\n', b'P\r\n', b'PROX\r\n', b'PROXY\r\n', b'proxy UNKNOWN\r\n', b' PROXY UNKNOWN\r\n',
    b'PROXY UNKNOWN\n', b'PROXY UNKNOWN\n\r\n', b'PROXY\tUNKNOWN\r\n',
    v1(b''), v1(b' '), v1(b'UNKNOWNX'), v1(b'unknown'), v1(b'UNKNOWN\0'),
    v1(b'TCP4'), v1(b'TCP4 1.2.3.4'), v1(b'TCP4 1.2.3.4 5.6.7.8'), v1(b'TCP4 1.2.3.4 5.6.7.8 1'),
    v1(b'TCP4 1.2.3.4 5.6.7.8 1 2 3'), v1(b'TCP4 1.2.3.4 5.6.7.8 1 2 '),
    v1(b'TCP4  1.2.3.4 5.6.7.8 1 2'), v1(b' TCP4 1.2.3.4 5.6.7.8 1 2'),
    v1(b'TCP4\t1.2.3.4\t5.6.7.8\t1\t2'), v1(b'TCP4 1.2.3.4 5.6.7.8 1 2\r'),
    v1(b'TCP4 1.2.3.4 5.6.7.8 1 65536'), v1(b'TCP4 1.2.3.4 5.6.7.8 -1 2'),
    v1(b'TCP4 1.2.3.4 5.6.7.8 01 2'), v1(b'TCP4 1.2.3.4 5.6.7.8 +1 2'),
    v1(b'TCP4 1.2.3.4 5.6.7.8 1x 2'), v1(b'TCP4 1.2.3.4 5.6.7.8 1 99999999999999999999'),
    v1(b'TCP4 1.2.3 5.6.7.8 1 2'), v1(b'TCP4 1.2.3.256 5.6.7.8 1 2'),
    v1(b'TCP4 01.2.3.4 5.6.7.8 1 2'), v1(b'TCP4 1.2.3.4 localhost 1 2'),
    v1(b'TCP4 ::1 ::1 1 2'), v1(b'TCP6 1.2.3.4 5.6.7.8 1 2'), v1(b'TCP6 [::1] [::1] 1 2'),
    v1(b'TCP6 ::1%lo ::1 1 2'), v1(b'TCP6 1::2::3 ::1 1 2'),
    v1(b'TCP5 1.2.3.4 5.6.7.8 1 2'), v1(b'UDP4 1.2.3.4 5.6.7.8 1 2'),
    v1(b'UNKNOWN ' + b'x' * (LONGEST_LINE + 1 - len(v1(b'UNKNOWN ')))),
    b'PROXY ' + b'x' * 5000, b'PROXY UNKNOWN' + b' ' * 5000 + b'\r\n',
    *(SIGNATURE[:i] + bytes([SIGNATURE[i] ^ 1]) + SIGNATURE[i + 1:] + v2(LOCAL, UNSPEC)[12:]
      for i in range(12)),
    *(v2(command, TCP4, bytes(12)) for command in (0x00, 0x01, 0x10, 0x11, 0x22, 0x2F, 0x31)),
    *(v2(PROXY, family, bytes(36)) for family in (UDP4, UDP6, 0x01, 0x10, 0x41, 0xFF)),
    v2(PROXY, TCP4), v2(PROXY, TCP4, bytes(11)), v2(PROXY, TCP6, bytes(35)),
    v2(LOCAL, UNSPEC, bytes(LONGEST - 16 + 1)), v2(LOCAL, UNSPEC, bytes(65535)),
]


class ProxyTest(unittest.TestCase):
    def setUp(self):
        self.oracle = suite.oracle()

    def daemon(self, *arguments):
        """One that listens for a balancer first, and then for everyone."""
        return self.enterContext(daemon.Daemon('--listen=127.0.0.1:0,proxy',
                                               '--listen=127.0.0.1:0', '--workers=1',
                                               *arguments, addresses=(), serving=2))

    def connect(self, d, *pieces):
        s = d.connect()
        self.addCleanup(s.close)
        for piece in pieces:
            s.sendall(piece)
        return s

    def ended(self, d):
        """The ends of connections so far, in their order."""
        return re.findall(r'^c\d+ closed (.*)$', d.stderr(), re.M)

    def assertEnds(self, d, count, end):
        """That after `count` connections in all, the last end was so."""
        daemon.wait_for(lambda: len(self.ended(d)) >= count, 'log of the end')
        self.assertEqual(len(self.ended(d)), count)
        self.assertEqual(self.ended(d)[-1], end)

    def assertAnsweredAfter(self, d, header, pieces):
        self.assertEqual(d.reply(pieces, paced=True), self.oracle.reply(QUERY), header)


class HeaderTest(ProxyTest):
    def test_names_the_client_in_the_log(self):
        d = self.daemon()
        for count, (header, peer) in enumerate(GOOD, 1):
            before = len(d.stderr())
            self.assertAnsweredAfter(d, header, [header, QUERY])
            self.assertEnds(d, count, 'reason=end-of-input queries=1')
            self.assertEqual(re.findall(r' proxied peer=(.*)\n', d.stderr()[before:]),
                             [peer] if peer else [], header)
        suite.checked(f'{len(GOOD)} headers understood')

    def test_comes_in_one_packet_with_the_first_queries(self):
        d = self.daemon()
        for header, _ in GOOD:
            self.assertAnsweredAfter(d, header, [header + QUERY])
            self.assertEqual(d.reply(header + QUERY * 500), self.oracle.reply(QUERY * 500))

    def test_comes_split_anywhere(self):
        d = self.daemon()
        splits = 0
        for header, _ in GOOD:
            data = header + QUERY
            for i in range(1, min(len(data), 200)):
                self.assertAnsweredAfter(d, header, [data[:i], data[i:]])
                splits += 1
            if len(data) < 200:
                self.assertAnsweredAfter(d, header, [data[i:i + 1] for i in range(len(data))])
        suite.checked(f'{splits} ways to split a header')

    def test_and_then_nothing_is_a_conversation_too(self):
        d = self.daemon()
        for header, _ in GOOD:
            self.assertEqual(d.reply(header), oracle.PROMPT)

    def test_is_not_answered_before_it_is_whole(self):
        d = self.daemon()
        for header, _ in GOOD:
            s = self.connect(d, header[:-1])
            daemon.wait_for(lambda: daemon.has_been_read(s), 'reader')
            s.setblocking(False)
            with self.assertRaises(BlockingIOError):
                s.recv(1)
            s.setblocking(True)
            s.sendall(header[-1:])
            self.assertEqual(daemon.read_until(s, oracle.PROMPT), oracle.PROMPT)
            s.close()

    def test_that_is_none_closes_without_a_prompt(self):
        d = self.daemon()
        for count, header in enumerate(BAD, 1):
            with self.subTest(header[:200]):
                # By itself: the client has not ended its input. A query that follows is
                # not answered.
                self.assertEqual(d.reply([header, QUERY], half_close=False), b'')
                self.assertEnds(d, count, 'reason=proxy-header queries=0')
        self.assertNotIn(' proxied ', d.stderr())
        suite.checked(f'{len(BAD)} wrong headers turned away')

    def test_that_is_cut_off_closes_without_a_prompt(self):
        d = self.daemon()
        count = 0
        for header, _ in GOOD:
            for i in range(min(len(header), 120)):
                self.assertEqual(d.reply(header[:i]), b'')
                count += 1
        self.assertEnds(d, count, 'reason=proxy-header queries=0')
        self.assertEqual(set(self.ended(d)), {'reason=proxy-header queries=0'})
        suite.checked(f'{count} headers cut off')

    def test_that_does_not_come_closes_at_the_deadline(self):
        d = self.daemon('--line-timeout=1', '--idle-timeout=0')
        begun = [b'', b'P', b'PROXY TCP4 1.2.3.4', SIGNATURE, v2_tcp4('192.0.2.7', 1, TLVS)[:-1]]
        clients = [self.connect(d, beginning) for beginning in begun]
        for s in clients:
            self.assertEqual(daemon.read_to_end(s), b'')
        daemon.wait_for(lambda: len(self.ended(d)) == len(begun), 'log of the ends')
        self.assertEqual(set(self.ended(d)), {'reason=proxy-header queries=0'})

    def test_that_dribbles_closes_at_the_deadline(self):
        d = self.daemon('--line-timeout=1')
        header = v2(LOCAL, UNSPEC, bytes(LONGEST - 16))
        s = self.connect(d)
        s.settimeout(0.05)
        received = None
        for i in range(len(header)):
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                s.sendall(header[i:i + 1])
            with contextlib.suppress(TimeoutError):
                received = s.recv(1)
                break
        self.assertEqual(received, b'')
        self.assertEnds(d, 1, 'reason=proxy-header queries=0')

    def test_is_given_time_without_a_deadline(self):
        d = self.daemon('--line-timeout=0', '--idle-timeout=1')
        header = v2_tcp4('192.0.2.7', 1)
        waiting = self.connect(d, header[:-1])
        # Longer than any limit of another kind: one that is idle after its header is closed.
        idle = self.connect(d, header)
        self.assertEqual(daemon.read_to_end(idle), oracle.PROMPT)
        waiting.sendall(header[-1:] + QUERY)
        self.assertEqual(daemon.read_until(waiting, b"bishop'\r\n?> "), self.oracle.reply(QUERY))


class LimitTest(ProxyTest):
    def assertTurnedAway(self, d, header):
        """Told why, and closed, without being asked for anything more."""
        with contextlib.closing(self.connect(d, header)) as s:
            self.assertEqual(daemon.read_to_end(s), TOO_MANY)

    def test_of_an_address_counts_who_is_behind_the_balancer(self):
        d = self.daemon('--max-clients-per-address=2')
        for header, other in (
                (v1(b'TCP4 192.0.2.7 192.0.2.1 1 2'), v2_tcp4('192.0.2.8', 1)),
                # IPv6: a customer has a /64.
                (v2_tcp6('2001:db8:0:7::7', 1), v2_tcp6('2001:db8:0:8::7', 1))):
            clients = [self.connect(d, header) for _ in range(2)]
            for s in clients:
                daemon.read_until(s, oracle.PROMPT)
            self.assertTurnedAway(d, header)
            self.assertAnsweredAfter(d, other, [other + QUERY])
            # One goes, and there is room again.
            ended = len(self.ended(d))
            clients[0].close()
            daemon.wait_for(lambda: len(self.ended(d)) > ended, 'end of a client')
            self.assertAnsweredAfter(d, header, [header + QUERY])
            clients[1].close()
        d.stop()
        self.assertEqual([end for end in self.ended(d) if 'max-clients' in end],
                         ['reason=max-clients-per-address queries=0'] * 2)

    def test_of_an_address_is_one_for_both_versions(self):
        d = self.daemon('--max-clients-per-address=1')
        s = self.connect(d, v1(b'TCP4 192.0.2.7 192.0.2.1 1 2'))
        daemon.read_until(s, oracle.PROMPT)
        self.assertTurnedAway(d, v2_tcp4('192.0.2.7', 3))

    def test_of_an_address_takes_an_ipv4_address_written_as_ipv6_for_what_it_is(self):
        # So a balancer that listens on [::] names all clients that come by IPv4; they are
        # not one /64.
        d = self.daemon('--max-clients-per-address=1')
        for header in (v2_tcp6('::ffff:192.0.2.7', 1),
                       v1(b'TCP6 ::ffff:192.0.2.8 ::ffff:192.0.2.1 1 2')):
            self.assertEqual(daemon.read_until(self.connect(d, header), b''), oracle.PROMPT)
        self.assertTurnedAway(d, v2_tcp4('192.0.2.7', 2))

    def test_of_an_address_does_not_count_the_balancer(self):
        d = self.daemon('--max-clients-per-address=1')
        for header in (v2(LOCAL, UNSPEC), v1(b'UNKNOWN')):
            for _ in range(5):
                s = self.connect(d, header + QUERY)
                self.assertEqual(daemon.read_until(s, b"bishop'\r\n?> "), self.oracle.reply(QUERY))
        # It has the address of these clients of the other listener.
        direct = d.connect(d.served()[1])
        self.addCleanup(direct.close)
        self.assertEqual(daemon.read_until(direct, oracle.PROMPT), oracle.PROMPT)
        second = d.connect(d.served()[1])
        self.addCleanup(second.close)
        self.assertEqual(daemon.read_to_end(second), TOO_MANY)

    def test_of_clients_counts_who_has_sent_no_header_yet(self):
        d = self.daemon('--max-clients=3')
        waiting = [self.connect(d) for _ in range(3)]
        daemon.wait_for(lambda: d.stderr().count(' opened ') == 3, 'three clients')
        self.assertEqual(daemon.read_to_end(self.connect(d)), TOO_MANY)
        daemon.wait_for(lambda: re.search(r'refused peer=127\.0\.0\.1:\d+ reason=max-clients\n',
                                          d.stderr()), 'log of the refusal')
        for s in waiting:
            s.sendall(v2(LOCAL, UNSPEC) + QUERY)
            self.assertEqual(daemon.read_until(s, b"bishop'\r\n?> "), self.oracle.reply(QUERY))


class ListenerTest(ProxyTest):
    def test_without_proxy_takes_a_header_for_queries(self):
        d = self.daemon()
        for header, _ in GOOD:
            with contextlib.closing(d.connect(d.served()[1])) as s:
                self.assertEqual(daemon.talk(s, [header + QUERY]),
                                 self.oracle.reply(header + QUERY), header)
        self.assertNotIn(' proxied ', d.stderr())

    def test_shutdown_ends_who_has_sent_no_header(self):
        d = self.daemon('--shutdown-timeout=60', '--line-timeout=0')
        clients = [self.connect(d, v2_tcp4('192.0.2.7', 1)[:i]) for i in range(5)]
        daemon.wait_for(lambda: d.stderr().count(' opened ') == 5, 'five clients')
        d.stop()
        for s in clients:
            self.assertEqual(daemon.read_to_end(s), b'')
        self.assertEqual(self.ended(d), ['reason=shutdown queries=0'] * 5)

    def test_shutdown_answers_what_came_with_a_header_just_before(self):
        rounds = 2 if suite.wrap() else 20
        for _ in range(rounds):
            d = self.daemon()
            clients = [self.connect(d, v2_tcp4('192.0.2.7', i)) for i in range(10)]
            for s in clients[:5]:
                daemon.read_until(s, oracle.PROMPT)
                s.sendall(QUERY)
            daemon.wait_for(lambda: d.stderr().count(' opened ') == 10, 'ten clients')
            for s in clients[5:]:
                s.sendall(QUERY)
            d.send_signal()
            for s in clients[:5]:
                self.assertEqual(oracle.PROMPT + daemon.read_to_end(s), self.oracle.reply(QUERY))
            for s in clients[5:]:
                self.assertEqual(daemon.read_to_end(s), self.oracle.reply(QUERY))
            self.assertEqual(d.wait(), 0)
        suite.checked(f'{rounds * 10} queries behind a header, sent just before the signal, '
                      'were answered')


class DictProxyTest(unittest.TestCase):
    """The same before a conversation with a dictionary program."""

    LINES = b'define unicode "snowman"\r\nquit\r\n'
    ARGUMENTS = ()

    def setUp(self):
        self.daemon = self.enterContext(daemon.Daemon('--dict=127.0.0.1:0,proxy', '--dict=127.0.0.1:0',
                                                      '--workers=1', *self.ARGUMENTS))
        self.answer = self.after_the_greeting([self.LINES], daemon.DICT.findall(self.daemon.stdout())[1])
        self.ended = 0
        self.await_ends(1, 'quit queries=1')

    def reply(self, pieces, address=None):
        host, port = address or daemon.DICT.findall(self.daemon.stdout())[0]
        with contextlib.closing(self.daemon.connect((host, int(port)))) as s:
            return daemon.talk(s, pieces, half_close=False, paced=True)

    def after_the_greeting(self, pieces, address=None):
        greeting, _, answer = self.reply(pieces, address).partition(b'\r\n')
        self.assertRegex(greeting, rb'^220 charfinderd ')
        return answer

    def await_ends(self, count, end):
        """Waits for the log of that many more ends."""
        self.ended += count
        daemon.wait_for(lambda: self.daemon.stderr().count(' closed ') == self.ended, 'log of the ends')
        self.assertTrue(self.daemon.stderr().endswith(f' closed reason={end}\n'))


class DictHeaderTest(DictProxyTest):
    def test_names_the_client_in_the_log(self):
        self.assertIn(b'U+2603', self.answer)
        for header, peer in GOOD:
            before = len(self.daemon.stderr())
            for pieces in ([header, self.LINES], [header + self.LINES], [header[:-1], header[-1:] + self.LINES]):
                self.assertEqual(self.after_the_greeting(pieces), self.answer, header)
            self.await_ends(3, 'quit queries=1')
            self.assertEqual(re.findall(r' proxied peer=(.*)\n', self.daemon.stderr()[before:]),
                             [peer] * 3 if peer else [], header)

    def test_that_is_none_closes_without_a_greeting(self):
        for header in BAD:
            self.assertEqual(self.reply([header, self.LINES]), b'', header[:200])
        self.await_ends(len(BAD), 'proxy-header queries=0')


class DictLimitTest(DictProxyTest):
    ARGUMENTS = ('--max-clients-per-address=1',)

    def test_is_whom_the_limit_of_an_address_counts(self):
        with contextlib.closing(self.daemon.connect(self.daemon.dict())) as s:
            s.sendall(v2_tcp4('192.0.2.7', 1))
            daemon.read_until(s, b'\r\n')
            self.assertEqual(self.reply([v1(b'TCP4 192.0.2.7 192.0.2.1 1 2')]), b'420 too many clients\r\n')
            self.assertEqual(self.after_the_greeting([v2_tcp4('192.0.2.8', 1) + self.LINES]), self.answer)


if __name__ == '__main__':
    suite.main()
