"""Signing in through a browser and a loopback redirect, and every way it can fail."""

from __future__ import annotations

import asyncio
import socket
import sys
import webbrowser
from urllib.parse import parse_qs, urlsplit

import pytest

from gcdesk.chat.opener import Opener
from gcdesk.chat.sign_in import Browse, Tokens, authorization_address, open_in_browser, sign_in
from gcdesk.errors import (
    BrowserNotOpenedError,
    EnvironmentInputError,
    ExchangeRefusedError,
    GcdeskError,
    NotSignedInError,
    ProviderRefusedError,
    RedirectPortError,
    SignInAnswerError,
    SignInCancelledError,
    SignInError,
    SignInMismatchError,
    SignInTimeoutError,
    UnreachableError,
)
from gcdesk.guest.identity import IdentityProvider
from tests.chat.provider import Browser, Fields, Provider, jwt, provider
from tests.chat.servers import target


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def plain(error: GcdeskError) -> None:
    assert error.title.endswith(".")
    assert error.hint.endswith(".")


async def signed_in(
    made: Provider, settings: IdentityProvider | None = None, browser: Browser | None = None
) -> Tokens:
    """Sign in with a browser that is closed afterwards."""
    browser = browser or Browser()
    try:
        return await sign_in(Opener(), made.target, settings or made.settings, browse=browser)
    finally:
        if browser.opened:
            await browser.page()


async def refused(
    made: Provider, settings: IdentityProvider | None = None, browser: Browser | None = None
) -> SignInError:
    with pytest.raises(SignInError) as caught:
        await signed_in(made, settings, browser)
    plain(caught.value)
    return caught.value


async def given_up(made: Provider, browse: Browse, seconds: float = 300) -> SignInError:
    with pytest.raises(SignInError) as caught:
        await sign_in(Opener(), made.target, made.settings, browse=browse, seconds=seconds)
    plain(caught.value)
    return caught.value


async def test_the_whole_way() -> None:
    async with provider() as made:
        browser = Browser()
        tokens = await signed_in(made, browser=browser)
        (asked,) = made.asked
        ((kind, body),) = made.requests
    assert tokens.jwt == jwt(sub="sam", n=1)
    assert tokens.refresh_token.startswith("refresh-1-")
    assert tokens.sign_in.renewable
    assert (await browser.page())[0] == 200
    assert "You can close this page and go back to gcdesk." in (await browser.page())[1]
    # What the sample request has, and the nonce that the provider was asked with.
    assert kind == "exchange"
    assert set(body["oauth"]) == {"code", "redirectUri", "codeVerifier", "nonce"}
    assert asked["client_id"] == "test-client"
    assert asked["scope"] == "openid profile"
    assert asked["response_type"] == "code"
    redirect = urlsplit(asked["redirect_uri"])
    assert redirect.hostname == "127.0.0.1"
    assert len(redirect.path) > 20
    # Verifier, state and nonce have at least 256 bits, as RFC 7636 asks of the first.
    assert 43 <= len(body["oauth"]["codeVerifier"]) <= 128
    assert len({asked["state"], asked["nonce"], body["oauth"]["codeVerifier"]}) == 3
    assert min(len(asked["state"]), len(asked["nonce"])) >= 43


async def test_the_browser_is_given_an_address_that_tells_nothing_and_works_once() -> None:
    async with provider() as made:
        browser = Browser()
        await signed_in(made, browser=browser)
        (address,) = browser.opened
        for secret in (made.asked[0]["state"], made.asked[0]["nonce"], "test-client", "code"):
            assert secret not in address
    # Nothing listens there any more.
    with pytest.raises(OSError, match=r"."):
        await asyncio.open_connection("127.0.0.1", urlsplit(address).port)


