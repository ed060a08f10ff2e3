"""Signing in over HTTP: the provider's login page, and the endpoints that turn its code into a JWT.

The endpoints are the service's (guest API, section 1.2); how each refuses is assumed. The page is the simulator's
own: a real deployment names the provider of its organisation.
"""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

from aiohttp import web

from .customers import Customer, SignIn
from .deployment import is_deployment
from .jwt import JwtError
from .reading import JsonObject, RefusedError
from .rest import bearer, json_body, refusal
from .service import Service
from .state import State

_TOKENS = "/api/v2/webdeployments/token"
_LOGIN = "/login/authorize"
_LONGEST_NAME = 100
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_CARRIED = (
    "response_type",
    "client_id",
    "redirect_uri",
    "state",
    "scope",
    "nonce",
    "code_challenge",
    "code_challenge_method",
)
_NO_SIGN_IN = "This deployment has no signing in."
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in to the gcdesk simulator</title>
<style>
body {{ font: 16px/1.5 sans-serif; max-width: 24em; margin: 3em auto; padding: 0 1em }}
label, input, button {{ display: block; width: 100%; box-sizing: border-box; font: inherit }}
input, button {{ margin: .25em 0 1em; padding: .5em }}
.problem {{ color: #a40000 }}
</style>
</head>
<body>
<h1>Sign in</h1>
<p>This is the gcdesk simulator, not Genesys Cloud. You are whoever you say you are. No password is needed.</p>
{problem}
<form method="post" action="{action}">
{hidden}
<label for="first_name">First name</label>
<input id="first_name" name="first_name" maxlength="{longest}" autofocus autocomplete="off">
<label for="last_name">Last name</label>
<input id="last_name" name="last_name" maxlength="{longest}" autocomplete="off">
<button name="answer" value="yes">Sign in</button>
<button name="answer" value="no">Cancel</button>
</form>
</body>
</html>
"""
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class SignInRoutes:
    """The login page, and the exchange, refresh and revocation of JWTs."""

    def __init__(self, state: State, service: Service) -> None:
        self._state = state
        self._service = service

    def routes(self) -> list[web.RouteDef]:
        """Everything it answers."""
        return [
            web.get(_LOGIN, self._ask),
            web.post(_LOGIN, self._answered),
            web.post(f"{_TOKENS}/oauthcodegrantjwtexchange", self._exchange),
            web.post(f"{_TOKENS}/refresh", self._refresh),
            web.delete(f"{_TOKENS}/revoke", self._revoke),
        ]

    @property
    def _off(self) -> bool:
        return self._state.options.sign_in == "off"

    async def _ask(self, request: web.Request) -> web.Response:
        return self._unfit(request.query) or _page(request.query)

    async def _answered(self, request: web.Request) -> web.Response:
        form = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        unfit = self._unfit(form)
        if unfit is not None:
            return unfit
        if form.get("answer") == "no":
            return _redirect(form, error="access_denied")
        customer = Customer(form.get("first_name", "").strip(), form.get("last_name", "").strip())
        if not customer.first_name:
            return _page(form, "Type your first name.")
        if max(len(customer.first_name), len(customer.last_name)) > _LONGEST_NAME:
            return _page(form, f"A name has at most {_LONGEST_NAME} letters.")
        now = self._state.now()
        code = self._state.customers.consent(
            customer, form["redirect_uri"], form["code_challenge"], now, nonce=form.get("nonce", "")
        )
        self._state.record.event("consent given", customer=customer.customer_id)
        return _redirect(form, code=code)

    def _unfit(self, asked: Mapping[str, str]) -> web.Response | None:
        """The answer to a request that cannot be asked about, or None for a good one.

        A redirect that is not trusted is not followed, even to report an error (RFC 6749, section 4.1.2.1).
        """
        if self._off:
            return web.Response(status=404, text=_NO_SIGN_IN)
        if not _trusted(asked.get("redirect_uri", "")):
            return web.Response(status=400, text="The redirect_uri must be https, or http on this computer.")
        if asked.get("response_type") != "code":
            return _redirect(asked, error="unsupported_response_type")
        if not asked.get("client_id"):
            return _redirect(asked, error="invalid_request", error_description="client_id is missing")
        if asked.get("code_challenge_method") != "S256" or len(asked.get("code_challenge", "")) != 43:
            return _redirect(asked, error="invalid_request", error_description="PKCE with S256 is required")
        return None

    async def _exchange(self, request: web.Request) -> web.Response:
        answer = await self._exchanged(request)
        self._state.record.event("code exchanged", status=answer.status)
        return answer

    async def _exchanged(self, request: web.Request) -> web.Response:
        if self._off:
            return refusal(403, _NO_SIGN_IN)
        try:
            body = JsonObject(await json_body(request))
            deployment_id, oauth = body.text("deploymentId"), body.child("oauth")
            given = (oauth.text("code"), oauth.text("redirectUri"), oauth.text("codeVerifier"))
            nonce = oauth.optional_text("nonce")
        except RefusedError as refused:
            return refusal(400, refused.text)
        if not is_deployment(self._state.options, deployment_id):
            return refusal(404, "Deployment not found")
        sign_in = self._state.customers.exchange(*given, self._state.now(), nonce=nonce)
        if sign_in is None:
            return refusal(401, "The code is unknown, used or expired, or its verifier does not fit.")
        return web.json_response({"jwt": self._jwt(sign_in), "refreshToken": sign_in.refresh_token})

    async def _refresh(self, request: web.Request) -> web.Response:
        answer = await self._refreshed(request)
        self._state.record.event("JWT refreshed", status=answer.status)
        return answer

    async def _refreshed(self, request: web.Request) -> web.Response:
        if self._off:
            return refusal(403, _NO_SIGN_IN)
        try:
            token = JsonObject(await json_body(request)).text("refreshToken")
        except RefusedError as refused:
            return refusal(400, refused.text)
        sign_in = self._state.customers.by_refresh_token(token)
        if sign_in is None:
            return refusal(401, "The refresh token is unknown, or its customer has logged out.")
        # The refresh token stays the same, so it is not said again.
        return web.json_response({"jwt": self._jwt(sign_in)})

    async def _revoke(self, request: web.Request) -> web.Response:
        sign_in = self._signed_in(bearer(request))
        if sign_in is None:
            answer = refusal(401, "The JWT is missing, forged or expired, or its customer has logged out.")
        else:
            self._service.log_out(sign_in.customer)
            answer = web.Response(status=204)
        self._state.record.event("logged out", status=answer.status)
        return answer

    def _jwt(self, sign_in: SignIn) -> str:
        customer, seconds = sign_in.customer, self._state.options.sign_in_seconds
        jwt, _ = self._state.mint.issue(
            "sign-in",
            customer.customer_id,
            seconds,
            self._state.now(),
            sid=sign_in.sign_in_id,
            given_name=customer.first_name,
            family_name=customer.last_name,
        )
        return jwt

    def _signed_in(self, jwt: str) -> SignIn | None:
        try:
            claims = self._state.mint.read("sign-in", jwt, self._state.now())
        except JwtError:
            return None
        return self._state.customers.by_id(claims["sid"])


def _trusted(redirect_uri: str) -> bool:
    try:
        parts = urlsplit(redirect_uri)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.fragment or not redirect_uri.isprintable():
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)


def _redirect(asked: Mapping[str, str], **answer: str) -> web.Response:
    parts = urlsplit(asked["redirect_uri"])
    query = urlencode({**answer, **({"state": asked["state"]} if "state" in asked else {})})
    location = urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query))
    return web.Response(status=303, headers={**_SAFE, "Location": location})


def _page(asked: Mapping[str, str], problem: str = "") -> web.Response:
    carried = {key: asked[key] for key in _CARRIED if key in asked}
    hidden = "\n".join(
        f'<input type="hidden" name="{key}" value="{escape(value)}">' for key, value in carried.items()
    )
    text = _PAGE.format(
        action=_LOGIN,
        hidden=hidden,
        longest=_LONGEST_NAME,
        problem=f'<p class="problem">{escape(problem)}</p>' if problem else "",
    )
    return web.Response(text=text, content_type="text/html", headers=_SAFE)
