"""The base of the core's many small values: made in C, because dozens of dataclasses take long to load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

import msgspec

Raw = Mapping[str, object]


def nothing() -> Raw:
    """Where no JSON is known."""
    return {}


class Value(msgspec.Struct, frozen=True):
    """A frozen value. Fields named in `quiet` show in no repr; `raw` besides takes no part in comparing."""

    quiet: ClassVar[frozenset[str]] = frozenset()

    def but(self, **changes: object) -> Self:
        """The same with other values for some fields."""
        return msgspec.structs.replace(self, **changes)

    def __repr__(self) -> str:
        shown = (
            f"{name}={getattr(self, name)!r}"
            for name in self.__struct_fields__
            if name != "raw" and name not in self.quiet
        )
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(
            getattr(self, name) == getattr(other, name) for name in self.__struct_fields__ if name != "raw"
        )

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__struct_fields__ if name != "raw"))
