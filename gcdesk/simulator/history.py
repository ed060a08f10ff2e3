"""The history a guest can read by page (guest API, section 3.3)."""

from collections.abc import Callable, Mapping
from math import ceil

from .answers import Frame
from .conversations import Message
from .reading import RefusedError

PAGE_SIZE = 25
LARGEST_PAGE = 100


def history_page(
    entries: list[Message], query: Mapping[str, str], relinked: Callable[[Frame], Frame]
) -> Frame:
    """One page, newest first. `query` has pageNumber from 1 and pageSize; a page after the last is empty.

    Raises RefusedError with 400 for numbers that make no sense. `relinked` gives a body fresh links to its files.

    Assumed, because the guest API does not say: the history is that of the conversation that goes on in the
    session, so a new chat starts with none. It has messages and presence events (the sample has a Join), but no
    typing, and an entity is the message's body as it was on the socket, with no tracing ID. A page has at most
    100 entities.
    """
    number = _whole(query, "pageNumber", 1)
    size = _whole(query, "pageSize", PAGE_SIZE)
    if size > LARGEST_PAGE:
        raise RefusedError(400, f"pageSize must be at most {LARGEST_PAGE}.")
    newest_first = entries[::-1]
    found = newest_first[(number - 1) * size : number * size]
    return {
        "entities": [_entity(relinked(entry.body)) for entry in found],
        "pageSize": size,
        "pageNumber": number,
        "total": len(entries),
        "pageCount": ceil(len(entries) / size),
    }


def _entity(body: Frame) -> Frame:
    # Inbound is always a person (guest API, section 3.1).
    return {"content": [], "originatingEntity": "Human", **body}


def _whole(query: Mapping[str, str], key: str, default: int) -> int:
    text = query.get(key, str(default))
    if not (text.isascii() and text.isdecimal() and int(text[:9]) > 0) or len(text) > 9:
        raise RefusedError(400, f"{key} must be a whole number above zero.")
    return int(text)
