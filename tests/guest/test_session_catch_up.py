"""After a break: what was missed comes from the history, and own messages go again only if they are not in it."""

from __future__ import annotations

from typing import Any

import pytest

from gcdesk.errors import ConnectionLostError, HistoryError
from gcdesk.guest.content import QuickReply
from gcdesk.guest.events import (
    AttributeStatus,
    HistoryChanged,
    HistoryStatus,
    MessageAdded,
    MessageChanged,
    PresenceSeen,
    SessionRenewed,
)
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery
from gcdesk.guest.replies import quick_reply

from .frames_of import Frame
from .service import SET, JoinPolicy, Service, State
from .test_history import entity, pages, told

LOADED = HistoryStatus.LOADED


def broken(*said: str, **options: Any) -> tuple[Service, list[str]]:
    """A session that broke with messages under way and is configured again, waiting for its history."""
    service = Service(**options)
    service.configured()
    service.hear(service.body(text="greeting", id="greeting", channel={"time": "2026-07-01T07:00:00Z"}))
    keys = [service.say(text) for text in said]
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    return service, keys


def texts(frames: list[SentFrame]) -> list[str]:
    return [frame.text.split('"text":"')[1].split('"')[0] for frame in frames if frame.kind.endswith("Text")]


def own(text: str, number: int, **fields: Any) -> Frame:
    return entity(number, id=f"own-{number}", text=text, direction="Inbound", **fields)


GREETING = entity(0, id="greeting", text="greeting", channel={"time": "2026-07-01T07:00:00Z"})


def test_a_message_found_in_the_history_counts_as_sent_and_does_not_go_again() -> None:
    service, (key,) = broken("Hello")
    sent = len(service.frames)
    assert service.fate(key) is Delivery.QUEUED
    service.give_key()
    service.page(entity(2, text="reply"), own("Hello", 1), GREETING)
    assert service.fate(key) is Delivery.SENT
    assert service.message(key).id == "own-1"
    assert service.texts == ["greeting", "Hello", "reply"]
    assert len(service.frames) == sent
    assert service.status() is AttributeStatus.ECHOED
    assert service.last(HistoryChanged).missed
    assert told(service)[-1][:2] == (LOADED, 1)
    service.say("Next")
    assert service.attributes() is None


def test_a_message_not_in_the_history_goes_again_once_under_its_old_id_before_anything_newer() -> None:
    service, keys = broken("one", "two")
    old = [frame.tracing_id for frame in service.frames if frame.kind.endswith("Text")]
    newer = service.say("newer")
    sent = len(service.frames)
    service.give_key()
    assert len(service.frames) == sent
    service.page(own("one", 1), GREETING)
    service.wait(2)
    again = service.frames[sent:]
    assert texts(again) == ["two", "newer"]
    assert again[0].tracing_id == old[1]
    assert service.attributes(service.frames.index(again[0])) is None
    for frame in again:
        service.echo(frame)
        service.echo(frame)
    assert [service.fate(key) for key in (*keys, newer)] == [Delivery.SENT] * 3
    sents = [e for e in service.all(MessageChanged) if e.message.delivery is Delivery.SENT]
    assert len(sents) == 3
    assert len(service.transcript) == 4


@pytest.mark.parametrize("how", ["key refused", "no page", "page for now", "silence", "lasting silence"])
def test_a_service_without_a_history_does_not_hold_the_chat(how: str) -> None:
    service, (key,) = broken("Hello")
    sent = len(service.frames)
    if how == "key refused":
        service.refuse_key(403)
    elif how in ("no page", "page for now"):
        service.give_key()
        service.no_page(HistoryError(code=404) if how == "no page" else ConnectionLostError())
    else:
        service.wait(3.9)
        assert texts(service.frames[sent:]) == []
        service.wait(0.2 if how == "silence" else 40)
    assert texts(service.frames[sent:]) == ["Hello"]
    service.echo(service.frames[sent:][0])
    assert service.fate(key) is Delivery.SENT
    assert service.errors == []


def test_a_refused_key_is_known_even_where_the_refusal_names_nothing() -> None:
    service, (key,) = broken("Hello")
    service.refuse(400, "Unknown action")
    assert service.errors == []
    assert service.fate(key) is Delivery.SENDING
    assert told(service)[-1][0] is HistoryStatus.FAILED


def test_where_there_is_no_history_the_next_break_does_not_wait_for_it() -> None:
    service, _ = broken("Hello")
    service.refuse_key(403)
    service.lose()
    service.reopen()
    sent = len(service.frames)
    service.accept(newSession=False)
    assert texts(service.frames[sent:]) == ["Hello"]


def test_without_anything_under_way_nothing_waits() -> None:
    service, _ = broken()
    service.say("Hello")
    assert texts(service.frames) == ["Hello"]
    assert service.kinds.count("getJwt") == 1


