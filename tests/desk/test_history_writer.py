"""Chats are written as they happen: durable, private, shared, and never at the chat's cost."""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gcdesk.desk import history_writer
from gcdesk.desk.history import (
    HISTORY_DAYS,
    KEEP_HISTORY,
    ChatRecorder,
    HistoryWriter,
    Place,
    place_for,
    recorder_for,
)
from gcdesk.desk.history_book import ChatBook, ChatQuery
from gcdesk.desk.history_file import open_history, set_aside
from gcdesk.desk.history_schema import VERSION
from gcdesk.desk.settings import Settings
from gcdesk.errors import (
    GcdeskError,
    RecordBusyError,
    RecordDamagedError,
    RecordError,
    RecordFullError,
    RecordNewerError,
    SettingsError,
)
from gcdesk.guest import events
from tests.desk.chats import DEPLOYMENT_ID, START, TOKEN, facts, keep, long_chat, made_chat, told_chat
from tests.support.places import PROJECT

posix_only = pytest.mark.skipif(os.name != "posix", reason="rights are a matter of POSIX")

Make = Callable[..., HistoryWriter]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "private" / "history.db"


@pytest.fixture
def told() -> list[GcdeskError]:
    """What the writers of a test reported."""
    return []


@pytest.fixture
def make(path: Path, told: list[GcdeskError]) -> Iterator[Make]:
    """Makes writers that are quick to try again, and closes them."""
    made: list[HistoryWriter] = []

    def writer(place: Callable[[], Place | None] | None = None, **options: object) -> HistoryWriter:
        options.setdefault("pause", 0.02)
        made.append(HistoryWriter(place or (lambda: Place(path)), told.append, **options))  # type: ignore[arg-type]
        return made[-1]

    yield writer
    for one in made:
        one.close()


def names_of(path: Path, chat: int = 1) -> list[str]:
    return [row.name for row in ChatBook(path).open(chat).rows]


def take(recorder: ChatRecorder, told: list[events.Event]) -> None:
    for event in told:
        recorder.take(event)


def test_every_event_is_there_in_its_order(make: Make, path: Path) -> None:
    chat = told_chat()
    recorder = make().begin(facts())
    take(recorder, chat)
    assert recorder.flush()
    assert names_of(path) == [type(event).__name__ for event in chat]
    assert recorder.chat_id == 1


def test_the_summary_follows_the_chat(make: Make, path: Path) -> None:
    recorder = make().begin(facts(attributes={"customerName": "Ada"}))
    chat = told_chat()
    for event in chat[:-1]:
        recorder.take(event)
    assert recorder.flush()
    running = ChatBook(path).list()[0]
    assert (running.ended, running.error, running.state) == (None, "", "closed")
    recorder.take(chat[-1])
    assert recorder.flush()
    over = ChatBook(path).list()[0]
    assert over.ended == chat[-1].at == over.latest
    assert isinstance(chat[-1], events.Ended)
    assert over.reason == chat[-1].reason != ""
    assert over.environment == "UAT"
    assert (over.crm_key, over.crm_id) == ("crmCustomerId", "000123")
    assert over.attributes == {"crmCustomerId": "000123", "customerName": "Ada"}
    frames = [event for event in chat if isinstance(event, events.FrameSent | events.FrameReceived)]
    assert over.frames == len(frames)
    assert over.messages == len(ChatBook(path).open(1).messages)
    assert over.missing == 0
    assert set(over.versions) == {"gcdesk", "python", "system"}


def test_a_chat_that_never_connects_is_there_with_what_was_wanted(make: Make, path: Path) -> None:
    recorder = make().begin(facts("C-9", attributes={"tier": "gold"}))
    recorder.take(events.Ended(START, "Nothing answers.", RecordError()))
    assert recorder.flush()
    summary = ChatBook(path).list()[0]
    assert (summary.crm_id, summary.error) == ("C-9", "Record")
    assert summary.attributes == {"crmCustomerId": "C-9", "tier": "gold"}


def test_nothing_is_written_before_the_first_event(make: Make, path: Path) -> None:
    writer = make()
    recorder = writer.begin(facts())
    assert recorder.flush()
    assert writer.close()
    assert not path.parent.exists()


