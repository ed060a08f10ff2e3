"""What the history tells that the transcript lacks, and which own messages it proves to have arrived.

The law of this file: an entity of the history is one message. It is shown at most once, proves at most one own
message, and is known by the service's ID; only where that says nothing does the text decide, oldest first, because a
connection keeps the order of what it carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from gcdesk.guest import events
from gcdesk.guest.history_page import HistoryEntity
from gcdesk.guest.inbox import direction_of, is_written, message_of, sender_of
from gcdesk.guest.message import Direction
from gcdesk.guest.moment import Moment
from gcdesk.guest.outbox import Outgoing
from gcdesk.guest.received import StructuredMessage
from gcdesk.guest.transcript import Entry

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_CLOCKS_DIFFER_BY = timedelta(minutes=2)


class Merging:
    """Merges pages of one session's history into its transcript."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.all_ours = False
        """Whether the service began this session for us, so that nothing in its history is from before."""

    def merge(
        self,
        newest_first: Sequence[HistoryEntity],
        now: Moment,
        *,
        newer: str = "",
        missed: bool = False,
        from_newest: bool = False,
    ) -> tuple[int, str]:
        """Take in what was read.

        Args:
            newest_first: The entities, as the service orders them.
            now: The moment.
            newer: The key of the oldest message of the newer pages.
            missed: Whether it was read because of a break.
            from_newest: Whether they begin with the newest of all, so that what is known and not among them is older.

        Returns:
            How many messages were added, and the key of the oldest one read that stands in the transcript.
        """
        entities = list(reversed(newest_first))
        news_from = self._news_from(entities)
        own = self._recognise(entities, from_newest=from_newest)
        entries: list[Entry] = []
        met: dict[str, int] = {}
        for index, entity in enumerate(entities):
            entry = self._entry(entity, own.get(index), met, now)
            if entry is not None:
                entries.append(entry)
            elif missed and index >= news_from:
                self._event(entity, now)
        self._session.transcript.read(entries, newer, now, missed=missed)
        added = sum(entry.message is not None for entry in entries)
        return added, entries[0].key if entries else newer

    def _news_from(self, entities: Sequence[HistoryEntity]) -> int:
        """From which entity on none is known, so that an event among them is news."""
        inbox = self._session.transcript.inbox
        known = [index for index, entity in enumerate(entities) if inbox.has(entity.body.id)]
        return known[-1] + 1 if known else 0 if self.all_ours else len(entities)

    def _entry(
        self, entity: HistoryEntity, own: Outgoing | None, met: dict[str, int], now: Moment
    ) -> Entry | None:
        """The place of an entity in the transcript; None if it has none, as events and what was taken back."""
        transcript, body = self._session.transcript, entity.body
        if own is not None:
            if own.is_sent:
                self._named_late(own, body)
            else:
                self._session.sending.confirm(own, entity.raw, body, now)
            return Entry(own.key, own.message.time)
        if not is_written(body):
            return None
        if transcript.inbox.has(body.id):
            key = transcript.inbox.key_of(body.id)
            return Entry(key, body.channel.time) if key in transcript.order else None
        if not body.id and self._stands_here(entity, met):
            return None
        key = transcript.inbox.key_for(body.id)
        transcript.inbox.see(body.id, key)
        if not body.id:
            transcript.inbox.count_nameless(body)
        message = message_of(body, key, now.utc, tracing_id=entity.tracing_id, raw=entity.raw)
        return Entry(key, body.channel.time, message)

    def _stands_here(self, entity: HistoryEntity, met: dict[str, int]) -> bool:
        """Whether a message without an ID was shown already: as many as say the same were."""
        met[entity.raw] = met.get(entity.raw, 0) + 1
        return met[entity.raw] <= self._session.transcript.inbox.nameless(entity.body)

    def _named_late(self, own: Outgoing, body: StructuredMessage) -> None:
        own.take_id(body.id)
        self._session.transcript.inbox.see(body.id, own.key)

    def _event(self, entity: HistoryEntity, now: Moment) -> None:
        """A presence event that was missed; what it did to the session is told by the session's own answer."""
        body = entity.body
        if is_written(body) or not self._session.transcript.inbox.see(body.id):
            return
        direction = direction_of(body)
        for event in body.events:
            if event.kind != "Presence":
                continue
            read_only = body.metadata.get("readOnly", "").lower() == "true"
            self._session.emit(
                events.PresenceSeen(now.utc, event.presence, direction, sender_of(body), read_only)
            )
            if event.presence == "Join" and direction is Direction.INBOUND and self.all_ours:
                self._session.sending.join_echoed(entity.tracing_id, now)

    def _recognise(self, entities: Sequence[HistoryEntity], *, from_newest: bool) -> dict[int, Outgoing]:
        """Which entities are own messages, by their index; each own message has one."""
        outbox, inbox = self._session.sending.outbox, self._session.transcript.inbox
        found: dict[int, Outgoing] = {}
        open_to_all: list[int] = []
        for index, entity in enumerate(entities):
            if direction_of(entity.body) is not Direction.INBOUND or inbox.has(entity.body.id):
                continue
            own = outbox.named(*entity.own_ids)
            if own is not None:
                # The service may have taken it twice; it is one message all the same.
                found[index] = own
            elif is_written(entity.body):
                open_to_all.append(index)
        places = {entity.body.id: index for index, entity in enumerate(entities) if entity.body.id}
        for own in [*outbox.nameless, *outbox.undecided]:
            if own in found.values():
                continue
            for index in open_to_all:
                if own.is_in(entities[index].body) and self._may_be(
                    own, entities[index].body, index, places, from_newest=from_newest
                ):
                    found[index] = own
                    open_to_all.remove(index)
                    break
        return found

    def _may_be(
        self, own: Outgoing, body: StructuredMessage, index: int, places: dict[str, int], *, from_newest: bool
    ) -> bool:
        """Whether an entity is not from before the own message went out.

        By what was known then, wherever possible, because clocks differ.
        """
        if own.since in places:
            return index > places[own.since]
        if own.since or self.all_ours:
            return from_newest
        time, sent_at = body.channel.time, own.sent_at
        return (
            from_newest
            and time is not None
            and sent_at is not None
            and time > sent_at.utc - _CLOCKS_DIFFER_BY
        )
