"""Things that go wrong on purpose: how a fault is written, and when it strikes.

A fault is written `NAME[=VALUE][@WHEN]`. WHEN is one of

    3         at the third only
    3+        at the third and all later ones
    2-4       at the second, third and fourth
    every     each time
    KIND      as the fault would by itself, but counting frames of that kind only
    KIND:3    at the third of that kind; also KIND:3+, KIND:2-4, KIND:every

What is counted stands in the list of faults: handshakes, messages received, frames sent and so on, over the whole
run of the simulator, whatever the connection. Without WHEN a fault strikes every time, or at the first only if its
sentence says so. The same fault may be given several times.
"""

import difflib
import math
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from .fault_list import FAULTS, RETRY_AFTER, RETRY_SECONDS, Fault, Number, Side
from .kinds import NO_KINDS, RECEIVED_KINDS, SENT_KINDS

__all__ = ["FAULTS", "Fault", "FaultPlan", "Planned", "parse_fault"]

_COUNT = re.compile(r"every|([0-9]{1,9})(\+|-([0-9]{1,9}))?", re.ASCII)
_NNN = re.compile(r"N{3,4}")
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault somebody asked for.

    name: as it was written, its number filled in. number: what stands for NNN. value: the number after the equals
    sign, or its default. text: the words after it. kind: the frames that count, "" for all. first, last: the
    first and last that are struck; last None means without end.
    """

    fault: Fault
    name: str
    number: int = 0
    value: float = 0.0
    text: str = ""
    kind: str = ""
    first: int = 1
    last: int | None = None

    def strikes(self, count: int) -> bool:
        """Whether it happens at this count, which starts at 1."""
        return count >= self.first and (self.last is None or count <= self.last)


def parse_fault(text: str) -> Planned:
    """Read NAME[=VALUE][@WHEN]. Raises ValueError with a sentence for the person who typed it."""
    rest, at, when = text.strip().rpartition("@")
    if not at:
        rest, when = when, ""
    name, equals, value = rest.partition("=")
    fault, number = _fault(name)
    amount, words = _value(fault, name, number, value) if equals else (_default(fault, number), "")
    kind, first, last = _when(fault, name, when) if at else (fault.kind, 1, 1 if fault.once else None)
    return Planned(fault, name, number, amount, words, kind, first, last)


def _fault(name: str) -> tuple[Fault, int]:
    exact = FAULTS.get(name)
    if exact is not None and exact.number is None:
        return exact, _leading_code(name)
    if exact is None:
        for fault in FAULTS.values():
            number = _number(fault, name) if fault.number is not None else None
            if number is not None:
                return fault, number
    meant = "" if exact is None else f" Put a number in place of {_NNN.findall(name)[0]}."
    close = difflib.get_close_matches(name, FAULTS, n=1)
    if not meant and close:
        meant = f" Did you mean {close[0]}?"
    raise ValueError(f"There is no fault named {name!r}.{meant}")


def _leading_code(name: str) -> int:
    digits = re.search(r"[0-9]{3,4}", name)
    return int(digits.group()) if digits else 0


def _number(fault: Fault, name: str) -> int | None:
    pattern = _NNN.sub("([0-9]{3,4})", fault.name)
    found = re.fullmatch(pattern, name, re.ASCII)
    if found is None or fault.number is None:
        return None
    number = int(found[1])
    if not fault.number.smallest <= number <= fault.number.largest:
        low, high = fault.number.smallest, fault.number.largest
        raise ValueError(f"The number in {name} must be {fault.number.meaning} from {low:g} to {high:g}.")
    return number


def _default(fault: Fault, number: int) -> float:
    if fault.text and number == _TOO_MANY:
        return RETRY_AFTER
    return fault.value.default if fault.value is not None else 0.0


def _value(fault: Fault, name: str, number: int, value: str) -> tuple[float, str]:
    if fault.text and number == _TOO_MANY:
        return _in_range(RETRY_SECONDS, name, value), ""
    if fault.text and value:
        return 0.0, value
    if fault.value is None:
        takes = "needs the words of the refusal after the equals sign" if fault.text else "takes no value"
        raise ValueError(f"The fault {name} {takes}.")
    return _in_range(fault.value, name, value), ""


def _in_range(allowed: Number, name: str, value: str) -> float:
    try:
        amount = float(value)
    except ValueError:
        amount = math.nan
    if not allowed.smallest <= amount <= allowed.largest:
        raise ValueError(
            f"The value of {name} must be {allowed.meaning}, from {allowed.smallest:g} to {allowed.largest:g}."
        )
    return amount


def _when(fault: Fault, name: str, when: str) -> tuple[str, int, int | None]:
    kind, colon, count = when.rpartition(":")
    if not colon:
        if when[:1].isalpha() and when != "every":
            return _kind(fault, name, when), 1, 1 if fault.once else None
        return fault.kind, *_count(name, when)
    return _kind(fault, name, kind), *_count(name, count)


def _count(name: str, text: str) -> tuple[int, int | None]:
    found = _COUNT.fullmatch(text)
    if text == "every":
        return 1, None
    first = int(found[1]) if found is not None else 0
    last = int(found[3]) if found is not None and found[3] else first
    if found is None or not 1 <= first <= last:
        raise ValueError(
            f"What stands after {name}@ must be a number above zero, such as 3, 3+ or 2-4, or the word every."
        )
    return first, None if found[2] == "+" else last


def _kind(fault: Fault, name: str, text: str) -> str:
    if fault.side is None:
        raise ValueError(f"The fault {name} counts {fault.counts} and cannot be aimed at {text!r}.")
    kinds = SENT_KINDS if fault.side == "sent" else RECEIVED_KINDS
    by_folded = {kind.lower(): kind for kind in kinds}
    if text.lower() not in by_folded:
        close = difflib.get_close_matches(text.lower(), by_folded, n=1)
        meant = (
            f" Did you mean {by_folded[close[0]]}?" if close else f" There are {', '.join(sorted(kinds))}."
        )
        raise ValueError(f"No frame that is {fault.side} is of the kind {text!r}.{meant}")
    return by_folded[text.lower()]


class FaultPlan:
    """Which faults are still to come. Raises ValueError for what it cannot read.

    struck: called with the name of each fault that happens, at once.
    """

    def __init__(self, faults: Iterable[str] = (), struck: Callable[[str], None] | None = None) -> None:
        self._planned: dict[Planned, int] = dict.fromkeys(map(parse_fault, faults), 0)
        self._struck = struck
        self._held: dict[Planned, float] = {}

    def has(self, *names: str) -> bool:
        """Whether one of the faults would happen the next time, without counting it."""
        return any(
            planned.fault.name in names and planned.strikes(count + 1)
            for planned, count in self._planned.items()
        )

    def plans(self, name: str) -> bool:
        """Whether somebody asked for the fault, be it over or not."""
        return any(planned.fault.name == name for planned in self._planned)

    def strike(self, name: str) -> bool:
        """Count what the fault counts, and tell whether it happens now."""
        return self.hit(name) is not None

    def hit(self, *names: str, kinds: frozenset[str] = NO_KINDS) -> Planned | None:
        """Count what these faults count, and return the one that happens now, the first asked for."""
        return next(iter(self._hits(lambda fault: fault.name in names, kinds)), None)

    def hits(self, side: Side, kinds: frozenset[str]) -> list[Planned]:
        """Count a frame of these kinds, and return every fault of that side that happens now."""
        return self._hits(lambda fault: fault.side == side, kinds)

    def hold(self, name: str, now: float) -> int:
        """Whole seconds a caller must wait because of the fault; 0 means go on.

        A struck fault refuses everybody until its retry time has passed, and what it refuses is not counted.
        `now` is in seconds.
        """
        held = self.hold_any((name,), now)
        return 0 if held is None else held[1]

    def hold_any(self, names: Collection[str], now: float) -> tuple[Planned, int] | None:
        """Like `hit` and `hold` in one: the fault that happens now, and the whole seconds to wait."""
        for planned, until in self._held.items():
            if planned.fault.name in names and now < until:
                return planned, math.ceil(until - now)
        struck = self.hit(*names)
        if struck is None:
            return None
        if struck.value:
            self._held[struck] = now + struck.value
        return struck, math.ceil(struck.value)

    def _hits(self, wanted: Callable[[Fault], bool], kinds: frozenset[str]) -> list[Planned]:
        struck = []
        for planned, count in self._planned.items():
            if wanted(planned.fault) and (not planned.kind or planned.kind in kinds):
                self._planned[planned] = count + 1
                if planned.strikes(count + 1):
                    struck.append(planned)
                    if self._struck is not None:
                        self._struck(planned.name)
        return struck
