"""Whether the custom attributes became participant data, key by key, and why not where they did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

LEGACY_PREFIX = "context."
"""What Genesys Cloud puts before each name in the older web chat, and not in Web Messaging (guest API, section 7.5)."""


class Arrival(Enum):
    """What became of an attribute, or of all of them; the value is the word that reports use."""

    ARRIVED = "arrived"
    DIFFERS = "differs"
    MISSING = "missing"
    UNPROVEN = "unproven"


class Cause(Enum):
    """What was found where an attribute did not arrive as it was sent."""

    VALUE = "value"
    CASE = "case"
    PREFIX = "prefix"
    SPACES = "spaces"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Finding:
    """One attribute's fate: the name and value found are those sent, unless it differs; empty if it is missing."""

    key: str
    arrival: Arrival
    cause: Cause | None = None
    sent: str = field(default="", repr=False)
    found_key: str = ""
    found: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The fate of all attributes; of an empty set nothing can be proved."""

    findings: tuple[Finding, ...]

    @property
    def arrival(self) -> Arrival:
        """The worst of the findings."""
        found = {finding.arrival for finding in self.findings}
        for arrival in (Arrival.MISSING, Arrival.DIFFERS, Arrival.ARRIVED):
            if arrival in found:
                return arrival
        return Arrival.UNPROVEN

    @property
    def nothing_arrived(self) -> bool:
        """Whether not a single attribute is there under any name, as when they travelled at the old place."""
        return bool(self.findings) and all(finding.arrival is Arrival.MISSING for finding in self.findings)


def compare(sent: Mapping[str, str], found: Mapping[str, str]) -> Verdict:
    """Compare what was sent with a customer's participant data.

    A name found in another case, with the older chat's prefix or with spaces around it counts as differing, because a
    flow that reads the name as sent finds nothing. A name that was itself sent is never taken for another one.
    """
    spare = {name: value for name, value in found.items() if name not in sent}
    return Verdict(tuple(_finding(key, value, found, spare) for key, value in sent.items()))


def _finding(key: str, value: str, found: Mapping[str, str], spare: Mapping[str, str]) -> Finding:
    if key in found:
        if found[key] == value:
            return Finding(key, Arrival.ARRIVED, None, value, key, value)
        return Finding(key, Arrival.DIFFERS, Cause.VALUE, value, key, found[key])
    for cause in (Cause.SPACES, Cause.CASE, Cause.PREFIX):
        for name, other in spare.items():
            if _reduced(name, cause) == _reduced(key, cause):
                return Finding(key, Arrival.DIFFERS, cause, value, name, other)
    return Finding(key, Arrival.MISSING, Cause.ABSENT, value)


def _reduced(name: str, cause: Cause) -> str:
    """The name without what that cause changes, or a milder one."""
    name = name.strip()
    if cause is Cause.SPACES:
        return name
    name = name.casefold()
    return name.removeprefix(LEGACY_PREFIX).strip() if cause is Cause.PREFIX else name
