"""Signing a customer in: the authorization code flow with PKCE through the system's browser (RFC 8252 and RFC 7636).

The law of this file: state, nonce and verifier are made afresh for each sign-in, live in memory and die with it. What
the browser brings back is used only if its state is ours, and only once.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import secrets
import sys
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode, urlsplit

from gcdesk.chat.failures import plain_detail
from gcdesk.chat.loopback import Loopback, RedirectAnswer, loopback
from gcdesk.chat.off_loop import off_loop
from gcdesk.chat.opener import Opener
from gcdesk.chat.target import Target
from gcdesk.chat.tokens import Grant, Renewal, Tokens, exchange, renew, revoke
from gcdesk.errors import (
    BrowserNotOpenedError,
    NotSignedInError,
    ProviderRefusedError,
    SignInCancelledError,
    SignInMismatchError,
    SignInTimeoutError,
)
from gcdesk.guest.identity import IdentityProvider, check_provider
from gcdesk.phrase import Phrase

__all__ = ["Browse", "Renewal", "Tokens", "open_in_browser", "renew", "revoke", "sign_in"]

SIGN_IN_SECONDS = 300.0
"""How long a person may take to sign in."""

Browse = Callable[[str], Awaitable[None]]
"""Opens an address in a browser; raises BrowserNotOpenedError if that cannot be done."""

_DENIED = frozenset({"access_denied", "login_required", "consent_required", "interaction_required"})


async def open_in_browser(address: str) -> None:
    """Open an address in the system's browser.

    Raises:
        BrowserNotOpenedError: There is no browser, or no display to show one on.
    """
    # A browser for text would take over the terminal, and wait there for somebody.
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    ):
        raise BrowserNotOpenedError
    # 15 ms that only a sign-in should pay for.
    import webbrowser

    try:
        opened = await off_loop(lambda: webbrowser.open(address), "gcdesk browser")
    except (OSError, webbrowser.Error) as error:
        raise BrowserNotOpenedError(detail=plain_detail(error)) from error
    if not opened:
        raise BrowserNotOpenedError


async def sign_in(
    opener: Opener,
    target: Target,
    provider: IdentityProvider,
    *,
    browse: Browse = open_in_browser,
    seconds: float = SIGN_IN_SECONDS,
) -> Tokens:
    """Sign a customer in and return what the service gives for it. Cancelling gives up and leaves no socket.

    Args:
        opener: Opens the connection to the service.
        target: The deployment that the customer will chat with.
        provider: Where the customer signs in.
        browse: Opens the address of the sign-in, an address of this computer that works once.
        seconds: How long the person may take.

    Raises:
        EnvironmentInputError: The provider's fields cannot be used.
        NotSignedInError: No provider is set up.
        SignInError: The type says what failed: the port, the browser, the person, the provider or the exchange.
        GcdeskError: The service could not be asked.
    """
    provider = check_provider(provider)
    if not provider.is_set:
        raise NotSignedInError(
            "No identity provider is set up for this environment.",
            "Give the environment a sign-in address and a client ID.",
        )
    verifier, state, nonce = (secrets.token_urlsafe(48) for _ in range(3))
    async with loopback(provider.redirect, state) as page:
        address = authorization_address(provider, page.redirect_uri, verifier, state, nonce)
        answer = await _answer(page, browse(page.start_at(address)), seconds)
        redirect_uri = page.redirect_uri
    code = _code(answer, state)
    grant = Grant(code, redirect_uri, verifier, nonce, provider.max_age, answer.issuer)
    return await exchange(opener, target, grant)


def authorization_address(
    provider: IdentityProvider, redirect_uri: str, verifier: str, state: str, nonce: str
) -> str:
    """The provider's address that begins a sign-in; of the verifier only its SHA-256 is in it."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    fields = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": provider.scopes,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if provider.max_age is not None:
        fields["max_age"] = str(provider.max_age)
    parts = urlsplit(provider.authorization_url)
    query = f"{parts.query}&{urlencode(fields)}" if parts.query else urlencode(fields)
    return parts._replace(query=query).geturl()


async def _answer(page: Loopback, browsing: Awaitable[None], seconds: float) -> RedirectAnswer:
    """What the browser brings back; a browser that cannot be opened ends the wait."""
    opening = asyncio.ensure_future(browsing)
    answering = asyncio.ensure_future(page.answer())
    try:
        async with asyncio.timeout(seconds):
            await asyncio.wait({opening, answering}, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                # Some browsers keep whoever opened them waiting until they are closed.
                await opening
            return await answering
    except TimeoutError as error:
        raise SignInTimeoutError(
            Phrase("Nobody signed in within {seconds:g} seconds.", seconds=seconds)
            if seconds < 120
            else Phrase("Nobody signed in within {minutes:.3g} minutes.", minutes=seconds / 60)
        ) from error
    finally:
        for task in (opening, answering):
            task.cancel()
        await asyncio.gather(opening, answering, return_exceptions=True)


def _code(answer: RedirectAnswer, state: str) -> str:
    if not secrets.compare_digest(answer.state.encode(), state.encode()):
        raise SignInMismatchError
    if answer.error:
        detail = plain_detail(" ".join(filter(None, [answer.error, answer.description])))
        if answer.error in _DENIED:
            raise SignInCancelledError(detail=detail)
        raise ProviderRefusedError(detail=detail)
    if not answer.code:
        raise ProviderRefusedError(
            "The identity provider sent the browser back without a code.",
            "Check that its client allows the authorization code flow.",
        )
    return answer.code
