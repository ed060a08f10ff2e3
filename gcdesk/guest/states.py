"""The states of a guest session and the steps between them, as data (guest API, section 6).

The law of this file: a step that is not in `STEPS` never happens. `step()` raises on one, and that is our bug, never
the service's: whatever the service sends is an event first, and a step only where the table has one.
"""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """Where a guest session stands; the value is the word that reports use."""

    IDLE = "idle"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    CONFIGURED = "configured"
    READ_ONLY = "read-only"
    RECONNECTING = "reconnecting"
    CLOSING = "closing"
    CLOSED = "closed"
    ERROR = "error"


LIVE = frozenset({State.CONNECTING, State.CONNECTED, State.CONFIGURED, State.READ_ONLY, State.RECONNECTING})
ENDED = frozenset({State.CLOSED, State.ERROR})

STEPS: dict[State, frozenset[State]] = {
    State.IDLE: frozenset({State.CONNECTING, State.CLOSED, State.ERROR}),
    State.CONNECTING: frozenset(
        {State.CONNECTED, State.RECONNECTING, State.CLOSING, State.CLOSED, State.ERROR}
    ),
    State.CONNECTED: frozenset(
        {State.CONFIGURED, State.READ_ONLY, State.RECONNECTING, State.CLOSING, State.CLOSED, State.ERROR}
    ),
    State.CONFIGURED: frozenset(
        {State.READ_ONLY, State.RECONNECTING, State.CLOSING, State.CLOSED, State.ERROR}
    ),
    State.READ_ONLY: frozenset(
        {State.CONFIGURED, State.RECONNECTING, State.CLOSING, State.CLOSED, State.ERROR}
    ),
    State.RECONNECTING: frozenset(
        {State.CONFIGURED, State.READ_ONLY, State.CLOSING, State.CLOSED, State.ERROR}
    ),
    State.CLOSING: frozenset({State.CLOSED, State.ERROR}),
    State.CLOSED: frozenset(),
    State.ERROR: frozenset(),
}


def step(before: State, after: State) -> State:
    """Return `after` if the table allows the step; raise `AssertionError` if not, which is a bug of ours."""
    if after not in STEPS[before]:
        raise AssertionError(f"no step from {before.value} to {after.value}")
    return after
