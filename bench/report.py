"""What has been measured, as a page: the table, and what the issue wanted to be reached."""

import os
import platform
import resource
import statistics
import time

import contenders
import workloads


class Results:
    def __init__(self):
        self.rounds = {}   # (workload, contender): [{name: number}], one for each round
        self.skipped = {}  # contender: why

    def add(self, workload, contender, values):
        self.rounds.setdefault((workload, contender), []).append(values)

    def skip(self, contender, reason):
        self.skipped[contender] = reason

    def median(self, workload, contender, name):
        """None if that was not measured."""
        values = self.values(workload, contender, name)
        return statistics.median(values) if values else None

    def spread(self, workload, contender, name):
        """How far the middle half of the rounds lie apart, in per cent of the median."""
        values = self.values(workload, contender, name)
        if len(values) < 2:
            return None
        first, median, third = statistics.quantiles(values, n=4, method='inclusive')
        return 100 * (third - first) / median if median else None

    def values(self, workload, contender, name):
        return [values[name] for values in self.rounds.get((workload, contender), [])
                if name in values]

    def ratio(self, workload, name, contender, other):
        """The median of the ratios of each round, in which both were measured soon after each
        other. None if one of them was not measured."""
        rounds = zip(self.values(workload, contender, name), self.values(workload, other, name))
        ratios = [ours / theirs for ours, theirs in rounds if theirs]
        return statistics.median(ratios) if ratios else None

    def contenders(self, workload):
        return [contender for at, contender in self.rounds if at == workload]


# ---- what is to be reached: what, where, the figure, at most or at least, its unit

def cpu(workload, contender='charfinderd'):
    return lambda results: results.ratio(workload, 'cpu_ns', contender, 'floor')


REACH = [
    ('1 in flight', 'CPU per query against the floor', cpu('rook-1'), 'at most', 1.25, '×'),
    ('1 in flight', 'queries/s against memcached',
     lambda results: results.ratio('rook-1', 'rate', 'charfinderd', 'memcached'),
     'at least', 1.0, '×'),
    ('16 in flight', 'CPU per query against the floor', cpu('rook-16'), 'at most', 1.2, '×'),
    ('16 in flight', 'queries/s against redis',
     lambda results: results.ratio('rook-16', 'rate', 'charfinderd', 'redis'),
     'at least', 1.4, '×'),
    ('mix, 16 in flight', 'CPU per query against the floor', cpu('mix-16'), 'at most', 1.8, '×'),
    ('mix, 16 in flight', 'queries/s against redis',
     lambda results: results.ratio('mix-16', 'rate', 'charfinderd', 'redis'),
     'at least', 1.2, '×'),
    ('mix of those found', 'CPU per query in auto mode against classic',
     lambda results: results.ratio('found-16', 'cpu_ns', 'auto', 'charfinderd'),
     'at most', 1.1, '×'),
    ('mix with its misses', 'CPU per query in auto mode, no cache, against the floor',
     cpu('auto-16', workloads.NO_CACHE), 'at most', 30, '×'),
    ('`letter`', 'CPU per answer against the floor', cpu('letter'), 'at most', 1.1, '×'),
    ('`cjk`', 'CPU per answer against the floor', cpu('cjk'), 'at most', 1.0, '×'),
    ('idle', 'user memory per connection',
     lambda results: results.median('idle', 'charfinderd', 'asked_bytes'), 'at most', 1400, ' B'),
    ('start', "exec to first answer against memcached's",
     lambda results: results.ratio('start', 'median_us', 'charfinderd', 'memcached'),
     'at most', 1.0, '×'),
    ('search alone', 'mean over the mix per query',
     lambda results: results.median('search', 'mix', 'ns'), 'at most', 200, ' ns'),
    ('fairness', '`rook` p99 beside five `cjk` streams',
     lambda results: in_ms(results.median('fair', 'charfinderd', 'p99_us')), 'at most', 1, ' ms'),
]


def in_ms(microseconds):
    return microseconds / 1000 if microseconds is not None else None


def verdict(figure, bound, limit):
    if figure is None:
        return 'not measured'
    return 'met' if (figure <= limit if bound == 'at most' else figure >= limit) else 'MISSED'


def give(text, arguments):
    """Prints a page, and writes it where --output says, but for a --quick run."""
    print(text)
    if arguments.output and not arguments.quick:
        with open(arguments.output, 'w', encoding='utf-8') as file:
            file.write(text)


# ---- tables ------------------------------------------------------------------------

def table(head, rows, text_columns=2):
    """A Markdown table whose columns stand under each other. The first `text_columns` are
    text, the others numbers."""
    rows = [head] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    rule = ['-' * width for width in widths]
    for i in range(text_columns, len(widths)):
        rule[i] = rule[i][:-1] + ':'
    lines = [[cell.ljust(width) if i < text_columns else cell.rjust(width)
              for i, (cell, width) in enumerate(zip(row, widths))]
             for row in [rows[0], rule] + rows[1:]]
    return '\n'.join('| ' + ' | '.join(line) + ' |' for line in lines)


def number(value, digits=0):
    return '' if value is None else f'{value:,.{digits}f}'


