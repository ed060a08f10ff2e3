"""Reading the deployment's configuration."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import msgspec

from gcdesk.chat.failures import plain_detail, service_time
from gcdesk.chat.http import HttpAnswer, HttpRequest, request
from gcdesk.chat.opener import Opener
from gcdesk.errors import (
    DeploymentInterceptedError,
    DeploymentUnreadableError,
    GcdeskError,
    HttpAnswerError,
    HttpTimeoutError,
    HttpTooLargeError,
    OpenTimeoutError,
)
from gcdesk.phrase import Phrase

_NETWORK_SIGN_IN = 511
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_ACCEPT = {"Accept": "application/json"}
_CHECK_THE_ID = "Check the deployment ID and the region; the chat goes on without its configuration."
_CHECK_THE_PLACE = "The chat goes on without it. Check the endpoint if the chat fails too."


TakeTime = Callable[[datetime], None]
"""Takes the time at the service as it was when its answer came."""


async def read_deployment(
    opener: Opener, url: str, seconds: float, take_time: TakeTime | None = None
) -> object:
    """Read a deployment's public configuration (guest API, section 1.4) and return the JSON value.

    Args:
        opener: Opens the connection.
        url: The document's address, http or https.
        seconds: The time limit for all of it.
        take_time: Takes the service's time, if its answer tells it.

    Raises:
        DeploymentUnreadableError: It cannot be read; its title says why.
    """
    try:
        async with asyncio.timeout(seconds):
            answer = await request(opener, HttpRequest("GET", url, _ACCEPT), seconds=seconds)
    except (TimeoutError, OpenTimeoutError, HttpTimeoutError) as error:
        raise DeploymentUnreadableError(
            Phrase(
                "The deployment's configuration did not come within {seconds:g} seconds.", seconds=seconds
            ),
            detail=error.detail if isinstance(error, GcdeskError) else "",
        ) from error
    except HttpTooLargeError as error:
        raise DeploymentUnreadableError("The deployment's configuration is too large to be one.") from error
    except HttpAnswerError as error:
        raise DeploymentUnreadableError(
            "What answered is not the deployment's configuration.", _CHECK_THE_PLACE, detail=error.detail
        ) from error
    except GcdeskError as error:
        raise DeploymentUnreadableError(
            Phrase("The deployment's configuration could not be read. {why}", why=Phrase(error.title)),
            code=error.code,
            detail=error.detail,
        ) from error
    time = None if take_time is None or is_web_page(answer) else service_time(answer.headers)
    if time is not None and take_time is not None:
        take_time(time)
    return _json(answer)


def is_web_page(answer: HttpAnswer) -> bool:
    """Whether a page for people came where a document was asked for, as from a network that wants a sign-in."""
    if not (200 <= answer.status < 400 or answer.status == _NETWORK_SIGN_IN):
        return False
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in _PAGE_TYPES or answer.body.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))


def _json(answer: HttpAnswer) -> object:
    status, body = answer.status, answer.body
    if is_web_page(answer):
        raise DeploymentInterceptedError(code=status)
    if status in (403, 404):
        # The document's server answers 403 for a deployment it does not know (guest API, section 1.4).
        raise DeploymentUnreadableError(
            Phrase("No configuration was found for this deployment ({status}).", status=status),
            _CHECK_THE_ID,
            code=status,
        )
    if status != 200:
        raise DeploymentUnreadableError(
            Phrase("The deployment's configuration could not be read ({status}).", status=status), code=status
        )
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DeploymentUnreadableError(
            "What answered is not the deployment's configuration.",
            _CHECK_THE_PLACE,
            detail=plain_detail(error),
        ) from error
