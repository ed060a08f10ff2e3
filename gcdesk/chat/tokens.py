"""What the service gives for a sign-in, and asking it for that: the exchange, the renewal and the log-out.

The law of this file: a JWT and a refresh token are sent to the service over TLS and to nobody else, and no repr, error
or log shows them whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from gcdesk.chat.failures import plain_detail, retry_seconds
from gcdesk.chat.http import HttpAnswer, HttpRequest, request
from gcdesk.chat.opener import Opener
from gcdesk.chat.target import Target
from gcdesk.errors import (
    ExchangeRefusedError,
    NotSignedInError,
    SignInAnswerError,
    SignInError,
    SignInExpiredError,
)
from gcdesk.guest.identity import SignIn, Tokens
from gcdesk.phrase import Phrase

__all__ = ["Grant", "Renewal", "Tokens", "exchange", "renew", "revoke"]

HTTP_SECONDS = 30.0
"""How long the service may be silent."""

_PATH = "/api/v2/webdeployments/token"
_LARGEST = 256 * 1024
_LONGEST_TOKEN = 64 * 1024

_EXCHANGE_HINTS = {
    400: "Check the environment's redirect address and client ID against the OpenID Connect integration.",
    401: "Check the OpenID Connect integration: its issuer, its client and the client's secret.",
    403: "Turn authentication on in the deployment's messenger configuration.",
    404: "Check the deployment ID and the region, and that the deployment has an OpenID Connect integration.",
    429: "Wait a little, then sign in again.",
}
_TRY_LATER = "Try again later, and check the Genesys Cloud status page for the region."


@dataclass(frozen=True)
class Grant:
    """What the identity provider gave, and what proves that it was given to this program."""

    code: str = field(repr=False)
    redirect_uri: str = field(repr=False)
    code_verifier: str = field(repr=False)
    nonce: str = field(repr=False)
    max_age: int | None = None
    issuer: str = ""


async def exchange(opener: Opener, target: Target, grant: Grant) -> Tokens:
    """Exchange an authorization code for a JWT (guest API, section 1.2).

    Raises:
        ExchangeRefusedError: The service did not take the code; `code` is the HTTP status.
        SignInAnswerError: What answered holds no JWT.
        GcdeskError: The service could not be asked.
    """
    oauth: dict[str, Any] = {
        "code": grant.code,
        "redirectUri": grant.redirect_uri,
        "codeVerifier": grant.code_verifier,
        # The service wants these again where the provider was asked with them.
        "nonce": grant.nonce,
    }
    if grant.max_age is not None:
        oauth["maxAge"] = grant.max_age
    if grant.issuer:
        oauth["iss"] = grant.issuer
    answer = await _post(
        opener, target, "oauthcodegrantjwtexchange", {"deploymentId": target.deployment_id, "oauth": oauth}
    )
    if answer.status != 200:
        raise _exchange_refused(answer)
    return _tokens(answer)


async def renew(opener: Opener, target: Target, refresh_token: str) -> Tokens:
    """Get a fresh JWT for a refresh token; the tokens hold the old refresh token where no new one came.

    Raises:
        SignInExpiredError: The service does not take the refresh token any more.
        SignInAnswerError: What answered holds no JWT.
        GcdeskError: The service could not be asked, or failed; the refresh token may still be good.
    """
    answer = await _post(opener, target, "refresh", {"refreshToken": refresh_token})
    if answer.status in (400, 401, 403, 404):
        raise SignInExpiredError(
            Phrase(
                "The sign-in has run out: Genesys Cloud did not renew it ({status}).", status=answer.status
            ),
            code=answer.status,
            detail=_detail(answer),
        )
    if answer.status != 200:
        raise _failed(Phrase("The sign-in could not be renewed ({status}).", status=answer.status), answer)
    tokens = _tokens(answer)
    return tokens if tokens.refresh_token else Tokens(tokens.jwt, refresh_token)


async def revoke(opener: Opener, target: Target, jwt: str) -> None:
    """Log out: the service takes the JWT no more, and closes the chats that use it.

    Raises:
        SignInExpiredError: The JWT was not good any more, so there was nothing to log out.
        GcdeskError: The service could not be asked, or failed; the JWT may still be good.
    """
    asked = HttpRequest(
        "DELETE", _url(target, "revoke"), {**_headers(target), "Authorization": f"Bearer {jwt}"}
    )
    answer = await request(opener, asked, seconds=HTTP_SECONDS, largest=_LARGEST)
    if answer.status == 401:
        raise SignInExpiredError(
            "The sign-in had run out already (401).",
            "There is nothing to log out from.",
            code=401,
            detail=_detail(answer),
        )
    if not 200 <= answer.status < 300:
        raise _failed(
            Phrase("The customer could not be logged out ({status}).", status=answer.status), answer
        )


class Renewal:
    """The tokens of one sign-in, shared by all chats that use it and renewed once for all of them.

    Args:
        target: Where the customer is signed in.
        tokens: As they are now.
        keep: Takes fresh tokens, to keep them for the next time.
    """

    def __init__(
        self, target: Target, tokens: Tokens, keep: Callable[[Tokens], Awaitable[None]] | None = None
    ) -> None:
        self.tokens = tokens
        self._target = target
        self._keep = keep
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, opener: Opener, stale: str) -> SignIn:
        """A sign-in whose JWT is another than `stale`. Raises like `renew`, and NotSignedInError."""
        async with self._one_at_a_time:
            if self.tokens.jwt == stale:
                if not self.tokens.refresh_token:
                    raise NotSignedInError("This sign-in cannot be renewed.", "Sign in again.")
                self.tokens = await renew(opener, self._target, self.tokens.refresh_token)
                if self._keep is not None:
                    await self._keep(self.tokens)
            return self.tokens.sign_in


async def _post(opener: Opener, target: Target, what: str, body: object) -> HttpAnswer:
    headers = {**_headers(target), "Content-Type": "application/json"}
    asked = HttpRequest("POST", _url(target, what), headers, msgspec.json.encode(body))
    return await request(opener, asked, seconds=HTTP_SECONDS, largest=_LARGEST)


def _url(target: Target, what: str) -> str:
    return f"{target.endpoint.api_base}{_PATH}/{what}"


def _headers(target: Target) -> dict[str, str]:
    headers = {"Accept": "application/json"}
    return {**headers, "Origin": target.origin} if target.origin else headers


def _tokens(answer: HttpAnswer) -> Tokens:
    value = _json(answer)
    jwt, refresh_token = value.get("jwt"), value.get("refreshToken") or ""
    if not _is_token(jwt) or (refresh_token and not _is_token(refresh_token)):
        raise SignInAnswerError(detail=f"HTTP {answer.status}, {len(answer.body)} bytes")
    return Tokens(str(jwt), str(refresh_token))


def _is_token(value: object) -> bool:
    # It becomes part of a header line.
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST_TOKEN
        and value.isascii()
        and value.isprintable()
        and " " not in value
    )


def _json(answer: HttpAnswer) -> Mapping[str, Any]:
    try:
        value = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = None
    return value if isinstance(value, Mapping) else {}


def _detail(answer: HttpAnswer) -> str:
    """The service's own words, where there are any."""
    value = _json(answer)
    words = [
        str(value[name]) for name in ("message", "code", "errorCode") if isinstance(value.get(name), str)
    ]
    return plain_detail(" ".join([f"HTTP {answer.status}", *words]))


def _exchange_refused(answer: HttpAnswer) -> SignInError:
    hint = _EXCHANGE_HINTS.get(answer.status)
    if hint is None:
        return _failed(
            Phrase("Genesys Cloud did not take the sign-in ({status}).", status=answer.status), answer
        )
    return ExchangeRefusedError(
        Phrase("Genesys Cloud did not accept the sign-in ({status}).", status=answer.status),
        hint,
        code=answer.status,
        retry_after=_wait(answer),
        detail=_detail(answer),
    )


def _failed(title: str, answer: HttpAnswer) -> SignInError:
    later = answer.status == 429 or answer.status >= 500
    return ExchangeRefusedError(
        title,
        _TRY_LATER if later else None,
        code=answer.status,
        retry_after=_wait(answer),
        detail=_detail(answer),
    )


def _wait(answer: HttpAnswer) -> float | None:
    return retry_seconds([answer.headers["retry-after"]] if "retry-after" in answer.headers else [])