async def test_the_start_works_once() -> None:
    async with provider() as made:
        browser = Browser()

        async def twice(address: str) -> None:
            async with asyncio.timeout(10):
                status, _ = await browser.get(address, allow_redirects=False)
                assert status == 302
                status, page = await browser.get(address, allow_redirects=False)
            assert status == 410
            assert "used already" in page
            raise BrowserNotOpenedError

        assert isinstance(await given_up(made, twice), BrowserNotOpenedError)
    assert made.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_fixed_redirect_address(host: str) -> None:
    redirect = f"http://{host}:{free_port()}/callback"
    async with provider() as made:
        settings = IdentityProvider(
            made.settings.authorization_url, "c", "openid offline_access", redirect, max_age=0
        )
        await signed_in(made, settings)
        assert made.asked[0]["redirect_uri"] == redirect
        assert made.asked[0]["max_age"] == "0"
        assert made.asked[0]["scope"] == "openid offline_access"
        assert made.requests[0][1]["oauth"]["maxAge"] == 0


async def test_the_issuer_that_the_provider_names_goes_along() -> None:
    def name(fields: Fields) -> Fields:
        return {**fields, "iss": "https://issuer.example"}

    async with provider(redirect=name) as made:
        await signed_in(made)
        assert made.requests[0][1]["oauth"]["iss"] == "https://issuer.example"


@pytest.mark.parametrize(
    ("fields", "expected", "detail"),
    [
        (
            {"error": "access_denied", "error_description": "the person said no"},
            SignInCancelledError,
            "said no",
        ),
        ({"error": "invalid_scope", "error_description": "<b>no</b>"}, ProviderRefusedError, "<b>no</b>"),
        ({"error": "server_error"}, ProviderRefusedError, "server_error"),
        (
            {"error": "invalid_request", "error_description": "x" * 900},
            ProviderRefusedError,
            "invalid_request",
        ),
        ({}, ProviderRefusedError, ""),
        ({"code": ["one", "two"]}, ProviderRefusedError, ""),
    ],
)
async def test_the_provider_says_no(fields: Fields, expected: type[SignInError], detail: str) -> None:
    async with provider(redirect=lambda sent: {"state": sent["state"], **fields}) as made:
        browser = Browser()
        error = await refused(made, browser=browser)
        assert made.requests == []
    assert type(error) is expected
    assert detail in error.detail
    assert len(error.detail) <= 300
    status, page = await browser.page()
    assert status == 400
    assert "<b>" not in page


@pytest.mark.parametrize("change", [{"state": "foreign"}, {"state": ""}, {"state": ["twice", "there"]}])
async def test_a_foreign_answer_is_refused(change: Fields) -> None:
    async with provider(redirect=lambda sent: {**sent, **change}) as made:
        browser = Browser()
        assert type(await refused(made, browser=browser)) is SignInMismatchError
        assert made.requests == []
    assert (await browser.page())[0] == 400


async def test_a_browser_that_cannot_be_opened() -> None:
    async def fail(_address: str) -> None:
        raise BrowserNotOpenedError

    async with provider() as made:
        assert type(await given_up(made, fail)) is BrowserNotOpenedError


async def test_a_browser_that_keeps_whoever_opened_it_waiting() -> None:
    async with provider() as made:
        browser = Browser()

        async def stay(address: str) -> None:
            await browser(address)
            await asyncio.Event().wait()

        assert (await sign_in(Opener(), made.target, made.settings, browse=stay)).jwt
        await browser.page()


async def test_nobody_signs_in() -> None:
    async def look_away(_address: str) -> None:
        return None

    async with provider() as made:
        error = await given_up(made, look_away, seconds=0.05)
    assert type(error) is SignInTimeoutError
    assert error.title == "Nobody signed in within 0.05 seconds."


async def test_cancelling_leaves_nothing() -> None:
    waiting = asyncio.Event()

    async def look_away(_address: str) -> None:
        waiting.set()

    async with provider() as made:
        signing = asyncio.create_task(sign_in(Opener(), made.target, made.settings, browse=look_away))
        await waiting.wait()
        signing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await signing


