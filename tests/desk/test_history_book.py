"""Chats that were kept are found, read and deleted, whatever anybody types."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from gcdesk.desk.history_book import ChatBook, ChatQuery
from gcdesk.desk.history_file import open_history
from gcdesk.desk.history_schema import MessageIndex
from gcdesk.errors import RecordDamagedError, RecordError, RecordInputError
from gcdesk.guest import events
from gcdesk.guest.content import Card, QuickReply
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery
from tests.desk.chats import START, facts, keep, long_chat, made_chat, told_chat

SAID = [
    ("CUST-12345", "UAT", ["Where is my order?", "I can look that up, Priya."]),
    ("CUST-20991", "Production", ["Mein Konto in MÜNCHEN", "Straße und Hausnummer?"]),
    ("00417", "UAT", ["100 % \"quoted\" 'text' (AND) NOT near*", "C:\\temp\\order_1.txt"]),
    ("ACME 7", "", ["注文はどこですか", "שלום", "😀 ok"]),
]


@pytest.fixture
def book(tmp_path: Path) -> ChatBook:
    """With the chats of SAID, an hour apart."""
    path = tmp_path / "history.db"
    chats = []
    for number, (crm_id, environment, texts) in enumerate(SAID):
        at = START + timedelta(hours=number)
        chats.append((facts(crm_id, environment=environment, started=at), list(made_chat(texts, at=at))))
    keep(path, *chats)
    return ChatBook(path)


@pytest.fixture(params=[True, False], ids=["index", "no index"])
def either(request: pytest.FixtureRequest, book: ChatBook, monkeypatch: pytest.MonkeyPatch) -> ChatBook:
    """The same, with and without an SQLite that keeps the index."""
    if not request.param:
        monkeypatch.setattr(MessageIndex, "_prepare", lambda _self: False)
    return book


def found(book: ChatBook, text: str = "", **more: Any) -> list[str]:
    return [summary.crm_id for summary in book.list(ChatQuery(text, **more))]


def test_without_a_question_all_are_listed_latest_first(book: ChatBook) -> None:
    assert found(book) == ["ACME 7", "00417", "CUST-20991", "CUST-12345"]
    assert [one.crm_id for one in book.list(limit=2)] == ["ACME 7", "00417"]
    assert book.list(limit=0) == []
    last = book.list()[-1]
    assert (last.messages, last.last_line, last.found) == (2, "I can look that up, Priya.", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("order", ["00417", "CUST-12345"]),
        ("ORDER my", ["CUST-12345"]),
        ("is", ["CUST-12345"]),
        ("is order where", ["CUST-12345"]),
        ("order up", []),
        ("münchen", ["CUST-20991"]),
        ("STRASSE", ["CUST-20991"]),
        ("%", ["00417"]),
        ("_", ["00417"]),
        ('"quoted"', ["00417"]),
        ("'text'", ["00417"]),
        ("(and) not", ["00417"]),
        ("near*", ["00417"]),
        ("\\temp\\", ["00417"]),
        ("注文", ["ACME 7"]),
        ("どこです", ["ACME 7"]),
        ("שלום", ["ACME 7"]),
        ("😀", ["ACME 7"]),
        ("cust-", ["CUST-20991", "CUST-12345"]),
        ("acme 7", ["ACME 7"]),
        ("7", ["ACME 7", "00417"]),
        ("nothing of it", []),
        ("   ", ["ACME 7", "00417", "CUST-20991", "CUST-12345"]),
    ],
)
def test_words_are_found_in_messages_and_crm_ids(either: ChatBook, text: str, expected: list[str]) -> None:
    assert found(either, text) == expected


def test_questions_can_be_combined(either: ChatBook) -> None:
    assert found(either, environment="uat") == ["00417", "CUST-12345"]
    assert found(either, "order", environment="UAT", crm_id="12345") == ["CUST-12345"]
    assert found(either, environment="UA") == []
    assert found(either, crm_id="cust") == ["CUST-20991", "CUST-12345"]
    hours = [START + timedelta(hours=number) for number in range(4)]
    assert found(either, since=hours[2]) == ["ACME 7", "00417"]
    assert found(either, until=hours[2]) == ["CUST-20991", "CUST-12345"]
    assert found(either, since=hours[1], until=hours[2]) == ["CUST-20991"]


def test_what_was_found_is_shown(either: ChatBook) -> None:
    (one,) = either.list(ChatQuery("münchen"))
    assert one.found == "Mein Konto in MÜNCHEN"
    (by_id,) = either.list(ChatQuery("12345"))
    assert by_id.found == ""


def test_the_part_around_the_words_is_shown(tmp_path: Path) -> None:
    text = f"{'before ' * 40}the Needle in it {'after ' * 40}"
    keep(tmp_path / "h.db", (facts(), list(made_chat([text]))))
    (one,) = ChatBook(tmp_path / "h.db").list(ChatQuery("needle"))
    assert "Needle" in one.found
    assert one.found.startswith("…")
    assert one.found.endswith("…")
    assert len(one.found) <= 90


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=strategies.text(max_size=40) | strategies.from_regex(r'[\w"*()^:{}+\- ]{1,20}', fullmatch=True))
def test_nothing_that_is_typed_breaks_a_search(book: ChatBook, text: str) -> None:
    assert set(found(book, text)) <= {crm_id for crm_id, _, _ in SAID}
    assert set(found(book, crm_id=text)) <= {crm_id for crm_id, _, _ in SAID}
    assert set(found(book, environment=text)) <= {crm_id for crm_id, _, _ in SAID}


@pytest.mark.parametrize("text", ["a\0b", "\ud800x", "x" * 100_000, "a b " * 10_000, '"' * 5000])
def test_odd_and_long_questions_have_an_answer(either: ChatBook, text: str) -> None:
    assert found(either, text) == []


@pytest.mark.parametrize("text", ["\0", " \n\t", "\u2003"])
def test_a_question_of_blanks_is_none(either: ChatBook, text: str) -> None:
    assert len(found(either, text)) == len(SAID)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=strategies.data())
def test_any_part_of_a_message_finds_it(book: ChatBook, data: strategies.DataObject) -> None:
    crm_id, _, texts = data.draw(strategies.sampled_from(SAID))
    text = data.draw(strategies.sampled_from(texts))
    start = data.draw(strategies.integers(0, len(text) - 1))
    part = text[start : data.draw(strategies.integers(start + 1, len(text)))]
    assert crm_id in found(book, part)
    assert crm_id in found(book, part.upper())


@given(said=strategies.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_anything_that_was_said_is_found(tmp_path: Path, said: str) -> None:
    path = tmp_path / "said.db"
    (chat,) = keep(path, (facts("X"), list(made_chat([said]))))
    book = ChatBook(path)
    if said.split():
        assert chat in {summary.id for summary in book.list(ChatQuery(said))}
    assert book.open(chat).messages[0].message.text == said
    book.delete(chat)


def test_cards_and_buttons_are_found_by_their_words(tmp_path: Path) -> None:
    (added,) = [event for event in made_chat(["Hello"]) if isinstance(event, events.MessageAdded)]
    content = (Card("Autumn offer", "Flights to Lisbon"), QuickReply("Talk to a person", "agent"))
    keep(tmp_path / "h.db", (facts(), [replace_message(added, content=content)]))
    book = ChatBook(tmp_path / "h.db")
    for text in ("autumn", "lisbon", "person talk", "hello"):
        assert len(book.list(ChatQuery(text))) == 1, text


def replace_message(event: events.MessageAdded, **fields: Any) -> events.MessageAdded:
    return events.MessageAdded(event.at, replace(event.message, **fields))


# Opening


def test_a_chat_is_opened_as_it_was(tmp_path: Path) -> None:
    chat = told_chat()
    keep(tmp_path / "h.db", (facts(), chat))
    record = ChatBook(tmp_path / "h.db").open(1)
    frames = [event for event in chat if isinstance(event, events.FrameSent | events.FrameReceived)]
    for kept, told in zip(record.frames(), frames, strict=True):
        assert (kept.at, kept.sent, kept.size) == (told.at, isinstance(told, events.FrameSent), told.size)
        assert kept.kind == told.frame.kind
    assert [type(event) for event in record.events()] == [type(event) for event in chat]
    last: dict[str, events.MessageAdded | events.MessageChanged] = {}
    for event in chat:
        if isinstance(event, events.MessageAdded | events.MessageChanged):
            last[event.message.key] = event
    shown = {one.message.key: one for one in record.messages}
    assert set(shown) == set(last)
    for key, event in last.items():
        message = shown[key].message
        assert (message.text, message.delivery, message.sender, message.time) == (
            event.message.text,
            event.message.delivery,
            event.message.sender,
            event.message.time,
        )
        assert len(message.content) == len(event.message.content)


def test_an_own_message_tells_when_it_left(tmp_path: Path) -> None:
    at = START + timedelta(seconds=50)
    waiting, *rest = [event for event in made_chat(["Hello"]) if not isinstance(event, events.StateChanged)]
    later: list[Event] = []
    for event in rest:
        fields = {name: getattr(event, name) for name in event.__struct_fields__}
        later.append(type(event)(**{**fields, "at": at}))
    keep(tmp_path / "h.db", (facts(), [waiting, *later]))
    (shown,) = ChatBook(tmp_path / "h.db").open(1).messages
    assert shown.message.at == waiting.at
    assert shown.left == at
    assert shown.message.delivery is Delivery.SENT
    assert not shown.earlier


def test_messages_stand_where_they_were_put(tmp_path: Path) -> None:
    made = [event for event in made_chat(["a", "b", "c", "d", "e"]) if isinstance(event, events.MessageAdded)]
    keys = {event.message.text: event.message.key for event in made}
    a, b, c, d, e = made
    told: list[Event] = [
        a,
        b,
        events.MessageAdded(c.at, c.message, before=keys["a"], earlier=True),
        events.MessageAdded(d.at, d.message, before=keys["b"]),
        events.MessageMoved(e.at, keys["a"], before=""),
        events.MessageAdded(e.at, e.message, before="not known"),
        events.MessageWithdrawn(e.at, b.message),
        events.MessageMoved(e.at, "not known", before=keys["a"]),
        events.MessageMoved(e.at, keys["c"], before=keys["c"]),
    ]
    keep(tmp_path / "h.db", (facts(), told))
    book = ChatBook(tmp_path / "h.db")
    messages = book.open(1).messages
    assert [shown.message.text for shown in messages] == ["c", "d", "a", "e"]
    assert [shown.earlier for shown in messages] == [True, False, False, False]
    assert book.list(ChatQuery("b")) == [], "what was taken back is not found"
    assert book.list()[0].messages == 4


def test_a_chat_that_is_not_there(tmp_path: Path, book: ChatBook) -> None:
    for nobody in (ChatBook(tmp_path / "nowhere.db"), book):
        for number in (0, -1, 99, 2**63, 10**30):
            with pytest.raises(RecordInputError, match="no chat"):
                nobody.open(number)
            with pytest.raises(RecordInputError, match="no chat"):
                nobody.delete(number)


def test_without_a_file_the_book_is_empty_and_makes_none(tmp_path: Path) -> None:
    book = ChatBook(tmp_path / "none" / "history.db")
    assert book.list() == []
    assert book.list(ChatQuery("word")) == []
    assert book.delete_older(1) == book.count_older(1) == 0
    assert book.size == 0
    assert not book.path.parent.exists()


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(b"no database" * 500)
    with pytest.raises(RecordDamagedError):
        ChatBook(path).list()
    assert path.read_bytes() == b"no database" * 500


def test_a_directory_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "history.db").mkdir()
    with pytest.raises(RecordError, match="could not be used"):
        ChatBook(tmp_path / "history.db").list()


# Deleting


def test_what_is_deleted_is_gone_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    keep(path, (facts("GONE-1"), list(made_chat(["a xylophone", "zithers"]))), (facts(), long_chat(4)))
    book = ChatBook(path)
    before = bytes_of(tmp_path)
    assert b"xylophone" in before
    # While another program has the file open, nobody tidies up by closing it.
    with contextlib.closing(open_history(path)):
        book.delete(1)
        after = bytes_of(tmp_path)
    for trace in (b"xylophone", b"xyl", b"zither", b"GONE-1"):
        assert trace not in after
    assert found(book, "xylophone") == []
    assert found(book, "message 3") == ["CUST-12345"]
    assert len(book.open(2).messages) == 4


def bytes_of(directory: Path) -> bytes:
    return b"".join(file.read_bytes() for file in directory.iterdir() if file.is_file())


def test_deleting_gives_the_room_back(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    keep(path, (facts(), long_chat(300)), (facts("small"), long_chat(2)))
    book = ChatBook(path)
    before = book.size
    book.delete(1)
    assert book.size < before / 2


def test_chats_in_which_nothing_has_happened_for_days_are_deleted(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    chats = []
    for days in (1, 5, 10, 40):
        at = now - timedelta(days=days)
        chats.append((facts(f"{days}", started=at - timedelta(days=100)), list(made_chat(["hi"], at=at))))
    keep(tmp_path / "h.db", *chats)
    book = ChatBook(tmp_path / "h.db")
    assert book.count_older(7) == 2
    assert book.delete_older(7) == 2
    assert sorted(found(book)) == ["1", "5"]
    assert book.delete_older(7) == 0
    assert book.delete_older(0) == 2
    assert book.list() == []


@pytest.mark.parametrize("days", [-1, 1e12, float("inf"), float("nan")])
def test_days_that_no_calendar_has_are_refused(book: ChatBook, days: float) -> None:
    with pytest.raises(RecordInputError, match="days"):
        book.delete_older(days)
    assert len(book.list()) == len(SAID)


def test_a_failure_deletes_nothing(book: ChatBook, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    def fail(_self: MessageIndex) -> None:
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr(MessageIndex, "purge", fail)
    with pytest.raises(RecordError):
        book.delete_older(0)
    assert len(book.list()) == len(SAID)
    assert found(book, "münchen") == ["CUST-20991"]


# Speed: the bounds are several times what it takes, the shapes are exact.


def quickest(act: Callable[[], object], times: int = 3) -> float:
    """Seconds of this program's own work, so that other programs do not count."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        act()
        taken.append(time.process_time() - started)
    return min(taken)


