"""A table of faults: what the user sees, that nothing is lost or doubled, how the chat ends, and what stays behind."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from gcdesk.errors import TlsError
from gcdesk.guest.events import AttributesChanged, AttributeStatus
from gcdesk.guest.message import Delivery, Direction
from gcdesk.simulator import Simulator
from tests.chat.faults import stories
from tests.chat.faults.playing import Case, Play, play
from tests.chat.faults.table import CASES, CERTIFICATES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fault(case: Case, tmp_path: Path) -> None:
    played = play(case, tmp_path)
    assert len(played.strikes) == len(case.faults.split()), f"only {played.strikes} happened"
    check_told(case, played)
    check_messages(case, played)


def check_told(case: Case, played: Play) -> None:
    """What the user sees: named errors whose sentences can be read, and how the chat ended."""
    assert [type(error) for error in played.errors] == list(case.told)
    for error in played.errors:
        for sentence in (error.title, error.hint):
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
    if case.told:
        assert case.says in played.errors[-1].title
    ended = played.ended
    assert (type(ended.error) if ended.error is not None else None) is case.ended
    assert ended.reason.endswith(".")
    for kind in case.seen:
        assert played.all(kind), f"{kind.__name__} did not come"
    assert played.arrival is case.arrival


def check_messages(case: Case, played: Play) -> None:
    """What was said and answered, counted at both ends."""
    arrived, said = played.texts_at_service("Inbound"), Counter(played.said)
    sent = played.texts(Direction.INBOUND, Delivery.SENT)
    failed = played.texts(Direction.INBOUND, Delivery.FAILED)
    assert sent + failed == said
    assert failed.total() == case.failed
    # Every message is there once: what was sent in the conversation, what failed nowhere if its fate was told.
    assert (arrived - sent).total() == case.unsure
    assert sent <= arrived <= said
    answered = played.texts_at_service("Outbound")
    shown = played.texts(Direction.OUTBOUND, Delivery.ARRIVED)
    assert (answered - shown).total() == case.unseen
    assert (shown - answered).total() == case.strange
    assert len(played.order) == len(set(played.order)) == len(played.shown)
    if arrived and case.ended is None and not case.failed:
        (data, *_) = (each.participant_data for each in played.simulator.conversations if each.messages)
        assert data == {"crmCustomerId": "0042"}
        assert played.all(AttributesChanged)[-1].status is AttributeStatus.ECHOED


def test_own_messages_and_answers_stand_in_the_order_of_the_conversation(tmp_path: Path) -> None:
    for fault in ("reorder", "late", "cut-mid-frame@3", "duplicate-late", "slow=3"):
        played = play(Case(fault, stories.hurry), tmp_path)
        (conversation,) = played.simulator.conversations
        shown = [played.shown[key].text for key in played.order]
        assert shown == [message.text for message in conversation.messages], fault


@pytest.mark.expected_logs
@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can a program be told another trust store")
@pytest.mark.parametrize("fault", ["", *CERTIFICATES])
def test_wrong_certificate(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = tmp_path / "authority.pem"

    def trust(_simulator: Simulator) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))

    case = Case(fault, stories.talk, options={"tls": True, "tls_authority": authority})
    played = play(case, tmp_path, trust)
    if not fault:
        assert played.errors == []
        check_messages(case, played)
        return
    error = played.ended.error
    assert isinstance(error, TlsError)
    assert CERTIFICATES[fault] in f"{error} {error.detail}"
    assert played.said == []
    assert played.strikes == {fault}


def test_the_table_covers_every_family_of_faults() -> None:
    assert len(CASES) + len(CERTIFICATES) >= 150
    assert len({case.name for case in CASES}) > len(CASES) - 5