async def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with provider() as made:
            settings = IdentityProvider(
                made.settings.authorization_url, "c", redirect=f"http://127.0.0.1:{port}/callback"
            )
            error = await refused(made, settings)
    assert type(error) is RedirectPortError
    assert str(port) in error.title


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "redirect address"),
        (401, "issuer"),
        (403, "authentication"),
        (404, "deployment ID"),
        (429, "Wait"),
        (500, "later"),
        (503, "later"),
        (302, "integration"),
    ],
)
async def test_the_exchange_is_refused(status: int, words: str) -> None:
    body = {"message": "no, because eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl", "code": "bad.request"}
    async with provider(refuse=(status, body), refuse_headers={"Retry-After": "7"}) as made:
        error = await refused(made)
    assert type(error) is ExchangeRefusedError
    assert (error.code, error.retry_after) == (status, 7)
    assert str(status) in error.title
    assert words in error.hint or words in error.title
    assert "no, because" in error.detail
    assert "eyJzdWIiOi" not in error.detail


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "jwt",
        {"jwt": ""},
        {"jwt": 7},
        {"jwt": "a b"},
        {"jwt": "a\nb"},
        {"jwt": "a", "refreshToken": 1},
    ],
)
async def test_an_answer_without_a_jwt(body: object) -> None:
    async with provider(answer=body) as made:
        assert type(await refused(made)) is SignInAnswerError


async def test_an_answer_that_is_no_json() -> None:
    async with provider(refuse=(200, "<html>")) as made:
        assert type(await refused(made)) is SignInAnswerError


async def test_a_service_that_is_not_there() -> None:
    browser = Browser()
    async with provider() as made:
        with pytest.raises(UnreachableError) as caught:
            await sign_in(Opener(), target(f"ws://127.0.0.1:{free_port()}/v1"), made.settings, browse=browser)
        await browser.page()
    plain(caught.value)


async def test_a_provider_that_is_not_set_up() -> None:
    async with provider() as made:
        assert type(await refused(made, IdentityProvider())) is NotSignedInError
        with pytest.raises(EnvironmentInputError):
            await signed_in(made, IdentityProvider("http://login.example"))


async def test_nothing_of_a_sign_in_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with provider() as made:
        tokens = await signed_in(made)
        body = made.requests[0][1]
    shown = f"{tokens!r} {tokens.sign_in!r} {caplog.text}"
    # The browser's own side is aiohttp's; what gcdesk logs is under its name.
    shown = "\n".join(line for line in shown.splitlines() if "asyncio" not in line)
    secrets = (tokens.jwt, tokens.refresh_token, body["oauth"]["code"], body["oauth"]["codeVerifier"])
    assert not [secret for secret in secrets if secret in shown]


class TestOpeningABrowser:
    async def test_the_system_is_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        opened: list[str] = []

        def take(address: str) -> bool:
            opened.append(address)
            return True

        monkeypatch.setenv("BROWSER", "anything")
        monkeypatch.setattr(webbrowser, "open", take)
        await open_in_browser("http://127.0.0.1/start")
        assert opened == ["http://127.0.0.1/start"]

    @pytest.mark.parametrize("failure", [None, webbrowser.Error("none"), OSError("no program")])
    async def test_it_has_none(self, monkeypatch: pytest.MonkeyPatch, failure: Exception | None) -> None:
        def fail(_address: str) -> bool:
            if failure is not None:
                raise failure
            return False

        monkeypatch.setenv("BROWSER", "anything")
        monkeypatch.setattr(webbrowser, "open", fail)
        with pytest.raises(BrowserNotOpenedError):
            await open_in_browser("http://127.0.0.1/start")

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
    async def test_there_is_no_display(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(webbrowser, "open", lambda _: pytest.fail("a browser for text was started"))
        with pytest.raises(BrowserNotOpenedError):
            await open_in_browser("http://127.0.0.1/start")


def test_the_query_of_the_address_stays() -> None:
    settings = IdentityProvider("https://login.example/authorize?p=B2C_1", "c")
    address = authorization_address(settings, "http://127.0.0.1:1/x", "v" * 43, "s", "n")
    query = parse_qs(urlsplit(address).query)
    assert query["p"] == ["B2C_1"]
    assert query["client_id"] == ["c"]
    # The example of RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    address = authorization_address(settings, "http://127.0.0.1:1/x", verifier, "s", "n")
    assert parse_qs(urlsplit(address).query)["code_challenge"] == [
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    ]
