"""A TCP proxy that delays, cuts and garbles what goes through it, as a bad network does (the seed
names Vaurien for that), and servers that are not what they should be. Both are contexts; what they
do is seeded, and counted."""

import asyncio
import collections
import contextlib
import random
import socket
import threading


class Background:
    """An asyncio loop on a thread, in which `serve` handles each connection to `address`."""

    def __enter__(self):
        self.counts = collections.Counter()
        self.loop = asyncio.new_event_loop()
        self.listener = socket.create_server(('127.0.0.1', 0), backlog=1024)
        self.address = self.listener.getsockname()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self._begin(), self.loop).result()
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _begin(self):
        self.server = await asyncio.start_server(self._handle, sock=self.listener)

    async def _end(self):
        self.server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _handle(self, reader, writer):
        self.counts['connections'] += 1
        try:
            await self.serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            with contextlib.suppress(OSError, RuntimeError):
                writer.close()

    @property
    def name(self):
        """As --server has it."""
        return '%s:%d' % self.address

    @property
    def port(self):
        return self.address[1]


class ChaosProxy(Background):
    """Between a client and the server at `target`.

    delay: seconds at most that a piece is held up; cut: the chance that a piece is the last of its
    connection, of which a part may come through; garble: the chance that a byte of a piece that the
    server sends, after the greeting, is another one; piece: bytes at most that go through at a
    time."""

    def __init__(self, target, seed=1, delay=0, cut=0, garble=0, piece=1 << 16):
        self.target = target
        self.random = random.Random(seed)
        self.delay, self.cut, self.garble, self.piece = delay, cut, garble, piece

    async def serve(self, reader, writer):
        there_reader, there_writer = await asyncio.open_connection(*self.target)
        try:
            ways = [asyncio.create_task(self.carry(reader, there_writer, False)),
                    asyncio.create_task(self.carry(there_reader, writer, True))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        finally:
            there_writer.close()

    async def carry(self, reader, writer, garbles):
        greeted = False
        while data := await reader.read(self.piece):
            if self.delay:
                await asyncio.sleep(self.random.uniform(0, self.delay))
            if garbles and greeted and self.random.random() < self.garble:
                self.counts['garbled'] += 1
                data = bytearray(data)
                data[self.random.randrange(len(data))] ^= 1 << self.random.randrange(8)
            if self.random.random() < self.cut:
                self.counts['cut'] += 1
                writer.write(data[:self.random.randrange(len(data) + 1)])
                await writer.drain()
                if self.random.random() < 0.5:
                    writer.transport.abort()
                return
            greeted = True
            writer.write(data)
            await writer.drain()


class FakeServer(Background):
    """Whatever `converse(server, reader, writer)`, a coroutine, makes of a connection."""

    def __init__(self, converse):
        self.converse = converse

    async def serve(self, reader, writer):
        await self.converse(self, reader, writer)
