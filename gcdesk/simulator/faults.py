"""Things that go wrong on purpose: their names, and how often each still has to happen.

A fault named alone lasts for the whole run, except refusals with a way on (their sentence says "the first"):
they happen once. `NAME@N` makes any of them happen N times.
"""

import difflib
import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

RETRY_AFTER = 3
"""Seconds a caller is told to wait by the faults that refuse with a retry time."""

FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "refuse-401": "The handshake is refused with HTTP 401.",
        "refuse-403": "The handshake is refused with HTTP 403, as for a wrong deployment ID.",
        "refuse-404": "The handshake is refused with HTTP 404.",
        "refuse-429": "The first handshake is refused with HTTP 429 and Retry-After 3; later ones work.",
        "refuse-503": "The handshake is refused with HTTP 503.",
        "inactive": "The deployment is inactive: its config says so, the handshake gets HTTP 403.",
        "no-config": "The deployment config and the domain list answer HTTP 500.",
        "silent": "The socket is accepted and nothing is ever answered.",
        "429": "The first configureSession is refused with 429 and a retry time of 3 s; later ones work.",
        "429-configure": "The same as 429.",
        "400-configure": "configureSession is refused with 400, as for an unknown deployment.",
        "401-configure": "configureSession is refused with 401.",
        "403-configure": "configureSession is refused with 403, as for a feature that is switched off.",
        "404-configure": "configureSession is refused with 404.",
        "500-configure": "configureSession is refused with 500.",
        "drop-before-session": "The connection is cut when configureSession arrives, before any answer.",
        "drop-after-session": "The connection is cut right after the session answer.",
        "read-only": "The session answer says read-only, as after an ended chat; startNew lifts it.",
        "429-message": "The first message is refused with 429 and a retry time of 3 s; later ones work.",
        "4006": "The first message is refused with 4006, and the session is expired from then on.",
        "4007": "The first message is refused with 4007, and the connection has to be configured again.",
        "4011": "The first text is refused with 4011, as if it were too long.",
        "4013": "The first message with custom attributes is refused with 4013, as if they were too large.",
        "expired": "The session expires right after the first message was accepted.",
        "close-1000": "The connection is closed cleanly (1000) right after a message was accepted.",
        "drop-after-message": "The connection is cut when a message arrives, before its echo.",
        "no-echo": "Messages are accepted and answered, but their echo never comes.",
        "no-reply": "Messages are accepted and echoed, but the bot never answers.",
        "slow": "Every frame leaves two seconds late.",
        "duplicate": "Every frame is sent twice.",
        "malformed": "A broken frame goes before each good one: not JSON, nulls, wrong types, odd classes.",
    }
)

_ONCE = frozenset(
    {"refuse-429", "429", "429-configure", "429-message", "4006", "4007", "4011", "4013", "expired"}
)


def parse_fault(text: str) -> tuple[str, int | None]:
    """Read NAME or NAME@N. Returns the name and how often it happens, None for always.

    Raises ValueError with a sentence for the person who typed it.
    """
    name, at, times = text.strip().partition("@")
    if name not in FAULTS:
        close = difflib.get_close_matches(name, FAULTS, n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise ValueError(f"There is no fault named {name!r}.{meant}")
    if not at:
        return name, 1 if name in _ONCE else None
    if not times.isdecimal() or not times.isascii() or int(times[:9]) < 1:
        raise ValueError(f"The number after {name}@ must be a whole number above zero.")
    return name, int(times[:9])


class FaultPlan:
    """Which faults are still to come. Raises ValueError for a name it does not know."""

    def __init__(self, faults: Iterable[str] = ()) -> None:
        self._left: dict[str, int | None] = dict(parse_fault(fault) for fault in faults)
        self._held_until: dict[str, float] = {}

    def has(self, name: str) -> bool:
        """Whether the fault would happen now."""
        return self._left.get(name, 0) != 0

    def strike(self, name: str) -> bool:
        """Let the fault happen, if it is still to come, and count it."""
        if not self.has(name):
            return False
        left = self._left[name]
        if left is not None:
            self._left[name] = left - 1
        return True

    def hold(self, name: str, now: float) -> int:
        """Whole seconds this caller must wait because of the fault; 0 means go on.

        A struck fault refuses everybody until its retry time has passed. `now` is in seconds.
        """
        until = self._held_until.get(name, 0.0)
        if now < until:
            return math.ceil(until - now)
        if not self.strike(name):
            return 0
        self._held_until[name] = now + RETRY_AFTER
        return RETRY_AFTER
