"""When sessions run out: told on every open connection as it happens (guest API, sections 3 and 5)."""

import asyncio

from .answers import push
from .sessions import Session
from .state import State

_SHORTEST_WAIT = 0.01


class ExpiryWatch:
    """One timer for each session. `close` ends them all."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._timers: dict[Session, asyncio.TimerHandle] = {}

    def watch(self, session: Session) -> None:
        """Tell the session's connections when it runs out, however often that is put off."""
        if session not in self._timers:
            self._look(session)

    def look(self) -> None:
        """Act on what the clock says now, without waiting for the timers."""
        for session in list(self._timers):
            self._timers.pop(session).cancel()
            self._look(session)

    def close(self) -> None:
        """Tell nobody any more."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _look(self, session: Session) -> None:
        self._timers.pop(session, None)
        now = self._state.now()
        if session.told_expired or self._state.sessions.get(session.token) is not session:
            return
        if session.expired(now):
            session.expire(now)
            session.broadcast(push("SessionExpiredEvent", {}))
            return
        # A message may put the end off while this waits; then the timer is set again.
        wait = max(session.expires_at - now, _SHORTEST_WAIT)
        self._timers[session] = asyncio.get_running_loop().call_later(wait, self._look, session)
