"""Lines of standard input, read beside the event loop and without holding up the program's end."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import io
import sys
import threading
from collections.abc import AsyncIterator

_CHUNK = 4096


async def input_lines() -> AsyncIterator[str]:
    """Yield each line of standard input without its line break, until input ends."""
    source = _raw_input()
    if source is None:
        return
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def hand_over(line: str | None) -> None:
        # The loop may be closed by now: nobody waits for lines any more.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(lines.put_nowait, line)

    def read() -> None:
        decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("surrogateescape")
        rest = ""
        with contextlib.suppress(OSError, ValueError):
            while chunk := source.read(_CHUNK):
                *whole, rest = (rest + decoder.decode(chunk)).split("\n")
                for line in whole:
                    hand_over(line.removesuffix("\r"))
        rest += decoder.decode(b"", final=True)
        if rest:
            hand_over(rest)
        hand_over(None)

    # A daemon, because nothing can call it back while it waits for a person to type.
    threading.Thread(target=read, name="gcdesk-input", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


def _raw_input() -> io.RawIOBase | None:
    # Below Python's buffer: a thread that waits inside the buffer's lock makes the interpreter abort at its
    # end.
    buffer = getattr(sys.stdin, "buffer", None)
    raw = getattr(buffer, "raw", None)
    return raw if isinstance(raw, io.RawIOBase) else None
