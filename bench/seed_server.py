#!/usr/bin/env python3
"""The server of "Fluent Python", as far as its protocol goes, written anew for comparison:
an index of words to sets of characters, built at start, and one coroutine per connection.

Unlike the original it ends a conversation at the end of input, and logs nothing.

usage: seed_server.py CHARACTERS.TSV ADDRESS PORT"""

import asyncio
import re
import sys

PROMPT = b'?> '
CRLF = b'\r\n'
WORD = re.compile(r'\w+')
WITHOUT_CODE = re.compile('^(CJK (?:UNIFIED|COMPATIBILITY) IDEOGRAPH)-[0-9A-F]+$')


def words(text):
    return WORD.findall(text.upper())


class Index:
    def __init__(self, path):
        self.names = {}
        self.characters = {}  # word: the characters that have it in their names
        with open(path, encoding='utf-8') as table:
            for line in table:
                if not line.startswith('#'):
                    self.add(*line.split('\t')[:2])

    def add(self, code, name):
        first, _, last = code.partition('..')
        for point in range(int(first, 16), int(last or first, 16) + 1) if name else ():
            full_name = name.replace('*', f'{point:04X}')
            self.names[chr(point)] = full_name
            for word in words(WITHOUT_CODE.sub(r'\1', full_name)):
                self.characters.setdefault(word, set()).add(chr(point))

    def find(self, query):
        sets = [self.characters.get(word, set()) for word in words(query)]
        return sorted(set.intersection(*sets)) if sets else []

    def rows(self, query):
        return ['{:7}\t{}\t{}'.format(f'U+{ord(character):04X}', character, self.names[character])
                for character in self.find(query)]


def status(query, count):
    if count == 0:
        return f'No match for {query!r}'
    return f'{count} match{"es" if count > 1 else ""} for {query!r}'


async def converse(index, reader, writer):
    while True:
        writer.write(PROMPT)
        await writer.drain()
        data = await reader.readline()
        try:
            query = data.decode().strip()
        except UnicodeDecodeError:
            query = '\x00'
        if query:
            if ord(query[0]) < 32:
                break
            rows = index.rows(query)
            writer.writelines(row.encode() + CRLF for row in rows)
            writer.write(status(query, len(rows)).encode() + CRLF)
            await writer.drain()
        elif not data:
            break
    writer.close()


async def main(table, address, port):
    index = Index(table)
    server = await asyncio.start_server(lambda *streams: converse(index, *streams), address, port,
                                        backlog=1024)
    name = server.sockets[0].getsockname()
    print(f'Serving on {name[0]}:{name[1]}. Hit CTRL-C to stop.', flush=True)
    await server.serve_forever()


if __name__ == '__main__':
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    asyncio.run(main(*sys.argv[1:3], int(sys.argv[3])))
