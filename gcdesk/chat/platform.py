"""The Platform API, as far as proving and ending a test chat needs it (guest API, section 7).

Every call is made with an OAuth client of the grant type client credentials. What the API answers is data: read
leniently, bounded in size, never shown as more than text.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import math
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import quote

import aiohttp
import msgspec

from gcdesk.chat.connector import OpenerConnector
from gcdesk.chat.failures import plain_detail, retry_seconds
from gcdesk.chat.opener import USER_AGENT, Opener
from gcdesk.errors import (
    CredentialsRefusedError,
    GcdeskError,
    HttpAnswerError,
    HttpTimeoutError,
    HttpTooLargeError,
    PermissionMissingError,
    PlatformDownError,
    PlatformError,
    PlatformNotFoundError,
    PlatformRateError,
)
from gcdesk.guest.conversation import FlowEnd, PlatformConversation, read_conversation, read_flow_ends
from gcdesk.guest.credentials import Credentials
from gcdesk.guest.lenient import Reader
from gcdesk.guest.masking import mask
from gcdesk.guest.regions import Endpoint
from gcdesk.phrase import Phrase

_log = logging.getLogger(__name__)

_LARGEST = 8 * 1024 * 1024
_TOKEN_MARGIN = 60.0
_RATE = (300, 60.0)
"""Requests that one client may make, and in how many seconds (guest API, section 7.1)."""
_MOST_PATIENT = 120.0
_NOBODY = "00000000-0000-4000-8000-000000000000"
_PERMISSION = re.compile(r"\[([\w:, ]{1,500})\]")

MESSAGE_PERMISSIONS = ("conversation:message:view", "conversation:webmessaging:view")
"""Either of them lets a client ask for a message's conversation (guest API, section 7.2)."""

CONVERSATION_PERMISSION = "conversation:communication:view"
"""Lets a client read a conversation with its participant data (guest API, section 7.3)."""

DISCONNECT_PERMISSION = "conversation:communication:disconnect"
"""Lets a client end a conversation (guest API, section 7.4)."""


@dataclass(frozen=True, slots=True)
class Org:
    """The org that credentials belong to."""

    id: str
    name: str

    def __repr__(self) -> str:
        return f"Org(id={mask(self.id)!r}, name={self.name!r})"


