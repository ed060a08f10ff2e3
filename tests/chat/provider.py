"""An identity provider and the service's token endpoints on one port, which check what they are given."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, web

from gcdesk.chat.target import Target
from gcdesk.guest.identity import IdentityProvider
from tests.chat.servers import DEPLOYMENT_ID, target

Fields = dict[str, Any]
TOKEN_PATH = "/api/v2/webdeployments/token"


def jwt(**claims: Any) -> str:
    """A JWT with these claims; nobody checks its signature."""
    parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), "c2ln"])


@dataclass
class Provider:
    """What came in, and how to answer.

    `redirect` changes the fields with which the browser is sent back. `refuse` is a status and a body for the next
    requests to the token endpoints; `answer` replaces their answer.
    """

    url: str = ""
    redirect: Callable[[Fields], Fields] = field(default=lambda fields: fields)
    refuse: tuple[int, object] | None = None
    refuse_headers: dict[str, str] = field(default_factory=dict)
    answer: Any = None
    asked: list[Fields] = field(default_factory=list)
    requests: list[tuple[str, Any]] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    rotating: bool = True
    gate: asyncio.Event | None = None
    _codes: dict[str, Fields] = field(default_factory=dict)
    _refresh: set[str] = field(default_factory=set)
    _count: int = 0

    @property
    def settings(self) -> IdentityProvider:
        """As an environment names it."""
        return IdentityProvider(f"{self.url}/authorize?tenant=a%20b", "test-client")

    @property
    def target(self) -> Target:
        """The deployment whose token endpoints are here."""
        return target(f"ws{self.url.removeprefix('http')}/v1")

    async def authorize(self, request: web.Request) -> web.Response:
        assert request.query["tenant"] == "a b"
        asked = dict(request.query)
        self.asked.append(asked)
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        fields = self.redirect({"code": code, "state": asked["state"]})
        location = f"{asked['redirect_uri']}?{urlencode(fields, doseq=True)}"
        return web.Response(status=302, headers={"Location": location})

    async def exchange(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.requests.append(("exchange", body))
        if (refusal := await self._refusal()) is not None:
            return refusal
        oauth = body["oauth"]
        asked = self._codes.pop(oauth["code"], None)
        if asked is None or body["deploymentId"] != DEPLOYMENT_ID:
            return web.json_response({"message": "no such code"}, status=400)
        challenge = hashlib.sha256(oauth["codeVerifier"].encode()).digest()
        expected = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        good = (
            asked["code_challenge_method"] == "S256"
            and asked["code_challenge"] == expected
            and asked["redirect_uri"] == oauth["redirectUri"]
            and asked["nonce"] == oauth["nonce"]
            and asked.get("max_age") == (str(oauth["maxAge"]) if "maxAge" in oauth else None)
        )
        return self._tokens() if good else web.json_response({"message": "not proved"}, status=401)

    async def refresh(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.requests.append(("refresh", body))
        if (refusal := await self._refusal()) is not None:
            return refusal
        if body["refreshToken"] not in self._refresh:
            return web.json_response({"message": "unknown refresh token"}, status=401)
        if self.rotating:
            self._refresh.discard(body["refreshToken"])
            return self._tokens()
        self._count += 1
        return web.json_response({"jwt": jwt(sub="sam", n=self._count)})

    async def revoke(self, request: web.Request) -> web.Response:
        self.requests.append(("revoke", request.headers.get("Authorization")))
        if (refusal := await self._refusal()) is not None:
            return refusal
        self.revoked.append(request.headers["Authorization"].removeprefix("Bearer "))
        return web.Response(status=204)

    async def _refusal(self) -> web.Response | None:
        if self.gate is not None:
            await self.gate.wait()
        if self.refuse is not None:
            status, body = self.refuse
            if isinstance(body, str):
                return web.Response(status=status, text=body, headers=self.refuse_headers)
            return web.json_response(body, status=status, headers=self.refuse_headers)
        return None if self.answer is None else web.json_response(self.answer)

    def _tokens(self) -> web.Response:
        self._count += 1
        refresh = f"refresh-{self._count}-{secrets.token_urlsafe(16)}"
        self._refresh.add(refresh)
        return web.json_response({"jwt": jwt(sub="sam", n=self._count), "refreshToken": refresh})


@asynccontextmanager
async def provider(**options: Any) -> AsyncIterator[Provider]:
    """A provider on a port of this machine."""
    made = Provider(**options)
    application = web.Application()
    application.add_routes(
        [
            web.get("/authorize", made.authorize),
            web.post(f"{TOKEN_PATH}/oauthcodegrantjwtexchange", made.exchange),
            web.post(f"{TOKEN_PATH}/refresh", made.refresh),
            web.delete(f"{TOKEN_PATH}/revoke", made.revoke),
        ]
    )
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield made
    finally:
        await runner.cleanup()


@dataclass
class Browser:
    """A browser that follows redirects, beside whoever opens it, and remembers what it was given and shown."""

    opened: list[str] = field(default_factory=list)
    _visits: list[asyncio.Task[tuple[int, str]]] = field(default_factory=list)

    async def __call__(self, address: str) -> None:
        self.opened.append(address)
        self._visits.append(asyncio.create_task(self.get(address)))

    async def page(self) -> tuple[int, str]:
        """Status and text of the page that the first address led to."""
        return await self._visits[0]

    async def get(self, address: str, **options: Any) -> tuple[int, str]:
        """Look at an address."""
        async with ClientSession() as session, session.get(address, **options) as answer:
            return answer.status, await answer.text()
