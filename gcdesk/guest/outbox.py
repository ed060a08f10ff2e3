"""Own messages, from the wish to the echo. Nothing leaves this list before its fate is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count

import msgspec

from gcdesk.guest.content import Attachment, ButtonResponse, Content, Form
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.moment import Moment
from gcdesk.guest.received import ReceivedFrame, StructuredMessage
from gcdesk.guest.replies import Reply


class Outgoing(msgspec.Struct, eq=False):
    """One own message: what to send, its place in the order, and how far it has come.

    `tracing_ids` are all it ever went out under and was not refused under. `unsure` tells that a break came between
    it and its echo. `since` is the ID of the newest message known when it first went out, `sent_at` that moment.
    `attachment` is the ID of the file it carries; as long as `held` is set it waits for that file.
    """

    message: Message
    place: int
    reply: Reply | None = None
    tracing_ids: list[str] = msgspec.field(default_factory=list)
    times: int = 0
    unsure: bool = False
    since: str = ""
    sent_at: Moment | None = None
    attachment: str = ""
    held: bool = False

    @property
    def key(self) -> str:
        """The message's key, the same from first to last."""
        return self.message.key

    @property
    def said(self) -> str:
        """The text as it goes out, which an echo repeats."""
        return self.message.text if self.reply is None or self.reply.says_label else ""

    @property
    def is_sent(self) -> bool:
        """Whether the service confirmed it."""
        return self.message.delivery is Delivery.SENT

    def become(self, delivery: Delivery, *, failure: str = "") -> Message:
        """Move on and return the changed message."""
        self.message = replace(self.message, delivery=delivery, failure=failure)
        return self.message

    def renamed(self, tracing_id: str) -> None:
        """Go out under another tracing ID; an empty one asks for a fresh one."""
        self.message = replace(self.message, tracing_id=tracing_id)

    def echoed(self, raw: str, body: StructuredMessage) -> Message:
        """Take what the service tells of it: its ID, time and text; `raw` is the JSON that told."""
        self.message = replace(
            self.message,
            id=body.id,
            text=body.text or self.message.text,
            content=body.content or self.message.content,
            delivery=Delivery.SENT,
            time=body.channel.time,
            raw=raw,
            failure="",
        )
        return self.message

    def take_id(self, body_id: str) -> None:
        """The echo brought no ID, but now it is known."""
        self.message = replace(self.message, id=self.message.id or body_id)

    def is_in(self, body: StructuredMessage) -> bool:
        """Whether that message of the customer's could be this one: by its text and what was chosen."""
        buttons = [item for item in body.content if isinstance(item, ButtonResponse)]
        if self.attachment:
            return any(isinstance(item, Attachment) and item.id == self.attachment for item in body.content)
        if self.reply is None:
            chosen = any(isinstance(item, ButtonResponse | Form | Attachment) for item in body.content)
            return body.text == self.said and not chosen
        if buttons:
            return [button.payload for button in buttons] == _payloads(self.reply)
        return bool(body.content) and body.text in (self.said, self.reply.label)


def _payloads(reply: Reply) -> list[str]:
    return [item.payload for item in reply.content if isinstance(item, ButtonResponse)]


