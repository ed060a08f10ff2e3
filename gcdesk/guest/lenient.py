"""Reading the service's JSON without ever failing: a wrong type gives the default and a plain sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

# Outside of these, turning a time into the local one fails on some systems.
_YEARS = range(1971, 3000)


class Reader:
    """Reads fields of one JSON object.

    Args:
        value: The object; anything else reads as an empty one.
        where: The field's path, for the sentences.
        problems: Where sentences about odd fields are added.
    """

    def __init__(self, value: object, where: str, problems: list[str]) -> None:
        self.where = where
        self.problems = problems
        if value is not None and not isinstance(value, Mapping):
            problems.append(f"{where or 'The frame'} should be an object.")
        self.value: Mapping[str, object] = value if isinstance(value, Mapping) else {}

    def text(self, key: str, default: str = "") -> str:
        """A text; a missing or null one is the default, a number or true/false is taken as text."""
        found = self.value.get(key)
        if found is None:
            return default
        if isinstance(found, str):
            return found
        self._odd(key, "text")
        return default if isinstance(found, Mapping | list) else str(found)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false; the texts "true" and "false" are taken too."""
        found = self.value.get(key)
        if found is None:
            return default
        if isinstance(found, bool):
            return found
        self._odd(key, "true or false")
        if isinstance(found, str) and found.lower() in ("true", "false"):
            return found.lower() == "true"
        return default

    def number(self, key: str) -> float | None:
        """A finite number; one written as text is taken too, None if there is none."""
        found = self.value.get(key)
        if found is None:
            return None
        if not isinstance(found, int | float) or isinstance(found, bool):
            self._odd(key, "a number")
            if not isinstance(found, str):
                return None
        try:
            number = float(found)
        except (OverflowError, ValueError):
            number = math.inf
        if math.isfinite(number):
            return number
        if not isinstance(found, str):
            self._odd(key, "a number of usual size")
        return None

    def whole(self, key: str) -> int | None:
        """A whole number, None if there is none."""
        found = self.number(key)
        return int(found) if found is not None and abs(found) < 1e15 else None

    def time(self, key: str) -> datetime | None:
        """A time in ISO 8601, aware; None if there is none, or none that every system can show."""
        found = self.text(key)
        if not found:
            return None
        try:
            time = datetime.fromisoformat(found)
        except ValueError:
            self._odd(key, "a time")
            return None
        if time.year not in _YEARS:
            self._odd(key, "a time of our days")
            return None
        return time if time.tzinfo is not None else time.replace(tzinfo=UTC)

    def inside(self, key: str) -> Reader:
        """A reader for the object under that key; an empty one if there is none."""
        return Reader(self.value.get(key), self._path(key), self.problems)

    def items(self, key: str) -> Sequence[object]:
        """The items of a list; empty if there is none."""
        found = self.value.get(key)
        if found is None:
            return ()
        if isinstance(found, list):
            return found
        self._odd(key, "a list")
        return ()

    def texts(self, key: str) -> dict[str, str]:
        """An object of texts; values of another type are taken as text, nulls are left out."""
        inner = self.inside(key)
        return {name: inner.text(name) for name, item in inner.value.items() if item is not None}

    def readers(self, key: str) -> list[Reader]:
        """A reader for each item of a list."""
        return [
            Reader(item, f"{self._path(key)}[{index}]", self.problems)
            for index, item in enumerate(self.items(key))
        ]

    def _path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _odd(self, key: str, expected: str) -> None:
        self.problems.append(f"{self._path(key)} should be {expected}.")