class RequestWindow:
    """Keeps one OAuth client below its requests a minute, whoever uses it; times are monotonic seconds."""

    def __init__(self, requests: int = _RATE[0], seconds: float = _RATE[1]) -> None:
        self._seconds = seconds
        self._made: deque[float] = deque(maxlen=requests)
        self._held_until = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until the next request may go out."""
        full = self._made[0] + self._seconds - now if len(self._made) == self._made.maxlen else 0.0
        return max(0.0, full, self._held_until - now)

    def made(self, now: float) -> None:
        """A request goes out."""
        self._made.append(now)

    def hold(self, now: float, seconds: float) -> None:
        """The service asked to wait."""
        self._held_until = max(self._held_until, now + seconds)


class PlatformClient:
    """Talks to one org's Platform API, inside `async with`.

    Args:
        opener: Opens connections.
        endpoint: Whose Platform API.
        credentials: The OAuth client.
        seconds: How long one answer may take.
        window: The client's rate, shared by everyone who uses the same OAuth client.
        sleep: Waits; a test puts its own in place.
        monotonic: Tells monotonic seconds.
    """

    def __init__(
        self,
        opener: Opener,
        endpoint: Endpoint,
        credentials: Credentials,
        *,
        seconds: float = 15.0,
        window: RequestWindow | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opener = opener
        self._endpoint = endpoint
        self._credentials = credentials
        self._seconds = seconds
        self._window = window or RequestWindow()
        self._sleep = sleep
        self._monotonic = monotonic
        self._http: aiohttp.ClientSession | None = None
        self._token = ""
        self._token_until = -math.inf
        self._token_turn = asyncio.Lock()

    def __repr__(self) -> str:
        return f"<PlatformClient {self._endpoint.display} {self._credentials!r}>"

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(
            connector=OpenerConnector(self._opener, self._seconds),
            timeout=aiohttp.ClientTimeout(total=self._seconds),
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            # A cookie would tie one call to another, which nothing here needs.
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.close()

    # Calls; each raises PlatformError or ConnectError with what happened and what to do

    async def sign_in(self) -> None:
        """Get an access token, unless there is one that is still good."""
        async with self._token_turn:
            if self._monotonic() >= self._token_until:
                await self._new_token()

    async def org(self) -> Org:
        """The org that the credentials belong to."""
        body = Reader(await self._call("GET", "/api/v2/organizations/me"), "", [])
        return Org(body.text("id"), body.text("name"))

    async def conversation_of(self, message_id: str) -> str:
        """The ID of the conversation that a message belongs to; PlatformNotFoundError while it is not known."""
        path = f"/api/v2/conversations/messages/{quote(message_id, safe='')}/details"
        found = Reader(await self._call("GET", path), "", []).text("conversationId")
        if not found:
            raise PlatformNotFoundError("The message is there, but its conversation is not known yet.")
        return found

    async def conversation(self, conversation_id: str) -> PlatformConversation:
        """A conversation with its participants and their participant data."""
        path = f"/api/v2/conversations/{quote(conversation_id, safe='')}"
        return read_conversation(await self._call("GET", path))

    async def flow_ends(self, conversation_id: str) -> tuple[FlowEnd, ...]:
        """How the flows of a conversation ended, as far as analytics knows by now; it lags by a minute or more."""
        path = f"/api/v2/analytics/conversations/{quote(conversation_id, safe='')}/details"
        return read_flow_ends(await self._call("GET", path))

    async def disconnect(self, conversation_id: str) -> None:
        """End a conversation for everyone in it."""
        await self._call("POST", f"/api/v2/conversations/{quote(conversation_id, safe='')}/disconnect")

    async def missing_permissions(self) -> tuple[str, ...]:
        """What the client lacks to prove attributes, found out by asking for what cannot exist.

        A call for an unknown ID answers "not found" to a client that may make it (guest API, section 7.2).
        """
        lacking: list[str] = []
        for permissions, path in (
            (MESSAGE_PERMISSIONS, f"/api/v2/conversations/messages/{_NOBODY}/details"),
            ((CONVERSATION_PERMISSION,), f"/api/v2/conversations/{_NOBODY}"),
        ):
            try:
                await self._call("GET", path)
            except PlatformNotFoundError:
                continue
            except PermissionMissingError:
                lacking.append(" or ".join(permissions))
        return tuple(lacking)

    # Inside

    async def _call(self, method: str, path: str) -> object:
        await self.sign_in()
        used = self._token
        try:
            return await self._once(method, path)
        except _StaleTokenError:
            # It may have run out, or been taken back, before its time.
            if self._token == used:
                self._token_until = -math.inf
            await self.sign_in()
        try:
            return await self._once(method, path)
        except _StaleTokenError as error:
            raise CredentialsRefusedError(
                "The Platform API does not accept the access token it was just given (401).",
                "Check that the region is right, and that the OAuth client was not disabled.",
                code=401,
            ) from error

    async def _once(self, method: str, path: str) -> object:
        status, body = await self._exchange(
            method, f"{self._endpoint.api_base}{path}", {"Authorization": f"Bearer {self._token}"}
        )
        if 200 <= status < 300:
            return _json(body) if body.strip() else {}
        raise _refusal(status, body)

    async def _new_token(self) -> None:
        pair = f"{self._credentials.client_id}:{self._credentials.secret}"
        basic = f"Basic {base64.b64encode(pair.encode()).decode()}"
        status, body = await self._exchange(
            "POST",
            f"{self._endpoint.login_base}/oauth/token",
            {"Authorization": basic, "Content-Type": "application/x-www-form-urlencoded"},
            b"grant_type=client_credentials",
        )
        if status in (400, 401, 403):
            raise CredentialsRefusedError(code=status, detail=_told(body))
        if status != 200:
            raise _refusal(status, body)
        answer = Reader(_json(body), "", [])
        self._token = answer.text("access_token")
        if not self._token:
            raise HttpAnswerError(
                Phrase("{place} answered without an access token.", place=self._endpoint.display)
            )
        life = answer.number("expires_in") or 0.0
        self._token_until = self._monotonic() + max(0.0, life - _TOKEN_MARGIN)

    async def _exchange(
        self, method: str, url: str, headers: dict[str, str], data: bytes | None = None
    ) -> tuple[int, bytes]:
        """One request, inside the rate; a 429 is waited for once, if the wait is bearable."""
        for last in (False, True):
            if (wait := self._window.wait(self._monotonic())) > 0:
                await self._sleep(wait)
            self._window.made(self._monotonic())
            status, after, body = await self._send(method, url, headers, data)
            if status != 429:
                return status, body
            seconds = 3.0 if after is None else after
            self._window.hold(self._monotonic(), seconds)
            if last or seconds > _MOST_PATIENT:
                raise PlatformRateError(code=429, retry_after=seconds)
        raise AssertionError("unreachable")

    async def _send(
        self, method: str, url: str, headers: dict[str, str], data: bytes | None
    ) -> tuple[int, float | None, bytes]:
        if self._http is None:
            raise RuntimeError("PlatformClient is used outside of its block")
        try:
            async with self._http.request(
                method, url, headers=headers, data=data, allow_redirects=False
            ) as answer:
                body = await _bounded(answer.content)
                return answer.status, retry_seconds(answer.headers.getall("Retry-After", [])), body
        except TimeoutError as error:
            raise HttpTimeoutError(
                Phrase(
                    "{place} did not answer within {seconds:g} seconds.",
                    place=self._endpoint.display,
                    seconds=self._seconds,
                )
            ) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise HttpAnswerError(detail=plain_detail(error)) from error


class _StaleTokenError(PlatformError):
    """The access token is not taken (any more)."""


async def _bounded(content: aiohttp.StreamReader) -> bytes:
    body = bytearray()
    async for piece in content.iter_any():
        body += piece
        if len(body) > _LARGEST:
            raise HttpTooLargeError
    return bytes(body)


def _json(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except (ValueError, RecursionError) as error:
        raise HttpAnswerError(
            "What answers is not the Platform API: it sent something that is not JSON.",
            "Check the region or the endpoint, and whether a proxy or a sign-in page answers instead.",
            detail=plain_detail(error),
        ) from error


def _told(body: bytes) -> str:
    """What an error answer says of itself, as one line."""
    try:
        answer = Reader(msgspec.json.decode(body), "", [])
    except (ValueError, RecursionError):
        return ""
    words = [answer.text(key) for key in ("code", "error", "error_description", "description", "message")]
    return plain_detail(" ".join(dict.fromkeys(word for word in words if word)))


def _refusal(status: int, body: bytes) -> GcdeskError:
    told = _told(body)
    if status == 401:
        return _StaleTokenError(code=401, detail=told)
    if status == 403:
        named = _PERMISSION.search(told)
        title = None
        if named:
            title = (
                Phrase("The OAuth client lacks one of these permissions: {names}.", names=named[1])
                if "," in named[1]
                else Phrase("The OAuth client lacks the permission {name}.", name=named[1])
            )
        return PermissionMissingError(title, code=403, detail=told)
    if status == 404:
        return PlatformNotFoundError(code=404, detail=told)
    if status >= 500:
        return PlatformDownError(code=status, detail=told)
    return PlatformError(
        Phrase("The Platform API did not accept a request ({status}).", status=status),
        code=status,
        detail=told,
    )