class Outbox:
    """Own messages in the order they were wished for: waiting, under way, failed."""

    def __init__(self) -> None:
        self._waiting: list[Outgoing] = []
        self._under_way: dict[str, Outgoing] = {}
        self._failed: dict[str, Outgoing] = {}
        self._by_tracing_id: dict[str, Outgoing] = {}
        self._may_echo_again: list[Outgoing] = []
        self._nameless: list[Outgoing] = []
        self._places = count()

    def add(
        self, key: str, text: str, reply: Reply | None, at: datetime, file: Attachment | None = None
    ) -> Outgoing:
        """Queue a new own message; `file` is what it carries."""
        content: tuple[Content, ...] = (file,) if file else reply.content if reply else ()
        message = Message(
            key=key,
            id="",
            direction=Direction.INBOUND,
            sender=Sender(SenderKind.CUSTOMER),
            text=text,
            content=content,
            delivery=Delivery.QUEUED,
            at=at,
        )
        outgoing = Outgoing(message, next(self._places), reply, attachment=file.id if file else "")
        self._waiting.append(outgoing)
        return outgoing

    @property
    def waiting(self) -> tuple[Outgoing, ...]:
        """What waits to go out, in order."""
        return tuple(self._waiting)

    @property
    def next(self) -> Outgoing | None:
        """The first message that may go out; one that waits for its file lets others pass."""
        return next((outgoing for outgoing in self._waiting if not outgoing.held), None)

    @property
    def undecided(self) -> list[Outgoing]:
        """What went out and was neither confirmed nor refused, in the order it was said."""
        unsure = [outgoing for outgoing in self._waiting if outgoing.unsure]
        return sorted([*self._under_way.values(), *unsure], key=lambda outgoing: outgoing.place)

    @property
    def nameless(self) -> list[Outgoing]:
        """What was confirmed by an echo without the service's ID, so that the history cannot be told by it."""
        return [outgoing for outgoing in self._nameless if not outgoing.message.id]

    @property
    def has_unsure(self) -> bool:
        """Whether a break left messages of which nobody knows if the service took them."""
        return any(outgoing.unsure for outgoing in self._waiting)

    def start(self, new_id: Callable[[], str], since: str = "", at: Moment | None = None) -> Outgoing:
        """The next message goes out, under the tracing ID it had before a break or else a fresh one."""
        outgoing = next(outgoing for outgoing in self._waiting if not outgoing.held)
        self._waiting.remove(outgoing)
        if not outgoing.message.tracing_id:
            outgoing.renamed(new_id())
        tracing_id = outgoing.message.tracing_id
        if not outgoing.times:
            outgoing.since, outgoing.sent_at = since, at
        if tracing_id not in outgoing.tracing_ids:
            outgoing.tracing_ids.append(tracing_id)
        outgoing.times += 1
        outgoing.unsure = False
        self._by_tracing_id[tracing_id] = self._under_way[tracing_id] = outgoing
        return outgoing

    def find(self, frame: ReceivedFrame, body: StructuredMessage) -> Outgoing | None:
        """The own message that a frame is the echo of, which may be confirmed already; None if of none.

        By the frame's tracing ID, else by the older metadata.customMessageId, else, for a service that names neither,
        by the text of the oldest message under way.
        """
        named = self.named(frame.tracing_id, body.metadata.get("customMessageId", ""))
        if named is not None or frame.tracing_id:
            return named
        oldest = next(iter(self._under_way.values()), None)
        if oldest is not None and oldest.said == body.text:
            if oldest.times > 1:
                # It went out more than once, so it may be echoed more than once, and nothing but its text tells.
                self._may_echo_again += [oldest] * (oldest.times - 1)
            return oldest
        return self._echoed_again(body.text)

    def named(self, *tracing_ids: str) -> Outgoing | None:
        """The own message that ever went out under one of these IDs."""
        found = (self._by_tracing_id.get(tracing_id) for tracing_id in tracing_ids if tracing_id)
        return next((outgoing for outgoing in found if outgoing is not None), None)

    def _echoed_again(self, text: str) -> Outgoing | None:
        for outgoing in self._may_echo_again:
            if outgoing.said == text:
                self._may_echo_again.remove(outgoing)
                return outgoing
        return None

    def oldest(self) -> str:
        """The tracing ID of the message longest under way; empty if there is none."""
        return next(iter(self._under_way), "")

    def is_under_way(self, tracing_id: str) -> bool:
        """Whether a message with that tracing ID waits for its echo."""
        return tracing_id in self._under_way

    def finish(self, outgoing: Outgoing, body_id: str = "") -> None:
        """The service has the message, wherever it stands here: it neither waits nor can it fail any more."""
        if not body_id:
            self._nameless.append(outgoing)
        self._under_way.pop(outgoing.message.tracing_id, None)
        self._failed.pop(outgoing.key, None)
        if outgoing in self._waiting:
            self._waiting.remove(outgoing)
        outgoing.unsure = False

    def fail(self, tracing_id: str) -> Outgoing:
        """The service refused the message; it is kept so that it can be sent again."""
        outgoing = self._refused(tracing_id)
        self._failed[outgoing.key] = outgoing
        return outgoing

    def put_back(self, tracing_id: str) -> Outgoing:
        """The service did not take the message: it waits again, in its old place, for a fresh tracing ID."""
        outgoing = self._refused(tracing_id)
        outgoing.renamed("")
        self._wait_again([outgoing])
        return outgoing

    def put_back_all(self) -> list[Outgoing]:
        """Nobody knows whether the service took what was under way: it waits again under its old tracing IDs."""
        interrupted = list(self._under_way.values())
        self._under_way.clear()
        for outgoing in interrupted:
            outgoing.unsure = True
        self._wait_again(interrupted)
        return interrupted

    def fail_all(self) -> list[Outgoing]:
        """Everything not yet sent has failed, oldest first."""
        under_way = list(self._under_way.values())
        self._under_way.clear()
        self._failed.update((outgoing.key, outgoing) for outgoing in under_way)
        return [*under_way, *self.fail_waiting()]

    def fail_waiting(self, *, but_unsure: bool = False) -> list[Outgoing]:
        """Everything that waits has failed, oldest first; what is under way may still be echoed.

        What a break left unsure goes on waiting where `but_unsure` asks for it.
        """
        failed = [outgoing for outgoing in self._waiting if not (but_unsure and outgoing.unsure)]
        self._waiting = [outgoing for outgoing in self._waiting if outgoing not in failed]
        self._failed.update((outgoing.key, outgoing) for outgoing in failed)
        for outgoing in failed:
            outgoing.unsure = False
        return failed

    def withdraw(self, key: str) -> Outgoing | None:
        """Take a waiting message back; None if it does not wait, or may have arrived before a break."""
        for outgoing in self._waiting:
            if outgoing.key == key and not outgoing.unsure:
                self._waiting.remove(outgoing)
                for tracing_id in outgoing.tracing_ids:
                    self._by_tracing_id.pop(tracing_id, None)
                return outgoing
        return None

    def revive(self, key: str) -> Outgoing | None:
        """Queue a failed message again; None if there is none of that key."""
        outgoing = self._failed.pop(key, None)
        if outgoing is not None:
            outgoing.renamed("")
            outgoing.place = next(self._places)
            self._waiting.append(outgoing)
        return outgoing

    # Messages that carry a file, by its attachment ID

    def carries(self, attachment_id: str) -> bool:
        """Whether a message that waits or is under way carries that file."""
        return any(
            outgoing.attachment == attachment_id for outgoing in (*self._waiting, *self._under_way.values())
        )

    def may_have_sent(self, attachment_id: str) -> bool:
        """Whether a message that went out and is not refused carries that file."""
        return any(outgoing.attachment == attachment_id for outgoing in self.undecided)

    def carrier(self, tracing_id: str) -> Outgoing | None:
        """The message under way with a file and that tracing ID; without an ID, the oldest with a file."""
        for own_id, outgoing in self._under_way.items():
            if outgoing.attachment and tracing_id in ("", own_id):
                return outgoing
        return None

    def failed_file(self, key: str) -> str:
        """The attachment ID that a failed message carries; empty if it carries none, or has not failed."""
        outgoing = self._failed.get(key)
        return outgoing.attachment if outgoing is not None else ""

    def hold(self, attachment_id: str, *, held: bool) -> None:
        """Let the messages with that file wait for it, or go."""
        for outgoing in self._waiting:
            if outgoing.attachment == attachment_id:
                outgoing.held = held

    def fail_waiting_with(self, attachment_id: str) -> list[Outgoing]:
        """What waits with that file has failed with it."""
        failed = [outgoing for outgoing in self._waiting if outgoing.attachment == attachment_id]
        for outgoing in failed:
            self._waiting.remove(outgoing)
            self._failed[outgoing.key] = outgoing
            outgoing.unsure = False
        return failed

    def revive_with(self, attachment_id: str) -> list[Outgoing]:
        """What failed with that file waits for it again."""
        keys = [key for key, outgoing in self._failed.items() if outgoing.attachment == attachment_id]
        revived = [outgoing for key in keys if (outgoing := self.revive(key)) is not None]
        self.hold(attachment_id, held=True)
        return revived

    def _refused(self, tracing_id: str) -> Outgoing:
        # The ID stays known: a refusal that names no frame may have been about another one.
        outgoing = self._under_way.pop(tracing_id)
        outgoing.times -= 1
        return outgoing

    def _wait_again(self, returned: list[Outgoing]) -> None:
        # Several can come back one after another: what was said first still goes first.
        self._waiting = sorted([*returned, *self._waiting], key=lambda outgoing: outgoing.place)
