"""A page of the history, read as leniently as a frame (guest API, section 3.3)."""

from __future__ import annotations

import json
from typing import ClassVar

from gcdesk.guest.lenient import Reader
from gcdesk.guest.received import StructuredMessage, structured_message
from gcdesk.guest.value import Value


class HistoryEntity(Value, frozen=True):
    """A message or event of the history; `raw` is the JSON it was read from, `tracing_id` mostly empty."""

    quiet: ClassVar[frozenset[str]] = frozenset({"body"})

    body: StructuredMessage
    tracing_id: str
    raw: str

    @property
    def own_ids(self) -> tuple[str, str]:
        """Under which IDs the customer's client may have sent it; each may be empty."""
        return self.tracing_id, self.body.metadata.get("customMessageId", "")


class HistoryPage(Value, frozen=True):
    """One page, newest first. What the service says of all pages may be missing or wrong; None where it is missing."""

    entities: tuple[HistoryEntity, ...]
    page_size: int | None = None
    total: int | None = None
    page_count: int | None = None
    problems: tuple[str, ...] = ()

    def may_be_last(self, number: int, size: int, read: int) -> bool:
        """Whether all there is to go by says that no other page follows.

        Args:
            number: Which page this is, from 1.
            size: How many entities were asked for.
            read: How many different ones were read so far, these included.
        """
        full = len(self.entities) >= (self.page_size or size)
        more = (self.page_count or 0) > number or (self.total or 0) > read
        return not full and not more


def parse_history_page(value: object) -> HistoryPage:
    """Read a page from its JSON value; never raises. What is no object among the entities is left out."""
    problems: list[str] = []
    page = Reader(value, "page", problems)
    return HistoryPage(
        entities=tuple(_entity(reader) for reader in page.readers("entities") if reader.value),
        page_size=page.whole("pageSize"),
        total=page.whole("total"),
        page_count=page.whole("pageCount"),
        problems=tuple(problems),
    )


def _entity(reader: Reader) -> HistoryEntity:
    return HistoryEntity(structured_message(reader), reader.text("tracingId"), _raw(reader.value))


def _raw(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "{}"
