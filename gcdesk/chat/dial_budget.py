"""The connections that all chats of this program open together, so that the service has none to refuse.

A deployment takes so many connections a minute, and one token so many at once (guest API, section 8). Nobody but the
service knows what other programs open, so this keeps one program within the limits and no more.
"""

from __future__ import annotations

import threading
from bisect import bisect_right, insort
from collections import Counter, defaultdict

from gcdesk.guest.pace import MINUTE


class DialBudget:
    """Turns to dial, by deployment, and open connections, by token; all times are seconds on one steady clock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: defaultdict[str, list[float]] = defaultdict(list)
        self._open: Counter[str] = Counter()

    def reserve(self, deployment: str, allowed: int, now: float) -> float:
        """Take the next turn to dial and return its time, which is `now` if none has to be waited for.

        Args:
            deployment: Names the deployment, the same for all who share its limit.
            allowed: Connections it takes within a minute.
            now: The time.
        """
        with self._lock:
            turns = self._turns[deployment]
            del turns[: bisect_right(turns, now - MINUTE)]
            at = max(now, turns[-allowed] + MINUTE) if len(turns) >= allowed else now
            insort(turns, at)
            return at

    def give_back(self, deployment: str, at: float) -> None:
        """A turn that was reserved will not be used."""
        with self._lock:
            turns = self._turns[deployment]
            if at in turns:
                turns.remove(at)

    def used(self, deployment: str, now: float) -> int:
        """Turns of the last minute, and those that others wait for."""
        with self._lock:
            turns = self._turns[deployment]
            return len(turns) - bisect_right(turns, now - MINUTE)

    def hold(self, token: str, allowed: int) -> bool:
        """Count one more connection of a token; False, and nothing counted, if it has as many as allowed."""
        with self._lock:
            if self._open[token] >= allowed:
                return False
            self._open[token] += 1
            return True

    def let_go(self, token: str) -> None:
        """A connection of a token is gone."""
        with self._lock:
            self._open[token] -= 1
            if self._open[token] <= 0:
                del self._open[token]

    def held(self, token: str) -> int:
        """Connections of a token that are open or being opened."""
        with self._lock:
            return self._open.get(token, 0)


SHARED = DialBudget()
"""The one that all chats of this program share."""
