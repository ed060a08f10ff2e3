"""Answers of the REST side, in the form of the Platform API's errors."""

from typing import Any

from aiohttp import web

from .answers import Frame
from .reading import RefusedError, parse_json

_CODES = {
    400: "bad.request",
    401: "bad.credentials",
    403: "not.authorized",
    404: "not.found",
    429: "too.many.requests",
}


def refusal(status: int, message: str, *, retry_after: int | None = None, code: str = "") -> web.Response:
    """An error: HTTP status, and a body of message, code and status."""
    body: Frame = {"message": message, "code": code or _CODES[status], "status": status}
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return web.json_response(body, status=status, headers=headers)


def bearer(request: web.Request) -> str:
    """The JWT of the Authorization header, empty without one. The scheme's case does not matter."""
    scheme, _, jwt = request.headers.get("Authorization", "").partition(" ")
    return jwt.strip() if scheme.lower() == "bearer" else ""


async def json_body(request: web.Request) -> Any:
    """The request's body as JSON. Raises RefusedError with 400 for anything else."""
    try:
        return parse_json((await request.read()).decode())
    except ValueError:
        raise RefusedError(400, "The body is not JSON.") from None
