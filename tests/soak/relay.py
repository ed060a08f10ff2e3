"""A relay between a chat and its service that breaks in all the ways networks do."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from enum import Enum
from types import TracebackType
from typing import Self


class Break(Enum):
    """How a connection breaks."""

    CUT = "both ends are cut"
    LOSE_REQUEST = "what the client sends next is lost, and both ends are cut"
    LOSE_ANSWER = "what the service sends next is lost, and both ends are cut"
    HALF_ANSWER = "half of what the service sends next arrives, then both ends are cut"
    STALL = "nothing gets through any more, but nobody is told"


class Relay:
    """Forwards bytes to a port of this computer, inside `async with`; `url` is where it listens."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self._to = port
        self._chance = chance
        self._pairs: set[_Pair] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The address of the guest socket behind it."""
        assert self._server is not None
        return f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    def break_all(self, how: Break) -> int:
        """Break every connection that is open; returns how many there were."""
        pairs = tuple(self._pairs)
        for pair in pairs:
            pair.break_by(how)
        return len(pairs)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        self.break_all(Break.CUT)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        pair = _Pair(writer, far_writer)
        self._pairs.add(pair)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(pair.forward(reader, far_writer, from_client=True))
                group.create_task(pair.forward(far_reader, writer, from_client=False))
        finally:
            pair.cut()
            self._pairs.discard(pair)


class _Pair:
    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self._near = near
        self._far = far
        self._how: Break | None = None

    def break_by(self, how: Break) -> None:
        self._how = how
        if how is Break.CUT:
            self.cut()

    def cut(self) -> None:
        self._near.transport.abort()
        self._far.transport.abort()

    async def forward(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, from_client: bool
    ) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if self._broken_by(data, writer, from_client=from_client):
                    continue
                writer.write(data)
                await writer.drain()
        if self._how is not Break.STALL:
            # Whoever closed first: the other end learns of it.
            with suppress(ConnectionError):
                writer.close()

    def _broken_by(self, data: bytes, writer: asyncio.StreamWriter, *, from_client: bool) -> bool:
        how = self._how
        if how is Break.STALL:
            return True
        if how is Break.LOSE_REQUEST and from_client:
            self.cut()
            return True
        if how in (Break.LOSE_ANSWER, Break.HALF_ANSWER) and not from_client:
            if how is Break.HALF_ANSWER:
                writer.write(data[: len(data) // 2])
                # Cutting at once would throw the half away that is to arrive.
                asyncio.get_running_loop().call_later(0.05, self.cut)
                self._how = Break.STALL
            else:
                self.cut()
            return True
        return False