def test_chats_of_one_writer_do_not_mix(make: Make, path: Path) -> None:
    writer = make()
    recorders = [writer.begin(facts(f"C-{number}")) for number in range(5)]
    chats = [list(made_chat([f"{number} says {line}" for line in range(6)])) for number in range(5)]
    for step in zip(*chats, strict=True):
        for recorder, event in zip(recorders, step, strict=True):
            recorder.take(event)
    assert writer.flush(20)
    book = ChatBook(path)
    for number, recorder in enumerate(recorders):
        record = book.open(recorder.chat_id or 0)
        assert record.summary.crm_id == f"C-{number}"
        assert [shown.message.text for shown in record.messages] == [f"{number} says {n}" for n in range(6)]


def test_any_thread_may_hand_events_over(make: Make, path: Path) -> None:
    recorder = make().begin(facts())
    chat = long_chat(40)
    threads = [threading.Thread(target=take, args=(recorder, chat)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert recorder.flush(20)
    assert len(names_of(path)) == 4 * len(chat)


def test_nothing_secret_is_in_the_files(make: Make, path: Path) -> None:
    recorder = make().begin(facts(place=f"wss://user:{TOKEN}@chat.example/v1"))
    take(recorder, told_chat())
    assert recorder.flush()
    files = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"Where is my order?" in files
    for secret in (TOKEN, DEPLOYMENT_ID):
        assert secret.encode() not in files


@posix_only
def test_only_the_owner_can_read(make: Make, path: Path) -> None:
    before = os.umask(0)
    try:
        recorder = make().begin(facts())
        take(recorder, long_chat(2))
        assert recorder.flush()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    files = sorted(file.name for file in path.parent.iterdir())
    assert files == ["history.db", "history.db-shm", "history.db-wal", "history.db.lock"]
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


@posix_only
def test_a_wider_file_becomes_private(path: Path) -> None:
    keep(path, (facts(), long_chat(2)))
    path.chmod(0o644)
    assert len(ChatBook(path).list()) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_commit_waits_for_the_disk(path: Path) -> None:
    with contextlib.closing(open_history(path)) as connection:
        found = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "auto_vacuum")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "auto_vacuum": 2,
    }


CHILD = """
import sys
from pathlib import Path
from gcdesk.desk.history import HistoryWriter, Place
from tests.desk.chats import facts, made_chat

writer = HistoryWriter(lambda: Place(Path(sys.argv[1])))
recorder = writer.begin(facts("KILLED"))
for number, event in enumerate(made_chat([f"message {n}" for n in range(1_000_000)]), 1):
    recorder.take(event)
    if number % 7 == 0 and recorder.flush(30):
        print(number, flush=True)
"""