def percent(value):
    return '' if value is None else f'{value:.0f} %'


def asked_row(results, workload, contender):
    def median(name):
        return results.median(workload.name, contender, name)
    rate = median('rate')
    cost = ['', '', '']  # beside streams most of it is theirs
    if not workload.streams:
        cost = [number(median('cpu_ns')),
                number(results.ratio(workload.name, 'cpu_ns', contender, 'floor'), 2),
                percent(results.spread(workload.name, contender, 'cpu_ns'))]
    return [workload.title, contender, number(rate, 0 if rate >= 1000 else 1), *cost,
            number(median('p50_us')), number(median('p99_us')), '']


def other_row(title, contender, figure):
    return [title, contender, '', '', '', '', '', '', figure]


def measured_table(results):
    rows = [asked_row(results, workload, contender)
            for workload in workloads.WORKLOADS for contender in results.contenders(workload.name)]
    for contender in results.contenders('idle'):
        opened = results.median('idle', contender, 'opened_bytes')
        asked = results.median('idle', contender, 'asked_bytes')
        before = '' if opened is None else f'{number(opened)} B, after a query '
        rows.append(other_row('15,000 idle', contender, before + f'{number(asked)} B'))
    for contender in results.contenders('start'):
        time_ms = in_ms(results.median('start', contender, 'median_us'))
        rows.append(other_row('exec to answer', contender, f'{number(time_ms, 2)} ms'))
    for queries in results.contenders('search'):
        time_ns = results.median('search', queries, 'ns')
        rows.append(other_row('search alone', queries, f'{number(time_ns)} ns'))
    return table(['workload', 'who', 'queries/s', 'CPU ns/query', '× floor', 'spread', 'p50 µs',
                  'p99 µs', 'figure'], rows)


def reach_table(results):
    rows = []
    for workload, what, find, bound, limit, unit in REACH:
        figure = find(results)
        digits = 2 if limit < 100 else 0
        rows.append([workload, what, f'{bound} {limit:g}{unit}',
                     '' if figure is None else f'{number(figure, digits)}{unit}',
                     verdict(figure, bound, limit)])
    return table(['workload', 'figure', 'target', 'this run', ''], rows)


# ---- the machine -----------------------------------------------------------------

class Machine:
    """What the machine is, and what else it does while this object lives."""

    def __init__(self):
        self.begin = self.busy_and_stolen()

    @staticmethod
    def busy_and_stolen():
        """Seconds of all processors together: at work, of that for this program and its
        children, and kept from this machine by its host."""
        with open('/proc/stat') as stat:
            user, nice, system, _, _, irq, softirq, steal = map(int, next(stat).split()[1:9])
        tick = os.sysconf('SC_CLK_TCK')
        ours = sum(usage.ru_utime + usage.ru_stime
                   for usage in map(resource.getrusage, (resource.RUSAGE_SELF,
                                                         resource.RUSAGE_CHILDREN)))
        return (user + nice + system + irq + softirq) / tick, ours, steal / tick

    def others(self, seconds):
        """(share of the processors' time that others used, share that was stolen)"""
        busy, ours, stolen = (now - then for now, then in zip(self.busy_and_stolen(), self.begin))
        all_time = seconds * os.cpu_count()
        return max(0, busy - ours) / all_time, stolen / all_time

    @staticmethod
    def model():
        with open('/proc/cpuinfo') as file:
            for line in file:
                if line.startswith('model name'):
                    return line.partition(':')[2].strip()
        return platform.machine()


def congestion_control():
    with open('/proc/sys/net/ipv4/tcp_congestion_control') as file:
        return file.read().strip()


def versions(bench):
    found = [contender.version() for contender in bench.contenders]
    return [version for version in found if version] + [contenders.first_line('cc', '--version')]


def page(bench, machine, seconds):
    results, settings = bench.results, bench.settings
    others, stolen = machine.others(seconds)
    mix = workloads.QUERIES['mix']
    lines = [
        '# What `make bench` measured',
        '',
        f'* {time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())}; {bench.rounds} rounds, medians; '
        f'{bench.seconds:g} s for each measurement; {bench.few_rounds} rounds of idle, start and search; '
        f'{seconds / 60:.0f} minutes in all',
        f'* {machine.model()}, {os.cpu_count()} processors; servers on number '
        f'{settings.server_core}, load on {settings.load_core}',
        f'* {platform.system()} {platform.release()}, TCP with {congestion_control()}; '
        f'{"; ".join(versions(bench))}',
        f'* others used {100 * others:.1f} % of the processors meanwhile, and the host took '
        f'{100 * stolen:.1f} %',
        f'* mix: {len(mix.queries):,} queries, {mix.mean_length():,.0f} B an answer; `rook`: '
        f'{workloads.QUERIES["rook"].mean_length():,.0f} B',
    ]
    lines += [f'* skipped: {who}: {why}' for who, why in results.skipped.items()]
    lines += ['', 'What the columns mean: [README.md](README.md).', '', measured_table(results), '',
              '## Reach', '', reach_table(results), '']
    return '\n'.join(lines)