def test_ten_thousand_messages_open_quickly(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    keep(path, (facts(), list(made_chat([f"message {number}" for number in range(1000)]))))
    with contextlib.closing(open_history(path)) as connection:
        connection.execute("BEGIN")
        for number in range(1, 10):
            connection.execute(
                "INSERT INTO event (chat, at, name, kind, size, data) "
                f'SELECT 1, at, name, kind, size, replace(data, \'"key":"\', \'"key":"{number}-\') '
                "FROM event WHERE chat = 1 ORDER BY id LIMIT 3501"
            )
        connection.execute("COMMIT")
    book = ChatBook(path)
    assert len(book.open(1).messages) == 10_000
    assert quickest(lambda: book.open(1)) < 1.0


def test_a_search_over_a_thousand_chats_is_quick(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with_rows(path, 1000, 20)
    book = ChatBook(path)
    assert len(book.list(ChatQuery("chat 777 message"))) == 1
    for text in ("777", "message", "of", "not there at all", "CUST-12345"):
        assert quickest(lambda text=text: book.list(ChatQuery(text), 50)) < 0.6, text  # type: ignore[misc]


def with_rows(path: Path, chats: int, messages: int) -> None:
    """Fill a history much quicker than chats can: by copying the rows of one."""
    keep(path, (facts(), list(made_chat([f"message {number}" for number in range(messages)]))))
    connection = open_history(path)
    connection.execute("BEGIN")
    columns = [row[1] for row in connection.execute("PRAGMA table_info(chat)") if row[1] != "id"]
    names = ", ".join(columns)
    for chat in range(2, chats + 1):
        connection.execute(f"INSERT INTO chat (id, {names}) SELECT {chat}, {names} FROM chat WHERE id = 1")
        connection.execute(
            f"INSERT INTO message (chat, key, text, folded) SELECT {chat}, key, "
            f"'chat {chat} ' || text, 'chat {chat} ' || folded FROM message WHERE chat = 1"
        )
    connection.execute("INSERT INTO message_index (message_index) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.close()


def test_pages_follow_each_other_whatever_is_deleted_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    # Two of them at the same moment, where a page ends.
    hours = (1, 2, 3, 3, 4)
    keep(
        path,
        *[
            (facts(f"C{place}", started=START - timedelta(hours=hour)), [])
            for place, hour in enumerate(hours)
        ],
    )
    assert ChatBook(path).list() == []
    chats = [
        (facts(f"C{place}", started=START - timedelta(hours=hour)), list(made_chat(["Hello"])))
        for place, hour in enumerate(hours)
    ]
    keep(path, *chats)
    book = ChatBook(path)
    first = book.list(limit=3)
    book.delete(first[0].id)
    second = book.list(limit=3, after=first[-1])
    assert [one.crm_id for one in (*first, *second)] == ["C0", "C1", "C3", "C2", "C4"]
    assert book.list(limit=3, after=second[-1]) == []
