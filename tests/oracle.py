"""What server/prompt/PROTOCOL.md says, in the plainest Python: the exact bytes of every answer.

Shares no code and no index with the programs under test. The names come from
data/characters.tsv or, if UCD_DIR is given, straight from the published files.
"""

import csv
import os
import re

PROMPT = b'?> '
NOT_UTF8 = b'Error: the query is not valid UTF-8\r\n'
TOO_LONG = b'Error: the query is longer than 4096 bytes\r\n'
MAX_LINE = 4096
MAX_WITHOUT_LINE_END = 1 << 20

UNICODE_VERSION = '18.0.0'
WITHOUT_CODE = re.compile('^(CJK (?:UNIFIED|COMPATIBILITY) IDEOGRAPH)-[0-9A-F]+$')


# Names and categories: {code point: name}, {code point: general category}.
# What is not in the second is unassigned, Cn.

def read_table(path):
    names, categories = {}, {}
    with open(path, encoding='utf-8', newline='\n') as table:
        version = next(table).split()[-1]
        if version != UNICODE_VERSION:
            raise ValueError(f'{path} is for Unicode {version}')
        # Any other comment lines belong to the reader, not to the facts.
        lines = (line for line in table if not line.startswith('#'))
        for code, name, category, *_ in csv.reader(lines, delimiter='\t', quoting=csv.QUOTE_NONE):
            for point in code_points(code):
                categories[point] = category
                if name:
                    names[point] = name.replace('*', f'{point:04X}')
    return names, categories


def ucd_files(directory):
    """Those that read_ucd() reads."""
    return [os.path.join(directory, 'extracted', name)
            for name in ('DerivedName.txt', 'DerivedGeneralCategory.txt')]


def read_ucd(directory):
    names_file, categories_file = ucd_files(directory)
    names = {point: name.replace('*', f'{point:04X}')
             for code, name in ucd_fields(names_file)
             for point in code_points(code)}
    categories = {point: category
                  for code, category in ucd_fields(categories_file)
                  for point in code_points(code) if category != 'Cn'}
    return names, categories


def ucd_fields(path):
    with open(path, encoding='utf-8') as lines:
        if UNICODE_VERSION not in next(lines):
            raise ValueError(f'{path} is not for Unicode {UNICODE_VERSION}')
        for line in lines:
            line = line.partition('#')[0].strip()
            if line:
                yield [field.strip() for field in line.split(';')]


def code_points(code):
    first, _, last = code.partition('..')
    return range(int(first, 16), int(last or first, 16) + 1)


class Oracle:
    def __init__(self, names, categories):
        self.names = names
        self.categories = categories
        self.word = word_pattern(categories)
        self.rows = {}   # code point: its row, in ascending order
        self.index = {}  # word: the set of the code points that have it in their names
        for point, name in sorted(names.items()):
            self.rows[point] = f'{"U+%04X" % point:7}\t{chr(point)}\t{name}\r\n'.encode()
            for word in self.words(WITHOUT_CODE.sub(r'\1', name)):
                self.index.setdefault(word, set()).add(point)

    def words(self, text):
        return {word.upper() for word in self.word.findall(text)}

    def find(self, query):
        """The code points whose names have all the words of `query`, ascending."""
        words = self.words(query)
        if not words:
            return []
        return sorted(set.intersection(*(self.index.get(word, set()) for word in words)))

    def status(self, query, count):
        if count == 0:
            return f'No match for {self.quote(query)}'
        return f'{count} match{"es" if count > 1 else ""} for {self.quote(query)}'

    def quote(self, text):
        """repr(), with the categories of the index's Unicode version, not Python's."""
        mark = '"' if "'" in text and '"' not in text else "'"
        return mark + ''.join(self.escape(c, mark) for c in text) + mark

    def escape(self, character, mark):
        point = ord(character)
        if character in ('\\', mark):
            return '\\' + character
        if character in '\n\r\t':
            return {'\n': r'\n', '\r': r'\r', '\t': r'\t'}[character]
        if character == ' ' or self.categories.get(point, 'Cn')[0] not in 'CZ':
            return character
        if point < 0x100:
            return f'\\x{point:02x}'
        return f'\\u{point:04x}' if point < 0x10000 else f'\\U{point:08x}'

    def answer(self, line):
        """What the server sends for one line, given without its line end, before the
        next prompt."""
        if len(line) > MAX_LINE:
            return TOO_LONG
        try:
            query = line.decode('utf-8').strip()
        except UnicodeDecodeError:
            return NOT_UTF8
        if not query:
            return b''
        found = self.find(query)
        return (b''.join(self.rows[point] for point in found)
                + self.status(query, len(found)).encode() + b'\r\n')

    def reply(self, data):
        """All that the server sends to a client that sends `data` and then the end
        of input."""
        out = [PROMPT]
        line = b''
        skipping = False     # the rest of a line that was too long
        since_line_end = 0   # bytes, telnet's included
        for kind, token in tokens(data):
            since_line_end += len(token)
            if kind == 'line_end':
                if not skipping:
                    out += [self.answer(line.removesuffix(b'\r')), PROMPT]
                line, skipping, since_line_end = b'', False, 0
                continue
            if kind == 'data' and not skipping:
                # What is beyond the byte with which the server closes was not seen.
                line += token[:len(token) - max(0, since_line_end - MAX_WITHOUT_LINE_END)]
                if is_quit(line[:MAX_LINE]):
                    return b''.join(out)
                if len(line) > MAX_LINE and line[MAX_LINE:] != b'\r':
                    out += [TOO_LONG, PROMPT]
                    skipping = True
            if kind == 'interrupt' or since_line_end >= MAX_WITHOUT_LINE_END:
                return b''.join(out)
        if line and not skipping:
            out += [self.answer(line), PROMPT]
        return b''.join(out)


def word_pattern(categories):
    """Runs of letters, numbers and `_`: Python's \\w+, of the index's Unicode version."""
    members = {ord('_')} | {p for p, category in categories.items() if category[0] in 'LN'}
    ranges = []
    for point in sorted(members):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return re.compile('[%s]+' % ''.join(f'{chr(a)}-{chr(b)}' for a, b in ranges))


def is_quit(line):
    """Whether the first character of the query is a control character."""
    text = line.decode('utf-8', 'surrogateescape').lstrip()
    return text[:1] != '' and text[0] < ' '


TOKEN = re.compile(rb'''
    (?P<line_end>  \n )
  | (?P<interrupt> \xff \xf4 )
  | (?P<telnet>    \xff [\xfb-\xfe] .                                  # WILL WONT DO DONT
                 | \xff \xfa (?: [^\xff] | \xff [^\xf0] )* \xff \xf0   # SB ... SE
                 | \xff [\xf0-\xf3\xf5-\xf9]
                 | \xff [\xfb-\xfe] \Z | \xff \xfa .* \Z )             # cut off by the end
  | (?P<data>      [^\xff\n]+ | \xff\xff | \xff (?= [^\xf0-\xff] | \Z ) )
    ''', re.VERBOSE | re.DOTALL)


def tokens(data):
    position = 0
    while position < len(data):
        token = TOKEN.match(data, position)
        yield token.lastgroup, token.group()
        position = token.end()