def test_a_history_that_comes_after_the_wait_still_proves_what_arrived() -> None:
    service, (key,) = broken("Hello")
    service.wait(5)
    assert service.kinds.count("Text") == 2
    service.give_key()
    service.page(own("Hello", 1), GREETING)
    assert service.fate(key) is Delivery.SENT
    service.echo(service.frames[-1])
    assert len(service.transcript) == 2


def test_an_echo_may_come_while_the_history_is_being_read() -> None:
    service, (key,) = broken("Hello")
    service.echo(next(frame for frame in service.frames if frame.kind.endswith("Text")), id="own-1")
    assert service.fate(key) is Delivery.SENT
    assert service.status() is AttributeStatus.ECHOED
    service.give_key()
    service.page(own("Hello", 1), GREETING)
    assert service.kinds.count("Text") == 1
    assert len(service.transcript) == 2


def test_each_entity_proves_one_message_and_the_first_said_is_the_first_found() -> None:
    service, keys = broken("yes", "yes", "yes")
    service.give_key()
    service.page(own("yes", 2), own("yes", 1), GREETING)
    assert [service.fate(key) for key in keys] == [Delivery.SENT, Delivery.SENT, Delivery.SENDING]
    assert service.transcript[1:] == keys


def test_what_the_service_took_twice_proves_one_message_and_stands_once() -> None:
    service, (first, second) = broken("yes", "yes")
    tracing_id = next(frame for frame in service.frames if frame.kind.endswith("Text")).tracing_id
    service.give_key()
    service.page(own("yes", 2, tracingId=tracing_id), own("yes", 1, tracingId=tracing_id), GREETING)
    assert (service.fate(first), service.fate(second)) == (Delivery.SENT, Delivery.SENDING)
    assert len(service.transcript) == 3


def test_presence_from_before_what_is_known_is_no_news() -> None:
    service, _ = broken()
    service.give_key()
    joined = {"type": "Event", "events": [{"eventType": "Presence", "presence": {"type": "Join"}}]}
    service.page(entity(5, **joined), GREETING, entity(1, **joined))
    assert len(service.all(PresenceSeen)) == 1


def test_an_older_message_of_the_same_words_proves_nothing() -> None:
    service, (key,) = broken("Hello")
    service.give_key()
    service.page(GREETING, own("Hello", 1, channel={"time": None}))
    assert service.fate(key) is Delivery.SENDING
    assert service.texts == ["Hello", "greeting", "Hello"]


def test_a_button_and_a_text_of_the_same_words_are_told_apart() -> None:
    service = Service()
    service.configured()
    key = service.do(service.session.reply, quick_reply(QuickReply("Yes", "YES"), "m1"))
    text = service.say("Yes")
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    service.give_key()
    button = {
        "contentType": "ButtonResponse",
        "buttonResponse": {"text": "Yes", "payload": "YES", "type": "QuickReply"},
    }
    service.page(own("Yes", 1, type="Structured", content=[button]))
    assert service.fate(key) is Delivery.SENT
    assert service.fate(text) is Delivery.SENDING


def test_a_join_found_in_the_history_does_not_go_again() -> None:
    service = Service()
    service.configured(autostart=True)
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    service.give_key()
    joined = {"type": "Event", "events": [{"eventType": "Presence", "presence": {"type": "Join"}}]}
    service.page(entity(1, direction="Inbound", **joined))
    assert service.kinds.count("Join") == 1
    assert service.status() is AttributeStatus.ECHOED
    assert service.last(PresenceSeen).kind == "Join"


def test_a_join_not_in_the_history_goes_again_under_its_old_id() -> None:
    service = Service()
    service.configured(autostart=True)
    first = service.frames[-1]
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    service.give_key()
    service.page()
    assert service.kinds[-1] == "Join"
    assert service.frames[-1].tracing_id == first.tracing_id
    assert service.attributes() == SET


def test_all_pages_to_known_ground_are_read_and_shown_in_order() -> None:
    service = Service(limits=Limits(history_page_size=10))
    service.configured()
    known = [entity(number) for number in range(12)]
    for body in known:
        service.hear({"type": "message", "class": "StructuredMessage", "code": 200, "body": body})
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    service.hear({"type": "message", "class": "StructuredMessage", "code": 200, "body": entity(40)})
    service.give_key()
    everything = [entity(number) for number in (*range(37), 40)][::-1]
    for start in (0, 10, 20, 30):
        assert service.session.history.can_load
        service.page(*everything[start : start + 10], pageSize=10, total=38)
    assert pages(service) == [1, 2, 3, 4]
    assert service.texts == [str(number) for number in (*range(37), 40)]
    missed = [event for event in service.all(MessageAdded) if event.earlier]
    assert len(missed) == 25
    assert all(event.before == "old-40" for event in missed)
    assert (service.last(HistoryChanged).added, service.last(HistoryChanged).missed) == (25, True)


