"""Broken frames without end, made from the samples: bytes flipped, JSON bent, values swapped for odd ones."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[1] / "samples" / "frames"
TOKEN = "5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10"
"""The guest token that the samples use."""

_ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    7,
    1e308,
    2**70,
    -(2**63) - 1,
    0.1,
    "",
    " ",
    "null",
    "\x00",
    "\ud800",
    "\u202e\u2066",
    "😀" * 3,
    "<b onclick=alert(1)>",
    "%s{0}${x}",
    "2026-13-45T99:99:99Z",
    "1970-01-01T00:00:00.000Z",
    "x" * 5000,
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"contentType": "Card", "card": []},
)
_KEYS = (
    "class",
    "type",
    "code",
    "body",
    "tracingId",
    "id",
    "direction",
    "text",
    "content",
    "events",
    "metadata",
)


class Mutator:
    """Gives one frame after another; the same seed gives the same frames."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._texts = [
            path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.json")) if path.name[0] != "_"
        ]
        self._values = [json.loads(text) for text in self._texts]
        self._server = [json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("server.*.json"))]
        self._ways = (self._bent, self._bent, self._bent, self._bytes, self._cut, self._joined, self._nested)

    def frame(self) -> str | bytes:
        """The next frame: text or bytes, mostly close to a real one."""
        frame = self._random.choice(self._ways)()
        if isinstance(frame, str) and self._random.random() < 0.1:
            return frame.encode("utf-8", "surrogatepass")
        return frame

    def _bent(self) -> str:
        pool = self._server if self._random.random() < 0.9 else self._values
        value = copy.deepcopy(self._random.choice(pool))
        for _ in range(self._random.choice((0, 1, 1, 2, 3, 6))):
            value = self._bend(value)
        return json.dumps(value, ensure_ascii=self._random.random() < 0.5)

    def _bend(self, value: Any) -> Any:
        """Change one place somewhere inside."""
        place: Any = value
        for _ in range(self._random.randrange(6)):
            inner = (
                list(place.values()) if isinstance(place, dict) else place if isinstance(place, list) else []
            )
            inner = [item for item in inner if isinstance(item, dict | list)]
            if not inner:
                break
            place = self._random.choice(inner)
        if isinstance(place, dict):
            self._bend_object(place)
        elif isinstance(place, list):
            self._bend_list(place)
        else:
            return self._odd()
        return value

    def _bend_object(self, place: dict[str, Any]) -> None:
        keys = list(place) or [self._random.choice(_KEYS)]
        key = self._random.choice(keys)
        match self._random.randrange(5):
            case 0:
                place.pop(key, None)
            case 1:
                place[key.upper()] = place.pop(key, None)
            case 2:
                place[self._random.choice(_KEYS)] = self._odd()
            case 3:
                place[key] = copy.deepcopy(self._random.choice(self._values))
            case _:
                place[key] = self._odd()

    def _bend_list(self, place: list[Any]) -> None:
        match self._random.randrange(4):
            case 0:
                place.append(self._odd())
            case 1 if place:
                place.append(copy.deepcopy(self._random.choice(place)))
            case 2 if place:
                place.pop(self._random.randrange(len(place)))
            case _:
                self._random.shuffle(place)

    def _odd(self) -> Any:
        return copy.deepcopy(self._random.choice(_ODD))

    def _bytes(self) -> bytes:
        data = bytearray(self._random.choice(self._texts).encode())
        for _ in range(self._random.randrange(1, 8)):
            at = self._random.randrange(len(data))
            match self._random.randrange(3):
                case 0:
                    data[at] = self._random.randrange(256)
                case 1:
                    del data[at : at + self._random.randrange(1, 20)]
                    data = data or bytearray(b"{")
                case _:
                    data[at:at] = self._random.randbytes(self._random.randrange(1, 6))
        return bytes(data)

    def _cut(self) -> str:
        text = self._random.choice(self._texts)
        return text[: self._random.randrange(len(text))]

    def _joined(self) -> str:
        first, second = self._random.choice(self._texts), self._random.choice(self._texts)
        return first[: self._random.randrange(len(first))] + second[self._random.randrange(len(second)) :]

    def _nested(self) -> str:
        depth = self._random.choice((5, 60, 900, 1100))
        start, end = self._random.choice((("[", "]"), ('{"body":', "}"), ('{"content":[', "]}")))
        whole = start * depth + "null" + end * depth
        return whole if self._random.random() < 0.5 else whole[:-1]
