"""Reading one page of a session's history over HTTP (guest API, sections 1.2 and 3.3)."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from gcdesk.chat.errands import Around
from gcdesk.chat.failures import plain_detail, retry_seconds
from gcdesk.chat.http import HttpAnswer, HttpRequest, request
from gcdesk.chat.target import Target
from gcdesk.errors import GcdeskError, HistoryError
from gcdesk.guest.errands import ReadHistory
from gcdesk.guest.history_page import HistoryPage, parse_history_page
from gcdesk.guest.received import json_value
from gcdesk.phrase import Phrase

_API = "api."


async def read_history(errand: ReadHistory, around: Around) -> None:
    """Read the page and feed it back, or why it could not be read."""
    history = around.session.history
    try:
        page = await _page(errand, around)
    except GcdeskError as error:
        await around.feed(partial(history.unread, errand.key, error))
    else:
        await around.feed(partial(history.read, errand.key, page))


async def _page(errand: ReadHistory, around: Around) -> HistoryPage:
    endpoint = around.target.endpoint
    asked = HttpRequest(
        "GET",
        f"{endpoint.history_url}?pageNumber={errand.page}&pageSize={errand.page_size}",
        {
            "Accept": "application/json",
            "Authorization": f"bearer {errand.jwt}",
            "Origin": history_origin(around.target),
        },
    )
    answer = await request(around.opener, asked, seconds=around.limits.history_timeout)
    if answer.status != 200:
        raise _refused(answer)
    try:
        value = json_value(answer.body)
        if isinstance(value, dict):
            return parse_history_page(value)
    except RecursionError:
        pass
    raise HistoryError("What answered is no page of earlier messages.")


def history_origin(target: Target) -> str:
    """The Origin header for the history: the one chosen for the deployment, else the region's bare domain."""
    host = urlsplit(target.endpoint.api_base).hostname or ""
    if target.origin or not host.startswith(_API):
        return target.origin or target.endpoint.origin
    return host.removeprefix(_API)


def _refused(answer: HttpAnswer) -> HistoryError:
    wait = retry_seconds([answer.headers["retry-after"]]) if "retry-after" in answer.headers else None
    title = {
        401: "The service did not accept the key to the earlier messages (401).",
        403: "The service does not give out the earlier messages (403).",
        404: "The service has no earlier messages at that address (404).",
        429: "Earlier messages were asked for too often (429).",
    }.get(answer.status, Phrase("The earlier messages could not be read ({status}).", status=answer.status))
    text = answer.body[:1000].decode("utf-8", "replace")
    return HistoryError(title, code=answer.status, retry_after=wait, detail=plain_detail(text))
