"""What can be seen of a running daemon from outside: its counters, its memory, its log."""

import os
import re
import signal

import daemon
import suite

FIRST_LINE = '# HELP charfinder_connections_accepted_total '
LAST_LINE = re.compile(r'^charfinder_generation \d+\n', re.M)


# ---- counters ----------------------------------------------------------------------

def counters(d):
    """{name with labels: value}, as the daemon prints them on SIGUSR1. That they are valid
    Prometheus text is checked on the way."""
    return parse(counters_text(d))


def counters_text(d):
    before = len(d.stderr())
    d.process.send_signal(signal.SIGUSR1)
    # Logged in one piece, so all of it is there if its end is.
    daemon.wait_for(lambda: LAST_LINE.search(d.stderr(), before), 'counters in the log')
    log = d.stderr()[before:]
    return log[log.index(FIRST_LINE):LAST_LINE.search(log).end()]


METRIC_NAME = r'[a-zA-Z_:][a-zA-Z0-9_:]*'
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf'({METRIC_NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? ([0-9]+(?:\.[0-9]+)?)\Z')
HELP = re.compile(rf'# HELP ({METRIC_NAME}) (\S(?:[^\\]|\\\\|\\n)*)\Z')
TYPE = re.compile(rf'# TYPE ({METRIC_NAME}) (counter|gauge|histogram)\Z')


def parse(text):
    """Reads the text exposition format, version 0.0.4, more strictly than Prometheus does:
    every family has its HELP, then its TYPE, then its samples, and nothing comes twice."""
    assert text.endswith('\n'), 'no line end after the last line'
    samples, types, helped = {}, {}, set()
    family = None
    for line in text[:-1].split('\n'):
        if match := HELP.match(line):
            assert family is None or types.get(family), f'no TYPE of {family}'
            family = match[1]
            assert family not in helped, f'a second HELP of {family}'
            helped.add(family)
        elif match := TYPE.match(line):
            assert match[1] == family, f'TYPE of {match[1]} after HELP of {family}'
            assert family not in types, f'a second TYPE of {family}'
            types[family] = match[2]
        else:
            match = SAMPLE.match(line)
            assert match, f'not a sample: {line!r}'
            name, labels, value = match.groups()
            assert belongs(name, family, types.get(family)), f'{line!r} in the family {family}'
            key = f'{name}{{{labels}}}' if labels else name
            assert key not in samples, f'a second {key}'
            samples[key] = float(value) if '.' in value else int(value)
    assert family in types, f'no TYPE of {family}'
    for family, kind in types.items():
        assert any(belongs(key.partition('{')[0], family, kind) for key in samples), \
            f'no sample of {family}'
        if kind == 'counter':
            assert family.endswith('_total'), f'the counter {family} is not called _total'
        if kind == 'histogram':
            check_histogram(family, samples)
    return samples | sums_of_faces(samples)


def sums_of_faces(samples):
    """What is counted for each face, without the label: as sum() has it."""
    sums = {}
    for key, value in samples.items():
        if match := re.fullmatch(r'(\w+)\{face="[a-z]+"\}', key):
            sums[match[1]] = sums.get(match[1], 0) + value
    return sums


def belongs(name, family, kind):
    suffixes = ('_bucket', '_sum', '_count') if kind == 'histogram' else ('',)
    return kind is not None and name in [family + suffix for suffix in suffixes]


def check_histogram(family, samples):
    """Of each face by itself, where it has such."""
    bucket = re.compile(rf'{family}_bucket{{(?:(face="[a-z]+"),)?le="([^"]+)"}}\Z')
    found = [(match[1], match[2], value) for key, value in samples.items() if (match := bucket.match(key))]
    assert found, f'no buckets of {family}'
    for face in {face for face, _, _ in found}:
        labels = f'{{{face}}}' if face else ''
        buckets = [(bound, value) for whose, bound, value in found if whose == face]
        bounds = [float(bound) for bound, _ in buckets]
        values = [value for _, value in buckets]
        assert bounds == sorted(set(bounds)), f'bounds of {family}: {bounds}'
        assert values == sorted(values), f'{family} is not cumulative: {values}'
        assert buckets[-1] == ('+Inf', samples.get(f'{family}_count{labels}')), f'the last bucket of {family}'
        assert f'{family}_sum{labels}' in samples, f'no {family}_sum'


# ---- memory and descriptors --------------------------------------------------------

def memory(d, what='RssAnon'):
    """Bytes of the field `what` in /proc/PID/status: RssAnon is memory of its own, VmRSS
    also what it has touched of the index."""
    with open(f'/proc/{d.process.pid}/status', encoding='ascii') as status:
        return int(re.search(rf'^{what}:\s+(\d+) kB$', status.read(), re.M)[1]) * 1024


def is_instrumented(d):
    """Whether its memory and its speed say nothing: a wrapper, or a sanitizer, which maps
    terabytes for itself."""
    return bool(suite.wrap()) or memory(d, 'VmSize') > 1 << 40


def mappings(d, name):
    """How many mappings it has of files whose path ends with `name`, deleted or not."""
    with open(f'/proc/{d.process.pid}/maps', encoding='utf-8') as maps:
        return len(re.findall(rf'{re.escape(name)}(?: \(deleted\))?$', maps.read(), re.M))


def descriptors(d):
    return len(os.listdir(f'/proc/{d.process.pid}/fd'))


# ---- the log -----------------------------------------------------------------------

def opened(d):
    """The numbers of the connections that it has opened."""
    return [int(number) for number in re.findall(r'^c(\d+) opened ', d.stderr(), re.M)]


def closed(d):
    """{number of the connection: (reason, queries)} of those that it has closed."""
    line = re.compile(r'^c(\d+) closed reason=(\S+) queries=(\d+)$', re.M)
    return {int(number): (reason, int(queries))
            for number, reason, queries in line.findall(d.stderr())}


def close_reasons(d):
    """The reasons for which it has closed connections, each as often as it had it."""
    return sorted(reason for reason, _ in closed(d).values())
