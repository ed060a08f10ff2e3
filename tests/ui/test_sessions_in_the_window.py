"""What a session can do and meet, in the window: earlier messages, a new conversation, expiry, sign-in, resuming."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gcdesk.errors import ConnectionLostError, NotSignedInError, WishError
from gcdesk.guest import events
from gcdesk.guest.events import HistoryStatus
from gcdesk.guest.message import Delivery, Direction, Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.ui.bubbles import MessageRow, NoteRow
from gcdesk.ui.earlier import DividerRow, EarlierRow
from gcdesk.ui.resume_dialog import ResumeDialog
from gcdesk.ui.sign_in_dialog import SignInDialog
from tests.ui.fakes import AT, FakeBridge, configured, deployment, message, until
from tests.ui.stage import PRODUCTION, UAT, Stage, stage

LENA = Sender(SenderKind.AGENT, "Lena")


def buttons(one: Stage) -> list[str]:
    """The banner's buttons that can be seen."""
    return [button.text() for button in one.page.banner.findChildren(QPushButton) if button.isVisible()]


def header_words(one: Stage) -> list[str]:
    return [label.text() for label in one.page.header.findChildren(QLabel) if label.isVisible()]


def press(one: Stage, text: str) -> None:
    (button,) = [b for b in one.page.banner.findChildren(QPushButton) if b.isVisible() and b.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def rows(one: Stage) -> list[str]:
    """Everything in the transcript, from above to below."""
    transcript = one.page.transcript
    await until(lambda: not transcript.is_moving)
    found = []
    for _, view in sorted(transcript.live_rows().items()):
        if isinstance(view, MessageRow):
            found.append(view.message.text)
        elif isinstance(view, DividerRow | NoteRow):
            found.append(view.text())
        elif isinstance(view, EarlierRow):
            found.append(view.says.text() or view.button.text())
    return found


def resumed(one: Stage) -> FakeBridge:
    """A chat in a session that the service knew already."""
    bridge = one.type_and_start("7")
    assert bridge is not None
    bridge.become(State.CONNECTING, State.CONNECTED)
    bridge.tell(configured(new=False), events.StateChanged(AT, State.CONFIGURED, State.CONNECTED))
    return bridge


# Earlier messages


async def test_a_fresh_session_has_no_earlier_messages(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start()
        assert "Load earlier messages" not in await rows(one)
        assert not one.window.menus.earlier.isEnabled()


async def test_earlier_messages_are_asked_for_and_stand_above(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = resumed(one)
        assert (await rows(one))[0] == "Load earlier messages"
        one.window.menus.earlier.trigger()
        assert bridge.asked[-1] == ("history", None)
        bridge.tell(events.HistoryChanged(AT, HistoryStatus.LOADING))
        assert (await rows(one))[0] == "Loading earlier messages…"
        assert not one.window.menus.earlier.isEnabled(), "once is enough"
        bridge.tell(
            events.MessageAdded(AT, message("before", "k1", sender=LENA), earlier=True),
            events.MessageAdded(AT + timedelta(seconds=9), message("now", "k2", sender=LENA)),
            events.MessageAdded(AT, message("long before", "k0", sender=LENA), "k1", earlier=True),
            events.HistoryChanged(AT, HistoryStatus.LOADED, added=2, complete=True),
        )
        said = await rows(one)
        assert said[0] == "There are no earlier messages"
        assert [text for text in said if text in ("before", "now", "long before")] == [
            "long before",
            "before",
            "now",
        ]
        assert one.shown.last_line == "now", "what was said long ago is not the newest"


async def test_a_history_that_fails_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = resumed(one)
        error = ConnectionLostError("The history is out of reach.")
        bridge.tell(events.HistoryChanged(AT, HistoryStatus.FAILED, error=error))
        assert (await rows(one))[0] == "The history is out of reach."
        assert one.window.menus.earlier.isEnabled()


async def test_what_came_during_a_break_is_told_quietly(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(events.HistoryChanged(AT, HistoryStatus.LOADED, added=2, missed=True))
        bridge.tell(events.HistoryChanged(AT, HistoryStatus.LOADED, added=0, missed=True))
        failed = events.HistoryChanged(
            AT, HistoryStatus.FAILED, missed=True, error=ConnectionLostError("No answer came.")
        )
        bridge.tell(failed)
        said = await rows(one)
        assert said[-2:] == [
            "2 messages came during the break",
            "What was written during the break could not be read. No answer came.",
        ]
        assert "Load earlier messages" not in said


async def test_a_late_message_moves_to_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        for key in ("a", "b", "c"):
            bridge.tell(events.MessageAdded(AT, message(key, key, sender=LENA)))
        bridge.tell(events.MessageMoved(AT, "c", "b"))
        assert (await rows(one))[-3:] == ["a", "c", "b"]


# Conversations


async def test_read_only_offers_a_new_chat_here_and_a_fresh_start(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        assert not one.page.banner.isVisible()
        bridge.tell(events.StateChanged(AT, State.READ_ONLY, State.CONFIGURED))
        assert buttons(one) == ["New chat", "Start again"]
        press(one, "New chat")
        assert bridge.asked[-1] == ("new chat", None)
        assert not one.page.banner.new_chat.isEnabled(), "once is enough"
        assert one.page.composer.input.hasFocus()
        later = AT + timedelta(minutes=1)
        bridge.tell(
            events.SessionConfigured(later, True, False, None, None, 0.1),
            events.StateChanged(later, State.CONFIGURED, State.READ_ONLY),
            events.SessionRenewed(later, asked_for=True, reason="A new chat begins."),
        )
        assert not one.page.banner.isVisible()
        said = await rows(one)
        assert said[-3:-1] == [
            "This conversation has ended and can only be read",
            "A new conversation begins here",
        ]
        assert said[-1].startswith("Chat started ")


async def test_a_new_chat_that_is_refused_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(events.StateChanged(AT, State.READ_ONLY, State.CONFIGURED))
        bridge.refuses = WishError("Not now.")
        press(one, "New chat")
        assert (await rows(one))[-1].startswith("Not now.")
        assert one.page.banner.new_chat.isEnabled()


async def test_a_conversation_the_service_forgot_is_told_with_its_reason(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(
            events.SessionRenewed(AT, asked_for=False, reason="The service had forgotten the old one.")
        )
        await rows(one)
        (divider,) = one.page.transcript.findChildren(DividerRow)
        assert divider.reason.text() == "The service had forgotten the old one."


async def test_leaving_and_ending_stand_in_the_header_with_a_sentence_each(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(deployment(clear=True))
        leave, end = one.page.header.leave_button, one.page.header.end_button
        assert leave.toolTip() == "Close the connection; the conversation stays open for the agent"
        assert end.toolTip() == "End the conversation for everybody; it cannot be taken up again"
        end.click()
        assert bridge.asked[-1] == ("clear", None)
        leave.click()
        assert bridge.asked[-1] == ("leave", None)
        bridge.tell(deployment(clear=False))
        assert not end.isEnabled()
        assert end.toolTip() == "This deployment does not let the customer end the conversation"


async def test_a_left_chat_can_be_resumed(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start("CUST-1")
        bridge.known = "token-of-cust-1", True
        bridge.end()
        assert buttons(one) == ["Resume", "Start again"]
        press(one, "Resume")
        assert one.beginnings[-1].token == "token-of-cust-1"
        assert "token-of" not in repr(one.beginnings[-1])
        assert one.shown.crm_id == "CUST-1"


async def test_a_chat_that_is_spent_cannot_be_resumed(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start("CUST-1")
        bridge.known = "token-of-cust-1", False
        bridge.end()
        assert buttons(one) == ["Start again"]


async def test_earlier_chats_are_kept_and_chosen_from_a_list(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        for crm_id in ("CUST-1", "CUST-2"):
            bridge = one.type_and_start(crm_id)
            assert bridge is not None
            bridge.known = f"token-of-{crm_id}", True
            bridge.configure()
        assert one.book is not None
        place = one.book.get("UAT").identifier
        book = one.book
        await until(lambda: len(book.tokens.sessions(place)) == 2)
        one.window.menus.resume.trigger()
        await until(lambda: one.window.findChild(ResumeDialog))
        dialog = one.window.findChild(ResumeDialog)
        assert isinstance(dialog, ResumeDialog)
        shown = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        assert [text.split()[0] for text in shown] == ["CUST-2", "CUST-1"]
        assert not any("token" in text for text in shown)
        for bridge in one.bridges:
            bridge.end()
        dialog.list.setCurrentRow(1)
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        assert one.beginnings[-1].token == "token-of-CUST-1"
        assert one.shown.crm_id == "CUST-1"


async def test_where_nothing_is_kept_the_list_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.window.menus.resume.trigger()
        await until(lambda: one.window.findChild(ResumeDialog))
        dialog = one.window.findChild(ResumeDialog)
        assert isinstance(dialog, ResumeDialog)
        assert dialog.says.text().startswith("No chat in UAT can be resumed.")
        assert not dialog.resume_button.isEnabled()


# Connection, expiry, clock


async def test_a_broken_connection_can_be_tried_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(events.StateChanged(AT, State.RECONNECTING, State.CONFIGURED))
        bridge.tell(events.ReconnectPlanned(AT, 1, 5.0, ConnectionLostError()))
        assert buttons(one) == ["Try now"]
        press(one, "Try now")
        assert bridge.asked[-1] == ("retry", None)
        bridge.tell(events.StateChanged(AT, State.CONFIGURED, State.RECONNECTING))
        assert not one.page.banner.isVisible()


async def test_a_session_near_its_end_counts_down_until_it_is_used(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        header = one.page.header
        header._clock = lambda: AT
        bridge.tell(events.ExpiryNear(AT, AT + timedelta(seconds=272), 272))
        assert "Expires in 4:32" in header_words(one)
        assert (await rows(one))[-1] == "Without another message this session expires in 5 minutes"
        header._clock = lambda: AT + timedelta(seconds=271.5)
        header._show_expiry()
        assert "Expires in 0:01" in header_words(one)
        bridge.tell(events.ExpiryChanged(AT, AT + timedelta(hours=1), 3600))
        assert not any(words.startswith("Expires") for words in header_words(one))


async def test_a_wrong_clock_and_waking_up_are_told_quietly(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(
            events.ClockOff(AT, 3700.0), events.ClockOff(AT, -90.0), events.WokeUp(AT, "This computer slept.")
        )
        assert (await rows(one))[-3:] == [
            "This computer’s clock is 62 minutes ahead of the service’s",
            "This computer’s clock is 90 seconds behind the service’s",
            "This computer slept.",
        ]


# Signing in


async def test_a_chat_that_waits_for_a_sign_in_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(events.SignInNeeded(AT, NotSignedInError(), waiting=True))
        assert "Sign in" in buttons(one)
        bridge.tell(events.SignedIn(AT, "Priya <b>"))
        assert not one.page.banner.isVisible()
        assert (await rows(one))[-1] == "You are signed in as Priya <b>"
        assert "signed in as Priya <b>" in " ".join(header_words(one))


async def test_signing_in_without_a_provider_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start()
        one.window.menus.sign_in.trigger()
        [dialog] = one.window.findChildren(SignInDialog)
        assert dialog.text.startswith("A customer signs in to UAT. Sign in on the page")
        await until(lambda: not one.controller.customers.signing_in)
        assert one.window.notices.text().startswith("A fake bridge has no target.")


async def test_a_sign_in_can_be_given_up_and_begun_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[asyncio.Task[object] | None] = []

    async def sign_in(*_: object) -> None:
        waiting.append(asyncio.current_task())
        await asyncio.Event().wait()

    async def target(_item: object) -> None:
        return None

    monkeypatch.setattr("gcdesk.chat.sign_in.sign_in", sign_in)
    monkeypatch.setattr("gcdesk.ui.customers_bridge._opener", lambda _target: None)
    monkeypatch.setattr("gcdesk.ui.customers_bridge.CustomersBridge._provider", lambda *_: None)
    async with stage(tmp_path, UAT) as one:
        one.controller.customers._customers._find_target = target  # type: ignore[assignment]
        for _ in range(2):
            before = len(waiting)
            one.window.menus.sign_in.trigger()
            await until(partial(waiting.__getitem__, slice(before, None)))
            [dialog] = [found for found in one.window.findChildren(SignInDialog) if found.isVisible()]
            assert not dialog.isModal()
            QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
            assert not one.controller.customers.signing_in
            task = waiting[-1]
            assert task is not None
            await until(task.cancelled)
        assert one.window.notices.text() == ""


async def test_signing_out_where_nobody_is_signed_in_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.window.menus.sign_out.trigger()
        await until(one.window.notices.text)
        assert one.window.notices.text().startswith("Nobody is signed in to UAT.")


# Waiting messages, Markdown, Quit


async def test_a_message_that_waits_long_can_be_withdrawn(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        waiting = message("later", "k1", delivery=Delivery.QUEUED)
        bridge.tell(events.MessageAdded(AT, waiting))

        def found() -> list[QPushButton]:
            return [
                button
                for button in one.page.transcript.findChildren(QPushButton)
                if button.isVisible() and button.text() == "Do not send"
            ]

        await rows(one)
        assert found() == [], "most messages wait for a moment only"
        await until(found)
        found()[0].click()
        assert bridge.asked[-1] == ("withdraw", "k1")
        bridge.tell(events.MessageWithdrawn(AT, waiting))
        assert "later" not in await rows(one)


async def test_markdown_is_drawn_where_the_deployment_has_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        raw = one.window.menus.raw
        bridge.tell(events.MessageAdded(AT, message("**bold**", "k1", sender=LENA)))
        assert not raw.isEnabled()
        bridge.tell(deployment(markdown=True))

        def drawn() -> list[str]:
            return [
                view.text._document.toPlainText()
                for view in one.page.transcript.live_rows().values()
                if isinstance(view, MessageRow) and view.text is not None
            ]

        await rows(one)
        assert drawn() == ["bold"]
        assert raw.isEnabled()
        raw.trigger()
        await rows(one)
        assert drawn() == ["**bold**"]
        assert raw.isChecked()
        one.start("another")
        assert not raw.isChecked(), "each chat has its own switch"


@pytest.mark.parametrize("name", ["about", "manage", "resume"])
async def test_quit_works_while_a_dialog_is_open(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    async with stage(tmp_path, UAT) as one:
        closing: list[bool] = []
        one.window.closing.connect(lambda: closing.append(True))
        getattr(one.window.menus, name).trigger()

        def shown() -> list[QDialog]:
            return [dialog for dialog in one.window.findChildren(QDialog) if dialog.isVisible()]

        await until(shown)
        (dialog,) = shown()
        dialog.activateWindow()
        await until(dialog.isActiveWindow)
        QTest.keyClick(dialog, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: closing)
        dialog.close()


async def test_presences_of_both_sides(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        for kind, direction, sender in (
            ("Join", Direction.INBOUND, Sender(SenderKind.CUSTOMER)),
            ("Join", Direction.OUTBOUND, LENA),
            ("SignIn", Direction.INBOUND, Sender(SenderKind.CUSTOMER)),
            ("Disconnect", Direction.OUTBOUND, LENA),
            ("Clear", Direction.INBOUND, Sender(SenderKind.CUSTOMER)),
        ):
            bridge.tell(events.PresenceSeen(AT, kind, direction, sender))
        assert (await rows(one))[-5:] == [
            "You joined the conversation",
            "Lena joined",
            "You signed in",
            "Lena ended the conversation",
            "You ended the conversation",
        ]
        assert QApplication.focusWidget() is not None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (119, "119 seconds"), (120, "2 minutes")],
)
def test_lengths_of_time_in_words(seconds: float, words: str) -> None:
    from gcdesk.ui.notes import duration

    assert duration(seconds) == words
    assert duration(3600) == "1 hour"
    assert duration(7300) == "2 hours"
