"""The history over HTTP (guest API, sections 1.2 and 3.3), for who has the JWT of the session."""

from functools import partial

from aiohttp import web

from .history import history_page
from .jwt import JwtError
from .reading import RefusedError
from .rest import bearer, refusal
from .sessions import Session
from .state import State, TooManyError


class HistoryRoutes:
    """Answers GET /api/v2/webmessaging/messages."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """Everything it answers."""
        return [web.get("/api/v2/webmessaging/messages", self._messages)]

    async def _messages(self, request: web.Request) -> web.Response:
        answer = self._answer(request)
        page = request.query.get("pageNumber", "1")
        self._state.record.event("history read", page=page, status=answer.status)
        return answer

    def _answer(self, request: web.Request) -> web.Response:
        session = self._session(bearer(request))
        if session is None:
            return refusal(401, "The JWT is missing, forged, expired, or of a session that is gone.")
        relinked = partial(self._state.attachments.relinked, session, now=self._state.now())
        try:
            self._state.take(session.history_rate)
            return web.json_response(history_page(session.conversation.entries, request.query, relinked))
        except TooManyError as refused:
            return refusal(429, "Too many requests for the history.", retry_after=refused.retry_after)
        except RefusedError as refused:
            return refusal(400, refused.text)

    def _session(self, jwt: str) -> Session | None:
        try:
            claims = self._state.mint.read("history", jwt, self._state.now())
        except JwtError:
            return None
        return self._state.sessions.by_id(claims["sub"])