def test_what_was_missed_before_a_second_break_is_not_forgotten() -> None:
    service, _ = broken(limits=Limits(history_page_size=12))
    for number in range(20, 32):
        service.hear({"type": "message", "class": "StructuredMessage", "code": 200, "body": entity(number)})
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    service.give_key()
    service.page(*[entity(number) for number in range(31, 19, -1)], total=14)
    service.page(entity(8), GREETING, total=14)
    assert service.texts == ["greeting", "8", *map(str, range(20, 32))]


def test_a_reading_that_failed_is_made_up_for_after_the_next_break() -> None:
    service, _ = broken()
    service.refuse_key(403)
    assert told(service)[-1][0] is HistoryStatus.FAILED
    service.hear({"type": "message", "class": "StructuredMessage", "code": 200, "body": entity(9)})
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    service.give_key()
    service.page(entity(9), entity(8), GREETING)
    assert service.texts == ["greeting", "8", "9"]


def test_missed_presence_is_told_and_changes_nothing_by_itself() -> None:
    service, _ = broken()
    service.give_key()
    left = {"eventType": "Presence", "presence": {"type": "Disconnect"}}
    service.page(entity(3, type="Event", events=[left], metadata={"readOnly": "true"}), GREETING)
    assert service.last(PresenceSeen).kind == "Disconnect"
    assert service.state() is State.CONFIGURED
    assert service.texts == ["greeting"]


def test_own_messages_of_a_conversation_that_ended_meanwhile_are_looked_for_too() -> None:
    service = Service()
    service.configured()
    arrived, lost = service.say("arrived"), service.say("lost")
    service.lose()
    never = service.say("never sent")
    service.reopen()
    service.accept(newSession=False, readOnly=True)
    assert service.fate(never) is Delivery.FAILED
    assert service.fate(lost) is Delivery.QUEUED
    service.give_key()
    service.page(own("arrived", 1))
    assert service.fate(arrived) is Delivery.SENT
    assert service.fate(lost) is Delivery.FAILED
    assert "only be read" in service.message(lost).failure


@pytest.mark.parametrize("read_only", [True, False])
def test_a_new_session_has_nothing_to_look_for(read_only: bool) -> None:
    service = Service(join=JoinPolicy.NEVER)
    service.configured()
    key = service.say("Hello")
    service.lose()
    service.reopen()
    service.accept(newSession=True, readOnly=read_only)
    assert service.kinds.count("getJwt") == 0
    assert service.fate(key) is (Delivery.FAILED if read_only else Delivery.SENDING)
    assert len(service.all(SessionRenewed)) == 1


def test_a_message_that_may_have_arrived_cannot_be_taken_back() -> None:
    service, (key,) = broken("Hello")
    with pytest.raises(Exception, match="on its way already"):
        service.do(service.session.withdraw, key)
    service.do(service.session.leave)
    service.do(service.session.closed)
    assert service.fate(key) is Delivery.FAILED


# An echo that never comes


def test_a_message_without_its_echo_is_looked_for_once_while_the_connection_holds() -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.hear(service.body(text="reply", channel={"time": "2026-07-01T08:00:05Z"}))
    service.wait(14.9)
    assert service.kinds.count("getJwt") == 0
    service.wait(0.2)
    assert service.kinds.count("getJwt") == 1
    service.give_key()
    service.page(entity(7, text="never came"), own("Hello", 3))
    assert service.fate(key) is Delivery.SENT
    assert service.texts == ["Hello", "reply", "never came"]
    assert service.status() is AttributeStatus.ECHOED
    assert service.all(HistoryChanged) == []
    assert service.session.history.next_wake is None


def test_a_message_that_is_not_there_is_not_asked_about_again_nor_sent_again() -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.wait(16)
    service.give_key()
    service.page()
    service.wait(600)
    assert service.fate(key) is Delivery.SENDING
    assert (service.kinds.count("Text"), pages(service)) == (1, [1])
    other = service.say("Next")
    service.wait(16)
    assert pages(service) == [1]
    service.give_key()
    service.page(own("Next", 2), own("Hello", 1))
    assert [service.fate(name) for name in (key, other)] == [Delivery.SENT] * 2


def test_where_there_is_no_history_a_missing_echo_is_nobodys_trouble() -> None:
    service = Service()
    service.configured()
    service.say("Hello")
    service.wait(16)
    service.refuse_key(403)
    service.say("Next")
    service.wait(60)
    assert service.kinds.count("getJwt") == 1
    assert service.errors == []
    assert service.all(HistoryChanged) == []


def test_a_wish_for_earlier_messages_waits_for_a_quiet_look() -> None:
    service = Service()
    service.configured()
    service.say("Hello")
    service.wait(16)
    service.do(service.session.load_history)
    service.give_key()
    service.page(entity(2))
    assert service.texts == ["Hello", "2"]
    service.page(entity(2), entity(1))
    assert service.texts == ["Hello", "1", "2"]
    assert told(service)[-1][:2] == (LOADED, 1)