def test_a_killed_program_loses_nothing_it_had_confirmed(path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    confirmed = [int(program.stdout.readline()) for _ in range(40)]
    program.kill()
    confirmed += [int(line) for line in program.stdout.read().splitlines()]
    program.stdout.close()
    assert program.wait() != 0
    record = ChatBook(path).open(1)
    expected = made_chat([f"message {number}" for number in range(len(record.rows))])
    assert len(record.rows) >= confirmed[-1]
    assert [row.name for row in record.rows] == [
        type(event).__name__ for event, _ in zip(expected, record.rows, strict=False)
    ]
    assert record.summary.ended is None
    assert record.messages[0].message.text == "message 0"
    # And the next program goes on with the same file.
    assert keep(path, (facts(), long_chat(2))) == [2]


def test_a_power_cut_at_any_moment_leaves_a_whole_history(make: Make, path: Path, tmp_path: Path) -> None:
    recorder = make().begin(facts())
    chat = long_chat(40)
    for event in chat:
        recorder.take(event)
        assert recorder.flush(20)
    log = Path(f"{path}-wal").read_bytes()
    whole = [type(event).__name__ for event in chat]
    lengths = []
    # What had reached the disk is a beginning of the log; the rest of it is whatever the disk held before.
    for part, garbage in itertools.product((0.2, 0.5, 0.9, 0.999, 1), (b"", b"\0" * 5000, os.urandom(5000))):
        place = tmp_path / f"cut-{part}-{len(garbage)}-{garbage[:1].hex()}"
        place.mkdir()
        cut = place / "history.db"
        cut.write_bytes(path.read_bytes())
        Path(f"{cut}-wal").write_bytes(log[: int(len(log) * part)] + garbage)
        book = ChatBook(cut)
        names = names_of(cut) if book.list() else []
        assert names == whole[: len(names)]
        lengths.append(len(names))
        assert keep(cut, (facts(), long_chat(2)))
    assert lengths == sorted(lengths)
    assert lengths[-3:] == [len(chat)] * 3, "all that was confirmed is there"
    assert lengths[0] < len(chat)


WRITER = """
import sys
from pathlib import Path
from gcdesk.desk.history import HistoryWriter, Place
from tests.desk.chats import facts, long_chat

writer = HistoryWriter(lambda: Place(Path(sys.argv[1])), lambda error: sys.exit(str(error)))
recorders = [writer.begin(facts(f"{sys.argv[2]}-{number}")) for number in range(3)]
for event in long_chat(60):
    for recorder in recorders:
        recorder.take(event)
    recorder.flush(30)
print(writer.close(60))
"""


def test_several_programs_write_at_once(path: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        for name in ("one", "two", "three")
    ]
    for program in programs:
        assert program.communicate(timeout=60)[0] == "True\n"
        assert program.returncode == 0
    book = ChatBook(path)
    summaries = book.list()
    assert {summary.crm_id for summary in summaries} == {
        f"{name}-{number}" for name in ("one", "two", "three") for number in range(3)
    }
    expected = [type(event).__name__ for event in long_chat(60)]
    for summary in summaries:
        assert [row.name for row in book.open(summary.id).rows] == expected


# Trouble


class Disk:
    """Opens the history on a disk whose room a test decides."""

    def __init__(self) -> None:
        self.pages = 0
        self.opened: list[sqlite3.Connection] = []

    def __call__(self, path: Path) -> sqlite3.Connection:
        connection = open_history(path, patience=0.05)
        self.opened = [connection]
        self.limit(self.pages)
        return connection

    def limit(self, pages: int) -> None:
        """Let the file grow to so many pages of 4096 bytes; 0 lets it grow as it likes."""
        self.pages = pages
        for connection in self.opened:
            connection.execute(f"PRAGMA max_page_count = {pages or 2**30}")


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until the condition holds, as long as a machine with other things to do may take."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)


def test_a_full_disk_is_told_once_and_nothing_is_lost(
    make: Make, path: Path, told: list[GcdeskError]
) -> None:
    disk = Disk()
    writer = make(connect=disk)
    recorder = writer.begin(facts())
    chat = long_chat(600)
    recorder.take(chat[0])
    assert writer.flush(20)
    disk.limit(60)
    take(recorder, chat[1:])
    wait_for(lambda: told)
    assert not writer.flush(0.2)
    assert [type(error) for error in told] == [RecordFullError]
    assert "no room" in str(told[0]).lower() or "full" in told[0].title
    disk.limit(0)
    assert writer.flush(20)
    assert names_of(path) == [type(event).__name__ for event in chat]
    assert len(told) == 1
    assert ChatBook(path).open(1).summary.missing == 0


def test_a_held_file_is_told_once_and_nothing_is_lost(
    make: Make, path: Path, told: list[GcdeskError]
) -> None:
    keep(path, (facts("earlier"), long_chat(2)))
    writer = make(connect=Disk())
    recorder = writer.begin(facts())
    with contextlib.closing(open_history(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        take(recorder, long_chat(4))
        wait_for(lambda: told)
        assert not writer.flush(0.1)
        other.execute("ROLLBACK")
    assert writer.flush(20)
    assert [type(error) for error in told] == [RecordBusyError]
    assert names_of(path, 2) == [type(event).__name__ for event in long_chat(4)]


def test_what_cannot_be_written_for_long_is_counted(
    make: Make, path: Path, told: list[GcdeskError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_writer, "MOST_WAITING", 10)
    keep(path, (facts("earlier"), long_chat(2)))
    writer = make(connect=Disk())
    recorder = writer.begin(facts())
    with contextlib.closing(open_history(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        recorder.take(long_chat(2)[0])
        wait_for(lambda: told)
        chat = long_chat(20)
        take(recorder, chat)
        wait_for(lambda: not writer._queue)
        other.execute("ROLLBACK")
    assert not writer.flush(20), "not everything is on the disk, so it must not be said"
    recorder.take(events.Ended(START, "over"))
    writer.flush(20)
    record = ChatBook(path).open(2)
    assert record.summary.missing + len(record.rows) == len(chat) + 2
    assert record.summary.missing > 0


def test_a_damaged_file_is_kept_under_another_name(make: Make, path: Path, told: list[GcdeskError]) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 1000)
    recorder = make().begin(facts())
    take(recorder, long_chat(2))
    assert recorder.flush()
    assert [type(error) for error in told] == [RecordDamagedError]
    aside = path.with_name("history.damaged-1.db")
    assert str(aside) in told[0].title
    assert aside.read_bytes().startswith(b"this is no database")
    assert len(ChatBook(path).list()) == 1


def test_damage_in_mid_chat_keeps_the_rest_of_the_chat(
    make: Make, path: Path, told: list[GcdeskError]
) -> None:
    disk = Disk()
    recorder = make(connect=disk).begin(facts())
    chat = long_chat(60)
    take(recorder, chat[:100])
    assert recorder.flush()
    disk.opened[0].execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    # What the program still remembers of the file would hide the damage for a while.
    for connection in disk.opened:
        connection.execute("PRAGMA shrink_memory").fetchall()
    take(recorder, chat[100:])
    assert recorder.flush(20)
    assert [type(error) for error in told] == [RecordDamagedError]
    record = ChatBook(path).open(1)
    assert record.summary.missing == 100
    assert len(record.rows) == len(chat) - 100
    assert path.with_name("history.damaged-1.db").exists()


def test_two_programs_that_notice_damage_set_the_file_aside_once(
    make: Make, path: Path, told: list[GcdeskError]
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database either" * 1000)
    recorders = [make().begin(facts(name)) for name in ("one", "two")]
    for recorder in recorders:
        take(recorder, long_chat(4))
    for recorder in recorders:
        assert recorder.flush(20)
    assert {summary.crm_id for summary in ChatBook(path).list()} == {"one", "two"}
    assert not path.with_name("history.damaged-2.db").exists()
    assert 1 <= len(told) <= 2


def test_only_a_damaged_file_is_set_aside(path: Path) -> None:
    keep(path, (facts(), long_chat(2)))
    assert set_aside(path) is None
    assert len(ChatBook(path).list()) == 1
    path.write_bytes(b"no database" * 1000)
    aside = path.with_name("history.damaged-1.db")
    assert set_aside(path) == aside
    assert not path.exists()
    keep(path, (facts(), long_chat(2)))
    # Another program, which has noticed the damage only now.
    assert set_aside(path) is None
    assert len(ChatBook(path).list()) == 1
    assert sorted(path.parent.glob("*damaged*")) == [aside]


def test_the_file_of_a_newer_version_is_left_alone(make: Make, path: Path, told: list[GcdeskError]) -> None:
    keep(path, (facts(), long_chat(2)))
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    writer = make()
    take(writer.begin(facts()), long_chat(2))
    wait_for(lambda: told)
    assert not writer.close()
    assert [type(error) for error in told] == [RecordNewerError]
    assert path.read_bytes() == before
    with pytest.raises(RecordNewerError):
        ChatBook(path).list()


def test_a_place_that_cannot_be_written_costs_the_history_only(
    make: Make, tmp_path: Path, told: list[GcdeskError]
) -> None:
    (tmp_path / "file").write_text("in the way")
    writer = make(lambda: Place(tmp_path / "file" / "history.db"))
    take(writer.begin(facts()), long_chat(2))
    wait_for(lambda: told)
    assert not writer.close()
    assert [type(error) for error in told] == [RecordError]


def test_an_unreadable_setting_is_told(make: Make, told: list[GcdeskError]) -> None:
    def place() -> Place:
        raise SettingsError

    writer = make(place)
    take(writer.begin(facts()), long_chat(2))
    assert not writer.close()
    assert [type(error) for error in told] == [SettingsError]


def test_a_file_without_the_index_is_brought_up_to_date(make: Make, path: Path) -> None:
    keep(path, (facts(), long_chat(4)))
    with contextlib.closing(sqlite3.connect(path)) as connection:
        # As a Python leaves it that cannot keep the index.
        connection.execute("DROP TABLE message_index")
        connection.execute("INSERT INTO note VALUES ('index is stale', '')")
        connection.commit()
    assert len(ChatBook(path).list(ChatQuery("message 3"))) == 1


# Wishes


def test_a_chat_deleted_while_it_runs_stays_deleted(make: Make, path: Path) -> None:
    writer = make()
    first, second = writer.begin(facts("first")), writer.begin(facts("second"))
    chat = long_chat(6)
    for recorder in (first, second):
        take(recorder, chat[:10])
    assert writer.flush(20)
    ChatBook(path).delete(first.chat_id or 0)
    for recorder in (first, second):
        take(recorder, chat[10:])
    assert writer.flush(20)
    assert [summary.crm_id for summary in ChatBook(path).list()] == ["second"]
    assert first.chat_id is None
    take(writer.begin(facts("third")), chat)
    assert writer.flush(20)
    assert [summary.id for summary in ChatBook(path).list()] == [3, 2], "no number is used twice"


def test_chats_of_long_ago_go_when_a_person_says_so(make: Make, path: Path) -> None:
    now = datetime.now(UTC)
    for crm_id, age in (("old", 31), ("young", 29)):
        at = now - timedelta(days=age)
        keep(path, (facts(crm_id, started=at), list(made_chat(["hello"], at=at))))
    at_once = list(made_chat(["hello"], at=now))
    take(make(lambda: Place(path, days=0)).begin(facts("first", started=now)), at_once)
    recorder = make(lambda: Place(path, days=30)).begin(facts("second", started=now))
    take(recorder, at_once)
    assert recorder.flush(20)
    wait_for(lambda: len(ChatBook(path).list()) == 3)
    assert {summary.crm_id for summary in ChatBook(path).list()} == {"young", "first", "second"}


def test_who_wants_no_history_gets_none(path: Path, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    assert place_for(settings, path) == Place(path)
    settings.set(HISTORY_DAYS, 90)
    assert place_for(settings, path) == Place(path, 90)
    settings.set(HISTORY_DAYS, -5)
    assert place_for(settings, path) == Place(path)
    settings.set(KEEP_HISTORY, False)
    assert place_for(settings, path) is None
    recorder = recorder_for(settings, facts())
    take(recorder, long_chat(2))
    assert recorder.close()
    assert recorder.chat_id is None
    assert not ChatBook().path.exists()


def test_a_recorder_of_its_own_writes_where_this_person_keeps_chats(told: list[GcdeskError]) -> None:
    recorder = recorder_for(None, facts(), told.append)
    take(recorder, long_chat(4))
    assert recorder.close()
    assert recorder.chat_id == 1
    assert len(ChatBook().open(1).messages) == 4
    recorder.take(long_chat(2)[0])
    assert recorder.close()
    assert len(ChatBook().open(1).messages) == 4, "nothing is taken after the end"
    assert not told


# Speed


def test_handing_over_does_not_wait_for_the_disk(make: Make, path: Path, told: list[GcdeskError]) -> None:
    keep(path, (facts(), long_chat(2)))
    writer = make(connect=lambda place: open_history(place, patience=20))
    recorder = writer.begin(facts())
    with contextlib.closing(open_history(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        take(recorder, long_chat(200))
        # Here, all of it was handed over while nothing could be written.
        assert len(ChatBook(path).list()) == 1
        other.execute("ROLLBACK")
    assert writer.flush(20)
    assert not told


def test_appending_takes_as_long_in_a_long_chat_as_in_a_short_one(make: Make) -> None:
    writer = make()
    recorder = writer.begin(facts())
    texts = [f"message {number}" for number in range(200)]

    def seconds(number: int) -> float:
        chat = list(made_chat(texts, prefix=f"{number}-"))
        started = time.process_time()
        take(recorder, chat)
        assert writer.flush(30)
        return time.process_time() - started

    seconds(0)
    early = min(seconds(number) for number in range(1, 4))
    for number in range(4, 12):
        seconds(number)
    late = min(seconds(number) for number in range(12, 15))
    assert late < 3 * early
